// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/demo_strategy.hpp"

#include "hlx/actors/strategy.hpp"
#include "hlx/messages/wire/encode_event.hpp"

#include <memory>
#include <utility>

namespace hlx::simulate {

namespace {

// What the handlers share.
struct shell {
  demo_strategy_actor::pointer self;
  order_entry_actor client;
  demo_trader trader;
  event_printer print;

  void send(const std::vector<trader_command>& commands) {
    for (const auto& command : commands)
      std::visit([this](const auto& x) { self->send(client, x); }, command);
  }

  void handle(const order_event& event) {
    print(event);
    trader.on_event(event);
  }
};

} // namespace

strategy_status status_of(const demo_ledger& ledger) {
  strategy_status result{.sum = ledger.sum(),
                         .undecided = ledger.undecided(),
                         .submitted = ledger.orders().size(),
                         .events = ledger.events(),
                         .ids = {},
                         .violations = ledger.violations()};
  for (const auto& [id, order] : ledger.orders())
    result.ids.push_back(id);
  return result;
}

demo_strategy_actor::behavior_type demo_strategy(
  demo_strategy_actor::pointer self, order_entry_actor client,
  demo_trader trader, event_printer print) {
  self->send(client, caf::subscribe_atom_v, trader.settings().strategy,
             caf::actor_cast<strategy_actor>(self));
  const auto state = std::make_shared<shell>(
    shell{self, std::move(client), std::move(trader), std::move(print)});
  return handlers_of<demo_strategy_actor>(
    [state](const auto& event) { state->handle(event); },
    [](const stream_changed&) {},
    [state](const market_look& x) {
      state->send(
        state->trader.on_market(x.best_bid, x.best_ask, x.orders_due));
    },
    [state](caf::close_atom) { state->send(state->trader.stop()); },
    [state](const status_request&) {
      return status_of(state->trader.ledger());
    });
}

report_listener_actor::behavior_type demo_listener(
  report_listener_actor::pointer,
  const std::function<void(std::string_view)>& print) {
  return {
    [print](const order_status_report& x) {
      std::string line;
      wire::append_report(line, x.status_ms, x);
      print(line);
    },
    [print](const fill_report& x) {
      std::string line;
      wire::append_report(line, x.time_ms, x);
      print(line);
    },
    [print](const client_warning& x) { print(x.text); },
  };
}

} // namespace hlx::simulate
