// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/cancel_order.hpp"

#include "hlx/actors/execution_client/dispatch/modify_order.hpp"
#include "hlx/actors/execution_client/dispatch/order_admission.hpp"
#include "hlx/actors/execution_client/dispatch/order_endings.hpp"
#include "hlx/actors/execution_client/dispatch/unknown_outcomes.hpp"
#include "hlx/messages/wire/error_texts.hpp"

#include <algorithm>
#include <utility>

namespace hlx {

namespace {

/// Cancels of one intent before it is given up.
constexpr int attempts_max = 5;

/// Times that a cancel which could not be written leaves again.
constexpr int unwritten_max = 3;

/// Between two cancels of the same leg.
constexpr std::int64_t same_leg_gap_ms = 1'000;

using cancel_phase = cancel_work::phase;

bool is_unproved(const tracked_order& order) {
  return order.phase == order_phase::submitted;
}

/// Neither answered, as that of a child that waits is, nor proved.
bool submit_is_open(const tracked_order& order) {
  return is_unproved(order) && order.submit != submit_state::answered;
}

bool modify_is_open(const tracked_order& order) {
  return order.work && order.work->modify;
}

/// From now on the order's cancel is on the wire.
void note_sent(context& c, tracked_order& order, venue_order_id leg,
               bool by_oid) {
  auto& cancel = *order.work->cancel;
  cancel.state = cancel_phase::on_wire;
  cancel.early = submit_is_open(order) || modify_is_open(order);
  cancel.by_oid = by_oid;
  cancel.repeats = false;
  cancel.last_leg = leg;
  cancel.sent_ms = c.now_ms;
  ++cancel.attempts;
  disarm(order, order_timer::cancel);
}

/// Leaves with the others of the batch.
void send_cancel(context& c, tracked_order& order, const order_leg& leg,
                 bool by_oid, cancel_batch& batch) {
  note_sent(c, order, leg.oid, by_oid);
  batch.add(order, by_oid);
}

void send_cancel(context& c, tracked_order& order, const order_leg& leg,
                 bool by_oid) {
  cancel_batch batch;
  send_cancel(c, order, leg, by_oid, batch);
  batch.send(c);
}

void drop_intent(tracked_order& order) {
  order.work->cancel.reset();
  disarm(order, order_timer::cancel);
}

/// Whether no strategy wants it, but hlx: nobody is told when it fails, and
/// it goes on until it has worked.
bool is_own(const tracked_order& order) {
  return order.has_ended() || !order.work->cancel->by_strategy;
}

/// The order lives on: the strategy is told, the intent is lifted.
void give_up(context& c, tracked_order& order, std::string reason) {
  drop_intent(order);
  emit_cancel_rejected(c, order.strategy, order.client_order_id,
                       std::move(reason));
  // At its end time the order must go all the same.
  if (order.expire_at_ms != 0 && c.now_ms >= order.expire_at_ms) {
    order.work->expiry_cancel = true;
    order.work->cancel = cancel_work{.state = cancel_phase::unknown,
                                     .last_leg = order.binding.oid};
    arm(c, order, order_timer::cancel, c.now_ms + evidence_grace_ms);
  }
}

/// No end has followed yet: the venue is asked when that takes long.
void await_end(context& c, tracked_order& order, cancel_phase state) {
  auto& cancel = *order.work->cancel;
  cancel.state = state;
  cancel.checks = 0;
  const auto pause = backoff_ms(is_own(order) ? cancel.attempts - 1 : 0);
  arm(c, order, order_timer::cancel, c.now_ms + pause);
}

/// hlx's own cancels go on until they have worked.
void try_later(context& c, tracked_order& order, cancel_phase state,
               const std::string& why) {
  auto& cancel = *order.work->cancel;
  cancel.state = state;
  const auto pause = backoff_ms(cancel.checks++);
  warn(c, "order " + order.client_order_id.value + ": canceling it failed ("
            + why + "); trying again in " + std::to_string(pause) + " ms");
  arm(c, order, order_timer::cancel, c.now_ms + pause);
}

void send_again(context& c, tracked_order& order) {
  const auto& cancel = *order.work->cancel;
  if (cancel.attempts >= attempts_max && cancel.by_strategy) {
    give_up(c, order,
            "not canceled after " + std::to_string(attempts_max) + " attempts");
    return;
  }
  if (cancel.attempts > 0 && is_own(order))
    warn(c, "order " + order.client_order_id.value
              + " is still open after its cancel; canceling it again");
  send_cancel(c, order, order.binding, order.binding.without_cloid);
}

/// What the venue had placed before it took the cancel, the cancel has hit, no
/// matter when that leg was heard of. Only a trigger order's replacement is
/// placed in any case, whatever has become of its old leg.
void note_hit(tracked_order& order) {
  auto& cancel = *order.work->cancel;
  if (!cancel.by_oid && !order.waits_for_trigger() && !order.has_ended())
    cancel.last_leg = order.binding.oid;
}

/// A leg that the last cancel was not sent for has turned up alive.
void on_new_leg(context& c, tracked_order& order) {
  auto& cancel = *order.work->cancel;
  const bool succeeded = cancel.state == cancel_phase::succeeded;
  if (succeeded && cancel.last_leg.value == 0) {
    // The order's first: the success was about this one.
    cancel.last_leg = order.binding.oid;
    if (!is_armed(order, order_timer::cancel))
      arm(c, order, order_timer::cancel, c.now_ms + evidence_grace_ms);
    return;
  }
  send_again(c, order);
  if (order.work->cancel)
    order.work->cancel->repeats = succeeded;
}

/// A child that waits for its parent has no number yet, and the venue does not
/// know it: only its cancel's answer can tell.
void on_child_not_known(context& c, tracked_order& order) {
  auto& cancel = *order.work->cancel;
  if (++cancel.unknown_answers < unknown_answers_max) {
    arm(c, order, order_timer::cancel, c.now_ms + unknown_answer_gap_ms);
    return;
  }
  cancel.unknown_answers = 0;
  if (cancel.state == cancel_phase::succeeded)
    end_rejected(c, order, "canceled before it was placed", std::nullopt,
                 order_end::never_placed);
  else
    send_again(c, order);
  settle(c, order);
}

/// An old order may rest though orderStatus has forgotten it: the open orders
/// tell.
void on_order_not_known(context& c, tracked_order& order) {
  auto& cancel = *order.work->cancel;
  if (++cancel.unknown_answers < unknown_answers_max || order.has_ended())
    return;
  cancel.unknown_answers = 0;
  cancel.list_asked = true;
  ask_open_orders(c, order);
}

void begin_intent(context& c, tracked_order& order, bool by_strategy) {
  order.working().cancel = cancel_work{.by_strategy = by_strategy};
  refuse_waiting(c, order, "the order is being canceled");
}

bool is_on_wire(const tracked_order& order, request_id request) {
  return order.work && order.work->cancel
         && order.work->cancel->state == cancel_phase::on_wire
         && order.work->cancel->request == request;
}

/// Why the order takes no cancel; empty when it does.
std::string state_refusal(const tracked_order& order) {
  if (order.has_ended())
    return "the order has ended";
  if (order.is_immediate())
    return "an immediate order cannot be canceled";
  if (order.is_closing()
      || (order.has_binding() && is_dead(order.binding.state)))
    return "the order is closing";
  return {};
}

/// A strategy wants the order gone. Returns whether a cancel is to leave, with
/// `queued` others.
bool take_intent(context& c, tracked_order& order, std::size_t queued) {
  if (!order.work || !order.work->cancel) {
    if (auto no =
          c.state.budget.refusal(budget_use::cancel, 1 + queued, c.now_ms)) {
      emit_cancel_rejected(c, order.strategy, order.client_order_id,
                           std::move(no->reason));
      return false;
    }
    begin_intent(c, order, true);
    return true;
  }
  auto& cancel = *order.work->cancel;
  if (cancel.by_strategy)
    return false;
  // hlx wants it gone already, but may be waiting for a better time.
  cancel.by_strategy = true;
  cancel.attempts = 1;
  return cancel.state == cancel_phase::unknown;
}

bool has_left(const tracked_order& order) {
  return order.phase != order_phase::pricing
         && order.phase != order_phase::held;
}

/// The order that the command is about, when a cancel of it is to leave with
/// `queued` others. The strategy is told when it cannot be canceled.
tracked_order* order_to_cancel(context& c, const cancel_order& command,
                               std::size_t queued) {
  const auto& id = command.client_order_id;
  auto* order = c.state.orders.find(id.value);
  const bool named = !command.strategy.value.empty();
  if (order == nullptr && !named) {
    warn(c, "cancel of the unknown order " + id.value);
    return nullptr;
  }
  const auto strategy =
    named ? strategy_of(c, command.strategy) : order->strategy;
  if (order == nullptr || order->strategy != strategy) {
    emit_cancel_rejected(c, strategy, id,
                         order == nullptr ? "unknown order"
                                          : "the order of another strategy");
    return nullptr;
  }
  if (!has_left(*order)) {
    deny_before_sending(c, *order, "canceled before it was sent");
    return nullptr;
  }
  if (auto why = state_refusal(*order); !why.empty()) {
    emit_cancel_rejected(c, strategy, id, std::move(why));
    return nullptr;
  }
  return take_intent(c, *order, queued) ? order : nullptr;
}

/// The same cancel once more: nothing of it has reached the venue.
void send_to_what_lives(context& c, tracked_order& order, cancel_batch& batch) {
  auto* leg = order.has_ended() ? order.living_leg() : &order.binding;
  if (leg != nullptr)
    send_cancel(c, order, *leg, order.has_ended() || leg->without_cloid, batch);
  else
    drop_intent(order);
}

} // namespace

void on_cancel(context& c, const cancel_order& command) {
  if (auto* order = order_to_cancel(c, command, 0))
    send_cancel(c, *order, order->binding, order->binding.without_cloid);
}

void on_cancel_several(context& c, const cancel_orders& command) {
  if (command.client_order_ids.empty())
    warn(c, "cancel_orders of strategy \"" + std::string{command.strategy.value}
              + "\" names no order");
  std::vector<order_ref> known;
  for (const auto& id : command.client_order_ids) {
    const auto* order = c.state.orders.find(id.value);
    known.push_back(order ? c.state.orders.ref_of(*order) : order_ref{});
  }
  cancel_batch batch;
  for (std::size_t i = 0; i < known.size(); ++i) {
    const auto& id = command.client_order_ids[i];
    if (known[i].serial != 0 && c.state.orders.find(known[i]) == nullptr)
      continue; // Denied together with one before it.
    if (auto* order = order_to_cancel(c, {command.strategy, id}, batch.size()))
      send_cancel(c, *order, order->binding, order->binding.without_cloid,
                  batch);
  }
  batch.send(c);
}

void on_cancel_all(context& c, const cancel_all& command) {
  const bool of_every_strategy = command.strategy.value.empty();
  if (of_every_strategy && !command.instrument) {
    warn(c, "cancel_all names neither a strategy nor an instrument");
    return;
  }
  const auto strategy =
    of_every_strategy ? 0 : strategy_of(c, command.strategy);
  const auto instrument = command.instrument
                            ? c.state.instruments.index_of(*command.instrument)
                            : std::nullopt;
  std::vector<order_ref> chosen;
  c.state.orders.for_each_live([&](tracked_order& order) {
    if ((of_every_strategy || order.strategy == strategy)
        && (!command.instrument || order.instrument == instrument))
      chosen.push_back(c.state.orders.ref_of(order));
  });
  if (command.instrument && !instrument)
    warn(c, "cancel_all of the unknown instrument " + *command.instrument);
  cancel_batch batch;
  for (const auto ref : chosen) {
    auto* found = c.state.orders.find(ref);
    if (found == nullptr)
      continue; // Denied together with one before it.
    auto& order = *found;
    if (!has_left(order))
      deny_before_sending(c, order, "canceled before it was sent");
    else if (state_refusal(order).empty()
             && take_intent(c, order, batch.size()))
      send_cancel(c, order, order.binding, order.binding.without_cloid, batch);
  }
  batch.send(c);
}

void intend_own_cancel(context& c, tracked_order& order) {
  if (order.work && order.work->cancel)
    return;
  begin_intent(c, order, false);
  send_cancel(c, order, order.binding, order.binding.without_cloid);
}

void renew_own_cancels(context& c) {
  const auto& listed = c.state.stream.listed;
  cancel_batch batch;
  c.state.orders.for_each_live([&](tracked_order& order) {
    if (!order.work || !order.work->cancel || !is_own(order)
        || order.work->cancel->state == cancel_phase::on_wire
        || order.is_closing() || order.binding.state != leg_state::live
        || !std::binary_search(listed.begin(), listed.end(), order.binding.oid))
      return;
    warn(c, "order " + order.client_order_id.value
              + " is still open after its cancel; canceling it again");
    send_cancel(c, order, order.binding, order.binding.without_cloid, batch);
  });
  batch.send(c);
}

void pump_cancel(context& c, tracked_order& order) {
  if (!order.work || !order.work->cancel
      || order.work->cancel->state == cancel_phase::on_wire
      || !order.has_binding() || order.binding.state != leg_state::live)
    return;
  auto& cancel = *order.work->cancel;
  if (order.binding.oid != cancel.last_leg
      && cancel.state != cancel_phase::idle) {
    on_new_leg(c, order);
    return;
  }
  const bool decided = !modify_is_open(order) && !order.work->resolving;
  if (cancel.state == cancel_phase::refused_early && decided
      && !is_armed(order, order_timer::cancel))
    arm(c, order, order_timer::cancel,
        std::max(c.now_ms, cancel.sent_ms + same_leg_gap_ms));
}

void cancel_what_lives_on(context& c, tracked_order& order) {
  auto* leg = order.living_leg();
  auto* cancel =
    order.work && order.work->cancel ? &*order.work->cancel : nullptr;
  if (leg == nullptr) {
    if (cancel && cancel->state != cancel_phase::on_wire)
      drop_intent(order);
    return;
  }
  if (cancel
      && (cancel->state == cancel_phase::on_wire
          || cancel->last_leg == leg->oid))
    return;
  warn(c, "order " + order.client_order_id.value
            + " has ended, but its venue order " + to_string(leg->oid)
            + " lives on; canceling it");
  order.working().cancel = cancel_work{};
  send_cancel(c, order, *leg, true);
}

void on_cancel_outcome(context& c, tracked_order& order, request_id request,
                       const element_outcome& element, bool action_refused) {
  if (!is_on_wire(order, request))
    return;
  auto& cancel = *order.work->cancel;
  if (element.status == element_status::unreadable) {
    on_cancel_unknown(c, order, request);
    return;
  }
  if (element.status != element_status::error) {
    note_hit(order);
    await_end(c, order, cancel_phase::succeeded);
    settle(c, order);
    return;
  }
  const bool not_live = wire::class_of(wire::classify_error(element.error))
                        == wire::venue_error_class::target_not_live;
  if (order.has_ended() && order.living_leg() == nullptr) {
    drop_intent(order);
  } else if (cancel.early && !action_refused && !order.has_ended()) {
    cancel.state = cancel_phase::refused_early;
  } else if (cancel.repeats && not_live) {
    await_end(c, order, cancel_phase::succeeded);
  } else if (is_own(order)) {
    try_later(c, order, cancel_phase::unknown, element.error);
  } else {
    give_up(c, order, element.error);
    if (not_live)
      ask_status(c, order, query_record::subject::status);
  }
  settle(c, order);
}

void on_cancel_unwritten(context& c, tracked_order& order, request_id request,
                         const std::string& failure, cancel_batch& batch) {
  if (!is_on_wire(order, request))
    return;
  auto& cancel = *order.work->cancel;
  if (++cancel.unwritten <= unwritten_max) {
    --cancel.attempts;
    send_to_what_lives(c, order, batch);
  } else if (is_own(order)) {
    cancel.unwritten = 0;
    try_later(c, order, cancel_phase::unwritten, failure);
  } else {
    give_up(c, order, "not sent: " + failure);
  }
  settle(c, order);
}

void on_cancel_unknown(context& c, tracked_order& order, request_id request) {
  if (!is_on_wire(order, request))
    return;
  await_end(c, order, cancel_phase::unknown);
  settle(c, order);
}

void check_cancel(context& c, tracked_order& order) {
  if (!order.work || !order.work->cancel)
    return;
  const auto state = order.work->cancel->state;
  if (state == cancel_phase::unwritten) {
    cancel_batch batch;
    send_to_what_lives(c, order, batch);
    batch.send(c);
    return;
  }
  // Why it was refused is known: it came before what it was to cancel.
  if (state == cancel_phase::refused_early && !order.has_ended()) {
    if (order.has_binding() && order.binding.state == leg_state::live) {
      send_again(c, order);
      settle(c, order);
    }
    return;
  }
  const auto* leg = order.has_ended() ? order.living_leg() : &order.binding;
  const bool by_oid = leg && (order.has_ended() || leg->without_cloid);
  ask_status(c, order, query_record::subject::cancel_status,
             by_oid ? std::optional{leg->oid} : std::nullopt);
}

void on_cancel_checked(context& c, tracked_order& order, cancel_check found) {
  if (!order.work || !order.work->cancel
      || order.work->cancel->state == cancel_phase::on_wire)
    return;
  auto& cancel = *order.work->cancel;
  if (found == cancel_check::open) {
    auto* leg = order.has_ended() ? order.living_leg() : &order.binding;
    if (leg == nullptr || leg->oid.value == 0 || leg->state != leg_state::live)
      return;
    if (order.has_ended())
      send_cancel(c, order, *leg, true);
    else
      send_again(c, order);
    return;
  }
  // What nothing has proved is the submit's to resolve.
  if (submit_is_open(order) || order.is_closing())
    return;
  if (!is_unproved(order) && found == cancel_check::not_known)
    on_order_not_known(c, order);
  if (is_unproved(order) && found == cancel_check::not_known)
    on_child_not_known(c, order);
  else if (is_unproved(order) || found == cancel_check::no_answer
           || order.living_leg() != nullptr)
    arm(c, order, order_timer::cancel, c.now_ms + backoff_ms(++cancel.checks));
}

} // namespace hlx
