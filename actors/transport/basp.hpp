// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <caf/actor_system.hpp>
#include <caf/io/basp_broker.hpp>
#include <caf/io/middleman.hpp>
#include <caf/io/network/default_multiplexer.hpp>

/// The parts of CAF's BASP that doors and dialers hand their connections to.
namespace hlx {

/// CAF's own loop of sockets; null when the system has another one.
inline caf::io::network::default_multiplexer* socket_loop(
  caf::actor_system& system) {
  return dynamic_cast<caf::io::network::default_multiplexer*>(
    &system.middleman().backend());
}

/// The broker that speaks with other nodes.
inline caf::actor basp_broker(caf::actor_system& system) {
  return system.middleman().named_broker<caf::io::basp_broker>(
    caf::atom("BASP"));
}

} // namespace hlx
