// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/plain_doorman.hpp"

#include "hlx/actors/transport/node_doorman.hpp"

#include <caf/policy/tcp.hpp>

namespace hlx {

namespace {

class plain_doorman : public node_doorman<caf::policy::tcp> {
public:
  using node_doorman::node_doorman;

  bool new_connection() override {
    return !detached()
           && let_in<caf::policy::tcp>(acceptor().accepted_socket());
  }
};

} // namespace

caf::expected<std::uint16_t> publish_plainly(
  caf::actor_system& system, const caf::strong_actor_ptr& published,
  std::set<std::string> spoken, const node_address& at) {
  auto* loop = socket_loop(system);
  if (loop == nullptr)
    return caf::sec::feature_disabled; // Another backend than CAF's own.
  file_descriptor listening;
  auto port = open_port(at, listening);
  if (port)
    open_door(system,
              caf::make_counted<plain_doorman>(*loop, listening.release(),
                                               at.host, *port),
              *port, published, std::move(spoken));
  return port;
}

} // namespace hlx
