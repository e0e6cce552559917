// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/interfaces.hpp"
#include "hlx/actors/node_security.hpp"
#include "tests/simulate/demo.hpp"
#include "tests/simulate/demo_team.hpp"

#include <memory>
#include <string>

namespace hlx::simulate {

/// Strategies in a process of their own, which is killed and started again as
/// often as the options say. Publishes `client` for them; their memories are
/// files in a temporary folder that ends with the team. `security` is as it
/// was loaded with load_nodes. Returns when they have reached the client.
/// Throws std::runtime_error when they do not.
std::unique_ptr<demo_team> make_node_team(caf::actor_system& system,
                                          const execution_client_actor& client,
                                          const node_security& security,
                                          const demo_options& options,
                                          const demo_output& output,
                                          const std::string& run);

} // namespace hlx::simulate
