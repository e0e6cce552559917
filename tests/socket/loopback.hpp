// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cstdint>

namespace hlx::test {

/// The port at 127.0.0.1, as sockets take it.
inline ::sockaddr_in loopback(std::uint16_t port) {
  ::sockaddr_in result{};
  result.sin_family = AF_INET;
  result.sin_port = htons(port);
  result.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return result;
}

} // namespace hlx::test
