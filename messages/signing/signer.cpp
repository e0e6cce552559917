// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/signing/signer.hpp"

#include "hlx/messages/assert.hpp"
#include "hlx/messages/signing/eip712.hpp"
#include "hlx/messages/signing/public_key.hpp"

#include <openssl/rand.h>
#include <secp256k1_recovery.h>

#include <algorithm>
#include <array>

namespace hlx::signing {

namespace {

std::array<std::uint8_t, 32> blinding_seed() {
  std::array<std::uint8_t, 32> result;
  const int filled =
    ::RAND_bytes(result.data(), static_cast<int>(result.size()));
  HLX_ASSERT(filled == 1);
  return result;
}

} // namespace

void signer::context_deleter::operator()(
  secp256k1_context_struct* context) const noexcept {
  ::secp256k1_context_destroy(context);
}

signer::signer(secret_key key)
  : key_(std::move(key)),
    context_(::secp256k1_context_create(SECP256K1_CONTEXT_NONE)) {
  auto seed = blinding_seed();
  const int randomized =
    ::secp256k1_context_randomize(context_.get(), seed.data());
  HLX_ASSERT(randomized == 1);
  wipe(seed.data(), seed.size());
  ::secp256k1_pubkey public_key;
  const int created = ::secp256k1_ec_pubkey_create(context_.get(), &public_key,
                                                   key_.bytes().data());
  HLX_ASSERT(created == 1);
  address_ = address_of_public_key(context_.get(), &public_key);
}

signature signer::sign(const bytes32& digest) const noexcept {
  ::secp256k1_ecdsa_recoverable_signature made;
  const int signed_ok = ::secp256k1_ecdsa_sign_recoverable(
    context_.get(), &made, digest.bytes.data(), key_.bytes().data(), nullptr,
    nullptr);
  HLX_ASSERT(signed_ok == 1);
  std::array<std::uint8_t, 64> compact;
  int recovery_id = 0;
  ::secp256k1_ecdsa_recoverable_signature_serialize_compact(
    context_.get(), compact.data(), &recovery_id, &made);
  signature result;
  std::copy_n(compact.begin(), 32, result.r.bytes.begin());
  std::copy_n(compact.begin() + 32, 32, result.s.bytes.begin());
  result.v = static_cast<std::uint8_t>(27 + recovery_id);
  return result;
}

signature sign_action(const signer& key, network net,
                      wire::byte_buffer& scratch, const l1_action& action,
                      const wire::action_terms& terms) {
  return key.sign(agent_digest(net, action_hash(scratch, action, terms)));
}

signature sign_action(const signer& key, const user_signed_action& action) {
  return key.sign(user_signed_digest(action));
}

} // namespace hlx::signing
