// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/order_events.hpp"

#include <string>

/// New orders: what the rules of the instrument exclude is denied, the rest is
/// registered before its request leaves.
namespace hlx {

void on_submit(context& c, const submit_order& command, const cloid& wire_id);
void on_submit_list(context& c, const submit_list& command);

/// Denies an order that was admitted but has not left, and with it the others
/// of a list that only makes sense as a whole.
void deny_before_sending(
  context& c, tracked_order& order, std::string reason,
  std::optional<std::int64_t> passes_at_ms = std::nullopt);

/// The stream is back and reconciled: what waited leaves.
void release_held(context& c);

/// The reference price of an order that waits for one, or none.
void on_reference(context& c, tracked_order& order,
                  std::optional<price> reference);

/// A submit that could not be written leaves again, as a new request.
void resend_submit(context& c, const request_record& record);

/// The order's own end time has come.
void on_end_time(context& c, tracked_order& order);

} // namespace hlx
