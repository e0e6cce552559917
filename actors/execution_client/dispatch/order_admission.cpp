// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/order_admission.hpp"

#include "hlx/actors/execution_client/dispatch/cancel_order.hpp"
#include "hlx/actors/execution_client/dispatch/child_orders.hpp"
#include "hlx/actors/execution_client/dispatch/grouping_check.hpp"
#include "hlx/actors/execution_client/dispatch/listings.hpp"
#include "hlx/actors/execution_client/dispatch/order_groups.hpp"
#include "hlx/actors/execution_client/dispatch/order_terms_check.hpp"
#include "hlx/actors/execution_client/dispatch/wire_orders.hpp"
#include "hlx/messages/assert.hpp"
#include "hlx/messages/signing/keccak.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace hlx {

namespace {

/// How long a reference price may take.
constexpr std::int64_t reference_wait_ms = 1'000;

/// Why the ids cannot be used; empty when they can.
std::string id_refusal(context& c, const order_terms& terms,
                       const cloid& wire_id) {
  if (terms.client_order_id.value.empty())
    return "the client order id is empty";
  if (c.state.orders.find(terms.client_order_id.value) != nullptr)
    return "duplicate client order id";
  if (c.state.orders.find(wire_id) != nullptr)
    return "duplicate cloid: another client order id has the same";
  return {};
}

/// Why an order is denied when another one of its group was.
std::string denied_with(const client_order_id& other) {
  return "order " + other.value + " of the same list was denied";
}

/// Denies an order, whatever becomes of its group.
void deny_alone(context& c, tracked_order& order, std::string reason,
                std::optional<std::int64_t> passes_at_ms = std::nullopt) {
  HLX_ASSERT(order.phase == order_phase::held
             || order.phase == order_phase::pricing);
  const auto id = order.client_order_id;
  const auto strategy = order.strategy;
  c.state.orders.remove(order);
  emit_denied(c, strategy, id, std::move(reason), passes_at_ms);
}

/// Registers an order whose terms were checked.
tracked_order& enter(context& c, std::uint32_t strategy,
                     const order_terms& terms, const cloid& wire_id,
                     const checked_terms& checked) {
  auto& order = c.state.orders.add(terms.client_order_id, wire_id);
  order.strategy = strategy;
  order.instrument = checked.instrument;
  order.side = terms.side;
  order.type = terms.type;
  order.time_in_force = terms.time_in_force;
  order.post_only = terms.post_only;
  order.reduce_only = terms.reduce_only;
  order.target = terms.quantity;
  order.price = checked.limit_price;
  order.trigger_price = checked.trigger_price;
  order.expire_at_ms = terms.expire_at_ms.value_or(0);
  order.phase = order_phase::held;
  return order;
}

bool needs_reference(const tracked_order& order) {
  return order.type == order_type::market && order.price.raw == 0;
}

/// Whether its own end time has passed before it could leave.
bool is_too_late(const context& c, const tracked_order& order) {
  return order.expire_at_ms != 0 && order.expire_at_ms <= c.now_ms;
}

bool is_alo(const tracked_order& order) {
  return !has_trigger(order.type)
         && (order.post_only || order.time_in_force == time_in_force::alo);
}

/// Sends the orders in one action. Each is recorded as submitted before.
void leave(context& c, std::span<tracked_order* const> orders,
           order_grouping grouping, bool retried) {
  HLX_ASSERT(!orders.empty());
  const auto expires_ms = c.now_ms + c.state.options.action_timeout_ms;
  order_action action{.grouping = grouping, .builder = c.state.options.builder};
  request_record record{.about = request_record::subject::submit,
                        .order = c.state.orders.ref_of(*orders.front()),
                        .grouping = grouping,
                        .expires_ms = expires_ms,
                        .retried = retried};
  if (grouping != order_grouping::na)
    take_group(c, *orders.front());
  if (grouping == order_grouping::normal_tpsl)
    note_children(c, orders);
  action.orders.reserve(orders.size());
  for (auto* order : orders) {
    if (order != orders.front())
      record.more.push_back(c.state.orders.ref_of(*order));
    action.orders.push_back(
      wire_order_of(c, *order, order->target, order->price));
    order->submit = submit_state::on_wire;
    if (order->phase == order_phase::submitted)
      continue;
    order->phase = order_phase::submitted;
    order->submitted_ms = c.now_ms;
    emit_submitted(c, *order);
    if (order->expire_at_ms != 0)
      arm(c, *order, order_timer::expiry, order->expire_at_ms);
  }
  send(c, std::move(action), std::move(record), expires_ms);
}

void ask_reference(context& c, tracked_order& order) {
  order.phase = order_phase::pricing;
  arm(c, order, order_timer::reference, c.now_ms + reference_wait_ms);
  ask(c, book_query{c.instrument_of(order).name},
      {.about = query_record::subject::reference_book,
       .order = c.state.orders.ref_of(order)});
  ask(c, mids_query{c.instrument_of(order).dex},
      {.about = query_record::subject::reference_mid,
       .order = c.state.orders.ref_of(order)});
}

/// Why an action with so many orders, the last of them this one, may not leave.
std::optional<budget_refusal> refusal_of(const context& c,
                                         const tracked_order& last,
                                         std::size_t count) {
  const auto& budget = c.state.budget;
  auto why = budget.open_refusal(c.state.orders.live() - count, count,
                                 last.reduce_only || has_trigger(last.type));
  if (!why)
    why = budget.refusal(budget_use::order, count, c.now_ms);
  return why;
}

/// Denies the orders, each for the same reason.
void deny_all(context& c, std::span<tracked_order* const> orders,
              const std::string& reason,
              std::optional<std::int64_t> passes_at_ms = std::nullopt) {
  for (auto* order : orders) {
    take_group(c, *order);
    deny_alone(c, *order, reason, passes_at_ms);
  }
}

/// Denies the last of the orders until the venue would take the rest.
void keep_to_budget(context& c, std::vector<tracked_order*>& orders) {
  while (!orders.empty()) {
    const auto why = refusal_of(c, *orders.back(), orders.size());
    if (!why)
      return;
    deny_before_sending(c, *orders.back(), why->reason, why->passes_at_ms);
    orders.pop_back();
  }
}

constexpr auto end_time_passed = "the end time has passed";

/// Sends orders that only make sense together, in one action, or denies them.
/// Only the first can be a market order; the others wait for its price.
void leave_group(context& c, const std::vector<tracked_order*>& orders,
                 order_grouping grouping) {
  const auto late =
    std::find_if(orders.begin(), orders.end(),
                 [&](const auto* order) { return is_too_late(c, *order); });
  if (late != orders.end())
    deny_before_sending(c, **late, end_time_passed);
  else if (const auto why = refusal_of(c, *orders.back(), orders.size()))
    deny_all(c, orders, why->reason, why->passes_at_ms);
  else if (needs_reference(*orders.front()))
    ask_reference(c, *orders.front());
  else
    leave(c, orders, grouping, false);
}

/// Sends a list: one action for what adds liquidity, one for the rest, since
/// the venue treats a mixed action as taking; market orders by themselves.
void leave_list(context& c, std::vector<tracked_order*> orders,
                order_grouping grouping) {
  if (grouping != order_grouping::na) {
    leave_group(c, orders, grouping);
    return;
  }
  std::erase_if(orders, [&](tracked_order* order) {
    const bool late = is_too_late(c, *order);
    if (late)
      deny_before_sending(c, *order, end_time_passed);
    return late;
  });
  keep_to_budget(c, orders);
  std::vector<tracked_order*> adding;
  std::vector<tracked_order*> taking;
  for (auto* order : orders) {
    if (needs_reference(*order))
      ask_reference(c, *order);
    else
      (is_alo(*order) ? adding : taking).push_back(order);
  }
  const auto leave_part = [&](std::span<tracked_order* const> part) {
    leave(c, part, order_grouping::na, false);
  };
  for_each_part(adding, leave_part);
  for_each_part(taking, leave_part);
}

void hold(context& c, const std::vector<tracked_order*>& orders,
          order_grouping grouping) {
  if (c.state.options.submits_while_down == stream_down_policy::deny) {
    deny_all(c, orders, "the user stream is down");
    return;
  }
  if (c.state.held.size() >= held_submits_max) {
    deny_all(c, orders,
             "too many submits wait for the user stream: "
               + std::to_string(held_submits_max));
    return;
  }
  order_group item{.grouping = grouping};
  for (auto* order : orders)
    item.orders.push_back(c.state.orders.ref_of(*order));
  c.state.held.push_back(std::move(item));
}

void leave_or_hold(context& c, std::vector<tracked_order*> orders,
                   order_grouping grouping) {
  if (orders.empty())
    return;
  if (c.state.stream.ready)
    leave_list(c, std::move(orders), grouping);
  else
    hold(c, orders, grouping);
}

/// An order that waited for its price goes on, and its group with it.
void leave_or_hold_with_group(context& c, const tracked_order& order) {
  const auto group = group_of(c, order);
  std::vector<tracked_order*> orders;
  for (const auto ref : group.orders)
    orders.push_back(c.state.orders.find(ref));
  leave_or_hold(c, std::move(orders), group.grouping);
}

/// Admits one order, or denies it and returns nothing. `list_refusal`: why its
/// list cannot have it, if it cannot.
tracked_order* admit(context& c, std::uint32_t strategy,
                     const order_terms& terms, const cloid& wire_id,
                     bool size_may_be_zero, std::string list_refusal = {}) {
  auto why = id_refusal(c, terms, wire_id);
  checked_terms checked;
  if (why.empty())
    why = check_terms(c, terms, size_may_be_zero, checked);
  if (why.empty())
    why = std::move(list_refusal);
  if (why.empty())
    return &enter(c, strategy, terms, wire_id, checked);
  emit_denied(c, strategy, terms.client_order_id, std::move(why));
  note_instrument(c, terms.instrument);
  return nullptr;
}

/// Orders that only make sense together: one denied denies all.
void submit_group(context& c, std::uint32_t strategy,
                  const submit_list& command) {
  auto refusals = check_grouping(c.state.instruments, command);
  std::vector<tracked_order*> admitted;
  const auto* denied = static_cast<const order_terms*>(nullptr);
  for (std::size_t i = 0; i < command.orders.size(); ++i) {
    const auto& terms = command.orders[i];
    auto* order =
      admit(c, strategy, terms, signing::cloid_of(terms.client_order_id),
            command.grouping == order_grouping::position_tpsl,
            std::move(refusals[i]));
    if (order != nullptr)
      admitted.push_back(order);
    else
      denied = &terms;
  }
  if (denied != nullptr) {
    deny_all(c, admitted, denied_with(denied->client_order_id));
    return;
  }
  keep_together(c, admitted, command.grouping);
  leave_or_hold(c, std::move(admitted), command.grouping);
}

} // namespace

void on_submit(context& c, const submit_order& command, const cloid& wire_id) {
  const auto strategy = strategy_of(c, command.strategy);
  auto* order = admit(c, strategy, command.order, wire_id, false);
  if (order == nullptr)
    return;
  if (!c.state.stream.ready || needs_reference(*order)) {
    leave_or_hold(c, {order}, order_grouping::na);
    return;
  }
  // The usual case, without a list.
  if (const auto why = refusal_of(c, *order, 1)) {
    deny_before_sending(c, *order, why->reason, why->passes_at_ms);
    return;
  }
  tracked_order* const one[] = {order};
  leave(c, one, order_grouping::na, false);
}

void on_submit_list(context& c, const submit_list& command) {
  const auto strategy = strategy_of(c, command.strategy);
  if (command.orders.empty())
    warn(c, "an empty list was submitted by " + command.strategy.value);
  if (command.grouping != order_grouping::na) {
    submit_group(c, strategy, command);
    return;
  }
  std::vector<tracked_order*> admitted;
  for (const auto& terms : command.orders)
    if (auto* order = admit(c, strategy, terms,
                            signing::cloid_of(terms.client_order_id), false))
      admitted.push_back(order);
  leave_or_hold(c, std::move(admitted), command.grouping);
}

void deny_before_sending(context& c, tracked_order& order, std::string reason,
                         std::optional<std::int64_t> passes_at_ms) {
  const auto id = order.client_order_id;
  const auto group = take_group(c, order);
  deny_alone(c, order, std::move(reason), passes_at_ms);
  for (const auto ref : group.orders)
    if (auto* other = c.state.orders.find(ref))
      deny_alone(c, *other, denied_with(id));
}

void release_held(context& c) {
  while (c.state.stream.ready && !c.state.held.empty()) {
    const auto item = std::move(c.state.held.front());
    c.state.held.pop_front();
    std::vector<tracked_order*> orders;
    for (const auto ref : item.orders)
      if (auto* order = c.state.orders.find(ref))
        orders.push_back(order);
    if (!orders.empty())
      leave_list(c, std::move(orders), item.grouping);
  }
}

void on_reference(context& c, tracked_order& order,
                  std::optional<price> reference) {
  if (order.phase != order_phase::pricing)
    return;
  if (!c.state.stream.ready) {
    // When it leaves, after the gap, it needs a fresh one.
    order.work.reset();
    order.phase = order_phase::held;
    leave_or_hold_with_group(c, order);
    return;
  }
  const auto& traded = c.instrument_of(order);
  const auto at = reference ? protected_price(c, traded, *reference, order.side)
                            : std::nullopt;
  if (!at) {
    deny_before_sending(
      c, order, "no reference price for a market order in " + traded.name);
    return;
  }
  if (below_minimum(order, order.target, *at)) {
    deny_before_sending(c, order,
                        "worth less than the minimum of 10 " + traded.quote);
    return;
  }
  disarm(order, order_timer::reference);
  order.work.reset();
  order.price = *at;
  order.phase = order_phase::held;
  leave_or_hold_with_group(c, order);
}

void resend_submit(context& c, const request_record& record) {
  std::vector<tracked_order*> orders;
  const auto add = [&](order_ref ref) {
    auto* order = c.state.orders.find(ref);
    if (order != nullptr && order->phase == order_phase::submitted)
      orders.push_back(order);
  };
  add(record.order);
  for (const auto ref : record.more)
    add(ref);
  if (!orders.empty())
    leave(c, orders, record.grouping, true);
}

void on_end_time(context& c, tracked_order& order) {
  if (order.has_ended() || order.is_closing())
    return;
  if (order.work && order.work->cancel)
    return;
  order.working().expiry_cancel = true;
  intend_own_cancel(c, order);
}

} // namespace hlx
