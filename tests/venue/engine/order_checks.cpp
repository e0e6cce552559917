// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/assert.hpp"
#include "tests/venue/engine/margin.hpp"
#include "tests/venue/engine/matching.hpp"

#include <algorithm>
#include <cstdlib>

namespace hlx::venue {

namespace {

constexpr std::size_t open_orders_base = 1000;
constexpr std::size_t open_orders_max = 5000;
constexpr std::int64_t volume_per_open_order = 5'000'000;

struct order_context {
  const venue_state& state;
  const account& owner;
  const market& place;
  live_order& order;

  order_record& record() const { return order.record; }
  bool is_spot() const { return moves_tokens(place.info); }
};

/// What the position lets an order of this side take away.
std::int64_t reducible(amount size, order_side side) {
  return std::max<std::int64_t>(0, side == order_side::sell ? size.raw
                                                            : -size.raw);
}

std::optional<refusal> check_reduce_only(const order_context& x) {
  if (!x.record().reduce_only)
    return std::nullopt;
  // A trigger may wait for its position.
  if (x.record().is_trigger && !x.order.fired && !x.record().is_position_tpsl)
    return std::nullopt;
  const auto most =
    reducible(position_size(x.owner, x.record().asset), x.record().side);
  if (x.is_spot() || most == 0)
    return refusal{"reduceOnlyRejected",
                   "Reduce only order would increase position."};
  if (x.record().is_position_tpsl && !x.order.fired)
    return std::nullopt;
  if (x.record().is_position_tpsl && x.record().remaining.raw == 0)
    x.record().remaining = {most};
  x.record().remaining = std::min(x.record().remaining, quantity{most});
  return std::nullopt;
}

std::optional<refusal> check_value(const order_context& x) {
  const auto& record = x.record();
  const auto size = position_size(x.owner, record.asset);
  if (!x.is_spot() && record.remaining.raw == reducible(size, record.side))
    return std::nullopt; // Closing the whole position is always allowed.
  auto at = record.limit_price;
  if (x.order.immediate && x.place.book.crosses(record.side, at))
    at = *x.place.book.best(opposite(record.side));
  if (notional(at, record.remaining) >= min_notional())
    return std::nullopt;
  if (x.is_spot())
    return refusal{"minTradeNtlRejected", "Order must have minimum value of 10 "
                                            + x.place.info.quote + "."};
  return refusal{"minTradeNtlRejected",
                 "Order must have minimum value of $10."};
}

bool in_band(price p, price reference) {
  return static_cast<wide_integer>(p.raw) * 5 > reference.raw
         && p.raw <= static_cast<wide_integer>(reference.raw) * 5;
}

std::optional<refusal> check_price(const order_context& x) {
  const auto& record = x.record();
  if (!is_price_on_grid(x.place.info, record.limit_price))
    return refusal{"tickRejected", "Price must be divisible by tick size."};
  const bool lenient =
    x.order.fired || record.tif == wire_time_in_force::frontend_market;
  if (!x.is_spot() && !lenient && !in_band(record.limit_price, x.place.oracle))
    return refusal{"oracleRejected", "Price too far from oracle"};
  return std::nullopt;
}

std::optional<refusal> check_open_orders(const order_context& x) {
  if (x.order.fired || x.owner.user == house_address())
    return std::nullopt;
  // The order itself is in the list already.
  const auto open = x.owner.open.size() - 1;
  const auto earned = static_cast<std::size_t>(
    x.owner.volume.raw / decimal_scale / volume_per_open_order);
  const auto most = std::min(open_orders_max, open_orders_base + earned);
  const bool restricted = x.record().reduce_only || x.record().is_trigger;
  if (open >= most || (restricted && open >= open_orders_base))
    return refusal{"tooManyOpenOrdersRejected", "Too many open orders."};
  return std::nullopt;
}

std::optional<refusal> check_crossing(const order_context& x) {
  const auto& record = x.record();
  const bool crosses = x.place.book.crosses(record.side, record.limit_price);
  if (x.order.immediate && !crosses)
    return no_liquidity(x.order);
  if (record.tif != wire_time_in_force::alo || !crosses)
    return std::nullopt;
  const auto bid = x.place.book.best(order_side::buy);
  const auto ask = x.place.book.best(order_side::sell);
  const auto text = [](const std::optional<price>& p) {
    return p ? venue_text(p->raw) : std::string{"None"};
  };
  return refusal{"badAloPxRejected",
                 "Post only order would have immediately matched, bbo was "
                   + text(bid) + "@" + text(ask) + "."};
}

/// The quote a spot order needs at once: its smallest trade when immediate.
std::optional<refusal> check_spot_funds(const order_context& x) {
  const auto& record = x.record();
  if (x.owner.user == house_address())
    return std::nullopt;
  const auto pair = pair_of(x.state, x.place.info);
  const refusal refused{"insufficientSpotBalanceRejected",
                        "Insufficient spot balance"};
  if (record.side == order_side::sell) {
    const auto free = spot_available(x.state, x.owner, pair.base->index);
    return free.raw < record.remaining.raw ? std::optional{refused}
                                           : std::nullopt;
  }
  const auto free = spot_available(x.state, x.owner, pair.quote->index);
  auto needed = notional_amount(record.limit_price, record.remaining);
  if (x.order.immediate) {
    quantity lot{decimal_scale};
    for (int i = 0; i < x.place.info.size_decimals; ++i)
      lot.raw /= 10;
    needed = notional_amount(
      x.place.book.best(order_side::sell).value_or(record.limit_price), lot);
  }
  return free < needed ? std::optional{refused} : std::nullopt;
}

std::optional<refusal> check_open_interest(const order_context& x) {
  if (!x.place.open_interest_max || x.owner.user == house_address())
    return std::nullopt;
  const auto& record = x.record();
  const auto held = position_size(x.owner, record.asset);
  const auto opened = opening_part(held, record.side, record.remaining);
  if (opened.raw == 0
      || open_interest(x.state, record.asset) + opened
           <= *x.place.open_interest_max)
    return std::nullopt;
  const bool flips = opened < record.remaining;
  return refusal{
    flips ? "positionFlipAtOpenInterestCapRejected"
          : "positionIncreaseAtOpenInterestCapRejected",
    "Order would increase open interest while open interest is capped."};
}

std::optional<refusal> check_margin(const order_context& x) {
  if (x.record().reduce_only || can_place(x.state, x.owner, x.record()))
    return std::nullopt;
  return refusal{"perpMarginRejected", "Insufficient margin to place order."};
}

/// An untriggered order is only looked at for its trigger.
std::optional<refusal> check_waiting(const order_context& x) {
  if (auto refused = check_reduce_only(x))
    return refused;
  if (!is_price_on_grid(x.place.info, x.record().limit_price))
    return refusal{"tickRejected", "Price must be divisible by tick size."};
  if (auto refused = check_open_orders(x))
    return refused;
  if (trigger_met(x.order, x.place.mark))
    return refusal{"badTriggerPxRejected", "Invalid TP/SL price."};
  return std::nullopt;
}

} // namespace

refusal no_liquidity(const live_order& order) {
  if (order.trigger_is_market
      || order.record.tif == wire_time_in_force::frontend_market)
    return {"marketOrderNoLiquidityRejected",
            "No liquidity available for market order."};
  return {"iocCancelRejected",
          "Order could not immediately match against any resting orders."};
}

std::optional<refusal> refuse_order(const venue_state& state,
                                    live_order& order) {
  const auto* owner = find_account(state, order.record.user);
  HLX_ASSERT(owner != nullptr);
  const order_context x{state, *owner, *find_market(state, order.record.asset),
                        order};
  if (order.record.is_trigger && !order.fired)
    return check_waiting(x);
  if (auto refused = check_reduce_only(x))
    return refused;
  if (x.is_spot() && order.immediate) {
    if (auto refused = check_crossing(x))
      return refused;
    if (auto refused = check_spot_funds(x))
      return refused;
  }
  using check = std::optional<refusal> (*)(const order_context&);
  for (const check run : {&check_value, &check_price, &check_open_orders,
                          &check_crossing, &check_open_interest})
    if (auto refused = run(x))
      return refused;
  return x.is_spot() ? check_spot_funds(x) : check_margin(x);
}

std::string with_asset(std::string_view text, asset_id asset) {
  return std::string{text} + " asset=" + std::to_string(asset);
}

} // namespace hlx::venue
