// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/interfaces.hpp"

#include <caf/actor_ostream.hpp>
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <iostream>

namespace {

struct config : caf::actor_system_config {
  config() { hlx::add_message_types(*this); }
};

} // namespace

// Sends a message of the installed library through an actor system.
int main() {
  config cfg;
  caf::actor_system system{cfg};
  const auto entry = system.spawn([](caf::event_based_actor* self) {
    return caf::behavior{[self](const hlx::cancel_order& command) {
      std::cout << "canceling " << command.client_order_id.value << std::endl;
      self->quit();
    }};
  });
  caf::anon_send(entry, hlx::cancel_order{{}, hlx::client_order_id{"O-1"}});
}
