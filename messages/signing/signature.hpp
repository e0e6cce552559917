// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/ids.hpp"

#include <cstdint>

namespace hlx::signing {

/// A recoverable ECDSA signature as the venue has it.
struct signature {
  bytes32 r;
  bytes32 s;
  std::uint8_t v = 27; ///< 27 plus the recovery id.

  friend bool operator==(const signature&, const signature&) = default;
};

/// Which of the venue's networks a signature is for.
enum class network : std::uint8_t { mainnet, testnet };

} // namespace hlx::signing
