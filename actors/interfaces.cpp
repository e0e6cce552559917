// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/interfaces.hpp"

#include <caf/actor_system_config.hpp>

namespace hlx {

void add_message_types(caf::actor_system_config& config) {
  config.add_message_types<caf::id_block::hlx_messages>();
  config.add_message_types<caf::id_block::hlx_actors>();
}

} // namespace hlx
