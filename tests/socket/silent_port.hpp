// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/transport/file_descriptor.hpp"
#include "tests/socket/loopback.hpp"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

namespace hlx::test {

/// A port at which attempts to connect get no answer, as with a host that is
/// switched off: it listens, and its queue of those who wait is full.
class silent_port {
public:
  silent_port() {
    auto at = loopback(0);
    auto* address = reinterpret_cast<::sockaddr*>(&at);
    ::socklen_t size = sizeof(at);
    if (::bind(listening_.number(), address, size) != 0
        || ::listen(listening_.number(), 0) != 0
        || ::getsockname(listening_.number(), address, &size) != 0)
      throw std::system_error{errno, std::generic_category(), "silent port"};
    number_ = ntohs(at.sin_port);
    for (const auto& x : waiting_)
      ::connect(x.number(), address, size);
  }

  std::uint16_t number() const { return number_; }

private:
  static file_descriptor a_socket() {
    return file_descriptor{
      ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
  }

  file_descriptor listening_ = a_socket();
  std::uint16_t number_ = 0;
  std::array<file_descriptor, 4> waiting_{a_socket(), a_socket(), a_socket(),
                                          a_socket()};
};

} // namespace hlx::test
