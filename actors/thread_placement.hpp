// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <sched.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace hlx {

/// On which processors the threads of one client run, by the kernel's numbers.
/// Absent: wherever the kernel likes. For hosts whose other work is kept off
/// these processors.
struct thread_placement {
  std::optional<unsigned> client;    ///< The execution client.
  std::optional<unsigned> reader;    ///< The WebSocket reader.
  std::optional<unsigned> submitter; ///< The HTTP submitter.
};

/// The threads of a placement, by name.
std::array<std::pair<std::string_view, std::optional<unsigned>>, 3> named(
  const thread_placement& x);

/// What is wrong with the placement, as a sentence: a processor that this
/// thread may not use. Empty when nothing is.
std::string objection_to(const thread_placement& placement);

/// Keeps this thread, and the threads that it starts, on one processor while
/// the value lives; without a number it does nothing. Threads that were started
/// meanwhile stay there. Throws std::system_error when the kernel refuses.
class on_processor {
public:
  explicit on_processor(std::optional<unsigned> number);
  on_processor(const on_processor&) = delete;
  on_processor& operator=(const on_processor&) = delete;
  ~on_processor();

private:
  std::optional<cpu_set_t> before_;
};

} // namespace hlx
