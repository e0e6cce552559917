// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/interfaces.hpp"

#include <caf/fwd.hpp>

#include <vector>

namespace hlx {

/// Starts a RECEPTION for `client`. It knows the `strategies` named, or any
/// when none is, but not those that are `reserved`, and gives each one gate.
/// Ends with the client.
reception_actor spawn_reception(caf::actor_system& system,
                                const execution_client_actor& client,
                                std::vector<strategy_id> strategies = {},
                                std::vector<strategy_id> reserved = {});

} // namespace hlx
