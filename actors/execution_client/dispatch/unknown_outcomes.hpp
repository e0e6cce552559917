// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/order_events.hpp"

/// Requests whose outcome nobody knows end by asking the venue, once its own
/// time shows that they cannot land any more.
namespace hlx {

/// Asks, from the venue's time `not_before_ms` on.
void resolve(context& c, tracked_order& order, resolution::subject about,
             std::int64_t not_before_ms);

/// The timer of the resolution.
void continue_resolving(context& c, tracked_order& order);

/// exchangeStatus was answered, or not: every order that waits for it goes on.
void on_clock_answer(context& c, const query_record& record, bool answered);

/// orderStatus was answered: by the record of a venue order, or unknownOid.
void on_resolution_status(context& c, tracked_order& order,
                          const query_record& record,
                          const order_status_report* report);
void on_resolution_failed(context& c, tracked_order& order,
                          const query_record& record);

/// The open orders, for every order that waits for an unknown outcome.
void on_resolution_open_orders(context& c, const query_record& record,
                               const open_orders_answer* answer);

/// Asks for the open orders, or waits for a list that serves others too.
void ask_open_orders(context& c, const tracked_order& order);

/// Whether the order, proved placed, needs no more asking.
bool needs_no_resolving(const tracked_order& order);

/// The submit of an order proved placed has no unknown outcome any more.
void settle_submit(tracked_order& order);

} // namespace hlx
