// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/node_security.hpp"
#include "hlx/actors/transport/basp.hpp"
#include "hlx/actors/transport/file_descriptor.hpp"
#include "hlx/actors/transport/node_scribe.hpp"

#include <caf/actor_control_block.hpp>
#include <caf/actor_system.hpp>
#include <caf/expected.hpp>
#include <caf/io/abstract_broker.hpp>
#include <caf/io/doorman.hpp>
#include <caf/io/network/acceptor_impl.hpp>
#include <caf/io/network/default_multiplexer.hpp>
#include <caf/send.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <utility>

namespace hlx {

/// Lets other nodes in at a port; `Accept` is what CAF's acceptor does when its
/// socket can be read from.
template <class Accept>
class node_doorman : public caf::io::doorman {
public:
  /// CAF closes the socket.
  node_doorman(caf::io::network::default_multiplexer& loop,
               caf::io::network::native_socket socket, std::string address,
               std::uint16_t port)
    : doorman(caf::io::network::accept_hdl_from_socket(socket)),
      address_(std::move(address)),
      port_(port),
      acceptor_(loop, socket) {}

  void graceful_shutdown() override {
    acceptor_.passivate();
    detach(&acceptor_.backend(), false);
    if (acceptor_.eventbf() == 0)
      let_go_later();
  }

  void launch() override { acceptor_.start(this); }

  std::string addr() const override { return address_; }

  std::uint16_t port() const override { return port_; }

  void add_to_loop() override { acceptor_.activate(this); }

  void remove_from_loop() override { acceptor_.passivate(); }

protected:
  auto& acceptor() { return acceptor_; }

  /// A connection, with what its scribe needs to read and write.
  template <class Bytes, class... Ts>
  bool let_in(int socket, Ts&&... bytes) {
    auto& loop = acceptor_.backend();
    const auto scribe = caf::make_counted<node_scribe<Bytes>>(
      loop, socket, /*has_input=*/false, node_scribe_limits{},
      std::forward<Ts>(bytes)...);
    parent()->add_scribe(scribe);
    return doorman::new_connection(&loop, scribe->hdl());
  }

private:
  /// The loop had not taken the socket up yet: start and end annul each other
  /// before it sees them, and nothing but this tells the acceptor to forget its
  /// doorman.
  void let_go_later() {
    acceptor_.backend().post(
      [self = caf::intrusive_ptr<node_doorman>{this}]() mutable {
        self->acceptor_.removed_from_loop(caf::io::network::operation::read);
      });
  }

  std::string address_;
  std::uint16_t port_;
  caf::io::network::acceptor_impl<Accept> acceptor_;
};

/// Listens, without accepting. Says the port.
inline caf::expected<std::uint16_t> open_port(const node_address& at,
                                              file_descriptor& listening) {
  const auto opened = caf::io::network::new_tcp_acceptor_impl(
    at.port, at.host.c_str(), /*reuse_addr=*/true);
  if (!opened)
    return opened.error();
  listening = file_descriptor{*opened};
  caf::io::network::nonblocking(listening.number(), true);
  return caf::io::network::local_port_of_fd(listening.number());
}

/// Who comes in by the doorman reaches the actor, until CAF's unpublish.
inline void open_door(caf::actor_system& system, caf::io::doorman_ptr doorman,
                      std::uint16_t port,
                      const caf::strong_actor_ptr& published,
                      std::set<std::string> spoken) {
  caf::anon_send(basp_broker(system), caf::publish_atom_v, std::move(doorman),
                 port, published, std::move(spoken));
}

} // namespace hlx
