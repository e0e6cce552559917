// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/line_printer.hpp"

#include "hlx/actors/transport/broken_pipes.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace hlx::daemon {

struct line_printer::state {
  const int descriptor;
  const std::string name;
  std::mutex mutex; ///< Guards the rest.
  line_sink complain;
  std::condition_variable changed;
  std::deque<std::string> lines;
  std::uint64_t dropped = 0; ///< For want of room, or left at the end.
  bool closed = false;       ///< Nothing more comes.
  bool failed = false;       ///< Nothing more can be written.
  bool ended = false;        ///< The writer has.

  state(int to, std::string called, line_sink say_to)
    : descriptor(to), name(std::move(called)), complain(std::move(say_to)) {}

  void say(const std::string& what) const {
    if (complain)
      complain(name + what);
  }

  void run();
};

namespace {

/// Waits for the reader as long as that takes. The error, or 0.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto size = ::write(descriptor, text.data(), text.size());
    if (size >= 0) {
      text.remove_prefix(static_cast<std::size_t>(size));
    } else if (errno == EAGAIN) {
      ::pollfd pipe{descriptor, POLLOUT, 0};
      static_cast<void>(::poll(&pipe, 1, -1));
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

} // namespace

/// The writer's thread.
void line_printer::state::run() {
  block_broken_pipes();
  std::unique_lock lock{mutex};
  while (!failed) {
    changed.wait(lock, [this] { return closed || !lines.empty(); });
    if (lines.empty())
      break;
    const auto line = std::move(lines.front());
    lines.pop_front();
    lock.unlock();
    const int error = write_all(descriptor, line);
    lock.lock();
    if (error == 0)
      continue;
    failed = true;
    lines.clear();
    say(" cannot be written, nothing more is printed there: "
        + std::generic_category().message(error));
  }
  ended = true;
  changed.notify_all();
}

line_printer::line_printer(int descriptor, std::string name, line_sink complain)
  : state_(
    std::make_shared<state>(descriptor, std::move(name), std::move(complain))) {
  std::thread{[shared = state_] { shared->run(); }}.detach();
}

line_printer::~line_printer() {
  finish();
}

void line_printer::write(std::string_view line) {
  std::string text{line};
  text += '\n';
  const std::lock_guard lock{state_->mutex};
  if (state_->failed || state_->closed)
    return;
  if (state_->lines.size() < lines_max) {
    state_->lines.push_back(std::move(text));
    state_->changed.notify_all();
  } else if (state_->dropped++ == 0) {
    state_->say(" is read too slowly: lines are lost");
  }
}

bool line_printer::finish() {
  std::unique_lock lock{state_->mutex};
  if (std::exchange(state_->closed, true))
    return !state_->failed;
  state_->changed.notify_all();
  state_->changed.wait_for(lock, finish_max, [this] { return state_->ended; });
  state_->dropped += std::exchange(state_->lines, {}).size();
  if (state_->dropped > 0)
    state_->say(" lost " + std::to_string(state_->dropped)
                + " lines: nobody read them in time");
  state_->complain = nullptr; // What it refers to may end before the writer.
  return !state_->failed;
}

} // namespace hlx::daemon
