// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cstdint>

namespace hlx::signing {

/// Nonces of one signer: strictly increasing, and the time where that allows.
class nonce_source {
public:
  /// A nonce that no call gave before. `now_ms` is Unix ms.
  std::uint64_t next(std::int64_t now_ms) noexcept {
    const auto now =
      static_cast<std::uint64_t>(std::max<std::int64_t>(now_ms, 0));
    last_ = std::max(now, last_ + 1);
    return last_;
  }

  /// The last one given; 0 when there was none.
  [[nodiscard]] std::uint64_t last() const noexcept { return last_; }

private:
  std::uint64_t last_ = 0;
};

} // namespace hlx::signing
