// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <caf/io/network/default_multiplexer.hpp>
#include <caf/io/network/stream_impl.hpp>
#include <caf/io/scribe.hpp>

#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace hlx {

/// What one connection to another node may take of this process's memory.
struct node_scribe_limits {
  /// Longest first message, in bytes: it comes from whoever connects.
  std::size_t greeting_max = 64u * 1024;
  /// Longest message after that. A batch of the longest events is shorter.
  std::size_t message_max = 16u * 1024 * 1024;
  /// Most bytes that wait until the other side reads them.
  std::size_t unread_max = 64u * 1024 * 1024;
};

/// One connection to another node, as CAF's broker knows it; `Bytes` is how CAF
/// reads and writes (caf::policy::tcp, tls_bytes). A connection that goes
/// beyond its limits is closed: what CAF's own would do is to take all memory.
template <class Bytes>
class node_scribe : public caf::io::scribe {
public:
  /// Owns the socket. `has_input`: some of it was read already, so that the
  /// socket will not say that there is something to read.
  template <class... Ts>
  node_scribe(caf::io::network::default_multiplexer& loop,
              caf::io::network::native_socket socket, bool has_input,
              const node_scribe_limits& limits, Ts&&... bytes)
    : scribe(caf::io::network::conn_hdl_from_socket(socket)),
      limits_(limits),
      has_input_(has_input),
      stream_(loop, socket, std::forward<Ts>(bytes)...) {}

  void configure_read(caf::io::receive_policy::config config) override {
    // The first size is a header's, the second one a greeting's.
    const auto most = reads_ < 2 ? limits_.greeting_max : limits_.message_max;
    reads_ += reads_ < 2 ? 1 : 0;
    if (config.second > most)
      return give_up();
    stream_.configure_read(config);
    if (!std::exchange(launched_, true))
      stream_.start(this);
    if (std::exchange(has_input_, false))
      stream_.backend().post([self = caf::intrusive_ptr<node_scribe>{this}] {
        if (!self->detached())
          self->stream_.handle_event(caf::io::network::operation::read);
      });
  }

  void ack_writes(bool enable) override { stream_.ack_writes(enable); }

  std::vector<char>& wr_buf() override { return stream_.wr_buf(); }

  std::vector<char>& rd_buf() override { return stream_.rd_buf(); }

  void graceful_shutdown() override {
    stream_.graceful_shutdown();
    detach(&stream_.backend(), false);
  }

  void flush() override {
    if (wr_buf().size() > limits_.unread_max) {
      wr_buf() = {};
      return give_up();
    }
    stream_.flush(this);
  }

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
  /// CAF's loop finds the connection closed, and tells its broker.
  void give_up() { ::shutdown(stream_.fd(), SHUT_RDWR); }

  node_scribe_limits limits_;
  bool has_input_;
  int reads_ = 0;
  bool launched_ = false;
  caf::io::network::stream_impl<Bytes> stream_;
};

} // namespace hlx
