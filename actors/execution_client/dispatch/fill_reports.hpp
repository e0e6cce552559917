// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/status_reports.hpp"

/// Fills: each trade once, on whichever leg, before and after the order's end.
namespace hlx {

dispatch_outcome on_fill_report(context& c, const fill_report& report,
                                report_source source);

/// Emits the held fills of the binding, in the order of arrival.
void drain_held_fills(context& c, tracked_order& order);

/// Emits all held fills: none may be lost when the order ends.
void deliver_held_fills(context& c, tracked_order& order);

/// Asks about the first leg that nothing explains, unless that runs already
/// or a modify of ours may explain it.
void ask_about_held_fills(context& c, tracked_order& order);

/// The venue's answer about that leg has been applied; `answered` is false
/// when there was none.
void on_held_leg_answered(context& c, tracked_order& order,
                          venue_order_id asked, bool answered);

} // namespace hlx
