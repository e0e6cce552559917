// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>

namespace hlx {

/// A small deterministic generator (splitmix64): same seed, same numbers. Not
/// for secrets.
class seeded_random {
public:
  explicit seeded_random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15;
    auto x = state_;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
  }

  /// Uniform in [0, bound); 0 when the bound is 0.
  std::uint64_t below(std::uint64_t bound) {
    return bound == 0 ? 0 : next() % bound;
  }

private:
  std::uint64_t state_;
};

} // namespace hlx
