// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/wire_orders.hpp"

namespace hlx {

namespace {

wire_time_in_force wire_tif(const tracked_order& order) {
  if (order.type == order_type::market
      || order.time_in_force == time_in_force::ioc)
    return wire_time_in_force::ioc;
  if (order.post_only || order.time_in_force == time_in_force::alo)
    return wire_time_in_force::alo;
  return wire_time_in_force::gtc;
}

bool is_stop(order_type type) {
  return type == order_type::stop_market || type == order_type::stop_limit;
}

} // namespace

wire_order wire_order_of(context& c, const tracked_order& order, quantity size,
                         price limit_price) {
  wire_order result{.asset = c.instrument_of(order).asset,
                    .is_buy = order.side == order_side::buy,
                    .limit_price = limit_price,
                    .size = size,
                    .reduce_only = order.reduce_only,
                    .time_in_force = wire_tif(order),
                    .cloid = order.cloid};
  // A trigger that has fired is a plain order.
  if (order.waits_for_trigger())
    result.trigger =
      trigger_terms{.is_market = is_market(order.type),
                    .trigger_price = order.trigger_price,
                    .kind = is_stop(order.type) ? trigger_kind::stop_loss
                                                : trigger_kind::take_profit};
  return result;
}

bool below_minimum(const tracked_order& order, quantity size, price at) {
  return !order.reduce_only && notional(at, size) < min_notional();
}

std::optional<price> legal_price(context& c, const instrument& traded,
                                 price asked, order_side side,
                                 price_rounding rounding, std::string& why) {
  if (asked.raw <= 0) {
    why = "price " + to_string(asked) + " is not positive";
    return std::nullopt;
  }
  if (is_price_on_grid(traded, asked))
    return asked;
  if (!c.state.options.round_prices) {
    why = "price " + to_string(asked) + " is off the grid of " + traded.name;
    return std::nullopt;
  }
  auto result = round_price(traded, asked, side, rounding);
  if (!result)
    why = "price " + to_string(asked) + " has no legal neighbour for "
          + traded.name;
  return result;
}

std::string size_refusal(const instrument& traded, quantity size) {
  if (size.raw <= 0)
    return "quantity " + to_string(size) + " is not positive";
  if (!is_size_on_grid(traded, size))
    return "quantity " + to_string(size) + " is off the grid of " + traded.name
           + ": at most " + std::to_string(traded.size_decimals) + " decimals";
  return {};
}

} // namespace hlx
