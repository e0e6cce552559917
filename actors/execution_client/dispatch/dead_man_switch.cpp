// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/dead_man_switch.hpp"

#include "hlx/actors/execution_client/dispatch/order_events.hpp"
#include "hlx/messages/wire/error_texts.hpp"

#include <algorithm>

namespace hlx {

namespace {

/// It is put off that many times before it would fire: some may fail.
constexpr std::int64_t renewals = 3;

/// After a refusal that only trading can mend.
constexpr std::int64_t volume_pause_ms = 600'000;

void wake_at(context& c, std::int64_t due_ms) {
  c.state.dead_man.due_ms = due_ms;
  c.state.timers.push(due_ms, {}, dead_man_timer);
}

/// How long it is left alone. With the account's requests used up one passes
/// in a while: orders get the turns that the switch can spare, which are none
/// when it is set for less than two.
std::int64_t renewal_ms(const context& c) {
  const auto& options = c.state.options;
  const auto part_ms = options.dead_man_switch_ms / renewals;
  if (!c.state.budget.account_is_used_up())
    return part_ms;
  const auto latest_ms =
    options.dead_man_switch_ms - options.budget.gate_ms - evidence_grace_ms;
  return std::max(part_ms, latest_ms);
}

/// How long to wait after a failure.
std::int64_t pause_ms(const context& c, const request_outcome& outcome) {
  if (wire::classify_error(outcome.reply.text)
      == wire::venue_error::too_little_volume)
    return volume_pause_ms;
  return std::min(backoff_ms(c.state.dead_man.failures),
                  c.state.options.dead_man_switch_ms / renewals);
}

} // namespace

void start_dead_man_switch(context& c) {
  if (c.state.options.dead_man_switch_ms > 0
      && c.state.dead_man.due_ms == never_ms)
    renew_dead_man_switch(c);
}

void renew_dead_man_switch(context& c) {
  const auto& options = c.state.options;
  if (const auto no = c.state.budget.refusal(budget_use::order, 1, c.now_ms)) {
    wake_at(c, no->passes_at_ms.value_or(c.now_ms + evidence_grace_ms));
    return;
  }
  const auto fires_ms = c.venue_now_ms() + options.dead_man_switch_ms;
  c.state.dead_man.request =
    send(c, schedule_cancel_action{static_cast<std::uint64_t>(fires_ms)},
         {.about = request_record::subject::dead_man_switch},
         // One that lands late would take the time back to its own.
         c.now_ms + options.action_timeout_ms);
  wake_at(c, c.now_ms + renewal_ms(c));
}

void on_dead_man_switch_outcome(context& c, const request_outcome& outcome) {
  auto& dead_man = c.state.dead_man;
  if (outcome.request != dead_man.request)
    return;
  const auto& reply = outcome.reply;
  if (outcome.delivery == request_delivery::answered
      && reply.kind == reply_kind::done) {
    dead_man.failures = 0;
    return;
  }
  const auto pause = pause_ms(c, outcome);
  ++dead_man.failures;
  const auto& why = reply.text.empty() ? outcome.failure : reply.text;
  warn(c, "the dead-man switch could not be put off ("
            + (why.empty() ? "the reply does not fit" : why)
            + "); trying again in " + std::to_string(pause) + " ms");
  wake_at(c, c.now_ms + pause);
}

} // namespace hlx
