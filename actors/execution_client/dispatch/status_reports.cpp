// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/status_reports.hpp"

#include "hlx/actors/execution_client/dispatch/fill_reports.hpp"
#include "hlx/actors/execution_client/dispatch/modify_order.hpp"
#include "hlx/actors/execution_client/dispatch/order_endings.hpp"
#include "hlx/actors/execution_client/dispatch/unknown_outcomes.hpp"
#include "hlx/messages/assert.hpp"

#include <algorithm>
#include <functional>
#include <string_view>

namespace hlx {

namespace {

/// A report from before the order was submitted, by more than clocks differ,
/// belongs to an earlier use of the cloid.
constexpr std::int64_t earlier_use_ms = 60'000;

/// Words that the placement of a trigger order cannot give: it was placed.
bool is_refusal_when_fired(std::string_view word) {
  return word == "marketOrderNoLiquidityRejected"
         || word == "perpMarginRejected" || word == "iocCancelRejected";
}

bool rests_when_triggered(order_type type) {
  return type == order_type::stop_limit || type == order_type::limit_if_touched;
}

void raise_promise(order_leg& leg, const order_status_report& report) {
  const auto promised =
    report.original_quantity.value - report.remaining_quantity.value;
  if (promised > leg.promised && !leg.promise_is_reply)
    leg.promised = promised;
}

/// When the venue took the order that the report is about.
std::int64_t placed_at(const order_status_report& report) {
  return report.placed_ms != 0 ? report.placed_ms : report.status_ms;
}

/// A word that nobody knows leaves the order as it is. (Who read it has warned
/// of it, with the text.)
void ask_about(context& c, const tracked_order& order, report_source source) {
  if (source == report_source::frame)
    ask_status(c, order, query_record::subject::status);
}

/// The binding was canceled or, after it had been accepted, refused.
void on_binding_gone(context& c, tracked_order& order,
                     const order_status_report& report) {
  auto& leg = order.binding;
  const bool rejected = report.status == venue_order_status::rejected;
  if (!order.reduce_only && !rejected)
    raise_promise(leg, report);
  auto* work = order.work.get();
  const bool by_user = report.status == venue_order_status::canceled;
  const bool in_doubt =
    work
    && (work->modify
        || (work->resolving
            && work->resolving->about == resolution::subject::refusal));
  if (by_user && in_doubt) {
    work->parked = parked_cancel{report.status_ms};
    return;
  }
  leg.state = rejected ? leg_state::rejected : leg_state::canceled;
  if (work && work->modify) {
    // Not the modify's doing: the order is over, and its modify with it.
    const auto& pending = *work->modify;
    if (!pending.corrective)
      emit_modify_rejected(c, order.strategy, order.client_order_id,
                           pending.target, pending.price, report.status_word,
                           report.status_ms);
    work->modify->corrective = true;
  }
  begin_closing(c, order, report.status_word, report.status_ms);
}

/// A report about the venue order that carries the order.
dispatch_outcome apply_to_binding(context& c, tracked_order& order,
                                  const order_status_report& report,
                                  report_source source) {
  auto& leg = order.binding;
  if (leg.size.raw == 0)
    leg.size = report.original_quantity.value;
  if (is_dead(leg.state)) {
    if (report.status != venue_order_status::open && !order.reduce_only
        && report.status != venue_order_status::rejected)
      raise_promise(leg, report);
    return dispatch_outcome::skip;
  }
  leg.status_ms = std::max(leg.status_ms, report.status_ms);
  leg.without_cloid = !report.cloid;
  switch (report.status) {
    case venue_order_status::open:
      if (report.limit_price.value.raw > 0)
        order.price = report.limit_price.value;
      if (report.trigger_fired)
        note_triggered(c, order, leg, std::nullopt);
      return dispatch_outcome::skip;
    case venue_order_status::triggered:
      note_triggered(c, order, leg, report.status_ms);
      break;
    case venue_order_status::filled:
      note_triggered(c, order, leg, report.status_ms);
      leg.state = leg_state::filled;
      raise_promise(leg, report);
      if (order.is_sizeless())
        drain_held_fills(c, order);
      break;
    case venue_order_status::canceled:
    case venue_order_status::canceled_by_venue:
    case venue_order_status::rejected:
      on_binding_gone(c, order, report);
      break;
    case venue_order_status::unknown:
      ask_about(c, order, source);
      break;
  }
  return dispatch_outcome::tracked;
}

/// A report about a venue order that carried the order before: stale, but it
/// may prove fills, and that its trigger fired.
void apply_to_earlier_leg(context& c, tracked_order& order, order_leg& leg,
                          const order_status_report& report) {
  leg.status_ms = std::max(leg.status_ms, report.status_ms);
  if (leg.size.raw == 0)
    leg.size = report.original_quantity.value;
  switch (report.status) {
    case venue_order_status::triggered:
      if (!order.has_ended())
        note_triggered(c, order, leg, report.status_ms);
      break;
    case venue_order_status::filled:
      if (!order.has_ended())
        note_triggered(c, order, leg, report.status_ms);
      leg.state = leg_state::filled;
      raise_promise(leg, report);
      break;
    case venue_order_status::canceled:
    case venue_order_status::canceled_by_venue:
      if (!is_dead(leg.state))
        leg.state = leg_state::canceled;
      if (!order.reduce_only)
        raise_promise(leg, report);
      break;
    case venue_order_status::rejected:
      leg.state = leg_state::rejected;
      break;
    case venue_order_status::open:
    case venue_order_status::unknown:
      break;
  }
}

/// The first that is heard of the order's placement.
dispatch_outcome apply_first(context& c, tracked_order& order,
                             const order_status_report& report,
                             report_source source) {
  if (report.status == venue_order_status::unknown) {
    ask_about(c, order, source);
    return dispatch_outcome::tracked;
  }
  const bool refused = report.status == venue_order_status::rejected;
  bool fired = refused && has_trigger(order.type)
               && is_refusal_when_fired(report.status_word);
  if (refused && !fired) {
    end_rejected(c, order, report.status_word, report.status_ms);
    return dispatch_outcome::tracked;
  }
  // One that fired takes what the market gives: being placed it may be over.
  fired = has_trigger(order.type) && is_market(order.type)
          && (report.status == venue_order_status::triggered
              || report.status == venue_order_status::filled);
  auto& leg = accept(c, order, report.oid, report.original_quantity.value,
                     report.status_ms, fired);
  leg.without_cloid = !report.cloid;
  if (report.status == venue_order_status::open) {
    leg.status_ms = report.status_ms;
    if (report.trigger_fired)
      note_triggered(c, order, leg, std::nullopt);
    return dispatch_outcome::tracked;
  }
  return apply_to_binding(c, order, report, source);
}

/// An unknown venue order above the binding: the replacement, or its refusal.
dispatch_outcome apply_to_newer(context& c, tracked_order& order,
                                const order_status_report& report,
                                report_source source) {
  if (report.status == venue_order_status::unknown) {
    ask_about(c, order, source);
    return dispatch_outcome::tracked;
  }
  if (report.status == venue_order_status::rejected) {
    add_earlier_leg(c, order, report.oid, leg_state::rejected);
    const bool explained =
      on_replacement_refused(c, order, report.status_word, report.status_ms);
    // Somebody else's: what became of the binding is not said.
    if (!explained && source == report_source::frame && !order.is_closing())
      ask_status(c, order, query_record::subject::status, order.binding.oid);
    return dispatch_outcome::tracked;
  }
  prove_replacement(c, order, report.oid, report.original_quantity.value,
                    report.limit_price.value, report.status_ms);
  order.binding.without_cloid = !report.cloid;
  if (order.has_ended())
    apply_to_earlier_leg(c, order, order.binding, report);
  else if (report.status == venue_order_status::open && !report.trigger_fired)
    order.binding.status_ms = report.status_ms;
  else
    apply_to_binding(c, order, report, source);
  return dispatch_outcome::tracked;
}

bool is_alive(const order_status_report& report) {
  return (report.status == venue_order_status::open
          || report.status == venue_order_status::triggered)
         && report.remaining_quantity.value.raw > 0;
}

/// Remembers the report as forwarded. Returns false when it was already.
bool is_news(context& c, const order_status_report& report) {
  return c.state.external_statuses.insert(
    {report.oid.value, report.status_ms,
     std::hash<std::string_view>{}(report.status_word)});
}

/// The order has ended; only a leg that lives on matters, and proved fills.
dispatch_outcome apply_after_end(context& c, tracked_order& order,
                                 const order_status_report& report) {
  if (auto* leg = order.find_leg(report.oid)) {
    apply_to_earlier_leg(c, order, *leg, report);
    return dispatch_outcome::skip;
  }
  if (order.has_binding() && report.oid < order.binding.oid) {
    apply_to_earlier_leg(
      c, order, add_earlier_leg(c, order, report.oid, leg_state::replaced),
      report);
    return dispatch_outcome::skip;
  }
  if (report.status == venue_order_status::unknown)
    return dispatch_outcome::skip;
  const bool explained = order.end == order_end::never_placed
                         || order.end == order_end::rejected
                         || (order.work && order.work->modify);
  if (is_alive(report) && !explained) {
    if (!is_news(c, report))
      return dispatch_outcome::skip;
    warn(c, "order " + order.client_order_id.value
              + " has ended, and nothing hlx sent explains its live venue "
                "order "
              + to_string(report.oid));
    c.out.emplace_back(report);
    return dispatch_outcome::external;
  }
  apply_to_earlier_leg(
    c, order, add_earlier_leg(c, order, report.oid, leg_state::live), report);
  return dispatch_outcome::skip;
}

dispatch_outcome forward_external(context& c, const order_status_report& report,
                                  report_source source) {
  if (source != report_source::frame || !is_news(c, report))
    return dispatch_outcome::skip;
  warn_of_unknown_coin(c, report.instrument, report.oid);
  c.out.emplace_back(report);
  return dispatch_outcome::external;
}

} // namespace

tracked_order* match(context& c, venue_order_id oid,
                     const std::optional<cloid>& wire_id,
                     std::int64_t report_ms) {
  if (auto* order = c.state.orders.find(oid))
    return order;
  if (!wire_id)
    return nullptr;
  auto* order = c.state.orders.find(*wire_id);
  if (order == nullptr || order->phase == order_phase::pricing
      || order->phase == order_phase::held)
    return nullptr;
  const auto submitted_ms = order->submitted_ms + c.state.clock_offset_ms;
  return report_ms < submitted_ms - earlier_use_ms ? nullptr : order;
}

bool fits(const context& c, const tracked_order& order, order_side side,
          const std::string& coin) {
  return order.side == side
         && (c.instrument_of(order).name == coin
             || c.state.instruments.index_of(coin) == order.instrument);
}

bool is_about(context& c, const tracked_order& order,
              const order_status_report& report) {
  return match(c, report.oid, report.cloid, placed_at(report)) == &order;
}

bool hides_binding(tracked_order& order, const order_status_report& report) {
  const auto* leg = order.find_leg(report.oid);
  if (leg == &order.binding || !order.has_binding())
    return false;
  return report.status == venue_order_status::rejected
         || (leg != nullptr && !order.may_replace(report.oid));
}

bool is_in_question(const tracked_order& order) {
  return !order.has_ended() && order.has_binding()
         && !is_dead(order.binding.state)
         && !(order.work && order.work->closing);
}

order_leg& accept(context& c, tracked_order& order, venue_order_id oid,
                  quantity size, venue_time at, bool fired) {
  HLX_ASSERT(!order.has_binding() && order.phase == order_phase::submitted);
  order.binding = order_leg{.oid = oid, .size = size, .fired = fired};
  c.state.orders.bind(order, oid);
  order.phase = order_phase::accepted;
  order.child_waits = false;
  emit_accepted(c, order, at);
  settle_submit(order);
  return order.binding;
}

void note_triggered(context& c, tracked_order& order, order_leg& leg,
                    venue_time at) {
  if (!has_trigger(order.type))
    return;
  leg.fired = true;
  if (order.trigger_told || !rests_when_triggered(order.type))
    return;
  order.trigger_told = true;
  emit_triggered(c, order, leg.oid, at);
}

order_leg& add_earlier_leg(context& c, tracked_order& order, venue_order_id oid,
                           leg_state state) {
  auto& leg =
    order.earlier_legs.emplace_back(order_leg{.oid = oid, .state = state});
  c.state.orders.bind(order, oid);
  return leg;
}

dispatch_outcome on_status_report(context& c, const order_status_report& report,
                                  report_source source) {
  note_venue_time(c, report.status_ms);
  auto* order = match(c, report.oid, report.cloid, placed_at(report));
  if (order != nullptr && !fits(c, *order, report.side, report.instrument)) {
    warn(c, "the status " + report.status_word + " of venue order "
              + to_string(report.oid) + " does not fit order "
              + std::string{order->client_order_id.value}
              + ": another instrument or side");
    order = nullptr;
  }
  if (order == nullptr)
    return forward_external(c, report, source);
  auto* leg = order->find_leg(report.oid);
  if (leg != nullptr && source == report_source::answer
      && report.status_ms < leg->status_ms) {
    // A list has the time of placement only.
    if (report.trigger_fired && !order->has_ended())
      note_triggered(c, *order, *leg, std::nullopt);
    return dispatch_outcome::skip;
  }
  // Its fills came first: the replacement is announced only now.
  const bool announced = leg != nullptr && order->may_replace(report.oid)
                         && report.status != venue_order_status::rejected
                         && report.status != venue_order_status::unknown;
  auto outcome = dispatch_outcome::skip;
  if (order->has_ended())
    outcome = apply_after_end(c, *order, report);
  else if (!order->has_binding())
    outcome = apply_first(c, *order, report, source);
  else if (leg == &order->binding)
    outcome = apply_to_binding(c, *order, report, source);
  else if (leg != nullptr && !announced)
    apply_to_earlier_leg(c, *order, *leg, report);
  else if (report.oid > order->binding.oid)
    outcome = apply_to_newer(c, *order, report, source);
  else
    apply_to_earlier_leg(
      c, *order, add_earlier_leg(c, *order, report.oid, leg_state::replaced),
      report);
  settle(c, *order);
  return outcome;
}

} // namespace hlx
