// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/tls_bytes.hpp"

#include "hlx/actors/transport/broken_pipes.hpp"

#include <openssl/err.h>

#include <algorithm>
#include <limits>

namespace hlx {

namespace {

using caf::io::network::native_socket;
using caf::io::network::rw_state;

int clamped(std::size_t size) {
  constexpr std::size_t most = std::numeric_limits<int>::max();
  return static_cast<int>(std::min(size, most));
}

} // namespace

rw_state tls_bytes::read_some(std::size_t& size, native_socket, void* to,
                              std::size_t size_max) {
  ERR_clear_error();
  return settle(size, SSL_read(session_.get(), to, clamped(size_max)));
}

rw_state tls_bytes::write_some(std::size_t& size, native_socket,
                               const void* from, std::size_t size_max) {
  size = 0;
  if (size_max == 0)
    return rw_state::indeterminate;
  block_broken_pipes(); // On CAF's thread.
  ERR_clear_error();
  return settle(size, SSL_write(session_.get(), from, clamped(size_max)));
}

bool tls_bytes::must_read_more(native_socket, std::size_t threshold) {
  return static_cast<std::size_t>(SSL_pending(session_.get())) >= threshold;
}

rw_state tls_bytes::settle(std::size_t& size, int result) {
  size = result > 0 ? static_cast<std::size_t>(result) : 0;
  if (result > 0)
    return rw_state::success;
  const int error = SSL_get_error(session_.get(), result);
  return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE
           ? rw_state::success
           : rw_state::failure;
}

} // namespace hlx
