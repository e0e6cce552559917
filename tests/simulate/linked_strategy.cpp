// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/linked_strategy.hpp"

#include "hlx/actors/strategy.hpp"

#include <exception>
#include <memory>
#include <utility>

namespace hlx::simulate {

namespace {

// What the handlers share.
struct shell {
  linked_demo_strategy_actor::pointer self;
  remote_client_actor client;
  demo_trader trader;
  std::uint64_t life;
  linked_strategy_world world;
  bool linked = false;
  bool writing = false; ///< A tick is on its way.

  const strategy_id& strategy() const { return trader.settings().strategy; }

  void note(const std::string& text) const {
    world.report(team_note{to_string(strategy()) + ": " + text});
  }

  void send(const std::vector<trader_command>& commands) {
    for (const auto& command : commands)
      std::visit([this](const auto& x) { self->send(client, x); }, command);
  }

  void handle(const order_event& event) {
    world.report(
      team_event{strategy(), header_of(event).sequence, world.text_of(event)});
    trader.on_event(event);
    if (std::exchange(writing, true))
      return;
    // After the events that are here already.
    self->send(self, caf::tick_atom_v);
  }

  void write_down() {
    writing = false;
    const auto& ledger = trader.ledger();
    try {
      save_memory(world.memory_file, {strategy(), life, ledger.content()});
    } catch (const std::exception& e) {
      world.give_up(e.what());
      return;
    }
    self->send(client, acknowledge_events{.strategy = strategy(),
                                          .session = 0,
                                          .last_handled = ledger.events(),
                                          .probe = false});
  }

  void look(const market_look& x) {
    // What would be decided now would be decided on old news.
    if (linked)
      send(trader.on_market(x.best_bid, x.best_ask, x.orders_due));
  }

  void on_link_up() {
    linked = true;
    world.report(team_linked{strategy()});
  }

  void on_link_down(const link_down& x) {
    linked = false;
    note(x.reason);
  }

  void on_failure(const failed_command& x) {
    note("a command failed: " + x.reason);
    trader.on_failure(x.command);
  }
};

} // namespace

linked_demo_strategy_actor::behavior_type linked_demo_strategy(
  linked_demo_strategy_actor::pointer self, remote_client_actor client,
  demo_trader trader, std::uint64_t life, linked_strategy_world world) {
  self->send(client, caf::subscribe_atom_v,
             caf::actor_cast<linked_strategy_actor>(self));
  const auto state = std::make_shared<shell>(
    shell{self, std::move(client), std::move(trader), life, std::move(world)});
  return handlers_of<linked_demo_strategy_actor>(
    [state](const auto& event) { state->handle(event); },
    [](const stream_changed&) {},
    [state](const link_up&) { state->on_link_up(); },
    [state](const link_down& x) { state->on_link_down(x); },
    [state](const event_stream_ended& x) { state->world.give_up(x.reason); },
    [state](const failed_command& x) { state->on_failure(x); },
    [state](const market_look& x) { state->look(x); },
    [state](caf::close_atom) { state->send(state->trader.stop()); },
    [state](caf::tick_atom) { state->write_down(); });
}

} // namespace hlx::simulate
