// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/retry_delay.hpp"

#include <cstdint>
#include <optional>

namespace hlx {

struct link_plan_options {
  /// Delays between attempts double from one to the other, less a random part
  /// of up to a half.
  std::int64_t retry_delay_min_ms = 50;
  std::int64_t retry_delay_max_ms = 250;
  /// A link that was up for as long begins with the shortest delay again.
  std::int64_t steady_ms = 5'000;
  /// An attempt that takes longer is told of, and waited for.
  std::int64_t patience_ms = 1'500;
  std::uint64_t seed = 1; ///< Of the random part.
};

/// When to connect to the execution client. A value: no actor, no clock; times
/// are Unix ms.
class link_plan {
public:
  explicit link_plan(link_plan_options options)
    : options_(options),
      retry_(options.retry_delay_min_ms, options.retry_delay_max_ms,
             options.seed) {}

  /// The first attempt is due at once.
  void start(std::int64_t now_ms);

  /// Whether to begin an attempt now.
  bool is_due(std::int64_t now_ms) const {
    return due_ms_ && *due_ms_ <= now_ms;
  }

  /// An attempt has begun. Returns its number, from 1.
  std::uint64_t begin(std::int64_t now_ms);

  /// Whether the attempt takes too long. True once for each.
  bool is_overdue(std::int64_t now_ms);

  /// Whether what is said of attempt `number` is still of interest.
  bool is_current(std::uint64_t number) const {
    return !due_ms_ && number == attempts_;
  }

  /// The attempt has succeeded.
  void up(std::int64_t now_ms);

  /// The attempt has failed, or the link is lost: there will be another one.
  void down(std::int64_t now_ms);

  /// There will be no other attempt.
  void stop();

  bool is_up() const { return up_since_ms_.has_value(); }

  std::uint64_t attempts() const { return attempts_; }

  /// When is_due or is_overdue become true; nothing while up.
  std::optional<std::int64_t> next_deadline_ms() const {
    return due_ms_ ? due_ms_ : overdue_ms_;
  }

private:
  link_plan_options options_;
  retry_delay retry_;
  std::uint64_t attempts_ = 0;
  std::optional<std::int64_t> due_ms_;
  std::optional<std::int64_t> overdue_ms_;
  std::optional<std::int64_t> up_since_ms_;
};

} // namespace hlx
