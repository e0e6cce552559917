// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/triggers.hpp"

#include "hlx/messages/assert.hpp"
#include "tests/venue/engine/ledger.hpp"
#include "tests/venue/engine/margin.hpp"
#include "tests/venue/engine/matching.hpp"
#include "tests/venue/engine/trades.hpp"
#include "tests/venue/engine/twap.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace hlx::venue {

namespace {

void fire_triggers(venue_state& state, market& place) {
  // A fired order may cancel others that wait: look again at each.
  const std::vector<venue_order_id> waiting(place.triggers.begin(),
                                            place.triggers.end());
  for (const auto oid : waiting) {
    if (!place.triggers.contains(oid)
        || !trigger_met(get_order(state, oid), place.mark))
      continue;
    begin_transaction(state);
    execute_triggered(state, oid);
    activate_children(state);
  }
}

/// Hands one position to the market maker at the mark.
void take_over(venue_state& state, account& owner, const market& place,
               const position& held) {
  const auto side = held.size.raw > 0 ? order_side::sell : order_side::buy;
  // On the grid, so that both sides count the same money.
  auto at = round_price(place.info, place.mark, side, price_rounding::passive);
  if (!at)
    at = round_price(place.info, place.mark, side, price_rounding::aggressive);
  HLX_ASSERT(at.has_value());
  const quantity size{std::abs(held.size.raw)};
  auto& house = get_account(state, house_address());
  const auto own_oid = allocate_oid(state);
  const auto house_oid = allocate_oid(state);
  const bool sells = side == order_side::sell;
  fill_record fill{
    .user = owner.user,
    .asset = place.info.asset,
    .coin = place.info.name,
    .trade_price = *at,
    .size = size,
    .side = side,
    .time_ms = state.now_ms(),
    .hash = {},
    .oid = own_oid,
    .crossed = true,
    .fee_token = "USDC",
    .tid =
      sells ? trade_id_of(house_oid, own_oid) : trade_id_of(own_oid, house_oid),
    .liquidation = fill_liquidation{
      .liquidated_user = owner.user, .mark = place.mark, .method = "backstop"}};
  auto other = fill;
  fill.direction = std::string{"Liquidated "}
                   + (held.is_cross ? "Cross " : "Isolated ")
                   + (sells ? "Long" : "Short");
  const auto effect = apply_perp_fill(
    owner, fill.asset, leverage_of(state, owner, fill.asset), side, *at, size);
  fill.start_position = effect.start_position;
  fill.closed_pnl = effect.closed_pnl;
  other.user = house.user;
  other.side = opposite(side);
  other.oid = house_oid;
  other.crossed = false;
  const auto taken =
    apply_perp_fill(house, fill.asset, leverage_of(state, house, fill.asset),
                    other.side, *at, size);
  other.start_position = taken.start_position;
  other.closed_pnl = taken.closed_pnl;
  other.direction = taken.direction;
  keep_fill(state, owner, std::move(fill));
  keep_fill(state, house, std::move(other));
  sweep_reduce_only(state, owner, place.info.asset, held.size);
}

void keep_liquidation(venue_state& state, const account& owner,
                      const margin_summary& lost) {
  keep_ledger(state, {.user = owner.user,
                      .kind = "liquidation",
                      .sum = lost.account_value,
                      .value = lost.total_notional});
}

/// Who has too little in cross loses all of that, and its orders; an isolated
/// position goes alone.
void liquidate_broken(venue_state& state) {
  for (auto& [user, owner] : state.accounts) {
    if (user == house_address())
      continue;
    const bool cross_is_broken = is_liquidatable(state, owner);
    if (cross_is_broken) {
      keep_liquidation(state, owner, measure(state, owner).cross);
      end_twaps(state, owner);
      cancel_all_orders(state, owner, "liquidatedCanceled");
    }
    const auto positions = owner.positions;
    for (const auto& [asset, held] : positions)
      if ((held.is_cross && cross_is_broken)
          || is_liquidatable(state, asset, held))
        take_over(state, owner, state.markets.at(asset), held);
  }
}

} // namespace

void activate_children(venue_state& state) {
  while (!state.to_activate.empty()) {
    const auto children = std::exchange(state.to_activate, {});
    for (const auto oid : children) {
      const auto found = state.orders.find(oid);
      if (found == state.orders.end())
        continue;
      auto& order = found->second;
      auto& place = state.markets.at(order.record.asset);
      order.phase = order_phase::trigger;
      order.record.parent.reset();
      place.triggers.insert(oid);
      set_status(state, order, "open", state.out.orders);
      if (trigger_met(order, place.mark))
        execute_triggered(state, oid);
    }
  }
}

bool bears_mark(const venue_state& state, const market& place, price mark) {
  // Half of what 64 bits hold, in 1e-16 of the quote.
  constexpr wide_integer most =
    static_cast<wide_integer>(40'000'000'000) * decimal_scale * decimal_scale;
  const auto asset = place.info.asset;
  wide_integer units = 0;
  for (const auto& [user, owner] : state.accounts)
    units += std::abs(position_size(owner, asset).raw);
  for (const auto& [oid, order] : state.orders)
    if (order.record.asset == asset && order.record.user != house_address())
      units += order.record.remaining.raw;
  return units * mark.raw <= most;
}

void move_mark(venue_state& state, market& place, price mark) {
  place.mark = mark;
  place.oracle = mark;
  state.touched_marks.insert(place.info.asset);
  if (moves_tokens(place.info)) {
    check_twap_prices(state, place);
    return;
  }
  for (const auto& [user, owner] : state.accounts)
    if (owner.positions.contains(place.info.asset))
      state.touched.insert(user);
  fire_triggers(state, place);
  check_twap_prices(state, place);
  liquidate_broken(state);
}

void liquidate_account(venue_state& state, account& owner) {
  keep_liquidation(state, owner, measure(state, owner).total);
  end_twaps(state, owner);
  cancel_all_orders(state, owner, "liquidatedCanceled");
  const auto positions = owner.positions;
  for (const auto& [asset, held] : positions)
    take_over(state, owner, state.markets.at(asset), held);
  state.touched.insert(owner.user);
}

void cancel_all_orders(venue_state& state, account& owner,
                       std::string_view word) {
  const std::vector<venue_order_id> open(owner.open.begin(), owner.open.end());
  for (const auto oid : open)
    if (state.orders.contains(oid))
      venue_cancel_order(state, oid, word);
}

void cancel_market_orders(venue_state& state, market& place,
                          std::string_view word) {
  for (auto& [user, owner] : state.accounts)
    end_twaps(state, owner, place.info.asset);
  std::vector<venue_order_id> orders;
  for (const auto& [oid, order] : state.orders)
    if (order.record.asset == place.info.asset)
      orders.push_back(oid);
  std::sort(orders.begin(), orders.end());
  for (const auto oid : orders)
    if (state.orders.contains(oid))
      venue_cancel_order(state, oid, word);
}

} // namespace hlx::venue
