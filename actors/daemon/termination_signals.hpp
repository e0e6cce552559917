// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <csignal>
#include <cstdint>

namespace hlx::daemon {

/// Turns SIGINT, SIGTERM and SIGHUP into something to wait for; the last one
/// stays ignored where it was (nohup). Made before any other thread exists, so
/// that all inherit the mask; for one per process. At its end it forgets those
/// that came and were not waited for: the end is their answer.
class termination_signals {
public:
  termination_signals();
  ~termination_signals();
  termination_signals(const termination_signals&) = delete;
  termination_signals& operator=(const termination_signals&) = delete;

  /// Waits at most `timeout_ms`; whether a signal came.
  [[nodiscard]] bool wait(std::int64_t timeout_ms) const;

private:
  ::sigset_t signals_;
  ::sigset_t former_;
};

} // namespace hlx::daemon
