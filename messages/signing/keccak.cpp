// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/signing/keccak.hpp"

#include <cryptopp/keccak.h>

#include <algorithm>

namespace hlx::signing {

bytes32 keccak256(std::span<const std::uint8_t> data) noexcept {
  bytes32 result;
  CryptoPP::Keccak_256 hash;
  hash.Update(data.data(), data.size());
  hash.Final(result.bytes.data());
  return result;
}

bytes32 keccak256(std::string_view text) noexcept {
  const auto* first = reinterpret_cast<const std::uint8_t*>(text.data());
  return keccak256(std::span{first, text.size()});
}

cloid cloid_of(const client_order_id& id) noexcept {
  const auto hash = keccak256(id.value);
  cloid result;
  std::copy_n(hash.bytes.begin(), result.bytes.size(), result.bytes.begin());
  return result;
}

} // namespace hlx::signing
