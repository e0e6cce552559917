// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <caf/actor_system.hpp>
#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

#include <cstdint>
#include <string>

namespace hlx::bench {

/// FRAME SOURCE: the other end of a user stream, on a loopback port.
/// Acknowledges every subscription.
using frame_source_actor = caf::typed_actor<
  // Where it listens.
  caf::replies_to<caf::get_atom>::with<std::uint16_t>,
  // Send this frame to whoever is connected.
  caf::reacts_to<std::string>>;

frame_source_actor spawn_frame_source(caf::actor_system& system);

} // namespace hlx::bench
