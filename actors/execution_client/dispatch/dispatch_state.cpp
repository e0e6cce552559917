// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/dispatch_state.hpp"

#include "hlx/actors/execution_client/dispatch/account_requests.hpp"
#include "hlx/actors/execution_client/dispatch/cancel_order.hpp"
#include "hlx/actors/execution_client/dispatch/dead_man_switch.hpp"
#include "hlx/actors/execution_client/dispatch/dispatch_parts.hpp"
#include "hlx/actors/execution_client/dispatch/fill_reports.hpp"
#include "hlx/actors/execution_client/dispatch/info_answers.hpp"
#include "hlx/actors/execution_client/dispatch/modify_order.hpp"
#include "hlx/actors/execution_client/dispatch/order_admission.hpp"
#include "hlx/actors/execution_client/dispatch/order_endings.hpp"
#include "hlx/actors/execution_client/dispatch/reconciliation.hpp"
#include "hlx/actors/execution_client/dispatch/request_replies.hpp"
#include "hlx/actors/execution_client/dispatch/status_reports.hpp"
#include "hlx/actors/execution_client/dispatch/unknown_outcomes.hpp"
#include "hlx/messages/signing/keccak.hpp"

#include <algorithm>
#include <utility>

namespace hlx {

namespace {

void drop_stale_timers(dispatch_state::parts& state) {
  while (!state.timers.empty() && !is_current(state, state.timers.top()))
    state.timers.pop();
}

/// The old leg's end was not seen in time: the replacement's refusal says
/// enough.
void on_gone_leg(context& c, tracked_order& order) {
  if (!order.work || !order.work->refused)
    return;
  order.binding.state = leg_state::canceled;
  begin_closing(c, order, {}, std::nullopt);
  settle(c, order);
}

void run_timer_of_no_order(context& c, order_timer kind) {
  if (kind == dead_man_timer) {
    renew_dead_man_switch(c);
    return;
  }
  c.state.stream.retry_ms = never_ms;
  retry_reconciliation(c);
}

void run_timer(context& c, tracked_order& order, order_timer kind) {
  switch (kind) {
    case order_timer::reference:
      on_reference(c, order, order.work ? order.work->mid : std::nullopt);
      break;
    case order_timer::expiry:
      on_end_time(c, order);
      break;
    case order_timer::resolve:
      continue_resolving(c, order);
      break;
    case order_timer::fills:
      ask_for_fills(c, order);
      break;
    case order_timer::gone_leg:
      on_gone_leg(c, order);
      break;
    case order_timer::held_fills:
      ask_about_held_fills(c, order);
      break;
    case order_timer::cancel:
      check_cancel(c, order);
      break;
    case order_timer::status:
      ask_status(c, order, query_record::subject::status,
                 order.work->status_oid, order.work->status_tries);
      break;
  }
}

} // namespace

dispatch_state::dispatch_state(dispatch_options options,
                               instrument_table instruments)
  : parts_(std::make_unique<parts>(options, std::move(instruments))) {
  // nop
}

dispatch_state::dispatch_state(dispatch_state&&) noexcept = default;
dispatch_state& dispatch_state::operator=(dispatch_state&&) noexcept = default;
dispatch_state::~dispatch_state() = default;

void dispatch_state::apply(const submit_order& command, std::int64_t now_ms,
                           effects& out) {
  apply(command, signing::cloid_of(command.order.client_order_id), now_ms, out);
}

void dispatch_state::apply(const submit_order& command, const cloid& wire_id,
                           std::int64_t now_ms, effects& out) {
  context c{*parts_, now_ms, out};
  on_submit(c, command, wire_id);
}

void dispatch_state::apply(const submit_list& command, std::int64_t now_ms,
                           effects& out) {
  context c{*parts_, now_ms, out};
  on_submit_list(c, command);
}

void dispatch_state::apply(const modify_order& command, std::int64_t now_ms,
                           effects& out) {
  context c{*parts_, now_ms, out};
  on_modify(c, command);
}

void dispatch_state::apply(const cancel_order& command, std::int64_t now_ms,
                           effects& out) {
  context c{*parts_, now_ms, out};
  on_cancel(c, command);
}

void dispatch_state::apply(const cancel_orders& command, std::int64_t now_ms,
                           effects& out) {
  context c{*parts_, now_ms, out};
  on_cancel_several(c, command);
}

void dispatch_state::apply(const cancel_all& command, std::int64_t now_ms,
                           effects& out) {
  context c{*parts_, now_ms, out};
  on_cancel_all(c, command);
}

void dispatch_state::apply(const query_order& command, std::int64_t now_ms,
                           effects& out) {
  context c{*parts_, now_ms, out};
  auto* order = c.state.orders.find(command.client_order_id.value);
  if (order == nullptr)
    warn(c, "query of the unknown order " + command.client_order_id.value);
  else
    ask_status(c, *order, query_record::subject::status);
}

void dispatch_state::apply(const user_stream_update& update,
                           std::int64_t now_ms, effects& out) {
  context c{*parts_, now_ms, out};
  const auto source =
    update.snapshot ? report_source::snapshot : report_source::frame;
  for (const auto& text : update.warnings)
    warn(c, text);
  for (const auto& report : update.orders)
    on_status_report(c, report, source);
  for (const auto& report : update.fills)
    on_fill_report(c, report, source);
}

void dispatch_state::apply(const stream_up&, std::int64_t now_ms,
                           effects& out) {
  context c{*parts_, now_ms, out};
  on_stream_up(c);
}

void dispatch_state::apply(const stream_down&, std::int64_t now_ms,
                           effects& out) {
  context c{*parts_, now_ms, out};
  on_stream_down(c);
}

void dispatch_state::apply(const request_outcome& outcome, std::int64_t now_ms,
                           effects& out) {
  context c{*parts_, now_ms, out};
  on_request_outcome(c, outcome);
}

void dispatch_state::apply(const info_answer& answer, std::int64_t now_ms,
                           effects& out) {
  context c{*parts_, now_ms, out};
  on_info_answer(c, answer);
}

void dispatch_state::apply(const instrument& x) {
  parts_->instruments.add(x);
}

const instrument_table& dispatch_state::instruments() const {
  return parts_->instruments;
}

std::optional<std::int64_t> dispatch_state::next_deadline_ms() const {
  drop_stale_timers(*parts_);
  auto earliest = parts_->ask_again_ms;
  if (!parts_->timers.empty())
    earliest = std::min(earliest, parts_->timers.top().due_ms);
  if (earliest == never_ms)
    return std::nullopt;
  return earliest;
}

void dispatch_state::timers_due(std::int64_t now_ms, effects& out) {
  context c{*parts_, now_ms, out};
  if (parts_->ask_again_ms <= now_ms)
    release_deferred(c);
  for (;;) {
    drop_stale_timers(*parts_);
    if (parts_->timers.empty() || parts_->timers.top().due_ms > now_ms)
      return;
    const auto entry = parts_->timers.top();
    parts_->timers.pop();
    if (entry.order.serial == 0) {
      run_timer_of_no_order(c, entry.kind);
      continue;
    }
    auto& order = *parts_->orders.find(entry.order);
    disarm(order, entry.kind);
    run_timer(c, order, entry.kind);
  }
}

std::optional<budget_refusal> dispatch_state::account_request_refusal(
  std::int64_t now_ms) const {
  return parts_->budget.refusal(budget_use::order, 1, now_ms);
}

void dispatch_state::account_request_sent(request_id request,
                                          std::int64_t now_ms, effects& out) {
  context c{*parts_, now_ms, out};
  on_account_request_sent(c, request);
}

void dispatch_state::account_request_outcome(const request_outcome& outcome,
                                             std::int64_t now_ms,
                                             effects& out) {
  context c{*parts_, now_ms, out};
  on_account_request_outcome(c, outcome);
}

bool dispatch_state::is_ready() const {
  return parts_->stream.ready;
}

std::size_t dispatch_state::open_orders() const {
  return parts_->orders.live();
}

std::uint64_t dispatch_state::last_event(const strategy_id& strategy) const {
  const auto found = parts_->strategy_index.find(strategy);
  return found != parts_->strategy_index.end()
           ? parts_->strategies[found->second].sequence
           : 0;
}

dispatch_outcome dispatch_order_status_report(dispatch_state& state,
                                              const order_status_report& report,
                                              std::int64_t now_ms,
                                              effects& out) {
  context c{*state.parts_, now_ms, out};
  return on_status_report(c, report, report_source::frame);
}

dispatch_outcome dispatch_fill_report(dispatch_state& state,
                                      const fill_report& report,
                                      std::int64_t now_ms, effects& out) {
  context c{*state.parts_, now_ms, out};
  return on_fill_report(c, report, report_source::frame);
}

} // namespace hlx
