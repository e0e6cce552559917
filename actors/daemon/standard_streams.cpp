// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/standard_streams.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace hlx::daemon {

namespace {

/// The tables that grow with the limit stay small.
constexpr ::rlim_t descriptors_max = 65'536;

} // namespace

void open_missing_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // The lowest free number is the next one opened.
    if (::fcntl(stream, F_GETFD) < 0 && ::open("/dev/null", O_RDWR) != stream)
      std::_Exit(EXIT_FAILURE);
  }
}

void raise_descriptor_limit() {
  ::rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
    return;
  const auto wanted = std::min(limit.rlim_max, descriptors_max);
  if (limit.rlim_cur >= wanted)
    return;
  limit.rlim_cur = wanted;
  static_cast<void>(::setrlimit(RLIMIT_NOFILE, &limit));
}

} // namespace hlx::daemon
