// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/seeded_random.hpp"

#include <cstdint>

namespace hlx {

/// How long to wait before the next attempt to connect: delays double from one
/// to another, less a random part of up to a half. A value: no clock.
class retry_delay {
public:
  /// 0 < min_ms <= max_ms. Same seed, same delays.
  retry_delay(std::int64_t min_ms, std::int64_t max_ms, std::uint64_t seed)
    : min_ms_(min_ms), max_ms_(max_ms), full_ms_(min_ms), random_(seed) {}

  /// After one more failure.
  std::int64_t next_ms() {
    const auto full = full_ms_;
    full_ms_ = full > max_ms_ / 2 ? max_ms_ : 2 * full;
    return full
           - static_cast<std::int64_t>(
             random_.below(static_cast<std::uint64_t>(full / 2 + 1)));
  }

  /// The next delay is the shortest again.
  void reset() { full_ms_ = min_ms_; }

private:
  std::int64_t min_ms_;
  std::int64_t max_ms_;
  std::int64_t full_ms_; ///< The next one, without its random part.
  seeded_random random_;
};

} // namespace hlx
