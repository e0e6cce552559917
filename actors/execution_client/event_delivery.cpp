// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/event_delivery.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace hlx {

namespace {

template <class Event>
void deliver_plain(self_pointer self,
                   execution_client_state::subscriber& subscriber,
                   Event&& event) {
  auto& state = self->state;
  if (subscriber.plain) {
    self->send(subscriber.plain, std::forward<Event>(event));
    return;
  }
  ++state.undelivered_events;
  if (subscriber.silence_reported)
    return;
  subscriber.silence_reported = true;
  warn(self, "strategy " + event.header.strategy.value
               + " has no subscriber: its events from number "
               + std::to_string(event.header.sequence) + " ("
               + event.header.client_order_id.value + ") are not delivered");
}

/// One message, shared.
void tell_monitors(self_pointer self, const order_event& event) {
  const auto& monitors = self->state.monitors;
  if (monitors.empty())
    return;
  const auto message =
    std::visit([](const auto& x) { return caf::make_message(x); }, event);
  for (const auto& monitor : monitors)
    caf::unsafe_send_as(self, monitor, message);
}

/// Watches an actor that receives events of a strategy.
receiver_id watch(self_pointer self, const caf::actor_addr& actor,
                  event_receiver_actor handle) {
  auto& receivers = self->state.receivers;
  if (receivers.id_of(actor).value == 0)
    self->monitor(actor);
  return receivers.add(actor, std::move(handle));
}

/// A plain receiver is told that nothing more comes; that of a stream knows
/// from its stream.
void supersede(self_pointer self, const strategy_id& strategy,
               const caf::actor_addr& successor) {
  const auto found = self->state.strategies.find(strategy);
  if (found != self->state.strategies.end() && found->second.plain
      && found->second.plain.address() != successor)
    self->send(found->second.plain, stream_changed{false, now_ms(self)});
}

receiver_id sender_of(self_pointer self) {
  return self->state.receivers.id_of(
    caf::actor_cast<caf::actor_addr>(self->current_sender()));
}

} // namespace

std::int64_t now_ms(self_pointer self) {
  return self->state.settings.clock.now_ms(self->clock());
}

std::string text_of(self_pointer self, const caf::error& reason) {
  return self->system().config().render(reason);
}

void warn(self_pointer self, std::string text) {
  auto& state = self->state;
  client_warning warning{std::move(text), now_ms(self)};
  ++state.warnings;
  if (state.listeners.empty()) {
    if (state.early_warnings.size() == state.early_warnings_max)
      state.early_warnings.pop_front();
    state.early_warnings.push_back(std::move(warning));
    return;
  }
  for (const auto& listener : state.listeners)
    self->send(listener, warning);
}

void broadcast(self_pointer self, const caf::message& report) {
  for (const auto& listener : self->state.listeners)
    caf::unsafe_send_as(self, listener, report);
}

void send_stream_effects(self_pointer self) {
  auto& state = self->state;
  for (auto& item : state.stream_out) {
    if (auto* answer = std::get_if<to_receiver>(&item)) {
      if (auto handle = state.receivers.handle_of(answer->receiver))
        std::visit([&](auto& x) { self->send(handle, std::move(x)); },
                   answer->message);
    } else if (auto* command = std::get_if<cancel_all>(&item)) {
      self->send(self, std::move(*command));
    } else {
      warn(self, std::move(std::get<client_warning>(item).text));
    }
  }
  state.stream_out.clear();
}

void deliver(self_pointer self, order_event& event) {
  auto& state = self->state;
  ++state.events;
  tell_monitors(self, event);
  auto& subscriber = state.strategies[header_of(event).strategy];
  if (subscriber.has_stream
      && state.streams->publish(event, now_ms(self), state.stream_out))
    send_stream_effects(self);
  else
    std::visit([&](auto& x) { deliver_plain(self, subscriber, std::move(x)); },
               event);
}

void tell_strategies(self_pointer self, const stream_changed& x) {
  auto& state = self->state;
  for (const auto& [id, subscriber] : state.strategies)
    if (subscriber.plain)
      self->send(subscriber.plain, x);
  state.streams->venue_stream_changed(x, state.stream_out);
  send_stream_effects(self);
  for (const auto& monitor : state.monitors)
    self->send(monitor, x);
}

void receive_plain(self_pointer self, const strategy_id& id,
                   const strategy_actor& strategy,
                   const absence_terms& absence) {
  auto& state = self->state;
  const auto receiver = watch(self, strategy.address(), {});
  state.streams->open_plain(receiver, id, absence, now_ms(self),
                            state.stream_out);
  send_stream_effects(self);
  supersede(self, id, strategy.address());
  state.strategies[id] = {strategy, {}, false, false};
}

void open_stream(self_pointer self, const open_event_stream& request,
                 const event_receiver_actor& receiver) {
  auto& state = self->state;
  if (state.stop_by_ms) {
    warn(self, "an event stream was asked for while stopping: that of strategy "
                 + request.strategy.value);
    return;
  }
  const auto actor = receiver.address();
  const bool is_new = state.receivers.id_of(actor).value == 0;
  const auto id = state.receivers.add(actor, receiver);
  const bool opened = state.streams->open(
    id, request, state.dispatch->last_event(request.strategy),
    state.dispatch->is_ready(), now_ms(self), state.stream_out);
  send_stream_effects(self);
  if (opened) {
    supersede(self, request.strategy, actor);
    state.strategies[request.strategy] = {{}, receiver, true, false};
  }
  if (opened && is_new)
    self->monitor(actor);
  else if (is_new)
    state.receivers.remove(actor);
}

void acknowledge(self_pointer self, const acknowledge_events& x) {
  auto& state = self->state;
  state.streams->acknowledge(sender_of(self), x, now_ms(self),
                             state.stream_out);
  send_stream_effects(self);
}

bool take(self_pointer self, numbered_command& x) {
  auto& state = self->state;
  const auto refusal =
    std::string{state.stop_by_ms ? "the execution client is stopping" : ""};
  const bool execute = state.streams->take(sender_of(self), x, refusal,
                                           now_ms(self), state.stream_out);
  send_stream_effects(self);
  return execute;
}

void subscribe(self_pointer self, const report_listener_actor& listener) {
  auto& state = self->state;
  if (std::any_of(
        state.listeners.begin(), state.listeners.end(),
        [&](const auto& x) { return x.address() == listener.address(); }))
    return;
  self->monitor(listener);
  state.listeners.push_back(listener);
  for (auto& warning : std::exchange(state.early_warnings, {}))
    self->send(listener, std::move(warning));
}

void subscribe(self_pointer self, const monitor_actor& monitor) {
  auto& monitors = self->state.monitors;
  if (std::find(monitors.begin(), monitors.end(), monitor) == monitors.end())
    monitors.push_back(monitor);
  subscribe(self, report_listener_actor{monitor});
}

void receiver_died(self_pointer self, const caf::down_msg& down) {
  auto& state = self->state;
  const auto is_it = [&](const auto& x) { return x.address() == down.source; };
  for (auto& [id, subscriber] : state.strategies) {
    if (subscriber.plain && is_it(subscriber.plain))
      subscriber.plain = nullptr;
    if (subscriber.stream && is_it(subscriber.stream))
      subscriber.stream = nullptr;
  }
  std::erase_if(state.listeners, is_it);
  std::erase_if(state.monitors, is_it);
  const bool as_meant =
    !down.reason || down.reason == caf::exit_reason::user_shutdown;
  state.streams->gone(state.receivers.id_of(down.source),
                      as_meant ? "" : text_of(self, down.reason), now_ms(self),
                      state.stream_out);
  state.receivers.remove(down.source);
  send_stream_effects(self);
}

} // namespace hlx
