// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/execution_client.hpp"

#include "hlx/actors/execution_client/event_delivery.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/send.hpp>

#include <algorithm>
#include <type_traits>
#include <variant>

namespace hlx {

namespace {

/// Children that have not ended by then are left behind.
constexpr std::int64_t stop_timeout_ms = 5'000;

void hand_out(self_pointer self, exchange_request&& request) {
  auto& state = self->state;
  if (state.stop_by_ms) {
    warn(self, "request " + to_string(request.request)
                 + " came up while stopping and was not sent");
    return;
  }
  if (!state.submitter.handle) {
    request_outcome outcome;
    outcome.request = request.request;
    outcome.delivery = request_delivery::not_sent;
    outcome.failure = "the HTTP submitter is being restarted";
    self->send(self, std::move(outcome));
    return;
  }
  state.unanswered_requests.insert(request.request);
  self->send(state.submitter.handle, std::move(request));
}

void hand_out(self_pointer self, info_query&& query) {
  auto& state = self->state;
  if (state.stop_by_ms)
    return;
  if (!state.submitter.handle) {
    self->send(self,
               info_answer{query.query, failed_answer{"the HTTP submitter is "
                                                      "being restarted"}});
    return;
  }
  state.unanswered_queries.insert(query.query);
  self->send(state.submitter.handle, std::move(query));
}

/// Lets every effect leave, in order.
struct effect_sender {
  self_pointer self;

  void operator()(order_event& x) const { deliver(self, x); }
  void operator()(order_status_report& x) const {
    broadcast(self, caf::make_message(std::move(x)));
  }
  void operator()(fill_report& x) const {
    broadcast(self, caf::make_message(std::move(x)));
  }
  void operator()(client_warning& x) const { warn(self, std::move(x.text)); }
  void operator()(stream_changed& x) const { tell_strategies(self, x); }
  void operator()(exchange_request& x) const { hand_out(self, std::move(x)); }
  void operator()(info_query& x) const { hand_out(self, std::move(x)); }
};

void send_effects(self_pointer self) {
  auto& out = self->state.out;
  for (auto& effect : out)
    std::visit(effect_sender{self}, effect);
  out.clear();
}

/// Sees to it that a tick is on its way to the earliest deadline. Ticks that
/// a later decision made needless come all the same and find nothing to do.
void arm(self_pointer self) {
  auto& state = self->state;
  auto earliest = state.dispatch->next_deadline_ms();
  for (const auto& other :
       {state.streams->next_deadline_ms(), state.submitter.plan.start_at_ms(),
        state.reader.plan.start_at_ms(), state.stop_by_ms})
    if (other && (!earliest || *other < *earliest))
      earliest = other;
  if (!earliest || (state.armed_ms && *state.armed_ms <= *earliest))
    return;
  state.armed_ms = earliest;
  self->scheduled_send(self, state.settings.clock.time_point(*earliest),
                       timer_due{*earliest});
}

/// Tells who listens in what is about to be handled.
template <class Input>
void note(self_pointer self, const Input& input, std::int64_t now) {
  const auto& tap = self->state.settings.tap;
  if (!tap)
    return;
  if constexpr (std::is_constructible_v<client_input, const Input*>)
    tap->handled(&input, now);
  else
    tap->handled(std::monostate{}, now);
}

template <class Input>
void apply(self_pointer self, const Input& input) {
  auto& state = self->state;
  const auto now = now_ms(self);
  note(self, input, now);
  state.dispatch->apply(input, now, state.out);
  send_effects(self);
  arm(self);
}

template <class Command>
void command(self_pointer self, const Command& x, std::string_view what) {
  if (self->state.stop_by_ms)
    warn(self, "a command came while stopping and was ignored: "
                 + std::string{what} + " of strategy " + x.strategy.value);
  else
    apply(self, x);
}

void start_submitter(self_pointer self);
void start_reader(self_pointer self);

/// Starts a child, or plans the next try.
template <class Handle, class Factory>
void start(self_pointer self, execution_client_state::child<Handle>& child,
           const Factory& factory, const char* what) {
  child.plan.started(now_ms(self));
  try {
    child.handle = factory(self->system(), venue_report_actor{self});
    self->monitor(child.handle);
  } catch (const std::exception& failure) {
    warn(self, std::string{"cannot start the "} + what + ": " + failure.what());
    child.plan.failed_to_start(now_ms(self));
  }
}

void start_submitter(self_pointer self) {
  auto& state = self->state;
  start(self, state.submitter, state.dependencies.submitter, "HTTP submitter");
}

void start_reader(self_pointer self) {
  auto& state = self->state;
  start(self, state.reader, state.dependencies.reader, "WebSocket reader");
}

void on_outcome(self_pointer self, const request_outcome& outcome) {
  auto& state = self->state;
  if (!account_desk::owns(outcome.request)) {
    apply(self, outcome);
    return;
  }
  state.dispatch->account_request_outcome(outcome, now_ms(self), state.out);
  send_effects(self);
  arm(self);
  auto result = state.desk->result_of(outcome);
  const auto promise = state.promises.find(outcome.request);
  if (!result || promise == state.promises.end())
    return;
  auto waiting = std::move(promise->second);
  state.promises.erase(promise);
  waiting.deliver(std::move(*result));
}

caf::typed_response_promise<account_result> on_account_command(
  self_pointer self, const account_command& command) {
  auto& state = self->state;
  auto promise = self->make_response_promise<account_result>();
  if (state.stop_by_ms || !state.submitter.handle) {
    promise.deliver(account_result{
      account_outcome::denied, state.stop_by_ms
                                 ? "the client is stopping"
                                 : "the HTTP submitter is being restarted"});
    return promise;
  }
  const auto now = now_ms(self);
  if (auto no = state.dispatch->account_request_refusal(now)) {
    promise.deliver(
      account_result{account_outcome::denied, std::move(no->reason)});
    return promise;
  }
  const auto deadline_ms = now + state.settings.dispatch.action_timeout_ms;
  auto decision =
    state.desk->decide(command, state.dispatch->instruments(), deadline_ms);
  std::visit(
    [&](auto& x) {
      if constexpr (std::is_same_v<std::decay_t<decltype(x)>, account_result>) {
        promise.deliver(std::move(x));
      } else {
        state.unanswered_requests.insert(x.request);
        state.promises.emplace(x.request, promise);
        state.dispatch->account_request_sent(x.request, now, state.out);
        self->send(state.submitter.handle, std::move(x));
      }
    },
    decision);
  send_effects(self);
  arm(self);
  return promise;
}

/// A dead submitter answers nothing any more: what it was given may have
/// reached the venue or not.
void submitter_died(self_pointer self, const caf::error& reason) {
  auto& state = self->state;
  const auto text = "the HTTP submitter ended: " + text_of(self, reason);
  state.submitter.handle = nullptr;
  if (!state.stop_by_ms) {
    warn(self, text);
    ++state.submitter.restarts;
    state.submitter.plan.died(now_ms(self));
    if (state.submitter.plan.is_due(now_ms(self)))
      start_submitter(self);
  }
  for (auto request : std::exchange(state.unanswered_requests, {})) {
    request_outcome outcome;
    outcome.request = request;
    outcome.failure = text;
    on_outcome(self, outcome);
  }
  for (auto query : std::exchange(state.unanswered_queries, {}))
    apply(self, info_answer{query, failed_answer{text}});
}

void reader_died(self_pointer self, const caf::error& reason) {
  auto& state = self->state;
  const auto text = "the WebSocket reader ended: " + text_of(self, reason);
  state.reader.handle = nullptr;
  state.stream_is_up = false;
  if (state.stop_by_ms)
    return;
  warn(self, text);
  ++state.reader.restarts;
  state.reader.plan.died(now_ms(self));
  if (state.reader.plan.is_due(now_ms(self)))
    start_reader(self);
  apply(self, stream_down{now_ms(self), text});
}

void quit_if_alone(self_pointer self) {
  auto& state = self->state;
  if (state.stop_by_ms && !state.submitter.handle && !state.reader.handle)
    self->quit(std::move(state.stop_reason));
}

void on_down(self_pointer self, const caf::down_msg& down) {
  auto& state = self->state;
  if (state.submitter.handle
      && down.source == state.submitter.handle.address()) {
    submitter_died(self, down.reason);
  } else if (state.reader.handle
             && down.source == state.reader.handle.address()) {
    reader_died(self, down.reason);
  } else {
    receiver_died(self, down);
  }
  quit_if_alone(self);
  if (!state.stop_by_ms)
    arm(self);
}

/// Children first: their last answers still come here, and are applied.
void on_exit(self_pointer self, caf::exit_msg& exit) {
  auto& state = self->state;
  if (state.stop_by_ms)
    return;
  state.stop_by_ms = now_ms(self) + stop_timeout_ms;
  state.stop_reason = std::move(exit.reason);
  state.submitter.plan.give_up();
  state.reader.plan.give_up();
  if (state.reader.handle)
    self->send_exit(state.reader.handle, caf::exit_reason::user_shutdown);
  if (state.submitter.handle)
    self->send_exit(state.submitter.handle, caf::exit_reason::user_shutdown);
  quit_if_alone(self);
  arm(self);
}

void on_timer(self_pointer self, const timer_due& tick) {
  auto& state = self->state;
  if (state.armed_ms == tick.deadline_ms)
    state.armed_ms.reset();
  const auto now = now_ms(self);
  if (state.stop_by_ms && *state.stop_by_ms <= now) {
    self->quit(std::move(state.stop_reason));
    return;
  }
  if (state.submitter.plan.is_due(now))
    start_submitter(self);
  if (state.reader.plan.is_due(now))
    start_reader(self);
  note(self, tick, now);
  state.streams->timers_due(now, state.stream_out);
  send_stream_effects(self);
  state.dispatch->timers_due(now, state.out);
  send_effects(self);
  arm(self);
}

void command(self_pointer self, numbered_command& x) {
  if (take(self, x))
    std::visit([self](const auto& y) { apply(self, y); }, x.command);
  else
    arm(self);
}

client_status status_of(self_pointer self) {
  const auto& state = self->state;
  client_status result;
  result.ready = state.dispatch->is_ready();
  result.stream_up = state.stream_is_up;
  result.stopping = state.stop_by_ms.has_value();
  result.open_orders = state.dispatch->open_orders();
  result.unanswered_requests = state.unanswered_requests.size();
  result.unanswered_queries = state.unanswered_queries.size();
  result.strategies = static_cast<std::uint64_t>(std::count_if(
    state.strategies.begin(), state.strategies.end(), [](const auto& entry) {
      return entry.second.plain || entry.second.stream;
    }));
  result.events = state.events;
  result.undelivered_events = state.undelivered_events;
  result.warnings = state.warnings;
  result.submitter_restarts = state.submitter.restarts;
  result.reader_restarts = state.reader.restarts;
  return result;
}

/// Sessions are numbered above those of every earlier run.
stream_options of_this_run(stream_options options, std::int64_t now_ms) {
  options.first_session = static_cast<std::uint64_t>(now_ms);
  return options;
}

} // namespace

execution_client_self::behavior_type execution_client(
  self_pointer self, execution_client_settings settings,
  execution_client_dependencies dependencies) {
  auto& state = self->state;
  state.dispatch.emplace(settings.dispatch, settings.instruments);
  state.desk.emplace(settings.holder);
  state.streams.emplace(of_this_run(settings.streams, now_ms(self)));
  state.settings = std::move(settings);
  state.dependencies = std::move(dependencies);
  self->set_down_handler([self](caf::down_msg& down) { on_down(self, down); });
  self->set_exit_handler([self](caf::exit_msg& exit) { on_exit(self, exit); });
  for (auto& text : std::exchange(state.settings.warnings, {}))
    warn(self, std::move(text));
  start_submitter(self);
  start_reader(self);
  arm(self);
  return {
    [self](caf::subscribe_atom, const strategy_id& id,
           const strategy_actor& strategy) {
      receive_plain(self, id, strategy, absence_terms{});
      arm(self);
    },
    [self](caf::subscribe_atom, const strategy_id& id,
           const strategy_actor& strategy, const absence_terms& absence) {
      receive_plain(self, id, strategy, absence);
      arm(self);
    },
    [self](const open_event_stream& x, const event_receiver_actor& receiver) {
      open_stream(self, x, receiver);
      arm(self);
    },
    [self](const acknowledge_events& x) {
      acknowledge(self, x);
      arm(self);
    },
    [self](numbered_command& x) { command(self, x); },
    [self](const submit_order& x) { command(self, x, "submit_order"); },
    [self](const submit_list& x) { command(self, x, "submit_list"); },
    [self](const modify_order& x) { command(self, x, "modify_order"); },
    [self](const cancel_order& x) { command(self, x, "cancel_order"); },
    [self](const cancel_orders& x) { command(self, x, "cancel_orders"); },
    [self](const cancel_all& x) { command(self, x, "cancel_all"); },
    [self](const query_order& x) { command(self, x, "query_order"); },
    [self](const user_stream_update& x) { apply(self, x); },
    [self](const stream_up& x) {
      self->state.stream_is_up = true;
      apply(self, x);
    },
    [self](const stream_down& x) {
      self->state.stream_is_up = false;
      apply(self, x);
    },
    [self](const request_outcome& x) {
      self->state.unanswered_requests.erase(x.request);
      on_outcome(self, x);
    },
    [self](const info_answer& x) {
      self->state.unanswered_queries.erase(x.query);
      apply(self, x);
    },
    [self](caf::subscribe_atom, const report_listener_actor& listener) {
      subscribe(self, listener);
    },
    [self](caf::subscribe_atom, const monitor_actor& monitor) {
      subscribe(self, monitor);
    },
    [self](const instrument& x) { self->state.dispatch->apply(x); },
    [self](const account_command& x) { return on_account_command(self, x); },
    [self](const client_warning& x) { warn(self, x.text); },
    [self](const status_request&) { return status_of(self); },
    [self](const timer_due& x) { on_timer(self, x); },
  };
}

} // namespace hlx
