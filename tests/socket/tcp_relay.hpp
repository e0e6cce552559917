// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <atomic>
#include <cstdint>
#include <list>
#include <thread>

namespace hlx::test {

/// A listener on this machine that hands bytes on to another port and back,
/// and that breaks links as networks do.
class tcp_relay {
public:
  explicit tcp_relay(std::uint16_t target);
  ~tcp_relay();
  tcp_relay(const tcp_relay&) = delete;
  tcp_relay& operator=(const tcp_relay&) = delete;

  std::uint16_t port() const { return port_; }

  /// Closes what is connected; new connections are welcome.
  void cut() { cut_ = true; }

  /// Whether bytes go nowhere: connections stay open, half-open in effect.
  void set_silent(bool silent) { silent_ = silent; }

private:
  struct connection {
    int near = -1;
    int far = -1;
  };

  void work();
  void accept_one();
  static bool hand_on(int from, int to);

  std::uint16_t target_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::list<connection> connections_;
  std::atomic<bool> cut_{false};
  std::atomic<bool> silent_{false};
  std::atomic<bool> over_{false};
  std::thread thread_;
};

} // namespace hlx::test
