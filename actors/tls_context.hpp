// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/node_security.hpp"
#include "hlx/messages/wire/decode_result.hpp"

#include <openssl/ssl.h>

#include <memory>

namespace hlx {

struct tls_deleter {
  void operator()(SSL_CTX* x) const { SSL_CTX_free(x); }
  void operator()(SSL* x) const { SSL_free(x); }
};

using tls_context = std::unique_ptr<SSL_CTX, tls_deleter>;
using tls_session = std::unique_ptr<SSL, tls_deleter>;

/// Reads the three files of a security that is not plaintext. Its sessions want
/// a certificate that the authority vouches for from the other side, and TLS
/// 1.2 or newer. The error is a sentence that names the option.
wire::decode_result<tls_context> load_tls_context(
  const node_security& security);

} // namespace hlx
