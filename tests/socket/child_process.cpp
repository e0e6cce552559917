// SPDX-License-Identifier: BSD-3-Clause
#include "tests/socket/child_process.hpp"

#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace hlx::test {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// A pipe: read end, write end.
std::array<int, 2> make_pipe() {
  std::array<int, 2> result{};
  if (::pipe(result.data()) != 0)
    throw std::system_error{errno, std::generic_category(), "pipe"};
  return result;
}

} // namespace

child_process::child_process(const std::vector<std::string>& command) {
  const auto out = make_pipe();
  const auto err = make_pipe();
  out_ = out[0];
  err_ = err[0];
  ::posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, out[1], 1);
  ::posix_spawn_file_actions_adddup2(&actions, err[1], 2);
  for (const int descriptor : {out[0], out[1], err[0], err[1]})
    ::posix_spawn_file_actions_addclose(&actions, descriptor);
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (auto& word : words)
    arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int error = ::posix_spawn(&pid_, arguments[0], &actions, nullptr,
                                  arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(out[1]);
  ::close(err[1]);
  if (error != 0)
    throw std::system_error{error, std::generic_category(), command[0]};
}

child_process::~child_process() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  ::close(out_);
  ::close(err_);
}

/// False when both pipes are at their end or the time is over.
bool child_process::read_some(steady_clock::time_point until) {
  const auto left =
    std::chrono::duration_cast<milliseconds>(until - steady_clock::now());
  if (left.count() <= 0 || (out_ended_ && err_ended_))
    return false;
  // A negative one is passed over.
  std::array<::pollfd, 2> pipes{
    {{out_ended_ ? -1 : out_, POLLIN, 0}, {err_ended_ ? -1 : err_, POLLIN, 0}}};
  if (::poll(pipes.data(), pipes.size(), static_cast<int>(left.count())) <= 0)
    return false;
  std::array<char, 4096> buffer;
  for (std::size_t i = 0; i < pipes.size(); ++i) {
    if (pipes[i].revents == 0)
      continue;
    const auto size = ::read(pipes[i].fd, buffer.data(), buffer.size());
    if (size <= 0)
      (i == 0 ? out_ended_ : err_ended_) = true;
    else
      (i == 0 ? output_ : errors_)
        .append(buffer.data(), static_cast<std::size_t>(size));
  }
  return true;
}

std::optional<std::string> child_process::wait_for_line(
  const std::string& part) {
  const auto until = steady_clock::now() + patience;
  while (true) {
    for (auto end = output_.find('\n', seen_); end != std::string::npos;
         end = output_.find('\n', seen_)) {
      auto line = output_.substr(seen_, end - seen_);
      seen_ = end + 1;
      if (line.find(part) != std::string::npos)
        return line;
    }
    if (!read_some(until))
      return std::nullopt;
  }
}

std::optional<std::string> child_process::wait_for_error(
  const std::string& part) {
  const auto until = steady_clock::now() + patience;
  while (true) {
    const auto found = errors_.find(part);
    if (found != std::string::npos)
      if (const auto end = errors_.find('\n', found); end != std::string::npos)
        return errors_.substr(found, end - found);
    if (!read_some(until))
      return std::nullopt;
  }
}

void child_process::send_signal(int number) const {
  ::kill(pid_, number);
}

std::size_t child_process::memory_peak_kib() const {
  std::ifstream status{"/proc/" + std::to_string(pid_) + "/status"};
  for (std::string word; status >> word;)
    if (std::size_t result = 0; word == "VmHWM:" && status >> result)
      return result;
  throw std::runtime_error{"no memory is known of the process"};
}

std::optional<int> child_process::wait_for_end() {
  const auto until = steady_clock::now() + patience;
  while (read_some(until)) {
    // Until both pipes are closed.
  }
  if (steady_clock::now() >= until)
    return std::nullopt;
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? std::optional{WEXITSTATUS(status)} : std::nullopt;
}

} // namespace hlx::test
