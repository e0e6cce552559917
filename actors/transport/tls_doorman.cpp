// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/tls_doorman.hpp"

#include "hlx/actors/transport/tls_listener.hpp"

#include <caf/io/abstract_broker.hpp>
#include <caf/io/basp_broker.hpp>
#include <caf/io/doorman.hpp>
#include <caf/io/middleman.hpp>
#include <caf/io/network/acceptor_impl.hpp>
#include <caf/io/network/default_multiplexer.hpp>
#include <caf/io/network/stream_impl.hpp>
#include <caf/io/scribe.hpp>
#include <caf/send.hpp>

#include <fcntl.h>
#include <openssl/err.h>

#include <algorithm>
#include <csignal>
#include <limits>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

namespace hlx {

namespace {

using caf::io::network::default_multiplexer;
using caf::io::network::native_socket;
using caf::io::network::rw_state;

/// OpenSSL writes to sockets that may be closed, here on CAF's thread.
void block_broken_pipes() {
  thread_local const bool blocked = [] {
    ::sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGPIPE);
    return ::pthread_sigmask(SIG_BLOCK, &signals, nullptr) == 0;
  }();
  static_cast<void>(blocked);
}

/// How CAF reads from and writes to a session that is through its handshake.
class tls_bytes {
public:
  explicit tls_bytes(tls_session session) : session_(std::move(session)) {}

  rw_state read_some(std::size_t& size, native_socket, void* to,
                     std::size_t size_max) {
    ERR_clear_error();
    return settle(size, SSL_read(session_.get(), to, clamped(size_max)));
  }

  rw_state write_some(std::size_t& size, native_socket, const void* from,
                      std::size_t size_max) {
    size = 0;
    if (size_max == 0)
      return rw_state::indeterminate;
    block_broken_pipes();
    ERR_clear_error();
    return settle(size, SSL_write(session_.get(), from, clamped(size_max)));
  }

  bool must_read_more(native_socket, std::size_t threshold) {
    return static_cast<std::size_t>(SSL_pending(session_.get())) >= threshold;
  }

private:
  static int clamped(std::size_t size) {
    constexpr std::size_t most = std::numeric_limits<int>::max();
    return static_cast<int>(std::min(size, most));
  }

  rw_state settle(std::size_t& size, int result) {
    size = result > 0 ? static_cast<std::size_t>(result) : 0;
    if (result > 0)
      return rw_state::success;
    const int error = SSL_get_error(session_.get(), result);
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE
             ? rw_state::success
             : rw_state::failure;
  }

  tls_session session_;
};

/// One connection, as CAF's broker knows it.
class tls_scribe : public caf::io::scribe {
public:
  tls_scribe(default_multiplexer& loop, native_socket socket,
             tls_session session)
    : scribe(caf::io::network::conn_hdl_from_socket(socket)),
      stream_(loop, socket, std::move(session)) {}

  void configure_read(caf::io::receive_policy::config config) override {
    stream_.configure_read(config);
    if (!std::exchange(launched_, true))
      stream_.start(this);
  }

  void ack_writes(bool enable) override { stream_.ack_writes(enable); }

  std::vector<char>& wr_buf() override { return stream_.wr_buf(); }

  std::vector<char>& rd_buf() override { return stream_.rd_buf(); }

  void graceful_shutdown() override {
    stream_.graceful_shutdown();
    detach(&stream_.backend(), false);
  }

  void flush() override { stream_.flush(this); }

  std::string addr() const override {
    auto result = caf::io::network::remote_addr_of_fd(stream_.fd());
    return result ? *result : std::string{};
  }

  std::uint16_t port() const override {
    const auto result = caf::io::network::remote_port_of_fd(stream_.fd());
    return result ? *result : std::uint16_t{0};
  }

  void add_to_loop() override { stream_.activate(this); }

  void remove_from_loop() override { stream_.passivate(); }

private:
  bool launched_ = false;
  caf::io::network::stream_impl<tls_bytes> stream_;
};

/// What CAF's acceptor does when the listener rings: the doorman looks after
/// the rest.
struct bell_rings {
  static bool try_accept(native_socket& result, native_socket bell) {
    result = bell;
    return true;
  }
};

/// Lets those in who are through the handshake.
class tls_doorman : public caf::io::doorman {
public:
  /// `bell`: another number of the listener's; CAF closes it.
  tls_doorman(default_multiplexer& loop, native_socket bell,
              std::unique_ptr<tls_listener> listener, std::string address,
              std::uint16_t port)
    : doorman(caf::io::network::accept_hdl_from_socket(bell)),
      listener_(std::move(listener)),
      address_(std::move(address)),
      port_(port),
      acceptor_(loop, bell) {}

  bool new_connection() override {
    if (detached())
      return false;
    auto guest = listener_->take();
    if (!guest)
      return false;
    auto& loop = acceptor_.backend();
    const auto scribe = caf::make_counted<tls_scribe>(
      loop, guest->socket.release(), std::move(guest->session));
    parent()->add_scribe(scribe);
    return doorman::new_connection(&loop, scribe->hdl());
  }

  void graceful_shutdown() override {
    listener_->close();
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

private:
  /// The loop had not taken the bell up yet: start and end annul each other
  /// before it sees them, and nothing but this tells the acceptor to forget its
  /// doorman.
  void let_go_later() {
    acceptor_.backend().post(
      [self = caf::intrusive_ptr<tls_doorman>{this}]() mutable {
        self->acceptor_.removed_from_loop(caf::io::network::operation::read);
      });
  }

  std::unique_ptr<tls_listener> listener_;
  std::string address_;
  std::uint16_t port_;
  caf::io::network::acceptor_impl<bell_rings> acceptor_;
};

} // namespace

caf::expected<std::uint16_t> publish_by_tls(
  caf::actor_system& system, const caf::strong_actor_ptr& published,
  std::set<std::string> spoken, const node_address& at, tls_context context) {
  auto* loop =
    dynamic_cast<default_multiplexer*>(&system.middleman().backend());
  if (loop == nullptr)
    return caf::sec::feature_disabled; // Another backend than CAF's own.
  const auto opened = caf::io::network::new_tcp_acceptor_impl(
    at.port, at.host.c_str(), /*reuse_addr=*/true);
  if (!opened)
    return opened.error();
  file_descriptor listening{*opened};
  caf::io::network::nonblocking(listening.number(), true);
  const auto port = caf::io::network::local_port_of_fd(listening.number());
  if (!port)
    return port.error();
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
  caf::anon_send(
    system.middleman().named_broker<caf::io::basp_broker>(caf::atom("BASP")),
    caf::publish_atom_v,
    caf::io::doorman_ptr{caf::make_counted<tls_doorman>(
      *loop, bell, std::move(listener), at.host, *port)},
    *port, published, std::move(spoken));
  return *port;
}

} // namespace hlx
