// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/dead_man_switch.hpp"

#include "hlx/actors/execution_client/dispatch/order_events.hpp"

#include <algorithm>

namespace hlx {

namespace {

/// It is put off that many times before it would fire: some may fail.
constexpr std::int64_t renewals = 3;

void wake_at(context& c, std::int64_t due_ms) {
  c.state.dead_man.due_ms = due_ms;
  c.state.timers.push(due_ms, {}, dead_man_timer);
}

} // namespace

void start_dead_man_switch(context& c) {
  if (c.state.options.dead_man_switch_ms > 0
      && c.state.dead_man.due_ms == never_ms)
    renew_dead_man_switch(c);
}

void renew_dead_man_switch(context& c) {
  const auto& options = c.state.options;
  const auto fires_ms = c.venue_now_ms() + options.dead_man_switch_ms;
  c.state.dead_man.request =
    send(c, schedule_cancel_action{static_cast<std::uint64_t>(fires_ms)},
         {.about = request_record::subject::dead_man_switch},
         // One that lands late would take the time back to its own.
         c.now_ms + options.action_timeout_ms);
  wake_at(c, c.now_ms + options.dead_man_switch_ms / renewals);
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
  const auto pause = std::min(backoff_ms(dead_man.failures++),
                              c.state.options.dead_man_switch_ms / renewals);
  const auto& why = reply.text.empty() ? outcome.failure : reply.text;
  warn(c, "the dead-man switch could not be put off ("
            + (why.empty() ? "the reply does not fit" : why)
            + "); trying again in " + std::to_string(pause) + " ms");
  wake_at(c, c.now_ms + pause);
}

} // namespace hlx
