// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/node_security.hpp"

#include <caf/actor_control_block.hpp>
#include <caf/actor_system.hpp>
#include <caf/expected.hpp>

#include <cstdint>
#include <set>
#include <string>

namespace hlx {

/// Publishes an actor by CAF's BASP without encryption, as CAF itself does, but
/// a stranger's connection has the limits of a NODE SCRIBE. Returns the port;
/// it is closed again by CAF's unpublish.
caf::expected<std::uint16_t> publish_plainly(
  caf::actor_system& system, const caf::strong_actor_ptr& published,
  std::set<std::string> spoken, const node_address& at);

} // namespace hlx
