// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/execution_client.hpp"
#include "hlx/actors/nodes.hpp"
#include "hlx/actors/strategy.hpp"
#include "hlx/actors/topology.hpp"
#include "tests/kit/scripted_actors.hpp"

#include <caf/actor_system.hpp>

#include <csignal>
#include <cstdlib>
#include <iostream>

/// A process for tests: an execution client without a venue, published for
/// strategies elsewhere. It denies every order for an instrument that it does
/// not know, and holds every other one. Warnings and events are printed.
///
///   gated_node PORT [CERTIFICATE KEY CA]
int main(int argc, char** argv) {
  using namespace hlx;
  const std::vector<std::string> arguments{argv + 1, argv + argc};
  if (arguments.size() != 1 && arguments.size() != 4)
    return 2;
  node_security security{.plaintext = arguments.size() == 1};
  if (!security.plaintext)
    security = {arguments[1], arguments[2], arguments[3], false};
  caf::actor_system_config config;
  add_message_types(config);
  if (const auto what = load_nodes(config, {security}); !what.empty()) {
    std::cerr << what << std::endl;
    return 1;
  }
  caf::actor_system system{config};
  const auto log = std::make_shared<kit::heard>();
  execution_client_settings settings;
  settings.instruments = default_instruments();
  settings.streams.network = signing::network::testnet;
  settings.streams.account = address{};
  settings.clock = wall_clock::measure();
  const auto client =
    system.spawn(execution_client, settings,
                 execution_client_dependencies{
                   [log](caf::actor_system& x, const venue_report_actor&) {
                     return x.spawn(kit::recording_submitter, log);
                   },
                   [](caf::actor_system& x, const venue_report_actor&) {
                     return x.spawn(kit::mute_reader);
                   }});
  const auto monitor = system.spawn([]() {
    return on_everything(
      [](const client_warning& x) {
        std::cout << "warning: " << x.text << std::endl;
      },
      [](const stream_changed&) {}, [](const order_status_report&) {},
      [](const fill_report&) {},
      [](const auto& x) {
        std::cout << name_of(order_event{x}) << ' '
                  << x.header.client_order_id.value << std::endl;
      });
  });
  caf::anon_send(client, caf::subscribe_atom_v, monitor);
  publish_options options;
  options.at.port = static_cast<std::uint16_t>(std::stoi(arguments[0]));
  options.security = security;
  options.strategies = {{"S-1"}, {"S-2"}};
  const auto port = publish(system, client, options);
  if (!port) {
    std::cerr << text_of(port.error()) << std::endl;
    std::_Exit(1);
  }
  std::cout << "listening on 127.0.0.1:" << *port << std::endl;
  ::sigset_t none;
  ::sigemptyset(&none);
  ::sigsuspend(&none); // Until a signal ends it.
}
