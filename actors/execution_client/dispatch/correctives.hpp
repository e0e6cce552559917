// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/order_events.hpp"

namespace hlx {

/// Never more than asked for: reduces the live leg when what is left on it
/// exceeds what is left of the order, or cancels it when nothing, or too
/// little, should be left.
void correct_excess(context& c, tracked_order& order);

/// A modify for the order: what is left of `target` at `at`. Recorded before
/// it leaves.
void send_replacement(context& c, tracked_order& order, quantity target,
                      price at, bool corrective);

/// The modify that could not be written leaves again.
void resend_replacement(context& c, tracked_order& order);

} // namespace hlx
