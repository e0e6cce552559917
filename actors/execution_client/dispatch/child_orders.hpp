// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/dispatch_parts.hpp"

#include <span>

/// Take-profit and stop-loss orders wait, without a venue order id, until
/// their parent is filled.
namespace hlx {

/// The list is about to leave: a parent, then its children.
void note_children(context& c, std::span<tracked_order* const> list);

/// The parent has ended. Unless it was filled completely, what became of the
/// children that still wait is asked for.
void release_children(context& c, tracked_order& parent);

/// Asks about a child that waits though its parent has ended unfilled; when
/// the venue does not know it, it is rejected.
void ask_about_child(context& c, tracked_order& child);

} // namespace hlx
