// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/termination_signals.hpp"

#include <pthread.h>

#include <ctime>

namespace hlx::daemon {

namespace {

/// An ignored signal that is blocked would be waited for all the same.
bool is_ignored(int signal) {
  struct ::sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0
         && action.sa_handler == SIG_IGN;
}

} // namespace

termination_signals::termination_signals() {
  ::sigemptyset(&signals_);
  ::sigaddset(&signals_, SIGINT);
  ::sigaddset(&signals_, SIGTERM);
  if (!is_ignored(SIGHUP))
    ::sigaddset(&signals_, SIGHUP);
  ::pthread_sigmask(SIG_BLOCK, &signals_, &former_);
}

termination_signals::~termination_signals() {
  while (wait(0))
    ;
  ::pthread_sigmask(SIG_SETMASK, &former_, nullptr);
}

bool termination_signals::wait(std::int64_t timeout_ms) const {
  const ::timespec timeout{.tv_sec = timeout_ms / 1000,
                           .tv_nsec = (timeout_ms % 1000) * 1'000'000};
  return ::sigtimedwait(&signals_, nullptr, &timeout) > 0;
}

} // namespace hlx::daemon
