// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/order_actions.hpp"

#include <algorithm>

namespace hlx::venue {

namespace {

bool has_decimals(std::int64_t raw, int decimals) {
  std::int64_t unit = decimal_scale;
  for (int i = 0; i < decimals; ++i)
    unit /= 10;
  return raw % unit == 0;
}

/// An outcome pays one at most.
bool price_is_formed(const instrument& info, price p) {
  if (info.kind == market_kind::outcome && p.raw >= decimal_scale)
    return false;
  return p.raw > 0
         && (p.raw % decimal_scale == 0
             || has_decimals(p.raw, max_price_decimals(info)));
}

std::optional<std::string> order_error(const venue_state& state,
                                       const wire_order& order,
                                       order_grouping grouping) {
  const auto* place = find_market(state, order.asset);
  if (place == nullptr || place->delisted)
    return "Order has invalid asset.";
  const auto& info = place->info;
  if (!price_is_formed(info, order.limit_price))
    return "Order has invalid price.";
  if (order.size.raw > order_size_max || !is_size_on_grid(info, order.size))
    return "Order has invalid size.";
  if (order.size.raw == 0 && grouping != order_grouping::position_tpsl)
    return "Order has zero size.";
  // A sell may trade at the mark, however low its limit is.
  if (notional(std::max(order.limit_price, place->mark), order.size)
      > order_value_max)
    return "Order value too large. Max is $300000000.";
  if (order.trigger && !price_is_formed(info, order.trigger->trigger_price))
    return "Order has invalid price.";
  if (!moves_tokens(info))
    return std::nullopt;
  if (order.trigger)
    return "Unexpected number of trigger orders";
  if (info.kind == market_kind::outcome)
    return std::nullopt; // Worth anything from 0 to 1.
  const auto p = static_cast<wide_integer>(order.limit_price.raw);
  if (p * 5 <= place->mark.raw
      || p > static_cast<wide_integer>(place->mark.raw) * 5)
    return "Order price cannot be more than 80% away from the reference price";
  return std::nullopt;
}

std::optional<std::string> normal_group_error(
  const std::vector<wire_order>& orders) {
  const auto& parent = orders.front();
  if (orders.size() < 2 || orders.size() > 3 || parent.trigger)
    return "Unexpected number of trigger orders";
  for (auto child = orders.begin() + 1; child != orders.end(); ++child) {
    if (!child->trigger)
      return "Unexpected number of trigger orders";
    if (!child->reduce_only)
      return "TP/SL orders must be reduce only";
    if (child->asset != parent.asset || child->is_buy == parent.is_buy)
      return "TP/SL orders must oppose their parent in the same asset";
  }
  return std::nullopt;
}

std::optional<std::string> position_group_error(
  const std::vector<wire_order>& orders) {
  const auto& first = orders.front();
  for (const auto& x : orders) {
    if (!x.trigger || orders.size() > 2)
      return "Unexpected number of trigger orders";
    if (!x.reduce_only)
      return "TP/SL orders must be reduce only";
    if (x.asset != first.asset || x.is_buy != first.is_buy)
      return "TP/SL orders must be of one side of the same asset";
  }
  return std::nullopt;
}

/// A priority fee is for takers, or for orders that only make; not in
/// outcomes.
std::optional<std::string> priority_error(
  const venue_state& state, const std::vector<wire_order>& orders) {
  const auto is_outcome = [&](const wire_order& x) {
    return find_market(state, x.asset)->info.kind == market_kind::outcome;
  };
  if (std::any_of(orders.begin(), orders.end(), is_outcome))
    return "Priority orders must not be of outcomes";
  const auto is_ioc = [](const wire_order& x) {
    return !x.trigger && x.time_in_force == wire_time_in_force::ioc;
  };
  const auto is_alo = [](const wire_order& x) {
    return !x.trigger && x.time_in_force == wire_time_in_force::alo
           && !x.reduce_only;
  };
  if (std::all_of(orders.begin(), orders.end(), is_ioc)
      || std::all_of(orders.begin(), orders.end(), is_alo))
    return std::nullopt;
  return "Priority orders must be all IOC or all non-reduce-only ALO";
}

std::optional<std::string> group_error(const venue_state& state,
                                       const order_action& action) {
  if (action.priority)
    return priority_error(state, action.orders);
  switch (action.grouping) {
    case order_grouping::na:
      return std::nullopt;
    case order_grouping::normal_tpsl:
      return normal_group_error(action.orders);
    case order_grouping::position_tpsl:
      return position_group_error(action.orders);
  }
  return std::nullopt;
}

} // namespace

std::optional<std::string> static_error(const venue_state& state,
                                        const order_action& action) {
  if (action.orders.empty())
    return "Orders are empty.";
  for (const auto& order : action.orders)
    if (auto error = order_error(state, order, action.grouping))
      return error;
  return group_error(state, action);
}

std::optional<std::string> static_error(const venue_state& state,
                                        const batch_modify_action& action) {
  if (action.modifies.empty())
    return "Orders are empty.";
  for (const auto& x : action.modifies)
    if (auto error = order_error(state, x.order, order_grouping::na))
      return error;
  return std::nullopt;
}

std::optional<std::string> static_error(const venue_state& state,
                                        const modify_action& action) {
  return order_error(state, action.modify.order, order_grouping::na);
}

} // namespace hlx::venue
