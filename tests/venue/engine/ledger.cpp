// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/ledger.hpp"

#include <utility>

namespace hlx::venue {

namespace {

template <class Record>
void keep(std::deque<Record>& history, const Record& record) {
  history.push_back(record);
  if (history.size() > order_records_max)
    history.pop_front();
}

} // namespace

void keep_ledger(venue_state& state, ledger_record record) {
  record.time_ms = state.now_ms();
  record.hash = state.hash;
  keep(get_account(state, record.user).ledger, record);
  state.out.ledger.push_back(std::move(record));
}

void keep_transfer(venue_state& state, ledger_record record) {
  record.user = record.from;
  keep_ledger(state, record);
  if (record.to == record.from)
    return;
  record.user = record.to;
  keep_ledger(state, std::move(record));
}

void settle_funding(venue_state& state, market& place, amount rate) {
  keep(place.funding_rates, {.time_ms = state.now_ms(), .rate = rate});
  state.touched_marks.insert(place.info.asset);
  for (auto& [user, owner] : state.accounts) {
    const auto held = owner.positions.find(place.info.asset);
    if (held == owner.positions.end())
      continue;
    auto& position = held->second;
    const auto value = static_cast<wide_integer>(position.size.raw)
                       * place.oracle.raw / decimal_scale;
    const amount paid{
      static_cast<std::int64_t>(value * rate.raw / decimal_scale)};
    (position.is_cross ? owner.raw_usd : position.isolated_raw) -= paid;
    position.funding += paid;
    owner.funding[place.info.asset] += paid;
    state.fees += paid; // What rounding leaves over.
    funding_record record{.user = user,
                          .time_ms = state.now_ms(),
                          .hash = state.hash,
                          .coin = place.info.name,
                          .usdc = -paid,
                          .size = position.size,
                          .rate = rate};
    keep(owner.fundings, record);
    state.out.fundings.push_back(std::move(record));
    state.touched.insert(user);
  }
}

} // namespace hlx::venue
