// SPDX-License-Identifier: BSD-3-Clause
#include "tests/bench/frozen_peer.hpp"

#include "hlx/actors/remote_execution_client/remote_execution_client.hpp"
#include "hlx/actors/strategy.hpp"
#include "hlx/actors/topology.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/send.hpp>

#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <string>

namespace hlx::bench {

namespace {

constexpr const char* subscribed = "subscribed";

} // namespace

frozen_peer::frozen_peer(std::uint16_t port)
  : process_({"/proc/self/exe", peer_option, std::to_string(port)}) {
  // Nothing else.
}

void frozen_peer::freeze() {
  if (!process_.wait_for_line(subscribed))
    throw std::runtime_error("the peer did not subscribe: "
                             + process_.errors());
  process_.send_signal(SIGSTOP);
}

int subscribe_and_wait(std::uint16_t port) {
  caf::actor_system_config config;
  add_message_types(config);
  if (const auto what = load_nodes(config, patient_nodes()); !what.empty())
    throw std::runtime_error(what);
  caf::actor_system system{config};
  remote_client_options options;
  options.at = {"127.0.0.1", port};
  options.security = patient_nodes().security;
  options.receiver.strategy.value = "S-2";
  const auto client = remote_execution_client(system, options);
  if (!client)
    throw std::runtime_error(text_of(client.error()));
  const auto strategy = system.spawn([] {
    return handlers_of<linked_strategy_actor>([](const link_up&) {
      std::puts(subscribed);
      std::fflush(stdout);
    });
  });
  caf::anon_send(*client, caf::subscribe_atom_v,
                 caf::actor_cast<linked_strategy_actor>(strategy));
  system.await_all_actors_done(); // Until it is killed.
  return 0;
}

} // namespace hlx::bench
