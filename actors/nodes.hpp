// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/interfaces.hpp"
#include "hlx/actors/node_security.hpp"

#include <caf/expected.hpp>
#include <caf/fwd.hpp>

#include <cstdint>
#include <string>
#include <vector>

/// Strategies in other processes and on other hosts, by CAF's own BASP.
namespace hlx {

struct node_options {
  node_security security;
  /// How often a silent link says that it lives. 0: never.
  std::int64_t heartbeat_ms = 200;
  /// A peer that is silent for so long is given up.
  std::int64_t give_up_ms = 1'000;
};

/// Loads CAF's middleman, and its TLS unless the security is plaintext. To be
/// called once, before the actor system is made. The result is empty, or says
/// in a sentence what is wrong; nothing is loaded then.
[[nodiscard]] std::string load_nodes(caf::actor_system_config& config,
                                     const node_options& options);

struct publish_options {
  /// Where to listen. Port 0: the system picks one. Not a name but
  /// "localhost".
  node_address at{"127.0.0.1", 0};
  node_security security; ///< As it was loaded.
  /// Those that may come; empty: any.
  std::vector<strategy_id> strategies;
  /// Those of this process: nobody else may come for them.
  std::vector<strategy_id> reserved;
};

/// Lets strategies and monitors of other processes reach the client, until it
/// ends. Returns the port. What leaves the process is a RECEPTION and the
/// gates that it hands out, never the client's own handle. Blocks shortly: not
/// for actors that share their thread. An error is a sentence (text_of).
caf::expected<std::uint16_t> publish(caf::actor_system& system,
                                     const execution_client_actor& client,
                                     const publish_options& options);

} // namespace hlx
