// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/request_replies.hpp"

#include "hlx/actors/execution_client/dispatch/cancel_order.hpp"
#include "hlx/actors/execution_client/dispatch/child_orders.hpp"
#include "hlx/actors/execution_client/dispatch/dead_man_switch.hpp"
#include "hlx/actors/execution_client/dispatch/modify_order.hpp"
#include "hlx/actors/execution_client/dispatch/order_admission.hpp"
#include "hlx/actors/execution_client/dispatch/order_endings.hpp"
#include "hlx/actors/execution_client/dispatch/status_reports.hpp"
#include "hlx/actors/execution_client/dispatch/unknown_outcomes.hpp"

#include <utility>

namespace hlx {

namespace {

using subject = request_record::subject;

/// The reply names the venue order: the order is placed.
order_leg* bind_by_reply(context& c, tracked_order& order,
                         const element_outcome& element) {
  if (auto* leg = order.find_leg(element.oid))
    return leg;
  if (order.has_ended()) {
    auto& leg = add_earlier_leg(c, order, element.oid, leg_state::live);
    leg.size = order.target;
    return &leg;
  }
  if (!order.has_binding())
    return &accept(c, order, element.oid, order.target, std::nullopt);
  // Replaced meanwhile: this is where the order began.
  return &add_earlier_leg(c, order, element.oid, leg_state::replaced);
}

void on_filled_reply(context& c, tracked_order& order,
                     const element_outcome& element) {
  auto* leg = bind_by_reply(c, order, element);
  if (order.is_immediate()) {
    leg->promised = element.total_quantity;
    leg->promise_is_reply = true;
    leg->state = leg_state::filled;
  } else if (element.total_quantity > leg->promised) {
    leg->promised = element.total_quantity;
  }
}

/// The venue says that it did not take the order.
void on_refused_submit(context& c, tracked_order& order,
                       const std::string& text) {
  if (order.phase == order_phase::submitted) {
    end_rejected(c, order, text, std::nullopt);
    return;
  }
  if (order.has_ended())
    return;
  warn(c, "order " + order.client_order_id.value
            + " is placed, but its submit was refused: " + text);
  ask_status(c, order, query_record::subject::status);
}

void on_unknown_submit(context& c, tracked_order& order,
                       std::int64_t expires_ms) {
  if (order.has_ended() || order.submit == submit_state::answered)
    return;
  order.submit = submit_state::unknown;
  if (needs_no_resolving(order)) {
    order.submit = submit_state::answered;
    return;
  }
  if (order.is_closing())
    return;
  // The request cannot land once the venue's time is past its expiry.
  resolve(c, order, resolution::subject::submit,
          expires_ms + c.state.clock_offset_ms + evidence_grace_ms);
}

void on_submit_element(context& c, tracked_order& order,
                       const element_outcome& element,
                       std::int64_t expires_ms) {
  switch (element.status) {
    case element_status::resting:
      order.submit = submit_state::answered;
      bind_by_reply(c, order, element);
      break;
    case element_status::filled:
      order.submit = submit_state::answered;
      on_filled_reply(c, order, element);
      break;
    case element_status::error:
      order.submit = submit_state::answered;
      on_refused_submit(c, order, element.error);
      break;
    case element_status::waiting_for_fill:
    case element_status::waiting_for_trigger:
      order.submit = submit_state::answered;
      order.child_waits = order.phase == order_phase::submitted;
      ask_about_child(c, order);
      break;
    case element_status::success:
    case element_status::unreadable:
      on_unknown_submit(c, order, expires_ms);
      return;
  }
  if (order.work && order.work->resolving
      && order.work->resolving->about == resolution::subject::submit) {
    order.work->resolving.reset();
    disarm(order, order_timer::resolve);
  }
}

/// What the element says that cannot be of this order; empty when all can.
std::string contradiction(context& c, const tracked_order& order,
                          const element_outcome& element) {
  const auto* other =
    element.oid.value != 0 ? c.state.orders.find(element.oid) : nullptr;
  if (other != nullptr && other != &order)
    return "venue order " + to_string(element.oid) + " is of order "
           + std::string{other->client_order_id.value};
  if (element.cloid && *element.cloid != order.cloid)
    return "another cloid";
  const bool waits = element.status == element_status::waiting_for_fill
                     || element.status == element_status::waiting_for_trigger;
  return waits && !has_trigger(order.type) ? "it waits, and has no trigger"
                                           : std::string{};
}

/// The element, or one that says nothing when it cannot be about this order.
const element_outcome& believable(context& c, const tracked_order& order,
                                  request_id request,
                                  const element_outcome& element) {
  static const element_outcome nothing{.status = element_status::unreadable};
  const auto why = contradiction(c, order, element);
  if (why.empty())
    return element;
  warn(c, "the reply to request " + to_string(request) + " does not fit order "
            + std::string{order.client_order_id.value} + ": " + why);
  return nothing;
}

/// One order's part of an answered request.
void on_element(context& c, tracked_order& order, const request_record& record,
                request_id request, const element_outcome& element,
                reply_kind kind) {
  switch (record.about) {
    case subject::submit:
      on_submit_element(c, order, believable(c, order, request, element),
                        record.expires_ms);
      settle(c, order);
      break;
    case subject::modify:
      on_modify_outcome(c, order, request, record,
                        believable(c, order, request, element),
                        kind == reply_kind::http_refused);
      break;
    case subject::cancel:
      on_cancel_outcome(c, order, request, element,
                        kind != reply_kind::statuses);
      break;
    case subject::dead_man_switch:
      break;
  }
}

void on_unknown(context& c, tracked_order& order, const request_record& record,
                request_id request) {
  switch (record.about) {
    case subject::submit:
      on_unknown_submit(c, order, record.expires_ms);
      settle(c, order);
      break;
    case subject::modify:
      on_modify_unknown(c, order, request);
      break;
    case subject::cancel:
      on_cancel_unknown(c, order, request);
      break;
    case subject::dead_man_switch:
      break;
  }
}

template <class F>
void for_each_order(context& c, const request_record& record, F f) {
  std::size_t index = 0;
  const auto visit = [&](order_ref ref) {
    if (auto* order = c.state.orders.find(ref))
      f(*order, index);
    ++index;
  };
  visit(record.order);
  for (const auto ref : record.more)
    visit(ref);
}

void on_unwritten(context& c, const request_outcome& outcome,
                  const request_record& record) {
  if (record.about != subject::submit) {
    cancel_batch batch;
    for_each_order(c, record, [&](tracked_order& order, std::size_t) {
      if (record.about == subject::modify)
        on_modify_unwritten(c, order, outcome.request, outcome.failure);
      else
        on_cancel_unwritten(c, order, outcome.request, outcome.failure, batch);
    });
    batch.send(c);
    return;
  }
  if (!record.retried && c.now_ms < record.expires_ms) {
    resend_submit(c, record);
    return;
  }
  for_each_order(c, record, [&](tracked_order& order, std::size_t) {
    on_refused_submit(c, order, "not sent: " + outcome.failure);
    settle(c, order);
  });
}

/// Whether the reply speaks of the request's orders: one each, or one error
/// for all.
bool fits(const exchange_reply& reply, std::size_t count) {
  if (reply.elements.size() == count)
    return true;
  return reply.elements.size() == 1
         && reply.elements.front().status == element_status::error;
}

void on_answer(context& c, const request_outcome& outcome,
               const request_record& record) {
  const auto& reply = outcome.reply;
  const bool refused =
    reply.kind == reply_kind::refused || reply.kind == reply_kind::http_refused;
  const element_outcome refusal{.status = element_status::error,
                                .error = reply.text};
  for_each_order(c, record, [&](tracked_order& order, std::size_t index) {
    const auto& element =
      refused ? refusal
              : reply.elements[reply.elements.size() == 1 ? 0 : index];
    on_element(c, order, record, outcome.request, element, reply.kind);
  });
}

void warn_of_reply(context& c, request_id request, std::string_view what,
                   const std::string& text) {
  warn(c, "the reply to request " + to_string(request) + std::string{what}
            + (text.empty() ? "" : ": ") + text);
}

constexpr std::string_view does_not_fit = " does not fit it";

/// What the venue answered in words that nobody knows.
void warn_of_unreadable(context& c, const request_outcome& outcome,
                        const request_record& record) {
  constexpr std::string_view what = " is not understood";
  const auto& reply = outcome.reply;
  if (reply.kind == reply_kind::unreadable)
    warn_of_reply(c, outcome.request, what, reply.text);
  for (const auto& element : reply.elements)
    if (element.status == element_status::unreadable)
      warn_of_reply(c, outcome.request, what, element.error);
    else if (element.status == element_status::success
             && record.about == subject::submit)
      warn_of_reply(c, outcome.request, does_not_fit, "success");
}

/// Remembers a request for a late reply; the oldest goes at the bound.
void keep_for_late_reply(context& c, request_id request) {
  auto& unanswered = c.state.unanswered;
  unanswered.push_back(request.value);
  if (unanswered.size() <= unanswered_max)
    return;
  c.state.requests.erase(unanswered.front());
  unanswered.pop_front();
}

} // namespace

void on_request_outcome(context& c, const request_outcome& outcome) {
  const auto found = c.state.requests.find(outcome.request.value);
  if (found == c.state.requests.end()) {
    warn(c, "an outcome of the unknown request " + to_string(outcome.request));
    return;
  }
  const auto record = found->second;
  const auto count = record.more.size() + 1;
  if (c.state.budget.enabled()) {
    c.state.budget.outcome(outcome, count, record.sent_ms, c.now_ms);
    release_deferred(c);
  }
  warn_of_unreadable(c, outcome, record);
  if (record.about == subject::dead_man_switch) {
    if (outcome.delivery == request_delivery::unknown)
      keep_for_late_reply(c, outcome.request);
    else
      c.state.requests.erase(outcome.request.value);
    on_dead_man_switch_outcome(c, outcome);
    return;
  }
  const bool usable = outcome.delivery == request_delivery::answered
                      && (outcome.reply.kind == reply_kind::refused
                          || outcome.reply.kind == reply_kind::http_refused
                          || (outcome.reply.kind == reply_kind::statuses
                              && fits(outcome.reply, count)));
  if (outcome.delivery == request_delivery::not_sent) {
    c.state.requests.erase(outcome.request.value);
    on_unwritten(c, outcome, record);
  } else if (usable) {
    c.state.requests.erase(outcome.request.value);
    on_answer(c, outcome, record);
  } else if (!outcome.late) {
    if (outcome.delivery == request_delivery::answered)
      warn_of_reply(c, outcome.request, does_not_fit, outcome.reply.text);
    keep_for_late_reply(c, outcome.request);
    for_each_order(c, record, [&](tracked_order& order, std::size_t) {
      on_unknown(c, order, record, outcome.request);
    });
  }
}

} // namespace hlx
