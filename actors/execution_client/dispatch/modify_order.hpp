// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/order_events.hpp"

#include <string>

/// Replacing a venue order: one modify on the wire for an order, one that
/// waits, and hlx's own correctives when a fill raced one.
namespace hlx {

void on_modify(context& c, const modify_order& command);

/// Sends the waiting modify, or a corrective one, when nothing is in the way.
void pump_modify(context& c, tracked_order& order);

/// Refuses the modify that waits, if one does.
void refuse_waiting(context& c, tracked_order& order, std::string reason);

/// The venue shows that this venue order replaces the binding. `size` is what
/// it was placed with, when the evidence says so; `sent` is the modify that
/// placed it, when that is known.
void prove_replacement(context& c, tracked_order& order, venue_order_id oid,
                       std::optional<quantity> size, std::optional<price> limit,
                       venue_time at, const pending_modify* sent = nullptr);

/// A held fill of a newer venue order proves the replacement, when the modify's
/// own evidence fails to come. Returns false when there is none, or no modify.
bool prove_by_held_fill(context& c, tracked_order& order);

/// What the reply to a modify says. `http_refused`: it never reached the
/// venue's engine.
void on_modify_outcome(context& c, tracked_order& order, request_id request,
                       const request_record& record,
                       const element_outcome& element, bool http_refused);
void on_modify_unwritten(context& c, tracked_order& order, request_id request,
                         const std::string& failure);
void on_modify_unknown(context& c, tracked_order& order, request_id request);

/// The replacement was refused although the old leg was canceled. Returns
/// false when no modify of ours explains that.
bool on_replacement_refused(context& c, tracked_order& order,
                            std::string reason, venue_time at);

/// The modify on the wire did not take effect; the order is as it was.
void reject_pending_modify(context& c, tracked_order& order, std::string reason,
                           venue_time at);

/// Ends the order by a `canceled` that was thought to be the modify's.
void release_parked(context& c, tracked_order& order);

/// The order has ended with a modify on the wire: what it places must go.
void follow_up_modify(tracked_order& order);

} // namespace hlx
