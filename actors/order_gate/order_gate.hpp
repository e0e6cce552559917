// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/interfaces.hpp"

#include <caf/fwd.hpp>

namespace hlx {

/// Starts an ORDER GATE: what one strategy elsewhere, or one here that is not
/// to be trusted with more, gets of the execution client. It passes that
/// strategy's commands on, and those that name another one not; it cannot be
/// ended from another process. Ends with the client.
strategy_entry_actor spawn_order_gate(caf::actor_system& system,
                                      const execution_client_actor& client,
                                      const strategy_id& strategy);

/// Starts a WATCH GATE: what a monitor elsewhere gets. It lets listen.
monitoring_actor spawn_watch_gate(caf::actor_system& system,
                                  const execution_client_actor& client);

} // namespace hlx
