// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/tls_doorman.hpp"

#include "hlx/actors/transport/node_doorman.hpp"
#include "hlx/actors/transport/tls_bytes.hpp"
#include "hlx/actors/transport/tls_listener.hpp"

#include <fcntl.h>

#include <memory>
#include <system_error>
#include <utility>

namespace hlx {

namespace {

using caf::io::network::default_multiplexer;
using caf::io::network::native_socket;

/// What CAF's acceptor does when the listener rings: the doorman looks after
/// the rest.
struct bell_rings {
  static bool try_accept(native_socket& result, native_socket bell) {
    result = bell;
    return true;
  }
};

/// Lets those in who are through the handshake.
class tls_doorman : public node_doorman<bell_rings> {
public:
  /// `bell`: another number of the listener's; CAF closes it.
  tls_doorman(default_multiplexer& loop, native_socket bell,
              std::unique_ptr<tls_listener> listener, std::string address,
              std::uint16_t port)
    : node_doorman(loop, bell, std::move(address), port),
      listener_(std::move(listener)) {}

  bool new_connection() override {
    if (detached())
      return false;
    auto guest = listener_->take();
    return guest
           && let_in<tls_bytes>(guest->socket.release(),
                                std::move(guest->session));
  }

  void graceful_shutdown() override {
    listener_->close();
    node_doorman::graceful_shutdown();
  }

private:
  std::unique_ptr<tls_listener> listener_;
};

} // namespace

caf::expected<std::uint16_t> publish_by_tls(
  caf::actor_system& system, const caf::strong_actor_ptr& published,
  std::set<std::string> spoken, const node_address& at, tls_context context) {
  auto* loop = socket_loop(system);
  if (loop == nullptr)
    return caf::sec::feature_disabled; // Another backend than CAF's own.
  file_descriptor listening;
  auto port = open_port(at, listening);
  if (!port)
    return port;
  std::unique_ptr<tls_listener> listener;
  try {
    listener =
      std::make_unique<tls_listener>(std::move(listening), std::move(context));
  } catch (const std::system_error& e) { // No thread or no socket left.
    return caf::make_error(caf::sec::cannot_open_port, e.what());
  }
  const int bell = ::fcntl(listener->bell(), F_DUPFD_CLOEXEC, 0);
  if (bell < 0)
    return caf::sec::cannot_open_port;
  open_door(system,
            caf::make_counted<tls_doorman>(*loop, bell, std::move(listener),
                                           at.host, *port),
            *port, published, std::move(spoken));
  return port;
}

} // namespace hlx
