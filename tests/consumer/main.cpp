// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/strategy.hpp"
#include "hlx/actors/topology.hpp"
#include "tests/venue/embedded_venue.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>

#include <iostream>

namespace {

/// Buys at the market's price and ends when it has.
hlx::strategy_actor::behavior_type buyer(hlx::strategy_actor::pointer self,
                                         hlx::order_entry_actor client) {
  const hlx::strategy_id me{"buyer"};
  self->send(client, caf::subscribe_atom_v, me, hlx::strategy_actor{self});
  self->send(client,
             hlx::submit_order{me,
                               {.client_order_id = {"O-1"},
                                .instrument = "BTC",
                                .side = hlx::order_side::buy,
                                .quantity = *hlx::parse<hlx::quantity>("0.01"),
                                .price = hlx::parse<hlx::price>("60000")}});
  return hlx::on_events([self](const hlx::order_filled& x) {
    std::cout << "bought at " << to_string(x.last_price) << std::endl;
    self->quit();
  });
}

} // namespace

int main() {
  caf::actor_system_config config;
  hlx::add_message_types(config);
  caf::actor_system system{config};
  hlx::venue::embedded_venue venue{system};
  venue.control(
    R"({"book":{"coin":"BTC","side":"sell","px":"60000","sz":"1"}})");
  const auto client = hlx::spawn_execution_client(system, venue.options());
  if (!client) {
    std::cerr << hlx::text_of(client.error()) << std::endl;
    return 1;
  }
  caf::scoped_actor {
    system
    } -> wait_for(system.spawn(buyer, *client));
  return hlx::stop(system, *client) ? 0 : 1;
}
