// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/order_groups.hpp"

namespace hlx {

void keep_together(context& c, std::span<tracked_order* const> orders,
                   order_grouping grouping) {
  order_group group{.grouping = grouping};
  for (const auto* order : orders)
    group.orders.push_back(c.state.orders.ref_of(*order));
  for (const auto* order : orders)
    c.state.groups.insert_or_assign(order->slot, group);
}

order_group group_of(context& c, const tracked_order& order) {
  const auto found = c.state.groups.find(order.slot);
  if (found != c.state.groups.end())
    return found->second;
  return {.orders = {c.state.orders.ref_of(order)}};
}

order_group take_group(context& c, const tracked_order& order) {
  auto result = group_of(c, order);
  if (!c.state.groups.empty())
    for (const auto ref : result.orders)
      c.state.groups.erase(ref.slot);
  return result;
}

} // namespace hlx
