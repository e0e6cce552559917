// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <caf/actor_control_block.hpp>
#include <caf/node_id.hpp>
#include <caf/typed_actor.hpp>

#include <cstdint>
#include <set>
#include <string>

namespace hlx {

/// CONNECTOR: connects to the actor that is published at a host and port.
/// CAF's middleman is one.
using connector_actor = caf::typed_actor<
  caf::replies_to<caf::connect_atom, std::string, std::uint16_t>::with<
    caf::node_id, caf::strong_actor_ptr, std::set<std::string>>>;

} // namespace hlx
