// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

#include <cstdint>
#include <string>

namespace hlx::bench {

/// A venue that holds nothing of any account, checks no signature, and answers
/// every post with a resting order and any other frame with one as long. Tells
/// its port.
using stub_venue_actor =
  caf::typed_actor<caf::replies_to<caf::get_atom>::with<std::uint16_t>>;

stub_venue_actor spawn_stub_venue(caf::actor_system& system,
                                  std::string certificate_file,
                                  std::string key_file);

} // namespace hlx::bench
