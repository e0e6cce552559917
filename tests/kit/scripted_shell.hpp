// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/interfaces.hpp"
#include "hlx/actors/wall_clock.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

/// What the scripted actors have in common: a value that decides, what it has
/// put out, and the actor clock in place of a timer. The functions take the
/// actor, whose state derives from scripted_shell. Internal to kit/.
namespace hlx::kit {

template <class Decisions, class Outputs>
struct scripted_shell {
  venue_report_actor client;
  wall_clock clock;
  std::unique_ptr<Decisions> decisions;
  Outputs out;
  std::optional<std::int64_t> armed_ms;
};

template <class Self>
std::int64_t now_ms(Self* self) {
  return self->state.clock.now_ms(self->clock());
}

/// Lets what was put out leave, by leave(self, x) of the actor's own file, and
/// keeps the timer at the next deadline.
template <class Self>
void settle(Self* self) {
  auto& state = self->state;
  while (!state.out.empty())
    for (auto& x : std::exchange(state.out, {}))
      std::visit([self](auto& y) { leave(self, y); }, x);
  const auto next = state.decisions->next_deadline_ms();
  if (!next || (state.armed_ms && *state.armed_ms <= *next))
    return;
  state.armed_ms = next;
  self->scheduled_send(self, state.clock.time_point(*next), timer_due{*next});
}

template <class Self>
void timers_due(Self* self, const timer_due& x) {
  auto& state = self->state;
  if (state.armed_ms == x.deadline_ms)
    state.armed_ms.reset();
  state.decisions->timers_due(now_ms(self), state.out);
  settle(self);
}

} // namespace hlx::kit
