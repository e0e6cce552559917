// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/unknown_outcomes.hpp"

#include "hlx/actors/execution_client/dispatch/cancel_order.hpp"
#include "hlx/actors/execution_client/dispatch/modify_order.hpp"
#include "hlx/actors/execution_client/dispatch/order_endings.hpp"
#include "hlx/actors/execution_client/dispatch/status_reports.hpp"
#include "hlx/messages/wire/error_texts.hpp"

#include <algorithm>
#include <utility>

namespace hlx {

namespace {

using subject = resolution::subject;

void again(context& c, tracked_order& order, std::int64_t pause_ms) {
  arm(c, order, order_timer::resolve, c.now_ms + pause_ms);
}

void again_after_failure(context& c, tracked_order& order) {
  again(c, order, backoff_ms(order.work->resolving->failed_answers++));
}

void end_resolution(tracked_order& order) {
  if (!order.work)
    return;
  order.work->resolving.reset();
  disarm(order, order_timer::resolve);
}

/// Whether the query is the resolution's last: what was asked for an earlier
/// one decides nothing.
bool is_asking(const tracked_order& order, const query_record& record) {
  return order.work && order.work->resolving
         && order.work->resolving->query == record.id;
}

/// One look at the venue's clock serves those that are due soon after each
/// other; who has seen it knows when to look again.
void ask_clock(context& c, tracked_order& order) {
  constexpr std::int64_t gap_ms = 100;
  const auto ref = c.state.orders.ref_of(order);
  auto& shared = c.state.clock_query;
  const auto running = c.state.queries.find(shared.query);
  if (running != c.state.queries.end()) {
    running->second.more.push_back(ref);
    return;
  }
  if (c.now_ms < shared.next_ms && !order.work->resolving->clock_asked) {
    again(c, order, shared.next_ms - c.now_ms);
    return;
  }
  order.work->resolving->clock_asked = true;
  shared.next_ms = c.now_ms + gap_ms;
  shared.query = ask(c, exchange_status_query{},
                     {.about = query_record::subject::clock, .order = ref})
                   .value;
}

void never_placed(context& c, tracked_order& order) {
  end_resolution(order);
  end_rejected(c, order, "never placed: the venue does not know the order",
               std::nullopt, order_end::never_placed);
  settle(c, order);
}

void modify_not_applied(context& c, tracked_order& order) {
  if (!order.work || !order.work->modify)
    return;
  reject_pending_modify(c, order, "not applied", std::nullopt);
}

/// Asks for the leg believed live by its own number.
void ask_by_oid(context& c, tracked_order& order) {
  order.work->resolving->by_oid = true;
  continue_resolving(c, order);
}

/// The trades of an immediate order that was seen tell how it ended.
void end_by_fills(context& c, tracked_order& order) {
  order.submit = submit_state::answered;
  end_resolution(order);
  auto& leg = order.binding;
  leg.state = leg_state::filled;
  leg.promised = std::max(leg.counted(), order.target);
  begin_closing(c, order, "filled", std::nullopt);
  ask_for_fills(c, order);
  settle(c, order);
}

/// The venue does not say what became of an immediate order that was seen. It
/// cannot land any more, so it is over: in the end its trades are asked for.
void on_immediate_unclear(context& c, tracked_order& order) {
  auto& asking = *order.work->resolving;
  if (asking.by_oid)
    end_by_fills(c, order);
  else if (++asking.unknown_answers < unknown_answers_max)
    again(c, order, unknown_answer_gap_ms);
  else
    ask_by_oid(c, order);
}

void on_submit_unknown(context& c, tracked_order& order) {
  auto& asking = *order.work->resolving;
  if (order.has_binding()) {
    on_immediate_unclear(c, order);
    return;
  }
  if (++asking.unknown_answers < unknown_answers_max)
    again(c, order, unknown_answer_gap_ms);
  else if (asking.open_list_seen)
    never_placed(c, order);
  else
    again_after_failure(c, order);
}

void on_modify_unknown_answer(context& c, tracked_order& order) {
  auto& asking = *order.work->resolving;
  if (asking.by_oid && asking.about == subject::modify) {
    // Whatever it says: no newer venue order has been heard of. What became of
    // the old one is asked for once more.
    modify_not_applied(c, order);
    end_resolution(order);
    release_parked(c, order);
    order.working().status_oid = order.binding.oid;
    arm(c, order, order_timer::status, c.now_ms + backoff_ms(0));
    settle(c, order);
    return;
  }
  if (asking.by_oid) {
    again_after_failure(c, order);
    return;
  }
  const bool is_believed = asking.about == subject::refusal
                           || ++asking.unknown_answers >= unknown_answers_max;
  if (!is_believed) {
    again(c, order, unknown_answer_gap_ms);
  } else if (prove_by_held_fill(c, order)) {
    settle(c, order);
  } else if (asking.about == subject::modify && !asking.open_list_seen) {
    // The list may know what orderStatus does not.
    ask_open_orders(c, order);
    again_after_failure(c, order);
  } else {
    ask_by_oid(c, order);
  }
}

/// A refused replacement hides how its old leg ended.
void ask_for_refused(context& c, const tracked_order& order,
                     const order_status_report& report) {
  if (report.status == venue_order_status::rejected && is_in_question(order))
    ask_status(c, order, query_record::subject::status, order.binding.oid);
}

/// The venue's newest word about a modify whose outcome is unknown.
void on_modify_answer(context& c, tracked_order& order,
                      const order_status_report& report) {
  const bool by_oid = order.work->resolving->by_oid;
  const auto* leg = order.find_leg(report.oid);
  const bool newer = order.may_replace(report.oid);
  if (!by_oid && !newer && leg != &order.binding) {
    on_status_report(c, report, report_source::answer);
    if (order.work && order.work->resolving)
      ask_by_oid(c, order);
    return;
  }
  if (!newer && prove_by_held_fill(c, order)) {
    on_status_report(c, report, report_source::answer);
    settle(c, order);
    return;
  }
  if (!newer) {
    // The newest that the venue knows is the leg that was to be replaced.
    modify_not_applied(c, order);
    end_resolution(order);
    on_status_report(c, report, report_source::answer);
    release_parked(c, order);
    settle(c, order);
    return;
  }
  on_status_report(c, report, report_source::answer);
  if (report.status == venue_order_status::unknown && order.work
      && order.work->resolving) {
    again_after_failure(c, order);
    return;
  }
  ask_for_refused(c, order, report);
  if (order.work && order.work->modify && !order.has_ended())
    modify_not_applied(c, order);
  end_resolution(order);
  settle(c, order);
}

bool is_placement_refusal(std::string_view text) {
  return wire::class_of(wire::classify_error(text))
         == wire::venue_error_class::placement_rejected;
}

/// The venue's word about the order after a refusal that leaves it in doubt.
void on_refusal_answer(context& c, tracked_order& order,
                       const order_status_report& report) {
  auto& asking = *order.work->resolving;
  const auto* leg = order.find_leg(report.oid);
  if (order.may_replace(report.oid)) {
    // The replacement, or its refusal, which ends the doubt by itself.
    if (report.status == venue_order_status::unknown)
      again_after_failure(c, order);
    else if (report.status != venue_order_status::rejected)
      end_resolution(order);
    on_status_report(c, report, report_source::answer);
    ask_for_refused(c, order, report);
    return;
  }
  const bool is_old =
    leg != &order.binding || report.status_ms < order.binding.status_ms;
  if (!asking.by_oid && is_old) {
    ask_by_oid(c, order);
    return;
  }
  const bool open = report.status == venue_order_status::open
                    || report.status == venue_order_status::triggered;
  if (open && !asking.old_leg_was_open && !order.work->parked) {
    asking.old_leg_was_open = true;
    again(c, order, unknown_answer_gap_ms);
    return;
  }
  const bool lost =
    report.status == venue_order_status::canceled || order.work->parked;
  auto reason = std::move(asking.reason);
  end_resolution(order);
  // The text was a placement's: the modify itself ended the old leg.
  if (lost && is_placement_refusal(reason))
    order.work->refused = refused_replacement{std::move(reason)};
  on_status_report(c, report, report_source::answer);
  release_parked(c, order);
  if (order.work && !order.has_ended() && !order.work->closing)
    order.work->refused.reset();
  settle(c, order);
}

void on_submit_answer(context& c, tracked_order& order,
                      const order_status_report& report) {
  on_status_report(c, report, report_source::answer);
  if (order.has_ended() || order.is_closing() || !order.work
      || !order.work->resolving)
    return;
  if (!order.has_binding()) {
    again_after_failure(c, order);
    return;
  }
  if (order.is_immediate() && order.binding.state == leg_state::live) {
    on_immediate_unclear(c, order);
    return;
  }
  order.submit = submit_state::answered;
  end_resolution(order);
  settle(c, order);
}

/// The venue's word about a child that waits for a parent that has ended.
void on_child_answer(context& c, tracked_order& order,
                     const order_status_report* report) {
  if (report != nullptr) {
    on_status_report(c, *report, report_source::answer);
    if (order.work && order.work->resolving)
      again_after_failure(c, order);
    return;
  }
  if (++order.work->resolving->unknown_answers < unknown_answers_max) {
    again(c, order, unknown_answer_gap_ms);
    return;
  }
  end_resolution(order);
  end_rejected(c, order, "parent ended", std::nullopt, order_end::never_placed);
  settle(c, order);
}

bool lists(const open_orders_answer& answer, venue_order_id oid) {
  return std::any_of(answer.orders.begin(), answer.orders.end(),
                     [&](const auto& x) { return x.oid == oid; });
}

/// The list has been applied: the replacement is among the open ones, or the
/// leg that it was to replace still is, or that leg is asked for.
void on_list_for_modify(context& c, tracked_order& order,
                        const open_orders_answer& answer) {
  disarm(order, order_timer::resolve);
  if (order.work->modify && !order.has_ended()) {
    if (order.work->parked || !lists(answer, order.binding.oid)) {
      order.work->resolving->failed_answers = 0;
      ask_by_oid(c, order);
      return;
    }
    modify_not_applied(c, order);
  }
  end_resolution(order);
  settle(c, order);
}

/// Only presence tells: the order is to be canceled again.
void on_list_for_cancel(context& c, tracked_order& order,
                        const open_orders_answer& answer) {
  if (order.work && order.work->cancel && order.work->cancel->list_asked
      && lists(answer, order.binding.oid)) {
    order.work->cancel->list_asked = false;
    on_cancel_checked(c, order, cancel_check::open);
    settle(c, order);
  }
}

} // namespace

void resolve(context& c, tracked_order& order, subject about,
             std::int64_t not_before_ms) {
  auto& work = order.working();
  work.resolving = resolution{.about = about, .not_before_ms = not_before_ms};
  if (not_before_ms == 0) {
    continue_resolving(c, order);
    return;
  }
  const auto due_ms = not_before_ms - c.state.clock_offset_ms;
  arm(c, order, order_timer::resolve, std::max(c.now_ms, due_ms));
}

void continue_resolving(context& c, tracked_order& order) {
  if (!order.work || !order.work->resolving)
    return;
  auto& asking = *order.work->resolving;
  if (asking.about == subject::submit && needs_no_resolving(order)) {
    order.submit = submit_state::answered;
    end_resolution(order);
    settle(c, order);
    return;
  }
  if (c.state.venue_time_ms < asking.not_before_ms) {
    ask_clock(c, order);
    return;
  }
  // What a modify placed has the cloid, whatever its old leg had.
  const bool by_oid =
    asking.by_oid
    || (asking.about == subject::submit && order.binding.without_cloid);
  asking.query =
    ask_status(c, order, query_record::subject::resolve_status,
               by_oid ? std::optional{order.binding.oid} : std::nullopt);
  if (asking.about == subject::submit && !asking.open_list_seen)
    ask_open_orders(c, order);
}

void on_clock_answer(context& c, const query_record& record, bool answered) {
  const auto go_on = [&](order_ref ref) {
    auto* order = c.state.orders.find(ref);
    if (order == nullptr || !order->work || !order->work->resolving)
      return;
    auto& asking = *order->work->resolving;
    // Another resolution than the one that waited for the clock.
    if (asking.query.value != 0)
      return;
    if (!answered)
      again_after_failure(c, *order);
    else if (c.state.venue_time_ms >= asking.not_before_ms)
      continue_resolving(c, *order);
    else
      again(c, *order, asking.not_before_ms - c.state.venue_time_ms);
  };
  go_on(record.order);
  for (const auto ref : record.more)
    go_on(ref);
}

void on_resolution_status(context& c, tracked_order& order,
                          const query_record& record,
                          const order_status_report* report) {
  if (!is_asking(order, record)) {
    if (report != nullptr)
      on_status_report(c, *report, report_source::answer);
    return;
  }
  auto& asking = *order.work->resolving;
  switch (asking.about) {
    case subject::submit:
      if (report != nullptr)
        on_submit_answer(c, order, *report);
      else
        on_submit_unknown(c, order);
      break;
    case subject::modify:
      if (report != nullptr)
        on_modify_answer(c, order, *report);
      else
        on_modify_unknown_answer(c, order);
      break;
    case subject::refusal:
      if (report != nullptr)
        on_refusal_answer(c, order, *report);
      else
        on_modify_unknown_answer(c, order);
      break;
    case subject::child:
      on_child_answer(c, order, report);
      break;
    case subject::followup:
      if (report == nullptr && ++asking.unknown_answers < unknown_answers_max) {
        again(c, order, unknown_answer_gap_ms);
        break;
      }
      if (report != nullptr)
        on_status_report(c, *report, report_source::answer);
      if (order.work)
        order.work->modify.reset();
      end_resolution(order);
      settle(c, order);
      break;
  }
}

void on_resolution_failed(context& c, tracked_order& order,
                          const query_record& record) {
  if (is_asking(order, record))
    again_after_failure(c, order);
}

void on_resolution_open_orders(context& c, const query_record& record,
                               const open_orders_answer* answer) {
  if (answer != nullptr)
    for (const auto& report : answer->orders)
      on_status_report(c, report, report_source::answer);
  const auto note = [&](order_ref ref) {
    auto* order = c.state.orders.find(ref);
    if (order == nullptr)
      return;
    if (answer != nullptr)
      on_list_for_cancel(c, *order, *answer);
    if (!order->work || !order->work->resolving)
      return;
    auto& asking = *order->work->resolving;
    if (answer != nullptr)
      asking.open_list_seen = true;
    if (asking.about == subject::submit && needs_no_resolving(*order)) {
      order->submit = submit_state::answered;
      end_resolution(*order);
      settle(c, *order);
    } else if (asking.about == subject::modify && answer != nullptr) {
      on_list_for_modify(c, *order, *answer);
    }
  };
  note(record.order);
  for (const auto ref : record.more)
    note(ref);
}

/// One list of open orders serves all unknown outcomes of a second: who comes
/// too late for it asks for the status again by then, and is on the next one.
void ask_open_orders(context& c, const tracked_order& order) {
  const auto ref = c.state.orders.ref_of(order);
  const auto& dex = c.instrument_of(order).dex;
  auto& shared = c.state.open_orders_queries[dex];
  const auto running = c.state.queries.find(shared.query);
  if (running != c.state.queries.end()) {
    running->second.more.push_back(ref);
    return;
  }
  if (c.now_ms < shared.next_ms) {
    shared.waiting.push_back(ref);
    return;
  }
  query_record record{.about = query_record::subject::resolve_orders,
                      .order = ref,
                      .dex = dex,
                      .more = std::exchange(shared.waiting, {})};
  shared.next_ms = c.now_ms + unknown_answer_gap_ms;
  shared.query = ask(c, open_orders_query{dex}, std::move(record)).value;
}

bool needs_no_resolving(const tracked_order& order) {
  return order.has_binding() && !order.is_immediate();
}

void settle_submit(tracked_order& order) {
  if (order.work && order.work->resolving
      && order.work->resolving->about == subject::child)
    end_resolution(order);
  if (order.submit != submit_state::unknown || order.is_immediate())
    return;
  order.submit = submit_state::answered;
  if (order.work && order.work->resolving
      && order.work->resolving->about == subject::submit)
    end_resolution(order);
}

} // namespace hlx
