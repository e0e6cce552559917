// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/ids.hpp"

struct secp256k1_context_struct;

namespace hlx::signing {

/// The address of a public key: the last 20 bytes of its hash. `key` points to
/// a secp256k1_pubkey. Not installed.
address address_of_public_key(const secp256k1_context_struct* context,
                              const void* key) noexcept;

} // namespace hlx::signing
