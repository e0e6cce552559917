// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/modify_order.hpp"

#include "hlx/actors/execution_client/dispatch/correctives.hpp"
#include "hlx/actors/execution_client/dispatch/fill_reports.hpp"
#include "hlx/actors/execution_client/dispatch/order_endings.hpp"
#include "hlx/actors/execution_client/dispatch/unknown_outcomes.hpp"
#include "hlx/actors/execution_client/dispatch/wire_orders.hpp"
#include "hlx/messages/assert.hpp"
#include "hlx/messages/wire/error_texts.hpp"

#include <algorithm>
#include <utility>

namespace hlx {

namespace {

std::optional<price> known_price(const tracked_order& order) {
  return order.price.raw != 0 ? std::optional{order.price} : std::nullopt;
}

/// Tells the strategy what was refused; what it left out is the order's own.
void refuse(context& c, const tracked_order& order, const waiting_modify& asked,
            std::string reason, venue_time at = std::nullopt) {
  emit_modify_rejected(
    c, order.strategy, order.client_order_id,
    asked.quantity ? asked.quantity : std::optional{order.target},
    asked.price ? asked.price : known_price(order), std::move(reason), at);
}

/// Why the order takes no modify, whatever it asks for; empty when it does.
std::string state_refusal(const tracked_order& order) {
  if (order.has_ended())
    return "the order has ended";
  if (order.is_immediate())
    return "an immediate order cannot be modified";
  if (order.is_closing()
      || (order.has_binding() && is_dead(order.binding.state)))
    return "the order is closing";
  if (order.work && order.work->cancel)
    return "the order is being canceled";
  if (order.waits_for_trigger() && !order.reduce_only)
    return "a trigger order that is not reduce-only cannot be modified";
  return {};
}

/// Checks what can be checked before it is sent, and rounds the price.
std::string terms_refusal(context& c, const tracked_order& order,
                          waiting_modify& asked) {
  if (!asked.quantity && !asked.price)
    return "changes nothing: neither a quantity nor a price is given";
  const auto& traded = c.instrument_of(order);
  if (asked.price) {
    if (is_market(order.type))
      return "a market order has no price to modify";
    std::string why;
    const auto rounding = has_trigger(order.type) ? price_rounding::aggressive
                                                  : price_rounding::passive;
    asked.legal_price =
      legal_price(c, traded, *asked.price, order.side, rounding, why);
    if (!asked.legal_price)
      return why;
  }
  if (asked.quantity) {
    if (auto why = size_refusal(traded, *asked.quantity); !why.empty())
      return why;
    if (*asked.quantity <= order.counted())
      return "quantity " + to_string(*asked.quantity) + " is filled already";
  }
  return {};
}

std::string changes_nothing(const waiting_modify& asked) {
  std::string why = "changes nothing";
  if (asked.price != asked.legal_price)
    why += ": price " + to_string(*asked.price) + " is rounded to "
           + to_string(*asked.legal_price);
  return why;
}

/// Sends it, from the order as it now is, or says why not.
void send_asked(context& c, tracked_order& order, waiting_modify asked) {
  const auto target = asked.quantity.value_or(order.target);
  const auto at = asked.legal_price.value_or(order.price);
  std::string why;
  if (target <= order.counted())
    why = "quantity " + to_string(target) + " is filled already";
  else if (target == order.target && at == order.price)
    why = changes_nothing(asked);
  else if (below_minimum(order, target - order.counted(), at))
    why = "what is left is worth less than the minimum of 10 "
          + c.instrument_of(order).quote;
  else if (auto no = c.state.budget.refusal(budget_use::modify, 1, c.now_ms))
    why = std::move(no->reason);
  if (!why.empty())
    refuse(c, order, asked, std::move(why));
  else
    send_replacement(c, order, target, at, false);
}

/// Whether a modify has to wait for evidence.
bool must_wait(const tracked_order& order) {
  return order.phase != order_phase::accepted
         || (order.work && (order.work->modify || order.work->resolving));
}

/// The modify has ended; what asks about it stops.
pending_modify take_pending(tracked_order& order) {
  auto& work = *order.work;
  const auto pending = *work.modify;
  work.modify.reset();
  if (work.resolving && work.resolving->about != resolution::subject::submit) {
    work.resolving.reset();
    disarm(order, order_timer::resolve);
  }
  return pending;
}

/// What had been filled of a venue order that nothing else had named; from
/// now on it is no earlier leg.
quantity take_fills_of(tracked_order& order, venue_order_id oid) {
  auto& legs = order.earlier_legs;
  const auto found =
    std::find_if(legs.begin(), legs.end(),
                 [&](const order_leg& leg) { return leg.oid == oid; });
  if (found == legs.end())
    return {};
  const auto filled = found->filled;
  legs.erase(found);
  return filled;
}

/// Whether a replacement is a plain order from the start. Somebody else's is
/// believed to be what its old leg was.
bool starts_fired(const tracked_order& order, const pending_modify* sent,
                  quantity filled) {
  if (filled.raw > 0)
    return true;
  return sent != nullptr ? sent->fired : order.binding.fired;
}

bool is_pending(const tracked_order& order, request_id request) {
  return order.work && order.work->modify
         && order.work->modify->request == request;
}

void on_refusal_text(context& c, tracked_order& order, const std::string& text,
                     bool http_refused) {
  using enum wire::venue_error_class;
  const auto kind = wire::class_of(wire::classify_error(text));
  const bool untouched = http_refused || kind == modify_not_applied
                         || kind == static_refusal || kind == action_refused;
  const bool gone = kind == replacement_refused
                    || (kind == placement_rejected && order.work->parked);
  if (untouched) {
    reject_pending_modify(c, order, text, std::nullopt);
    release_parked(c, order);
  } else if (gone) {
    on_replacement_refused(c, order, text, std::nullopt);
  } else {
    reject_pending_modify(c, order, text, std::nullopt);
    resolve(c, order, resolution::subject::refusal, 0);
    order.work->resolving->reason = text;
  }
}

/// The reply names the replacement, perhaps after its modify was given up.
void on_applied(context& c, tracked_order& order, request_id request,
                const pending_modify& sent, const element_outcome& element) {
  if (is_pending(order, request))
    take_pending(order);
  auto* leg = order.find_leg(element.oid);
  const bool newer = order.may_replace(element.oid);
  if (order.has_ended()) {
    if (leg == nullptr)
      leg = &add_earlier_leg(c, order, element.oid,
                             newer ? leg_state::live : leg_state::replaced);
    if (leg->size.raw == 0)
      leg->size = sent.sent_size;
  } else if (newer) {
    prove_replacement(c, order, element.oid, std::nullopt, std::nullopt,
                      std::nullopt, &sent);
    leg = &order.binding;
  } else if (leg == nullptr) {
    leg = &add_earlier_leg(c, order, element.oid, leg_state::replaced);
  } else if (leg == &order.binding && order.foreign_target) {
    // A frame had named it as somebody else's; the reply says it is ours.
    order.foreign_target = false;
    if (order.target != sent.target) {
      order.target = sent.target;
      emit_updated(c, order, std::nullopt);
    }
  }
  if (element.status == element_status::filled
      && element.total_quantity > leg->promised)
    leg->promised = element.total_quantity;
}

} // namespace

void on_modify(context& c, const modify_order& command) {
  auto* order = c.state.orders.find(command.client_order_id.value);
  const bool named = !command.strategy.value.empty();
  if (order == nullptr && !named) {
    warn(c, "modify of the unknown order " + command.client_order_id.value);
    return;
  }
  const auto strategy =
    named ? strategy_of(c, command.strategy) : order->strategy;
  if (order == nullptr || order->strategy != strategy) {
    emit_modify_rejected(
      c, strategy, command.client_order_id, command.quantity, command.price,
      order == nullptr ? "unknown order" : "the order of another strategy");
    return;
  }
  waiting_modify asked{command.quantity, command.price, std::nullopt};
  auto why = state_refusal(*order);
  if (why.empty())
    why = terms_refusal(c, *order, asked);
  if (!why.empty()) {
    refuse(c, *order, asked, std::move(why));
    return;
  }
  if (must_wait(*order)) {
    auto& waiting = order->working().waiting;
    if (waiting)
      refuse(c, *order, *waiting, "superseded by a newer modify");
    waiting = asked;
    return;
  }
  send_asked(c, *order, asked);
  tidy(*order);
}

void pump_modify(context& c, tracked_order& order) {
  if (order.phase != order_phase::accepted || is_dead(order.binding.state))
    return;
  if (auto* work = order.work.get()) {
    if (work->modify || work->resolving || work->cancel || work->expiry_cancel)
      return;
    if (work->waiting) {
      const auto asked = *std::exchange(work->waiting, std::nullopt);
      auto why = state_refusal(order);
      if (why.empty())
        send_asked(c, order, asked);
      else
        refuse(c, order, asked, std::move(why));
      if (order.work->modify)
        return;
    }
  }
  correct_excess(c, order);
}

void refuse_waiting(context& c, tracked_order& order, std::string reason) {
  if (order.work && order.work->waiting)
    refuse(c, order, *std::exchange(order.work->waiting, std::nullopt),
           std::move(reason));
}

void prove_replacement(context& c, tracked_order& order, venue_order_id oid,
                       std::optional<quantity> size, std::optional<price> limit,
                       venue_time at, const pending_modify* sent) {
  HLX_ASSERT(!order.has_ended() && oid > order.binding.oid);
  auto* work = order.work.get();
  const auto* pending = work && work->modify ? &*work->modify : nullptr;
  if (sent == nullptr && pending && (!size || *size == pending->sent_size))
    sent = pending;
  const auto filled = take_fills_of(order, oid);
  if (order.binding.state == leg_state::live)
    order.binding.state = leg_state::replaced;
  if (work) {
    if (work->parked)
      order.binding.state = leg_state::canceled;
    work->parked.reset();
    work->closing.reset();
    work->refused.reset();
    work->rest_lapses = false;
    disarm(order, order_timer::gone_leg);
  }
  order.earlier_legs.push_back(order.binding);
  order.binding = order_leg{
    .oid = oid, .filled = filled, .fired = starts_fired(order, sent, filled)};
  c.state.orders.bind(order, oid);
  if (limit && limit->raw > 0)
    order.price = *limit;
  if (sent != nullptr) {
    order.binding.size = sent->sent_size;
    order.target = sent->target;
    if (!limit)
      order.price = sent->price;
    order.foreign_target = false;
    if (work)
      work->failed_correctives = 0;
    if (sent == pending)
      take_pending(order);
  } else if (size && size->raw > 0) {
    order.binding.size = *size;
    order.target = *size;
    for (const auto& leg : order.earlier_legs)
      order.target += leg.filled;
    order.foreign_target = true;
  }
  emit_updated(c, order, at);
  drain_held_fills(c, order);
}

bool prove_by_held_fill(context& c, tracked_order& order) {
  if (!order.work || !order.work->modify || order.has_ended())
    return false;
  const auto& held = order.work->held_fills;
  const auto first =
    std::find_if(held.begin(), held.end(), [&](const fill_report& x) {
      return order.may_replace(x.oid);
    });
  if (first == held.end())
    return false;
  const auto oid = first->oid;
  prove_replacement(c, order, oid, std::nullopt, std::nullopt, first->time_ms);
  return true;
}

void on_modify_outcome(context& c, tracked_order& order, request_id request,
                       const request_record& record,
                       const element_outcome& element, bool http_refused) {
  switch (element.status) {
    case element_status::resting:
    case element_status::filled:
      HLX_ASSERT(record.modify.has_value());
      on_applied(c, order, request, *record.modify, element);
      break;
    case element_status::error:
      if (!is_pending(order, request))
        return;
      if (order.has_ended())
        take_pending(order);
      else
        on_refusal_text(c, order, element.error, http_refused);
      break;
    case element_status::success:
    case element_status::waiting_for_fill:
    case element_status::waiting_for_trigger:
    case element_status::unreadable:
      on_modify_unknown(c, order, request);
      break;
  }
  settle(c, order);
}

void on_modify_unwritten(context& c, tracked_order& order, request_id request,
                         const std::string& failure) {
  if (!is_pending(order, request))
    return;
  auto& pending = *order.work->modify;
  if (order.has_ended()) {
    take_pending(order);
  } else if (!pending.retried && c.now_ms < pending.expires_ms
             && !order.work->cancel && !order.is_closing()) {
    resend_replacement(c, order);
  } else {
    reject_pending_modify(c, order, "not sent: " + failure, std::nullopt);
    release_parked(c, order);
  }
  settle(c, order);
}

void on_modify_unknown(context& c, tracked_order& order, request_id request) {
  if (!is_pending(order, request))
    return;
  auto& pending = *order.work->modify;
  pending.unknown = true;
  resolve(c, order,
          order.has_ended() ? resolution::subject::followup
                            : resolution::subject::modify,
          pending.expires_ms + c.state.clock_offset_ms + evidence_grace_ms);
}

bool on_replacement_refused(context& c, tracked_order& order,
                            std::string reason, venue_time at) {
  auto& work = order.working();
  if (work.modify) {
    reject_pending_modify(c, order, reason, at);
  } else if (work.resolving
             && work.resolving->about == resolution::subject::refusal) {
    // Its reply had left that in doubt.
    reason = std::move(work.resolving->reason);
    work.resolving.reset();
    disarm(order, order_timer::resolve);
  } else {
    return false;
  }
  if (work.closing)
    return true;
  work.refused = refused_replacement{.reason = std::move(reason)};
  if (work.parked) {
    release_parked(c, order);
  } else if (is_dead(order.binding.state)) {
    begin_closing(c, order, work.refused->reason, at);
  } else {
    arm(c, order, order_timer::gone_leg, c.now_ms + evidence_grace_ms);
  }
  return true;
}

void reject_pending_modify(context& c, tracked_order& order, std::string reason,
                           venue_time at) {
  const auto pending = take_pending(order);
  if (pending.corrective)
    ++order.work->failed_correctives;
  else
    refuse(c, order, {pending.target, pending.price}, std::move(reason), at);
}

void release_parked(context& c, tracked_order& order) {
  if (!order.work || !order.work->parked)
    return;
  const auto at = order.work->parked->status_ms;
  order.work->parked.reset();
  order.binding.state = leg_state::canceled;
  begin_closing(c, order, "canceled", at);
}

void follow_up_modify(tracked_order& order) {
  auto& asking = order.work->resolving;
  if (!asking)
    return;
  asking->about = resolution::subject::followup;
  asking->by_oid = false;
  asking->unknown_answers = 0;
}

} // namespace hlx
