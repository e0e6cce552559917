// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/assert.hpp"
#include "tests/kit/scripted_actors.hpp"
#include "tests/kit/scripted_shell.hpp"

#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>

#include <limits>
#include <variant>

namespace hlx::kit {

namespace {

struct scripted_submitter_state
  : scripted_shell<submitter_state, submitter_outputs> {
  static inline const char* name = "hlx.scripted-submitter";

  scripted_submitter_state() = default;

  scripted_venue venue;
  std::vector<transmission_id> requests; ///< By number, from 1.
};

using self_pointer =
  scripted_submitter_actor::stateful_pointer<scripted_submitter_state>;

void leave(self_pointer self, transmission& x) {
  auto& state = self->state;
  if (state.venue.on_leave)
    state.venue.on_leave(x);
  if (!std::holds_alternative<info_query>(x.content)) {
    state.requests.push_back(x.id);
    return;
  }
  if (!state.venue.on_query)
    return;
  constexpr int http_ok = 200;
  if (auto body = state.venue.on_query(std::get<info_query>(x.content)))
    state.decisions->apply(
      transmission_result{x.id, true, true, http_ok, std::move(*body), {}},
      now_ms(self), state.out);
}

void leave(self_pointer, abandoned_transmission&) {
  // There is no connection to close.
}

void leave(self_pointer self, request_outcome& x) {
  self->send(self->state.client, std::move(x));
}

void leave(self_pointer self, info_answer& x) {
  self->send(self->state.client, std::move(x));
}

void reply(self_pointer self, const scripted_reply& x) {
  auto& state = self->state;
  HLX_ASSERT(x.number > 0 && x.number <= state.requests.size());
  auto result = x.result;
  result.id = state.requests[x.number - 1];
  state.decisions->apply(result, now_ms(self), state.out);
  settle(self);
}

scripted_submitter_actor::behavior_type scripted_submitter(
  self_pointer self, venue_report_actor client,
  scripted_submitter_settings settings) {
  auto& state = self->state;
  state.client = std::move(client);
  state.venue = std::move(settings.venue);
  state.clock = settings.clock;
  state.decisions = std::make_unique<submitter_state>(settings.options,
                                                      std::move(settings.key));
  return {
    [self](const exchange_request& x) {
      self->state.decisions->apply(x, now_ms(self), self->state.out);
      settle(self);
    },
    [self](const user_signed_request& x) {
      self->state.decisions->apply(x, now_ms(self), self->state.out);
      settle(self);
    },
    [self](const info_query& x) {
      self->state.decisions->apply(x, now_ms(self), self->state.out);
      settle(self);
    },
    [self](const status_request&) { return self->state.decisions->status(); },
    [self](const scripted_reply& x) { reply(self, x); },
    [self](const timer_due& x) { timers_due(self, x); },
  };
}

} // namespace

submitter_options without_limits(submitter_options options) {
  constexpr auto many = std::numeric_limits<std::size_t>::max();
  constexpr std::int64_t one_year_ms = 365LL * 24 * 3600 * 1000;
  options.queued_max = many;
  options.queries_max = many;
  options.action_slots = many;
  options.cancel_slots = 0;
  options.query_slots = many;
  options.late_replies_max = many;
  options.late_reply_ms = one_year_ms;
  return options;
}

scripted_submitter_actor spawn_scripted_submitter(
  caf::actor_system& system, venue_report_actor client,
  scripted_submitter_settings settings) {
  return system.spawn(scripted_submitter, std::move(client),
                      std::move(settings));
}

} // namespace hlx::kit
