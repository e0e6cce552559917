// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/order_events.hpp"

#include <string>

/// How orders end: by their fills, by a confirmed cancel once the fills that
/// it proves are in, or refused. What was on the wire is followed up.
namespace hlx {

/// Looks at everything known of the order and does what is due: ends it, asks
/// for promised fills, sends what waits. Idempotent; called after each input.
void settle(context& c, tracked_order& order);

/// Lets go of working memory that says nothing any more.
void tidy(tracked_order& order);

/// A fill reached the target, and has been emitted.
void end_filled(context& c, tracked_order& order);

/// The binding is gone: the order ends as canceled once its fills are in.
void begin_closing(context& c, tracked_order& order, std::string reason,
                   venue_time at);

/// The order was refused; nothing rests.
void end_rejected(context& c, tracked_order& order, std::string reason,
                  venue_time at, order_end end = order_end::rejected);

/// An answered userFillsByTime, applied already, covered the order.
void on_fills_answered(context& c, tracked_order& order, std::int64_t sent_ms);

/// The query for the order's fills failed.
void on_fills_query_failed(context& c, tracked_order& order);

/// Promised fills have not come in time.
void ask_for_fills(context& c, tracked_order& order);

} // namespace hlx
