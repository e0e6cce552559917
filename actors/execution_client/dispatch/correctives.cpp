// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/correctives.hpp"

#include "hlx/actors/execution_client/dispatch/cancel_order.hpp"
#include "hlx/actors/execution_client/dispatch/wire_orders.hpp"
#include "hlx/messages/assert.hpp"

namespace hlx {

namespace {

/// A corrective that failed is tried once more; then the leg is canceled.
constexpr int corrective_tries = 2;

void send_pending(context& c, tracked_order& order) {
  auto& pending = *order.work->modify;
  pending.expires_ms = c.now_ms + c.state.options.action_timeout_ms;
  pending.fired = order.binding.fired;
  batch_modify_action action;
  action.modifies.push_back(
    {pending.old_oid,
     wire_order_of(c, order, pending.sent_size, pending.price)});
  // The venue is believed to need the flag to replace a trigger.
  action.always_place = order.waits_for_trigger();
  pending.request = send(c, std::move(action),
                         {.about = request_record::subject::modify,
                          .order = c.state.orders.ref_of(order),
                          .modify = pending},
                         pending.expires_ms);
}

} // namespace

void send_replacement(context& c, tracked_order& order, quantity target,
                      price at, bool corrective) {
  auto& work = order.working();
  HLX_ASSERT(!work.modify);
  // Room for the leg that gives way: its replacement is to be told at once.
  order.earlier_legs.reserve(order.earlier_legs.size() + 1);
  work.modify = pending_modify{.old_oid = order.binding.oid,
                               .target = target,
                               .sent_size = target - order.counted(),
                               .price = at,
                               .corrective = corrective};
  send_pending(c, order);
}

void resend_replacement(context& c, tracked_order& order) {
  order.work->modify->retried = true;
  send_pending(c, order);
}

void correct_excess(context& c, tracked_order& order) {
  if (order.is_immediate() || order.foreign_target
      || order.binding.size.raw == 0 || order.target.raw == 0)
    return;
  const auto wanted = order.target - order.counted();
  if (order.binding.left() <= wanted)
    return;
  const bool cannot_modify = order.waits_for_trigger() && !order.reduce_only;
  const bool exhausted =
    order.work && order.work->failed_correctives >= corrective_tries;
  if (wanted.raw <= 0 || below_minimum(order, wanted, order.price)
      || cannot_modify || exhausted)
    intend_own_cancel(c, order);
  else
    send_replacement(c, order, order.target, order.price, true);
}

} // namespace hlx
