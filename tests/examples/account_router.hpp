// SPDX-License-Identifier: BSD-3-Clause
// A router in front of several execution clients, by account and instrument.
#pragma once

#include "hlx/actors/strategy.hpp"

#include <caf/stateful_actor.hpp>

#include <map>
#include <set>
#include <string>

/// By account and instrument ("": every other one). Never empty.
using client_table =
  std::map<std::pair<hlx::address, std::string>, hlx::order_entry_actor>;
using router_actor = hlx::order_entry_actor::extend_with<hlx::strategy_actor>;
struct account_router_state {
  std::map<hlx::strategy_id, hlx::strategy_actor> strategies;
  std::map<hlx::strategy_id, std::uint64_t> last_numbers;
  /// Where the orders are: an entry for each submit that has not ended.
  std::multimap<hlx::client_order_id, hlx::order_entry_actor> places;
  std::set<caf::actor_addr> down; ///< Clients whose stream is.
};

inline router_actor::behavior_type account_router(
  router_actor::stateful_pointer<account_router_state> self,
  const client_table& clients,
  const std::map<hlx::strategy_id, hlx::address>& accounts) {
  auto& state = self->state;
  for (const auto& [key, client] : clients)
    state.down.insert(client.address());
  // [begin router]
  // Where the order is; else, where the strategy's orders for it go.
  const auto client_of = [=, &state](const auto& strategy, const auto& order,
                                     const std::string& instrument) {
    if (auto i = state.places.find(order); i != state.places.end())
      return i->second;
    if (const auto i = accounts.find(strategy); i != accounts.end())
      for (const auto& name : {instrument, std::string{}})
        if (auto j = clients.find({i->second, name}); j != clients.end())
          return j->second;
    return hlx::order_entry_actor{};
  };
  const auto tell = [self, &state](auto event) { // One sequence.
    event.header.sequence = ++state.last_numbers[event.header.strategy];
    self->send(state.strategies[event.header.strategy], event);
  };
  const auto submit = [=, &state](const auto& id, const auto& x, auto send) {
    const auto client = client_of(id, x.client_order_id, x.instrument);
    if (!client)
      return tell(hlx::order_denied{{id, x.client_order_id}, "no client"});
    send(state.places.emplace(x.client_order_id, client)->second);
  };
  // [end router]
  return hlx::handlers_of<router_actor>(
    [=, &state](caf::subscribe_atom atom, const hlx::strategy_id& id,
                const hlx::strategy_actor& strategy) {
      state.strategies[id] = strategy;
      for (const auto& [key, client] : clients)
        self->send(client, atom, id, hlx::strategy_actor{self});
    },
    [=](const hlx::submit_order& x) {
      submit(x.strategy, x.order, [&](const auto& to) { self->send(to, x); });
    },
    [=](const hlx::submit_list& x) {
      std::map<hlx::order_entry_actor, hlx::submit_list> parts;
      for (const auto& order : x.orders)
        submit(x.strategy, order,
               [&](const auto& to) { parts[to].orders.push_back(order); });
      for (const auto& [to, part] : parts)
        self->send(to, hlx::submit_list{x.strategy, part.orders, x.grouping});
    },
    [=](const hlx::cancel_orders& x) {
      for (const auto& id : x.client_order_ids)
        self->send(self, hlx::cancel_order{x.strategy, id});
    },
    [=](const hlx::cancel_all& x) {
      for (const auto& [key, client] : clients)
        self->send(client, x);
    },
    [=, &state](const hlx::stream_changed& x) {
      const auto were_up = state.down.empty();
      x.up ? void(state.down.erase(self->current_sender()->address()))
           : void(state.down.insert(self->current_sender()->address()));
      if (were_up != state.down.empty())
        for (const auto& [id, strategy] : state.strategies)
          self->send(strategy, x);
    },
    [=, &state](const auto& x) {
      if constexpr (requires { x.header; }) { // An event.
        if (auto i = state.places.find(x.header.client_order_id);
            i != state.places.end() && hlx::is_terminal(x))
          state.places.erase(i);
        tell(x);
      } else { // A command about one order: any client refuses an unknown one.
        const auto to = client_of(x.strategy, x.client_order_id, "");
        self->send(to ? to : clients.begin()->second, x);
      }
    });
}
