// SPDX-License-Identifier: BSD-3-Clause
#include "tests/socket/tcp_relay.hpp"

#include "tests/socket/loopback.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

namespace hlx::test {

namespace {

constexpr int backlog = 64;

/// How soon the thread sees what it is told.
constexpr int turn_ms = 2;

} // namespace

tcp_relay::tcp_relay(std::uint16_t target)
  : target_(target),
    listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  auto at = loopback(0);
  ::socklen_t size = sizeof(at);
  auto* address = reinterpret_cast<::sockaddr*>(&at);
  if (::bind(listener_, address, size) != 0 || ::listen(listener_, backlog) != 0
      || ::getsockname(listener_, address, &size) != 0)
    throw std::runtime_error{"the relay cannot listen"};
  port_ = ntohs(at.sin_port);
  thread_ = std::thread{[this] { work(); }};
}

tcp_relay::~tcp_relay() {
  over_ = true;
  thread_.join();
  ::close(listener_);
}

void tcp_relay::accept_one() {
  const int near = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (near < 0)
    return;
  const int far = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto to = loopback(target_);
  if (::connect(far, reinterpret_cast<const ::sockaddr*>(&to), sizeof(to))
      != 0) {
    ::close(near);
    ::close(far);
    return;
  }
  connections_.push_back({near, far});
}

bool tcp_relay::hand_on(int from, int to) {
  std::array<char, 65'536> bytes{};
  const auto size = ::recv(from, bytes.data(), bytes.size(), 0);
  if (size <= 0)
    return false;
  std::size_t sent = 0;
  while (sent < static_cast<std::size_t>(size)) {
    const auto n = ::send(to, bytes.data() + sent,
                          static_cast<std::size_t>(size) - sent, MSG_NOSIGNAL);
    if (n <= 0)
      return false;
    sent += static_cast<std::size_t>(n);
  }
  return true;
}

void tcp_relay::work() {
  const auto close_both = [](const connection& x) {
    ::close(x.near);
    ::close(x.far);
  };
  while (!over_) {
    if (cut_.exchange(false)) {
      for (const auto& x : connections_)
        close_both(x);
      connections_.clear();
    }
    std::vector<::pollfd> waiting{{listener_, POLLIN, 0}};
    const short wanted = silent_ ? 0 : POLLIN;
    for (const auto& x : connections_) {
      waiting.push_back({x.near, wanted, 0});
      waiting.push_back({x.far, wanted, 0});
    }
    if (::poll(waiting.data(), waiting.size(), turn_ms) <= 0)
      continue;
    std::size_t i = 1;
    connections_.remove_if([&](const connection& x) {
      const auto near = waiting[i++].revents;
      const auto far = waiting[i++].revents;
      const bool lives = (near == 0 || (!silent_ && hand_on(x.near, x.far)))
                         && (far == 0 || (!silent_ && hand_on(x.far, x.near)));
      if (!lives)
        close_both(x);
      return !lives;
    });
    if (waiting[0].revents != 0)
      accept_one();
  }
  for (const auto& x : connections_)
    close_both(x);
}

} // namespace hlx::test
