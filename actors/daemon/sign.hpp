// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hlx::daemon {

/// Longest input line of `hlx sign`, in bytes, ignored keys included.
inline constexpr std::size_t sign_line_max = 1'000'000;

/// What `hlx sign` prints for one line.
struct sign_output {
  std::string text; ///< One JSON object without a line end.
  bool ok = true;   ///< Whether it is a signature, not {"error":..}.
};

/// Signs one line: {"action","nonce","vault","expiresAfter","isTestnet",
/// "privateKey"}, other keys being ignored. An L1 action gives {"hash","r","s",
/// "v","address"}, a user-signed one "digest" in place of "hash".
sign_output sign_line(std::string_view line);

} // namespace hlx::daemon
