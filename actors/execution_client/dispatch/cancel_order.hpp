// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/cancel_batch.hpp"
#include "hlx/actors/execution_client/dispatch/order_events.hpp"

#include <string>

/// A cancel is an intent: the order must end. It leaves at once and again when
/// evidence shows a live leg that the last one did not reach.
namespace hlx {

void on_cancel(context& c, const cancel_order& command);
/// Each of them answers for itself.
void on_cancel_several(context& c, const cancel_orders& command);
void on_cancel_all(context& c, const cancel_all& command);

/// hlx itself wants the order gone: at its end time, or because nothing of it
/// may trade any more.
void intend_own_cancel(context& c, tracked_order& order);

/// After a gap of the stream: hlx's own cancels of orders that were found open
/// leave at once, whatever they waited for.
void renew_own_cancels(context& c);

/// Sends the cancel again, or asks, when that is due.
void pump_cancel(context& c, tracked_order& order);

/// A leg of an ended order that may still trade is canceled.
void cancel_what_lives_on(context& c, tracked_order& order);

/// What the reply to a cancel says. `action_refused`: about the action as a
/// whole, not about the order.
void on_cancel_outcome(context& c, tracked_order& order, request_id request,
                       const element_outcome& element, bool action_refused);

/// It could not be written; when it is to leave again it does so with `batch`.
void on_cancel_unwritten(context& c, tracked_order& order, request_id request,
                         const std::string& failure, cancel_batch& batch);
void on_cancel_unknown(context& c, tracked_order& order, request_id request);

/// The timer of the cancel: no end has followed.
void check_cancel(context& c, tracked_order& order);

/// What the answer to that check says.
enum class cancel_check : std::uint8_t {
  no_answer, ///< The query failed.
  not_known, ///< The venue does not know the order.
  open,
  not_open, ///< Any other word, which has been taken already.
};

void on_cancel_checked(context& c, tracked_order& order, cancel_check found);

} // namespace hlx
