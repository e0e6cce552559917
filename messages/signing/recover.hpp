// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/ids.hpp"
#include "hlx/messages/signing/signature.hpp"

#include <optional>

namespace hlx::signing {

/// Who signed the digest; nothing when r, s and v are no signature at all. Any
/// other signature has a signer, if not the one that was meant.
std::optional<address> recover(const bytes32& digest,
                               const signature& from) noexcept;

} // namespace hlx::signing
