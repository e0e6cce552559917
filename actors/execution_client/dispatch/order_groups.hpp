// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/dispatch_parts.hpp"

#include <span>

/// Orders of one TP/SL grouping leave together or not at all.
namespace hlx {

/// From now on these are such a group. None of them has left.
void keep_together(context& c, std::span<tracked_order* const> orders,
                   order_grouping grouping);

/// The order's group, itself included; the order alone when it has none.
order_group group_of(context& c, const tracked_order& order);

/// The same, and it is no group any more.
order_group take_group(context& c, const tracked_order& order);

} // namespace hlx
