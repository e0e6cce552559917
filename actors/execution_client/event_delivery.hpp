// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/execution_client.hpp"

#include <cstdint>
#include <string>

/// The half of the EXECUTION CLIENT's shell that faces its users: who hears
/// what. Only its other half, execution_client.cpp, includes this.
namespace hlx {

using self_pointer =
  execution_client_self::stateful_pointer<execution_client_state>;

std::int64_t now_ms(self_pointer self);
std::string text_of(self_pointer self, const caf::error& reason);

/// To the listeners, or kept for the first one.
void warn(self_pointer self, std::string text);

/// One report to every listener: one message, shared.
void broadcast(self_pointer self, const caf::message& report);

/// To its strategy, and to every monitor.
void deliver(self_pointer self, order_event& event);

/// To every strategy and monitor.
void tell_strategies(self_pointer self, const stream_changed& x);

/// Lets everything leave that the streams want to.
void send_stream_effects(self_pointer self);

// What users ask for. Deadlines may have changed after each.
void receive_plain(self_pointer self, const strategy_id& id,
                   const strategy_actor& strategy,
                   const absence_terms& absence);
void open_stream(self_pointer self, const open_event_stream& request,
                 const event_receiver_actor& receiver);
void acknowledge(self_pointer self, const acknowledge_events& x);
void subscribe(self_pointer self, const report_listener_actor& listener);
void subscribe(self_pointer self, const monitor_actor& monitor);

/// True when the command is to be executed.
bool take(self_pointer self, numbered_command& x);

/// A strategy, a listener, or both.
void receiver_died(self_pointer self, const caf::down_msg& down);

} // namespace hlx
