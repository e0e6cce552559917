// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/tls_context.hpp"

#include <caf/io/network/native_socket.hpp>
#include <caf/io/network/rw_state.hpp>

#include <cstddef>
#include <utility>

namespace hlx {

/// How CAF reads from and writes to a session that is through its handshake.
class tls_bytes {
public:
  explicit tls_bytes(tls_session session) : session_(std::move(session)) {}

  caf::io::network::rw_state read_some(std::size_t& size,
                                       caf::io::network::native_socket,
                                       void* to, std::size_t size_max);

  caf::io::network::rw_state write_some(std::size_t& size,
                                        caf::io::network::native_socket,
                                        const void* from, std::size_t size_max);

  bool must_read_more(caf::io::network::native_socket, std::size_t threshold);

private:
  caf::io::network::rw_state settle(std::size_t& size, int result);

  tls_session session_;
};

} // namespace hlx
