// SPDX-License-Identifier: BSD-3-Clause
// A gate between a strategy and its execution client, to each of which it is
// the other one. It refuses what is too much, and ends with the strategy.
#pragma once

#include "hlx/actors/strategy.hpp"
#include "hlx/actors/wall_clock.hpp"

#include <caf/stateful_actor.hpp>

#include <set>
#include <string>
#include <vector>

struct gate_limits {
  hlx::quantity quantity_max; ///< Of one order.
  std::size_t open_max = 0;   ///< Orders at a time.
  hlx::wall_clock clock;      ///< For the gate's own events.
};

using risk_gate_actor =
  hlx::order_entry_actor::extend_with<hlx::strategy_actor>;

struct risk_gate_state {
  hlx::strategy_actor strategy;
  std::uint64_t last_number = 0; ///< Of the events that the strategy got.
  std::multiset<hlx::client_order_id> open; ///< What was let through.
};

using risk_gate_pointer = risk_gate_actor::stateful_pointer<risk_gate_state>;
/// A refusal is an event too: so the gate numbers all of them, without gaps.
template <class Event>
void tell(risk_gate_pointer self, Event event, const hlx::wall_clock& clock) {
  event.header.sequence = ++self->state.last_number;
  if (event.header.client_time_ms == 0)
    event.header.client_time_ms = clock.now_ms(self->clock());
  self->send(self->state.strategy, std::move(event));
}

/// Lets the command pass whole, or denies all of its orders.
template <class Command>
void submit(risk_gate_pointer self, const hlx::order_entry_actor& client,
            const gate_limits& limits, const Command& command,
            const std::vector<hlx::order_terms>& orders) {
  std::string reason;
  if (self->state.open.size() + orders.size() > limits.open_max)
    reason = "gate: at most " + std::to_string(limits.open_max) + " orders";
  for (const auto& x : orders)
    if (x.quantity > limits.quantity_max)
      reason = "gate: at most " + to_string(limits.quantity_max);
  for (const auto& x : orders)
    if (reason.empty())
      self->state.open.insert(x.client_order_id);
    else
      tell(self,
           hlx::order_denied{{command.strategy, x.client_order_id}, reason},
           limits.clock);
  if (reason.empty())
    self->send(client, command);
}

// [begin risk_gate]
inline risk_gate_actor::behavior_type risk_gate(
  risk_gate_pointer self, const hlx::order_entry_actor& client,
  const gate_limits& limits) {
  self->set_down_handler([=](const caf::down_msg&) { self->quit(); });
  return hlx::handlers_of<risk_gate_actor>(
    [=](caf::subscribe_atom, const hlx::strategy_id& id,
        const hlx::strategy_actor& strategy) {
      self->monitor(self->state.strategy = strategy);
      self->send(client, caf::subscribe_atom_v, id, hlx::strategy_actor{self});
    },
    [=](const hlx::submit_order& x) {
      submit(self, client, limits, x, {x.order});
    },
    [=](const hlx::submit_list& x) {
      submit(self, client, limits, x, x.orders);
    },
    [=](const hlx::modify_order& x) {
      const hlx::order_modify_rejected refusal{
        {x.strategy, x.client_order_id}, x.quantity, x.price, "gate: too much"};
      if (x.quantity > limits.quantity_max)
        tell(self, refusal, limits.clock);
      else
        self->send(client, x);
    },
    [=](const hlx::stream_changed& x) { self->send(self->state.strategy, x); },
    [=](const auto& x) {
      if constexpr (requires { x.header; }) { // An event: passed on.
        auto& open = self->state.open;
        if (const auto i = open.find(x.header.client_order_id);
            hlx::is_terminal(x) && i != open.end())
          open.erase(i);
        tell(self, x, limits.clock);
      } else { // Any other command.
        self->send(client, x);
      }
    });
}
// [end risk_gate]
