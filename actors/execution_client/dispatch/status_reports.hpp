// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/order_events.hpp"

#include <string>

/// Status reports: which order and which leg they are about, and what they
/// mean there.
namespace hlx {

/// Where a report comes from.
enum class report_source : std::uint8_t { frame, snapshot, answer };

dispatch_outcome on_status_report(context& c, const order_status_report& report,
                                  report_source source);

/// The tracked order that a report is about, or none: by venue order id, then
/// by cloid unless `placed_ms` belongs to an earlier use of it.
tracked_order* match(context& c, venue_order_id oid,
                     const std::optional<cloid>& wire_id,
                     std::int64_t report_ms);

/// Whether what a report says of side and instrument is the order's.
bool fits(const context& c, const tracked_order& order, order_side side,
          const std::string& coin);

/// Whether the record that an answer brought is about the order at all.
bool is_about(context& c, const tracked_order& order,
              const order_status_report& report);

/// Whether a record found by the order's cloid does not tell what became of
/// the binding: it is of a leg known to be past, or of a refused replacement.
bool hides_binding(tracked_order& order, const order_status_report& report);

/// Whether the binding may still be live, so that asking for it makes sense.
bool is_in_question(const tracked_order& order);

/// The first venue order of an order: it is accepted. `fired`: of a trigger
/// order, which is a plain one by then.
order_leg& accept(context& c, tracked_order& order, venue_order_id oid,
                  quantity size, venue_time at, bool fired = false);

/// The trigger of one of the order's legs has fired, by a status or by what
/// follows it. The strategy is told of the first.
void note_triggered(context& c, tracked_order& order, order_leg& leg,
                    venue_time at);

/// A venue order known as an earlier leg from now on.
order_leg& add_earlier_leg(context& c, tracked_order& order, venue_order_id oid,
                           leg_state state);

} // namespace hlx
