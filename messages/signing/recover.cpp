// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/signing/recover.hpp"

#include "hlx/messages/signing/keccak.hpp"
#include "hlx/messages/signing/public_key.hpp"

#include <secp256k1_recovery.h>

#include <algorithm>
#include <array>

namespace hlx::signing {

address address_of_public_key(const secp256k1_context_struct* context,
                              const void* key) noexcept {
  std::array<std::uint8_t, 65> point;
  auto size = point.size();
  ::secp256k1_ec_pubkey_serialize(context, point.data(), &size,
                                  static_cast<const ::secp256k1_pubkey*>(key),
                                  SECP256K1_EC_UNCOMPRESSED);
  const auto hash = keccak256(std::span<const std::uint8_t>{point}.subspan(1));
  address result;
  std::copy(hash.bytes.begin() + 12, hash.bytes.end(), result.bytes.begin());
  return result;
}

std::optional<address> recover(const bytes32& digest,
                               const signature& from) noexcept {
  if (from.v != 27 && from.v != 28)
    return std::nullopt;
  const auto* const context = ::secp256k1_context_static;
  std::array<std::uint8_t, 64> compact;
  std::copy(from.r.bytes.begin(), from.r.bytes.end(), compact.begin());
  std::copy(from.s.bytes.begin(), from.s.bytes.end(), compact.begin() + 32);
  ::secp256k1_ecdsa_recoverable_signature parsed;
  ::secp256k1_pubkey key;
  if (::secp256k1_ecdsa_recoverable_signature_parse_compact(
        context, &parsed, compact.data(), from.v - 27)
        == 0
      || ::secp256k1_ecdsa_recover(context, &key, &parsed, digest.bytes.data())
           == 0)
    return std::nullopt;
  return address_of_public_key(context, &key);
}

} // namespace hlx::signing
