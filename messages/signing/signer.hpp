// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/actions.hpp"
#include "hlx/messages/signing/secret_key.hpp"
#include "hlx/messages/signing/signature.hpp"
#include "hlx/messages/wire/encode_action.hpp"
#include "hlx/messages/wire/encode_request.hpp"

#include <memory>

struct secp256k1_context_struct;

namespace hlx::signing {

/// Holds a key and signs with it. For one thread at a time. Signatures are
/// deterministic (RFC 6979) and have a low s.
class signer {
public:
  /// Takes the key over. Reads randomness from the system for the blinding,
  /// which no signature shows.
  explicit signer(secret_key key);

  /// The address that the venue computes from this signer's signatures.
  [[nodiscard]] const address& signer_address() const noexcept {
    return address_;
  }

  [[nodiscard]] signature sign(const bytes32& digest) const noexcept;

private:
  struct context_deleter {
    void operator()(secp256k1_context_struct* context) const noexcept;
  };

  secret_key key_;
  std::unique_ptr<secp256k1_context_struct, context_deleter> context_;
  address address_;
};

/// Signs an L1 action. `scratch` as in action_hash.
[[nodiscard]] signature sign_action(const signer& key, network net,
                                    wire::byte_buffer& scratch,
                                    const l1_action& action,
                                    const wire::action_terms& terms);

/// Signs a user-signed action.
[[nodiscard]] signature sign_action(const signer& key,
                                    const user_signed_action& action);

} // namespace hlx::signing
