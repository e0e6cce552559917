// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace hlx::test {

/// A program under test, with its output on pipes. Killed at the end when it
/// still runs.
class child_process {
public:
  /// Longest wait for a line or for the end.
  static constexpr std::chrono::seconds patience{20};

  /// Starts `command[0]` with its arguments. Throws std::system_error.
  explicit child_process(const std::vector<std::string>& command);
  ~child_process();
  child_process(const child_process&) = delete;
  child_process& operator=(const child_process&) = delete;

  /// The first line of standard output from here on that contains `part`;
  /// nothing when the output ends or patience is over.
  std::optional<std::string> wait_for_line(const std::string& part);

  /// The same of standard error, from its beginning.
  std::optional<std::string> wait_for_error(const std::string& part);

  void send_signal(int number) const;

  /// Most memory that it has had so far, in KiB.
  std::size_t memory_peak_kib() const;

  /// Reads the rest and waits; the exit status, or nothing when it did not
  /// end in time or was ended by a signal.
  std::optional<int> wait_for_end();

  /// Everything that was read so far.
  const std::string& output() const { return output_; }
  const std::string& errors() const { return errors_; }

private:
  bool read_some(std::chrono::steady_clock::time_point until);

  ::pid_t pid_ = -1;
  int out_ = -1;
  int err_ = -1;
  bool out_ended_ = false;
  bool err_ended_ = false;
  std::string output_;
  std::string errors_;
  std::size_t seen_ = 0; ///< Of output_, what wait_for_line has passed.
};

} // namespace hlx::test
