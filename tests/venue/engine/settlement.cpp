// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/settlement.hpp"

#include "tests/venue/engine/margin.hpp"
#include "tests/venue/engine/trades.hpp"
#include "tests/venue/engine/triggers.hpp"

#include <utility>

namespace hlx::venue {

namespace {

/// Takes what an account has of the token; returns what it is paid. Who sold
/// more than it had, as the market maker may, pays.
amount settle_account(venue_state& state, account& owner, const market& place,
                      const spot_pair& pair) {
  const auto found = owner.balances.find(pair.base->index);
  if (found == owner.balances.end())
    return {};
  const auto held = found->second;
  owner.balances.erase(found);
  const amount paid = place.mark.raw == 0 ? amount{} : held.total;
  owner.balances[pair.quote->index].total += paid;
  state.touched.insert(owner.user);
  if (held.total.raw <= 0)
    return paid;
  const auto oid = allocate_oid(state);
  keep_fill(state, owner,
            {.user = owner.user,
             .asset = place.info.asset,
             .coin = place.info.name,
             .trade_price = place.mark,
             .size = {held.total.raw},
             .side = order_side::sell,
             .time_ms = state.now_ms(),
             .start_position = held.total,
             .direction = "Settlement",
             .closed_pnl = paid - held.entry_notional,
             .hash = {},
             .oid = oid,
             .crossed = true,
             .fee_token = pair.quote->name,
             .tid = trade_id_of(oid, oid)});
  return paid;
}

} // namespace

std::vector<market*> open_sides(venue_state& state, std::uint32_t outcome) {
  std::vector<market*> result;
  for (auto& [asset, place] : state.markets)
    if (place.info.kind == market_kind::outcome && !place.delisted
        && (asset - outcome_assets_begin) / outcome_assets == outcome)
      result.push_back(&place);
  return result;
}

void settle_side(venue_state& state, market& place, bool won) {
  cancel_market_orders(state, place, "outcomeSettledCanceled");
  place.delisted = true;
  place.info.delisted = true;
  state.config.instruments.add(place.info);
  place.mark = won ? price{decimal_scale} : price{};
  state.touched_marks.insert(place.info.asset);
  const auto pair = pair_of(state, place.info);
  amount paid;
  for (auto& [user, owner] : state.accounts)
    paid += settle_account(state, owner, place, pair);
  // The tokens are gone but for what fees took of them, and the quote that
  // pays for them is new.
  state.tokens_minted[pair.base->index] = state.token_fees[pair.base->index];
  state.tokens_minted[pair.quote->index] += paid;
}

} // namespace hlx::venue
