// SPDX-License-Identifier: BSD-3-Clause
#include "tests/kit/scripted_actors.hpp"
#include "tests/kit/scripted_shell.hpp"

#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>

#include <utility>

namespace hlx::kit {

namespace {

struct scripted_reader_state : scripted_shell<link_state, link_outputs> {
  static inline const char* name = "hlx.scripted-reader";

  scripted_reader_state() = default;

  bool link_is_up = true;
  bool attempt_waits = false;
};

using self_pointer =
  scripted_reader_actor::stateful_pointer<scripted_reader_state>;

void leave(self_pointer self, link_connect&) {
  auto& state = self->state;
  if (state.link_is_up)
    state.decisions->connected(now_ms(self), state.out);
  else
    state.attempt_waits = true;
}

/// The venue's part: every ping and every subscription is answered.
void leave(self_pointer self, link_send& x) {
  auto& state = self->state;
  constexpr std::string_view subscribe = R"({"method":"subscribe",)";
  std::string answer = R"({"channel":"pong"})";
  if (x.text.starts_with(subscribe))
    answer = R"({"channel":"subscriptionResponse","data":)" + x.text + '}';
  state.decisions->frame(answer, now_ms(self), state.out);
}

void leave(self_pointer self, link_close&) {
  self->state.attempt_waits = false;
}

template <class Report>
void leave(self_pointer self, Report& x) {
  self->send(self->state.client, std::move(x));
}

void link(self_pointer self, const scripted_link& x) {
  auto& state = self->state;
  state.link_is_up = x.connected;
  if (!x.connected) {
    state.attempt_waits = false;
    state.decisions->closed(x.reason, now_ms(self), state.out);
  } else if (std::exchange(state.attempt_waits, false)) {
    state.decisions->connected(now_ms(self), state.out);
  } else {
    state.decisions->retry_now(now_ms(self), state.out);
  }
  settle(self);
}

scripted_reader_actor::behavior_type scripted_reader(
  self_pointer self, venue_report_actor client,
  scripted_reader_settings settings) {
  auto& state = self->state;
  state.client = std::move(client);
  state.clock = settings.clock;
  settings.link.connect_timeout_ms = 0; // The script says how long.
  state.decisions = std::make_unique<link_state>(settings.link);
  state.decisions->start(now_ms(self), state.out);
  settle(self);
  return {
    [self](const status_request&) { return self->state.decisions->status(); },
    [self](const scripted_frame& x) {
      self->state.decisions->frame(x.text, now_ms(self), self->state.out);
      settle(self);
    },
    [self](const scripted_link& x) { link(self, x); },
    [self](const timer_due& x) { timers_due(self, x); },
  };
}

} // namespace

scripted_reader_actor spawn_scripted_reader(caf::actor_system& system,
                                            venue_report_actor client,
                                            scripted_reader_settings settings) {
  return system.spawn(scripted_reader, std::move(client), settings);
}

} // namespace hlx::kit
