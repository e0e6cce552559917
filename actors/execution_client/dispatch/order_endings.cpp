// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/order_endings.hpp"

#include "hlx/actors/execution_client/dispatch/cancel_order.hpp"
#include "hlx/actors/execution_client/dispatch/child_orders.hpp"
#include "hlx/actors/execution_client/dispatch/fill_reports.hpp"
#include "hlx/actors/execution_client/dispatch/modify_order.hpp"
#include "hlx/actors/execution_client/dispatch/unknown_outcomes.hpp"
#include "hlx/messages/assert.hpp"

#include <algorithm>
#include <utility>

namespace hlx {

namespace {

/// A failed query for the fills of a closing order is repeated so often.
constexpr int closing_queries_repeated = 3;

/// How far before the submission fills are asked for: clocks differ.
constexpr std::int64_t fills_margin_ms = 60'000;

void forget_promises(tracked_order& order) {
  order.binding.promised = order.binding.filled;
  for (auto& leg : order.earlier_legs)
    leg.promised = leg.filled;
}

void retire(context& c, tracked_order& order, order_end end) {
  order.phase = order_phase::ended;
  order.end = end;
  for (const auto& key : order.trades)
    c.state.trades.insert(key);
  order.trades = {};
  if (auto* work = order.work.get()) {
    work->waiting.reset();
    work->closing.reset();
    work->refused.reset();
    work->parked.reset();
    work->expiry_cancel = false;
    work->failed_correctives = 0;
    if (work->modify)
      follow_up_modify(order);
    else
      work->resolving.reset();
    disarm(order, order_timer::expiry);
    disarm(order, order_timer::gone_leg);
    disarm(order, order_timer::reference);
    if (!work->resolving)
      disarm(order, order_timer::resolve);
  }
  deliver_held_fills(c, order);
  if (order.has_children)
    release_children(c, order);
  c.state.orders.retire(order);
}

void finish_closing(context& c, tracked_order& order) {
  auto closing = std::move(*order.work->closing);
  order.work->closing.reset();
  const auto before = order.cumulative;
  deliver_held_fills(c, order);
  // One of these may have been the terminal event.
  if (order.cumulative > before && order.target.raw > 0
      && order.cumulative >= order.target) {
    retire(c, order, order_end::filled);
    return;
  }
  const bool expired =
    order.work->expiry_cancel && closing.reason == "canceled";
  if (expired)
    emit_expired(c, order, closing.venue_time_ms);
  else
    emit_canceled(c, order, std::move(closing.reason), closing.venue_time_ms);
  retire(c, order, order_end::canceled);
}

/// Triggers are replaced whatever became of the old leg: when that was filled,
/// nothing of the order may trade any more.
bool replaced_a_filled_leg(const tracked_order& order) {
  if (!has_trigger(order.type) || !order.reduce_only || !order.has_binding())
    return false;
  return std::any_of(order.earlier_legs.begin(), order.earlier_legs.end(),
                     [](const order_leg& leg) {
                       return leg.state == leg_state::filled
                              || (leg.size.raw > 0 && leg.left().raw == 0);
                     });
}

void watch_fills(context& c, tracked_order& order) {
  if (is_armed(order, order_timer::fills)
      || (order.work && order.work->fills_asked))
    return;
  arm(c, order, order_timer::fills, c.now_ms + evidence_grace_ms);
}

void settle_ended(context& c, tracked_order& order) {
  if (order.fills_missing())
    watch_fills(c, order);
  else
    disarm(order, order_timer::fills);
  cancel_what_lives_on(c, order);
  tidy(order);
}

void settle_closing(context& c, tracked_order& order) {
  if (order.work->closing->settled || !order.fills_missing()) {
    disarm(order, order_timer::fills);
    finish_closing(c, order);
    settle_ended(c, order);
    return;
  }
  watch_fills(c, order);
}

/// Most reports leave an order like this: one leg that rests as it was asked
/// for, with all its promised fills. There is nothing to settle.
bool rests_as_asked(const tracked_order& order) {
  const auto& leg = order.binding;
  return !order.work && order.phase == order_phase::accepted
         && order.earlier_legs.empty() && leg.state == leg_state::live
         && leg.size == order.target && leg.promised <= leg.filled
         && leg.filled <= order.target;
}

} // namespace

void settle(context& c, tracked_order& order) {
  if (rests_as_asked(order))
    return;
  if (order.has_ended()) {
    settle_ended(c, order);
    return;
  }
  if (order.phase == order_phase::pricing || order.phase == order_phase::held)
    return;
  const bool modify_open = order.work && order.work->modify;
  if (order.binding.state == leg_state::filled && order.has_binding()
      && order.may_drop_its_rest() && !modify_open
      && !(order.work && order.work->closing))
    begin_closing(c, order, "filled", order.binding.status_ms);
  if (order.work && order.work->closing) {
    settle_closing(c, order);
    return;
  }
  if (order.work && order.work->refused)
    return;
  ask_about_held_fills(c, order);
  const bool filled =
    order.has_binding() && order.binding.state == leg_state::filled;
  const bool rest_lapses = filled && !order.fills_missing() && !modify_open;
  if (order.fills_missing() || rest_lapses) {
    order.working().rest_lapses = rest_lapses;
    watch_fills(c, order);
  } else {
    disarm(order, order_timer::fills);
  }
  if (!filled) {
    if (replaced_a_filled_leg(order))
      intend_own_cancel(c, order);
    pump_cancel(c, order);
    pump_modify(c, order);
  }
  tidy(order);
}

void end_filled(context& c, tracked_order& order) {
  retire(c, order, order_end::filled);
  settle_ended(c, order);
}

void tidy(tracked_order& order) {
  if (order.work && !order.work->fills_asked && order.work->is_idle())
    order.work.reset();
}

void begin_closing(context& c, tracked_order& order, std::string reason,
                   venue_time at) {
  auto& work = order.working();
  if (work.closing)
    return;
  if (work.refused) {
    reason = std::move(work.refused->reason);
    work.refused.reset();
    disarm(order, order_timer::gone_leg);
  }
  work.parked.reset();
  // Without a status there is no venue's time.
  work.closing =
    closing_order{.reason = std::move(reason),
                  .venue_time_ms = at && *at != 0 ? at : std::nullopt,
                  .since_ms = c.now_ms};
}

void end_rejected(context& c, tracked_order& order, std::string reason,
                  venue_time at, order_end end) {
  HLX_ASSERT(order.phase == order_phase::submitted);
  emit_rejected(c, order, std::move(reason), at);
  retire(c, order, end);
}

void ask_for_fills(context& c, tracked_order& order) {
  order.working().fills_asked = true;
  const auto start =
    order.submitted_ms + c.state.clock_offset_ms - fills_margin_ms;
  const auto ref = c.state.orders.ref_of(order);
  // Orders that ask at the same time share one query.
  const auto last = c.state.queries.find(c.state.fills_query);
  if (last != c.state.queries.end() && last->second.sent_ms == c.now_ms
      && last->second.start_ms <= start) {
    last->second.more.push_back(ref);
    return;
  }
  query_record record{.about = query_record::subject::fills, .order = ref};
  record.start_ms = start;
  c.state.fills_query =
    ask(c, fills_query{start, std::nullopt}, std::move(record)).value;
}

void on_fills_answered(context& c, tracked_order& order, std::int64_t sent_ms) {
  auto& work = order.working();
  work.fills_asked = false;
  if (order.may_drop_its_rest())
    forget_promises(order);
  if (work.closing) {
    // One that was asked before can have missed what the end proves.
    work.closing->settled = sent_ms >= work.closing->since_ms;
  } else if (work.rest_lapses && !order.fills_missing()) {
    warn(c, "order " + order.client_order_id.value
              + ": the venue calls it filled below its quantity");
    begin_closing(c, order, "filled", order.binding.status_ms);
    order.work->closing->settled = true;
  } else if (order.fills_missing()) {
    const auto pause = backoff_ms(work.fills_queries++);
    warn(c, "order " + order.client_order_id.value
              + ": the venue reports fills that it does not list; asking "
                "again in "
              + std::to_string(pause) + " ms");
    arm(c, order, order_timer::fills, c.now_ms + pause);
  }
  settle(c, order);
}

void on_fills_query_failed(context& c, tracked_order& order) {
  auto& work = order.working();
  work.fills_asked = false;
  if (work.closing
      && ++work.closing->failed_queries > closing_queries_repeated) {
    warn(c, "order " + order.client_order_id.value
              + ": its last fills could not be asked for");
    work.closing->settled = true;
    settle(c, order);
    return;
  }
  arm(c, order, order_timer::fills,
      c.now_ms + backoff_ms(work.fills_queries++));
}

} // namespace hlx
