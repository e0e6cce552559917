// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace hlx::daemon {

/// Takes one line without its end. Called on any thread; never blocks.
using line_sink = std::function<void(std::string_view)>;

/// Writes lines to a descriptor on a thread of its own, so that a reader who
/// stalls holds nobody up. What such a reader leaves no room for is dropped.
class line_printer {
public:
  /// Lines that may wait.
  static constexpr std::size_t lines_max = 10'000;

  /// How long the end waits for the reader.
  static constexpr std::chrono::milliseconds finish_max{1'000};

  /// The descriptor stays open as long as the process. `complain` is told, once
  /// each, that lines are lost and that nothing can be written, by the
  /// descriptor's name; it may be empty.
  line_printer(int descriptor, std::string name, line_sink complain);

  /// As finish().
  ~line_printer();

  line_printer(const line_printer&) = delete;
  line_printer& operator=(const line_printer&) = delete;

  /// Adds the line's end. Never blocks. After a write error, or after the end,
  /// the line is dropped.
  void write(std::string_view line);

  /// Ends: waits for the lines that are left, for finish_max at most, and says
  /// how many were lost for want of a reader. A writer who still waits then is
  /// left behind. Whether there was no write error.
  bool finish();

private:
  struct state;

  /// Shared with the writer, who may outlive this value.
  std::shared_ptr<state> state_;
};

} // namespace hlx::daemon
