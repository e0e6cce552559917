// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/transport/file_descriptor.hpp"

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace hlx::simulate {

/// A program that runs as a child of this process, with a socket for requests
/// as its standard input and a pipe for lines as its standard output. Killed
/// and waited for at the end: no zombie is left. To be used by one thread,
/// which outlives the child.
class strategies_process {
public:
  /// Starts `command[0]` with its arguments. `on_line` gets each whole line
  /// that the program writes, on a thread of its own. What it did not finish
  /// when it was killed is no line. Throws std::system_error.
  strategies_process(const std::vector<std::string>& command,
                     std::function<void(std::string_view)> on_line);
  ~strategies_process();
  strategies_process(const strategies_process&) = delete;
  strategies_process& operator=(const strategies_process&) = delete;

  ::pid_t id() const { return id_; }

  /// One message for the program. False when it is gone or does not keep up:
  /// then the message is lost.
  bool send(std::string_view message) const;

  /// How the program has ended, as text; nothing while it runs.
  std::optional<std::string> end();

  /// Ends it by SIGKILL. Everything that it wrote has then been handed on.
  void kill();

  /// Closes the requests, by which the program is to end, and waits; kills it
  /// when it does not. How it ended: "exit status 0" is success.
  std::string close(std::chrono::milliseconds patience);

private:
  void wait(std::chrono::milliseconds patience);
  void collect(int flags);
  void read_lines(const std::function<void(std::string_view)>& on_line) const;

  ::pid_t id_ = -1;
  file_descriptor requests_;
  file_descriptor lines_;
  file_descriptor process_; ///< Readable when the program has ended.
  std::optional<std::string> end_;
  std::thread reader_;
};

} // namespace hlx::simulate
