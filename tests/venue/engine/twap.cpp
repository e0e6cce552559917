// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/twap.hpp"

#include "tests/venue/engine/matching.hpp"
#include "tests/venue/engine/order_actions.hpp"
#include "tests/venue/engine/triggers.hpp"

#include <algorithm>
#include <utility>

namespace hlx::venue {

namespace {

constexpr std::uint64_t minutes_min = 5;
constexpr std::uint64_t minutes_max = 7 * 24 * 60;
constexpr std::int64_t slice_period_ms = 30'000;
constexpr std::uint64_t slices_per_minute = 2;
constexpr std::int64_t slippage_percent = 3;
constexpr std::int64_t catch_up = 3;
/// Either way, in thousandths of an even slice.
constexpr std::uint64_t wiggle_permille = 200;
constexpr wide_integer value_min =
  static_cast<wide_integer>(100) * decimal_scale * decimal_scale;

action_reply twap_error(response_type type, std::string text) {
  return {.type = type,
          .body = {.kind = reply_kind::statuses,
                   .elements = {error_outcome(std::move(text))}}};
}

std::optional<std::string> refusal_of(const venue_state& state,
                                      const account& owner,
                                      const twap_order_action& x) {
  const auto* place = find_market(state, x.asset);
  if (place == nullptr || place->delisted)
    return "Order has invalid asset.";
  if (x.size.raw <= 0 || !is_size_on_grid(place->info, x.size))
    return "Order has invalid size.";
  if (x.minutes < minutes_min || x.minutes > minutes_max)
    return "Invalid TWAP duration: " + std::to_string(x.minutes) + " min(s)";
  if (notional(place->mark, x.size) < value_min)
    return "TWAP order value too small. Min is $100.";
  const auto held = position_size(owner, x.asset);
  const auto opposite_size = x.is_buy ? -held.raw : held.raw;
  if (x.reduce_only && opposite_size <= 0)
    return "Reduce-only TWAP order would increase position.";
  return closed_reason(state, {.asset = x.asset});
}

/// Tells of a change of status, and remembers it.
void tell(venue_state& state, account& owner, const twap_record& record,
          std::string_view status) {
  twap_event event{
    .time_ms = state.now_ms(), .state = record, .status = std::string{status}};
  owner.twap_history.push_back(event);
  if (owner.twap_history.size() > order_records_max)
    owner.twap_history.pop_front();
  state.out.twaps.push_back(std::move(event));
  state.touched.insert(owner.user);
}

void activate(venue_state& state, account& owner, live_twap& twap) {
  twap.record.started_ms = state.now_ms();
  twap.next_slice_ms = state.now_ms();
  tell(state, owner, twap.record, "activated");
}

void end(venue_state& state, account& owner, std::uint64_t id,
         std::string_view status) {
  const auto found = owner.twaps.find(id);
  tell(state, owner, found->second.record, status);
  owner.twaps.erase(found);
}

/// What the slice is to trade.
quantity slice_size(venue_state& state, const live_twap& twap,
                    const instrument& info) {
  const auto& record = twap.record;
  const auto slices =
    static_cast<std::int64_t>(record.minutes * slices_per_minute);
  const auto number = static_cast<std::int64_t>(twap.slices) + 1;
  const auto left = record.size.raw - record.executed.raw;
  if (number >= slices)
    return {left};
  const auto even = record.size.raw / slices;
  auto target = static_cast<std::int64_t>(
    static_cast<wide_integer>(record.size.raw) * number / slices);
  if (record.randomize) {
    const auto drawn =
      static_cast<std::int64_t>(next_random(state) % (2 * wiggle_permille + 1))
      - static_cast<std::int64_t>(wiggle_permille);
    target +=
      static_cast<std::int64_t>(static_cast<wide_integer>(even) * drawn / 1000);
  }
  const auto wanted =
    std::min({target - record.executed.raw, catch_up * even, left});
  return round_size_down(info, {std::max<std::int64_t>(wanted, 0)});
}

/// The mark and what may be lost to it.
std::optional<price> slice_limit(const market& place, bool is_buy) {
  const auto percent = is_buy ? 100 + slippage_percent : 100 - slippage_percent;
  const price limit{static_cast<std::int64_t>(
    static_cast<wide_integer>(place.mark.raw) * percent / 100)};
  return round_price(place.info, limit,
                     is_buy ? order_side::buy : order_side::sell,
                     price_rounding::passive);
}

void place_slice(venue_state& state, account& owner, live_twap& twap) {
  auto& record = twap.record;
  const auto& place = state.markets.at(record.asset);
  const bool is_buy = record.side == order_side::buy;
  const auto size = slice_size(state, twap, place.info);
  const auto limit = slice_limit(place, is_buy);
  // What is too small waits for the next slice.
  if (!limit || notional(*limit, size) < min_notional())
    return;
  auto order = make_order(state, owner,
                          {.asset = record.asset,
                           .is_buy = is_buy,
                           .limit_price = *limit,
                           .size = size,
                           .reduce_only = record.reduce_only,
                           .time_in_force = wire_time_in_force::ioc},
                          std::nullopt);
  order.record.type = record_type::twap_slice;
  order.twap_id = record.id;
  const auto oid = order.record.oid;
  const auto before = state.out.fills.size();
  state.hash = {};
  place_order(state, std::move(order));
  activate_children(state);
  for (auto i = before; i < state.out.fills.size(); ++i) {
    const auto& fill = state.out.fills[i];
    if (fill.oid != oid)
      continue;
    record.executed += fill.size;
    record.executed_notional += notional_amount(fill.trade_price, fill.size);
  }
}

bool is_met(const price& at, bool above, price mark) {
  return above ? mark >= at : mark <= at;
}

} // namespace

action_reply execute_twap(venue_state& state, account& owner,
                          const twap_order_action& action) {
  if (auto refusal = refusal_of(state, owner, action))
    return twap_error(response_type::twap_order, std::move(*refusal));
  const auto& place = state.markets.at(action.asset);
  live_twap twap;
  auto& record = twap.record;
  record.id = state.next_twap++;
  record.user = owner.user;
  record.asset = action.asset;
  record.coin = place.info.name;
  record.side = action.is_buy ? order_side::buy : order_side::sell;
  record.size = action.size;
  record.minutes = action.minutes;
  record.reduce_only = action.reduce_only;
  record.randomize = action.randomize;
  record.started_ms = state.now_ms();
  if (action.details) {
    record.stop_price = action.details->stop_price;
    record.trigger = action.details->trigger;
  }
  const auto id = record.id;
  auto& added = owner.twaps.emplace(id, std::move(twap)).first->second;
  if (added.record.trigger)
    tell(state, owner, added.record, "waitingForTrigger");
  else
    activate(state, owner, added);
  return {.type = response_type::twap_order,
          .body = {.kind = reply_kind::statuses,
                   .elements = {{.status = element_status::success}}},
          .twap_id = id};
}

action_reply execute_twap_cancel(venue_state& state, account& owner,
                                 const twap_cancel_action& action) {
  const auto found = owner.twaps.find(action.twap_id);
  if (found == owner.twaps.end() || found->second.record.asset != action.asset)
    return twap_error(response_type::twap_cancel,
                      "TWAP was never placed, already canceled, or filled.");
  end(state, owner, action.twap_id, "terminated");
  return {.type = response_type::twap_cancel,
          .body = {.kind = reply_kind::statuses,
                   .elements = {{.status = element_status::success}}}};
}

void run_twaps(venue_state& state) {
  for (auto& [user, owner] : state.accounts) {
    std::vector<std::uint64_t> due;
    for (const auto& [id, twap] : owner.twaps)
      if (twap.next_slice_ms && *twap.next_slice_ms <= state.now_ms())
        due.push_back(id);
    for (const auto id : due) {
      auto& twap = owner.twaps.at(id);
      place_slice(state, owner, twap);
      ++twap.slices;
      *twap.next_slice_ms += slice_period_ms;
      const auto slices = twap.record.minutes * slices_per_minute;
      if (twap.record.executed == twap.record.size || twap.slices >= slices)
        end(state, owner, id, "finished");
    }
  }
}

void check_twap_prices(venue_state& state, const market& place) {
  for (auto& [user, owner] : state.accounts) {
    std::vector<std::uint64_t> stopped;
    for (auto& [id, twap] : owner.twaps) {
      const auto& record = twap.record;
      if (record.asset != place.info.asset)
        continue;
      const auto& trigger = record.trigger;
      if (!twap.next_slice_ms && trigger
          && is_met(trigger->trigger_price, trigger->above, place.mark))
        activate(state, owner, twap);
      else if (twap.next_slice_ms && record.stop_price
               && is_met(*record.stop_price, record.side == order_side::buy,
                         place.mark))
        stopped.push_back(id);
    }
    for (const auto id : stopped)
      end(state, owner, id, "stopped");
  }
}

void end_twaps(venue_state& state, account& owner,
               std::optional<asset_id> asset) {
  std::vector<std::uint64_t> gone;
  for (const auto& [id, twap] : owner.twaps)
    if (!asset || twap.record.asset == *asset)
      gone.push_back(id);
  for (const auto id : gone)
    end(state, owner, id, "terminated");
}

std::optional<std::int64_t> next_slice_ms(const account& owner) {
  std::optional<std::int64_t> result;
  for (const auto& [id, twap] : owner.twaps)
    if (twap.next_slice_ms)
      result =
        std::min(result.value_or(*twap.next_slice_ms), *twap.next_slice_ms);
  return result;
}

} // namespace hlx::venue
