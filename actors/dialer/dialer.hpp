// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/connector.hpp"
#include "hlx/actors/node_security.hpp"

#include <caf/expected.hpp>
#include <caf/fwd.hpp>

#include <chrono>

namespace hlx {

/// Starts a DIALER: a connector with a thread of its own, so that a host that
/// is silent holds up nobody else's connection, as it would at CAF's
/// middleman. An attempt that takes longer than `patience` fails. Its errors
/// are parts of sentences that say who is to blame.
///
/// An error when load_nodes was not called for the system, or a file of the
/// security cannot be read.
caf::expected<connector_actor> spawn_dialer(caf::actor_system& system,
                                            const node_security& security,
                                            std::chrono::milliseconds patience);

} // namespace hlx
