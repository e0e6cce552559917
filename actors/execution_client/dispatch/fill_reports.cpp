// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/fill_reports.hpp"

#include "hlx/actors/execution_client/dispatch/modify_order.hpp"
#include "hlx/actors/execution_client/dispatch/order_endings.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace hlx {

namespace {

/// How many fills of a leg that nothing explains are held for one order.
constexpr std::size_t held_fills_max = 1'000;

/// Tells instruments that the table lacks from those it has.
constexpr std::uint32_t unlisted_bit = 0x8000'0000U;

trade_key key_of(std::uint32_t instrument, const fill_report& report) {
  return {instrument, report.time_ms, report.trade_id.value, report.oid.value};
}

std::uint32_t instrument_number(context& c, const std::string& name) {
  if (const auto index = c.state.instruments.index_of(name))
    return *index;
  return unlisted_bit
         | static_cast<std::uint32_t>(std::hash<std::string>{}(name));
}

bool is_seen(context& c, const tracked_order& order, const trade_key& key) {
  if (order.has_ended())
    return c.state.trades.contains(key);
  return std::find(order.trades.begin(), order.trades.end(), key)
         != order.trades.end();
}

bool is_held(const tracked_order& order, const fill_report& report) {
  return order.work
         && std::any_of(order.work->held_fills.begin(),
                        order.work->held_fills.end(),
                        [&](const fill_report& held) {
                          return held.oid == report.oid
                                 && held.trade_id == report.trade_id
                                 && held.time_ms == report.time_ms;
                        });
}

/// A leg that only its fills have named. Whether it replaced the binding, or
/// lives on after the order's end, is still to be seen.
order_leg& add_filled_leg(context& c, tracked_order& order,
                          venue_order_id oid) {
  const bool newer = !order.has_binding() || oid > order.binding.oid;
  return add_earlier_leg(c, order, oid,
                         newer ? leg_state::live : leg_state::replaced);
}

/// Whether the trade leaves nothing of the position that it closes.
bool closes_position(const fill_report& report) {
  const auto before = report.start_position.value.raw;
  const auto size = report.last_quantity.value.raw;
  return before != 0
         && before == (report.side == order_side::sell ? size : -size);
}

/// Whether an order without a size of its own is complete with the trade,
/// which is counted already.
bool completes_position_order(const tracked_order& order,
                              const fill_report& report) {
  if (!order.is_sizeless() || order.has_ended())
    return false;
  return closes_position(report)
         || (order.binding.state == leg_state::filled
             && order.binding.promised.raw > 0 && !order.fills_missing());
}

/// Whether only the venue's word can tell if the trade is the last one: the
/// order has no size of its own, and what it closes is not gone yet.
bool may_be_the_last(const tracked_order& order, const fill_report& report) {
  return order.is_sizeless() && is_market(order.type) && !order.has_ended()
         && !is_dead(order.binding.state) && !closes_position(report);
}

/// What the trade tells of the position.
void note_position(context& c, std::uint32_t instrument,
                   const fill_report& report) {
  auto& positions = c.state.positions;
  if (instrument >= positions.size())
    positions.resize(c.state.instruments.all().size());
  auto& known = positions[instrument];
  if (report.time_ms < known.time_ms)
    return;
  const amount size{report.last_quantity.value.raw};
  const auto before = report.start_position.value;
  known = {report.side == order_side::buy ? before + size : before - size,
           report.time_ms};
}

/// What was believed never to have been placed trades: the rest of it may live.
void on_fill_of_refused(context& c, tracked_order& order,
                        const fill_report& report) {
  warn(c, "ALARM: a fill of order " + order.client_order_id.value
            + ", which was rejected");
  const bool is_canceled = order.work && order.work->cancel;
  if (order.cumulative < order.target && !is_canceled)
    ask_status(c, order, query_record::subject::status, report.oid);
}

/// Emits the trade; it counts as seen from now on.
void deliver(context& c, tracked_order& order, order_leg& leg,
             const fill_report& report) {
  const auto size = report.last_quantity.value;
  if (size.raw <= 0 || order.cumulative + size < order.cumulative) {
    warn(c, "order " + order.client_order_id.value + ": trade "
              + to_string(report.trade_id) + " has a size that cannot be: "
              + to_string(report.last_quantity));
    return;
  }
  const auto key = key_of(order.instrument, report);
  const bool late = order.has_ended();
  if (late) {
    c.state.trades.insert(key);
  } else {
    if (order.trades.empty())
      order.trades.reserve(4); // most have no more
    order.trades.push_back(key);
  }
  if (!late)
    note_triggered(c, order, leg, report.time_ms);
  note_position(c, order.instrument, report);
  order.cumulative += size;
  leg.filled += size;
  if (order.foreign_target && &leg != &order.binding)
    order.target += size;
  if (completes_position_order(order, report)) {
    // Now its size is known: what the position was.
    order.target = order.cumulative;
    leg.state = leg_state::filled;
  }
  emit_filled(c, order, report);
  if (order.end == order_end::rejected || order.end == order_end::never_placed)
    on_fill_of_refused(c, order, report);
}

/// Ends the order when it is complete.
void check_complete(context& c, tracked_order& order) {
  if (!order.has_ended() && order.phase == order_phase::accepted
      && order.target.raw > 0 && order.cumulative >= order.target)
    end_filled(c, order);
}

void hold(context& c, tracked_order& order, const fill_report& report) {
  auto& held = order.working().held_fills;
  if (held.size() >= held_fills_max) {
    warn(c, "order " + order.client_order_id.value
              + ": too many fills of unexplained venue orders; delivering");
    deliver_held_fills(c, order);
  }
  order.working().held_fills.push_back(report);
}

/// The trade waits for the `filled` that makes it the last one, or for a newer
/// trade, so that the order ends the same way whichever comes first.
void hold_until_told(context& c, tracked_order& order,
                     const fill_report& report) {
  hold(c, order, report);
  arm(c, order, order_timer::held_fills, c.now_ms + evidence_grace_ms);
}

/// A fill of a venue order above the binding that nothing has announced.
void on_unseen_leg(context& c, tracked_order& order,
                   const fill_report& report) {
  const auto* work = order.work.get();
  const bool ours = work && work->modify;
  if (ours
      && c.state.options.unseen_leg_fill == unseen_leg_fill_policy::promote) {
    prove_replacement(c, order, report.oid, std::nullopt, std::nullopt,
                      report.time_ms);
    deliver(c, order, order.binding, report);
    return;
  }
  hold(c, order, report);
}

dispatch_outcome on_tracked_fill(context& c, tracked_order& order,
                                 const fill_report& report) {
  if (is_seen(c, order, key_of(order.instrument, report))
      || is_held(order, report))
    return dispatch_outcome::skip;
  auto* leg = order.find_leg(report.oid);
  if (leg == nullptr && order.has_ended()) {
    leg = &add_filled_leg(c, order, report.oid);
  } else if (leg == nullptr && !order.has_binding()) {
    leg = &accept(c, order, report.oid, order.target, report.time_ms);
    leg->without_cloid = !report.cloid;
  } else if (leg == nullptr && report.oid < order.binding.oid) {
    leg = &add_earlier_leg(c, order, report.oid, leg_state::replaced);
  }
  if (order.is_sizeless())
    drain_held_fills(c, order);
  if (leg == nullptr)
    on_unseen_leg(c, order, report);
  else if (may_be_the_last(order, report))
    hold_until_told(c, order, report);
  else
    deliver(c, order, *leg, report);
  check_complete(c, order);
  settle(c, order);
  return dispatch_outcome::tracked;
}

dispatch_outcome on_external_fill(context& c, const fill_report& report,
                                  report_source source) {
  if (source != report_source::frame
      && report.time_ms < c.state.stream.first_up_ms)
    return dispatch_outcome::skip;
  if (!c.state.trades.insert(
        key_of(instrument_number(c, report.instrument), report)))
    return dispatch_outcome::skip;
  if (const auto index = c.state.instruments.index_of(report.instrument))
    note_position(c, *index, report);
  warn_of_unknown_coin(c, report.instrument, report.oid);
  c.out.emplace_back(report);
  return dispatch_outcome::external;
}

} // namespace

dispatch_outcome on_fill_report(context& c, const fill_report& report,
                                report_source source) {
  note_venue_time(c, report.time_ms);
  if (report.time_ms > c.state.stream.last_fill_ms)
    c.state.stream.last_fill_ms = report.time_ms;
  auto* order = match(c, report.oid, report.cloid, report.time_ms);
  if (order != nullptr && !fits(c, *order, report.side, report.instrument)) {
    warn(c, "trade " + to_string(report.trade_id) + " of venue order "
              + to_string(report.oid) + " does not fit order "
              + std::string{order->client_order_id.value}
              + ": another instrument or side");
    order = nullptr;
  }
  if (order == nullptr)
    return on_external_fill(c, report, source);
  return on_tracked_fill(c, *order, report);
}

void drain_held_fills(context& c, tracked_order& order) {
  if (!order.work || order.work->held_fills.empty())
    return;
  auto held = std::move(order.work->held_fills);
  order.work->held_fills.clear();
  for (auto& report : held) {
    auto* leg = order.find_leg(report.oid);
    if (leg != nullptr)
      deliver(c, order, *leg, report);
    else
      order.work->held_fills.push_back(std::move(report));
  }
  if (order.work->held_fills.empty()) {
    order.work->held_unknown_answers = 0;
    order.work->held_failed_answers = 0;
    disarm(order, order_timer::held_fills);
  }
  check_complete(c, order);
}

void deliver_held_fills(context& c, tracked_order& order) {
  if (!order.work || order.work->held_fills.empty())
    return;
  const auto held = std::exchange(order.work->held_fills, {});
  disarm(order, order_timer::held_fills);
  for (const auto& report : held) {
    auto* leg = order.find_leg(report.oid);
    if (leg == nullptr) {
      leg = &add_filled_leg(c, order, report.oid);
      // Nothing has explained it: what is left of it may live on.
      ask_status(c, order, query_record::subject::status, report.oid);
    }
    deliver(c, order, *leg, report);
  }
}

void ask_about_held_fills(context& c, tracked_order& order) {
  if (!order.work || order.work->held_fills.empty() || order.work->modify
      || order.work->held_asked || is_armed(order, order_timer::held_fills))
    return;
  order.work->held_asked = true;
  ask_status(c, order, query_record::subject::held_status,
             order.work->held_fills.front().oid);
}

void on_held_leg_answered(context& c, tracked_order& order,
                          venue_order_id asked, bool answered) {
  if (!order.work)
    return;
  auto& work = *order.work;
  work.held_asked = false;
  drain_held_fills(c, order);
  if (order.work && !order.work->held_fills.empty()) {
    if (order.work->held_fills.front().oid != asked) {
      work.held_unknown_answers = 0;
    } else if (!answered) {
      arm(c, order, order_timer::held_fills,
          c.now_ms + backoff_ms(work.held_failed_answers++));
    } else if (++work.held_unknown_answers < unknown_answers_max) {
      work.held_failed_answers = 0;
      arm(c, order, order_timer::held_fills, c.now_ms + unknown_answer_gap_ms);
    } else {
      warn(c, "order " + order.client_order_id.value
                + ": a fill of venue order " + to_string(asked)
                + ", which the venue does not know");
      work.held_unknown_answers = 0;
      add_filled_leg(c, order, asked);
      drain_held_fills(c, order);
    }
  }
  settle(c, order);
}

} // namespace hlx
