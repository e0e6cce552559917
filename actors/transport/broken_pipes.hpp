// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <csignal>

namespace hlx {

/// For threads that write to what may be closed at the other side: the process
/// is not to be ended by that.
inline void block_broken_pipes() {
  thread_local const bool blocked = [] {
    ::sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGPIPE);
    return ::pthread_sigmask(SIG_BLOCK, &signals, nullptr) == 0;
  }();
  static_cast<void>(blocked);
}

} // namespace hlx
