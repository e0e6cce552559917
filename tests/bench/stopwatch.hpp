// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>

namespace hlx::bench {

/// Measures the time that this thread spends working, so that preemption by
/// others does not count. What the measuring costs is subtracted.
class stopwatch {
public:
  stopwatch();

  void start() { started_ns_ = now_ns(); }

  /// Adds the time since start().
  void stop() { total_ns_ += now_ns() - started_ns_ - overhead_ns_; }

  /// Returns what was added, and starts again from zero.
  double take_seconds();

private:
  static std::int64_t now_ns();

  std::int64_t overhead_ns_ = 0;
  std::int64_t started_ns_ = 0;
  std::int64_t total_ns_ = 0;
};

} // namespace hlx::bench
