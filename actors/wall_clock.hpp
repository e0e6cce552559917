// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <caf/actor_clock.hpp>

#include <chrono>
#include <cstdint>

namespace hlx {

/// Turns the actor clock into Unix ms. Actors know no other time. With the
/// default, zero, the actor clock itself counts from the Unix epoch: so it is
/// under the deterministic scheduler, where tests and replay set it.
struct wall_clock {
  std::chrono::nanoseconds unix_offset{0};

  /// For a real system: measured once, so that time never runs backwards.
  static wall_clock measure();

  std::int64_t unix_ms(caf::actor_clock::time_point at) const {
    using std::chrono::milliseconds;
    return std::chrono::floor<milliseconds>(at.time_since_epoch() + unix_offset)
      .count();
  }

  /// Unix ms now.
  std::int64_t now_ms(const caf::actor_clock& clock) const {
    return unix_ms(clock.now());
  }

  /// The first moment at which now_ms gives `at_ms`.
  caf::actor_clock::time_point time_point(std::int64_t at_ms) const {
    return caf::actor_clock::time_point{std::chrono::milliseconds{at_ms}
                                        - unix_offset};
  }
};

} // namespace hlx
