// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/nodes.hpp"
#include "tests/socket/child_process.hpp"

#include <cstdint>

namespace hlx::bench {

/// How nodes are linked with a peer that is not given up when it is silent.
inline node_options patient_nodes() {
  return {.security = {.plaintext = true}, .heartbeat_ms = 0, .give_up_ms = 0};
}

/// A process of its own in which strategy S-2 has subscribed over BASP, and
/// which then stands still.
class frozen_peer {
public:
  /// Starts the process, which connects to that port of this machine.
  explicit frozen_peer(std::uint16_t port);

  /// Returns when the strategy has said that it hears of the client.
  void freeze();

private:
  test::child_process process_;
};

/// What that process does. Returns its exit status.
int subscribe_and_wait(std::uint16_t port);

/// The argument, followed by a port, that makes this program do it.
constexpr const char* peer_option = "--peer-of-a-benchmark";

} // namespace hlx::bench
