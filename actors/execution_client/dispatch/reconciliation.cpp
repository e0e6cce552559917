// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/reconciliation.hpp"

#include "hlx/actors/execution_client/dispatch/cancel_order.hpp"
#include "hlx/actors/execution_client/dispatch/dead_man_switch.hpp"
#include "hlx/actors/execution_client/dispatch/fill_reports.hpp"
#include "hlx/actors/execution_client/dispatch/order_admission.hpp"
#include "hlx/actors/execution_client/dispatch/status_reports.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace hlx {

namespace {

using subject = query_record::subject;

/// Frames can overtake each other: the gap begins before the last fill seen.
constexpr std::int64_t fills_overlap_ms = 60'000;

/// Most that the venue's clock may differ from ours.
constexpr std::int64_t clock_offset_max_ms = 30'000;

void ask_for_gap(context& c, info_query_body body, query_record record) {
  auto& stream = c.state.stream;
  record.round = stream.round;
  ++stream.answers_pending;
  ask(c, std::move(body), std::move(record));
}

void ask_fills_from(context& c, std::int64_t start_ms) {
  query_record record{.about = subject::reconcile_fills};
  record.start_ms = start_ms;
  ask_for_gap(c, fills_query{start_ms, std::nullopt}, std::move(record));
}

void begin(context& c) {
  auto& stream = c.state.stream;
  ++stream.round;
  stream.retry_ms = never_ms;
  stream.answers_pending = 0;
  stream.statuses_asked = false;
  stream.listed.clear();
  stream.positions.clear();
  stream.fills_asked_again = false;
  if (!stream.was_ready) {
    refresh_budget(c);
    ask_for_gap(c, exchange_status_query{},
                {.about = subject::reconcile_clock});
  }
  std::set<std::string> dexes{""};
  c.state.orders.for_each_live(
    [&](tracked_order& order) { dexes.insert(c.instrument_of(order).dex); });
  for (const auto& dex : dexes)
    ask_for_gap(c, open_orders_query{dex},
                {.about = subject::reconcile_orders, .dex = dex});
  const auto from = stream.gap_from_ms.value_or(stream.first_up_ms);
  ask_fills_from(c, std::max<std::int64_t>(0, from - fills_overlap_ms));
  for (const auto& dex : dexes)
    ask_for_gap(c, positions_query{dex},
                {.about = subject::reconcile_positions, .dex = dex});
}

void fail(context& c, const std::string& reason) {
  auto& stream = c.state.stream;
  ++stream.round;
  const auto pause = backoff_ms(stream.failures++);
  warn(c, "reconciling with the venue failed (" + reason + "); trying again in "
            + std::to_string(pause) + " ms");
  stream.retry_ms = c.now_ms + pause;
  c.state.timers.push(stream.retry_ms, {}, reconcile_timer);
}

bool is_listed(context& c, const tracked_order& order) {
  const auto& listed = c.state.stream.listed;
  return std::binary_search(listed.begin(), listed.end(), order.binding.oid);
}

void ask_status_of(context& c, const tracked_order& order,
                   std::optional<venue_order_id> oid) {
  query_record record{.about = subject::reconcile_status,
                      .order = c.state.orders.ref_of(order)};
  modify_target target{order.cloid};
  if (oid) {
    record.oid = *oid;
    target = *oid;
  }
  ask_for_gap(c, order_status_query{target}, std::move(record));
}

/// Asks about every order that left and that the open orders lack.
void ask_statuses(context& c) {
  auto& stream = c.state.stream;
  stream.statuses_asked = true;
  std::sort(stream.listed.begin(), stream.listed.end());
  c.state.orders.for_each_live([&](tracked_order& order) {
    if (order.phase == order_phase::pricing || order.phase == order_phase::held
        || is_listed(c, order))
      return;
    if (order.binding.without_cloid)
      ask_status_of(c, order, order.binding.oid);
    else
      ask_status_of(c, order, std::nullopt);
  });
}

known_position* find_known(context& c, const position_report& x) {
  const auto index = c.state.instruments.index_of(x.instrument);
  if (!index)
    return nullptr;
  auto& all = c.state.positions;
  if (*index >= all.size())
    all.resize(c.state.instruments.all().size());
  return &all[*index];
}

/// Calls `f` with each position that the trades seen do not lead to. (Only
/// presence is evidence; what is not listed may be flat or just late.)
template <class F>
void for_each_contradiction(context& c, F f) {
  for (const auto& answer : c.state.stream.positions)
    for (const auto& x : answer.positions)
      if (auto* known = find_known(c, x);
          known != nullptr && known->time_ms != 0
          && known->time_ms <= answer.time_ms && known->size != x.size.value)
        f(*known, x);
}

/// A position that the trades do not lead to proves that some are missing:
/// they are asked for once more, from the last that was seen. Returns whether
/// they were.
bool ask_for_missing_fills(context& c) {
  auto& stream = c.state.stream;
  if (std::exchange(stream.fills_asked_again, true))
    return false;
  auto from_ms = never_ms;
  for_each_contradiction(
    c, [&](const known_position& known, const position_report&) {
      from_ms = std::min(from_ms, known.time_ms);
    });
  if (from_ms == never_ms)
    return false;
  ask_fills_from(c, std::max<std::int64_t>(0, from_ms - fills_overlap_ms));
  return true;
}

/// From here on the positions are what the venue says.
void take_positions(context& c) {
  for_each_contradiction(
    c, [&](const known_position& known, const position_report& x) {
      warn(c, "the position in " + x.instrument + " is "
                + to_string(x.size.value) + " at the venue, and "
                + to_string(known.size) + " by the fills that it lists");
    });
  for (const auto& answer : c.state.stream.positions)
    for (const auto& x : answer.positions)
      if (auto* known = find_known(c, x);
          known != nullptr && known->time_ms <= answer.time_ms)
        *known = {x.size.value, answer.time_ms};
  c.state.stream.positions.clear();
}

void go_on(context& c) {
  auto& stream = c.state.stream;
  if (stream.answers_pending > 0)
    return;
  if (!stream.statuses_asked)
    ask_statuses(c);
  if (stream.answers_pending > 0 || ask_for_missing_fills(c))
    return;
  take_positions(c);
  stream.ready = true;
  stream.was_ready = true;
  stream.gap_from_ms.reset();
  stream.failures = 0;
  c.out.emplace_back(stream_changed{true, c.now_ms});
  start_dead_man_switch(c);
  renew_own_cancels(c);
  release_held(c);
}

void on_orders(context& c, const open_orders_answer& answer) {
  for (const auto& text : answer.warnings)
    warn(c, text);
  for (const auto& report : answer.orders) {
    c.state.stream.listed.push_back(report.oid);
    on_status_report(c, report, report_source::answer);
  }
}

void on_positions(context& c, const positions_answer& answer) {
  for (const auto& text : answer.warnings)
    warn(c, text);
  c.state.stream.positions.push_back(answer);
}

void on_fills(context& c, const query_record& record,
              const fills_answer& answer) {
  for (const auto& text : answer.warnings)
    warn(c, text);
  for (const auto& report : answer.fills)
    on_fill_report(c, report, report_source::answer);
  if (answer.fills.empty()
      || answer.fills.size() + answer.warnings.size() < fills_page)
    return;
  const auto last_ms = answer.fills.back().time_ms;
  if (last_ms > record.start_ms)
    ask_fills_from(c, last_ms);
  else
    warn(c, "more fills in one millisecond than the venue lists");
}

/// What the open orders lack. An answer by cloid that says nothing of the leg
/// believed live is followed by a query of its number.
void on_status(context& c, const query_record& record,
               const order_status_answer& answer) {
  auto* order = c.state.orders.find(record.order);
  if (order == nullptr)
    return;
  bool hides = true;
  if (answer.order && is_about(c, *order, *answer.order)) {
    hides = hides_binding(*order, *answer.order);
    on_status_report(c, *answer.order, report_source::answer);
  }
  if (hides && record.oid.value == 0 && is_in_question(*order))
    ask_status_of(c, *order, order->binding.oid);
}

/// The venue has an answer, in words that nobody knows. That is this order's
/// affair: no other one waits for it.
void on_unreadable_status(context& c, const query_record& record,
                          const std::string& reason) {
  auto* order = c.state.orders.find(record.order);
  if (order == nullptr)
    return;
  warn(c, "order " + std::string{order->client_order_id.value}
            + ": its status after the gap is not understood: " + reason);
  ask_status(c, *order, query_record::subject::status,
             record.oid.value != 0 ? std::optional{record.oid} : std::nullopt);
}

/// Returns false when the clocks differ by too much to go on.
bool on_clock(context& c, const exchange_status_answer& answer) {
  note_venue_time(c, answer.time_ms);
  if (answer.time_ms > c.now_ms + clock_offset_max_ms
      || answer.time_ms < c.now_ms - clock_offset_max_ms) {
    fail(c, "the venue's clock says " + std::to_string(answer.time_ms)
              + ", ours " + std::to_string(c.now_ms) + "; at most "
              + std::to_string(clock_offset_max_ms) + " ms are allowed");
    return false;
  }
  const auto offset_ms = answer.time_ms - c.now_ms;
  c.state.stream.first_up_ms += offset_ms - c.state.clock_offset_ms;
  c.state.clock_offset_ms = offset_ms;
  return true;
}

} // namespace

void on_stream_up(context& c) {
  auto& stream = c.state.stream;
  if (stream.up)
    return;
  stream.up = true;
  if (stream.first_up_ms == 0)
    stream.first_up_ms = c.venue_now_ms();
  begin(c);
}

void on_stream_down(context& c) {
  auto& stream = c.state.stream;
  if (!stream.up)
    return;
  stream.up = false;
  ++stream.round;
  stream.retry_ms = never_ms;
  if (!stream.gap_from_ms && stream.last_fill_ms != 0)
    stream.gap_from_ms = std::max(stream.first_up_ms, stream.last_fill_ms);
  if (std::exchange(stream.ready, false))
    c.out.emplace_back(stream_changed{false, c.now_ms});
}

void retry_reconciliation(context& c) {
  if (c.state.stream.up && !c.state.stream.ready)
    begin(c);
}

void on_reconciliation_answer(context& c, const query_record& record,
                              const info_answer_body& body) {
  auto& stream = c.state.stream;
  if (record.round != stream.round)
    return;
  const auto* failed = std::get_if<failed_answer>(&body);
  const bool is_of_one = record.about == query_record::subject::reconcile_status
                         && failed != nullptr && failed->not_understood;
  if (failed != nullptr && !is_of_one) {
    fail(c, failed->reason);
    return;
  }
  --stream.answers_pending;
  if (is_of_one)
    on_unreadable_status(c, record, failed->reason);
  if (const auto* clock = std::get_if<exchange_status_answer>(&body)) {
    if (!on_clock(c, *clock))
      return;
  } else if (const auto* orders = std::get_if<open_orders_answer>(&body)) {
    on_orders(c, *orders);
  } else if (const auto* held = std::get_if<positions_answer>(&body)) {
    on_positions(c, *held);
  } else if (const auto* fills = std::get_if<fills_answer>(&body)) {
    on_fills(c, record, *fills);
  } else if (const auto* status = std::get_if<order_status_answer>(&body)) {
    on_status(c, record, *status);
  }
  go_on(c);
}

} // namespace hlx
