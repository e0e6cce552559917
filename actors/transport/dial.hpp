// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/node_security.hpp"
#include "hlx/actors/tls_context.hpp"
#include "hlx/actors/transport/file_descriptor.hpp"
#include "hlx/messages/wire/decode_result.hpp"

#include <chrono>

namespace hlx {

/// A connection to another node, which has said its first word.
struct dialed_connection {
  file_descriptor socket; ///< Does not block. Outlives the session.
  tls_session session;    ///< Null for plaintext.
};

/// Connects to a node, proves and wants proof by TLS unless the context is
/// null, and waits until the node speaks: only then is it known that it has
/// accepted the certificate. Blocks for at most `patience`, unless the system
/// takes longer to look the name up. The error says in part of a sentence who
/// is to blame, and names the option.
wire::decode_result<dialed_connection> dial(const node_address& at,
                                            SSL_CTX* context,
                                            std::chrono::milliseconds patience);

} // namespace hlx
