// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/ids.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace hlx::signing {

/// Ethereum's Keccak-256 (the padding of NIST's SHA3 differs).
bytes32 keccak256(std::span<const std::uint8_t> data) noexcept;

/// The same over the bytes of a text.
bytes32 keccak256(std::string_view text) noexcept;

/// The order's id on the wire: the first 16 bytes of the hash of its client
/// order id.
cloid cloid_of(const client_order_id& id) noexcept;

} // namespace hlx::signing
