// SPDX-License-Identifier: BSD-3-Clause
// A strategy that places one order, waits until the venue holds it, and takes
// it away again. Here the venue is the simulated one.
#include "hlx/actors/strategy.hpp"
#include "hlx/actors/topology.hpp"
#include "tests/venue/embedded_venue.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/expected.hpp>
#include <caf/scoped_actor.hpp>

#include <chrono>
#include <iostream>

// [begin strategy]
hlx::strategy_actor::behavior_type quote_one(
  hlx::strategy_actor::pointer self, const hlx::order_entry_actor& client,
  const hlx::order_terms& order) {
  const hlx::strategy_id me{"quote-one"};
  self->send(client, caf::subscribe_atom_v, me, hlx::strategy_actor{self});
  self->send(client, hlx::submit_order{me, order});
  return hlx::on_events(
    [=](const hlx::order_accepted& x) {
      std::cout << "resting as " << to_string(x.venue_order_id) << std::endl;
      self->send(client, hlx::cancel_order{me, order.client_order_id});
    },
    [=](const hlx::order_canceled&) { self->quit(); });
}
// [end strategy]

// [begin topology]
caf::expected<bool> trade(caf::actor_system& system,
                          const hlx::client_options& options,
                          const hlx::order_terms& order) {
  const auto client = hlx::spawn_execution_client(system, options);
  if (!client)
    return client.error();
  const auto strategy = system.spawn(quote_one, *client, order);
  caf::scoped_actor self{system};
  self->wait_for(strategy);
  return hlx::stop(system, *client);
}
// [end topology]

int main() {
  caf::actor_system_config config;
  hlx::add_message_types(config);
  caf::actor_system system{config};
  const hlx::venue::embedded_venue venue{system};
  const hlx::order_terms order{.client_order_id = {"2026-11-25-0001"},
                               .instrument = "BTC",
                               .side = hlx::order_side::buy,
                               .quantity = *hlx::parse<hlx::quantity>("0.01"),
                               .price = hlx::parse<hlx::price>("50000")};
  const auto traded = trade(system, venue.options(), order);
  if (!traded)
    std::cerr << hlx::text_of(traded.error()) << std::endl;
  return traded && *traded ? 0 : 1;
}
