// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace hlx::simulate {

/// When to kill the strategies' process: seeded random moments of the trading.
/// A value; times are ms since its begin.
class kill_plan {
public:
  kill_plan() = default;

  /// `count` moments in [0, length_ms].
  kill_plan(std::uint64_t count, std::int64_t length_ms, std::uint64_t seed);

  /// When the next kill is due; nothing after the last one.
  std::optional<std::int64_t> next_ms() const;

  /// Whether a kill is due, which is then done with.
  bool take(std::int64_t elapsed_ms);

  /// How many there are, and how many are done.
  std::size_t count() const { return moments_.size(); }
  std::size_t done() const { return done_; }

private:
  std::vector<std::int64_t> moments_; ///< Ascending.
  std::size_t done_ = 0;
};

} // namespace hlx::simulate
