// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>

namespace hlx {

/// When a child is started again: at once after its first death, then after
/// pauses that double from 100 ms to 10 s while it keeps dying young. A value:
/// times come in, the next start comes out.
class restart_plan {
public:
  /// The child is being started.
  void started(std::int64_t now_ms) {
    start_at_ms_.reset();
    started_ms_ = now_ms;
  }

  /// The child died.
  void died(std::int64_t now_ms);

  /// It could not even be started: never again at once, since the next try
  /// would fail in the same way.
  void failed_to_start(std::int64_t now_ms);

  /// It is not to be started any more.
  void give_up() { start_at_ms_.reset(); }

  /// When it is to be started, Unix ms; nothing while it lives.
  std::optional<std::int64_t> start_at_ms() const { return start_at_ms_; }

  bool is_due(std::int64_t now_ms) const {
    return start_at_ms_ && *start_at_ms_ <= now_ms;
  }

private:
  std::optional<std::int64_t> start_at_ms_;
  std::int64_t started_ms_ = 0;
  int young_deaths_ = 0; ///< In a row.
};

} // namespace hlx
