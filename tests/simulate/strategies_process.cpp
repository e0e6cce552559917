// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/strategies_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <utility>

namespace hlx::simulate {

namespace {

using pair = std::array<file_descriptor, 2>;

[[noreturn]] void fail(int error, const char* what) {
  throw std::system_error{error, std::generic_category(), what};
}

pair owned(int result, const std::array<int, 2>& numbers, const char* what) {
  if (result != 0)
    fail(errno, what);
  return {file_descriptor{numbers[0]}, file_descriptor{numbers[1]}};
}

pair make_pipe() {
  std::array<int, 2> numbers{};
  return owned(::pipe2(numbers.data(), O_CLOEXEC), numbers, "pipe");
}

/// Messages stay whole, and a broken one raises no signal.
pair make_sockets() {
  std::array<int, 2> numbers{};
  return owned(
    ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, numbers.data()),
    numbers, "socketpair");
}

::pid_t spawn(std::vector<std::string> words, int input, int output) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (auto& word : words)
    arguments.push_back(word.data());
  arguments.push_back(nullptr);
  ::posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, input, 0);
  ::posix_spawn_file_actions_adddup2(&actions, output, 1);
  // No socket of this process is to live on in the other one.
  ::posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  ::pid_t result = -1;
  const int error = ::posix_spawn(&result, arguments[0], &actions, nullptr,
                                  arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0)
    fail(error, arguments[0]);
  return result;
}

std::string text_of(int status) {
  if (WIFEXITED(status))
    return "exit status " + std::to_string(WEXITSTATUS(status));
  return "signal " + std::to_string(WTERMSIG(status));
}

} // namespace

strategies_process::strategies_process(
  const std::vector<std::string>& command,
  std::function<void(std::string_view)> on_line) {
  auto sockets = make_sockets();
  auto pipe = make_pipe();
  id_ = spawn(command, sockets[1].number(), pipe[1].number());
  // The header of Debian 12 declares pidfd_open for C only.
  process_ =
    file_descriptor{static_cast<int>(::syscall(SYS_pidfd_open, id_, 0))};
  requests_ = std::move(sockets[0]);
  lines_ = std::move(pipe[0]);
  pipe[1].close();
  reader_ =
    std::thread{[this, print = std::move(on_line)]() { read_lines(print); }};
}

strategies_process::~strategies_process() {
  kill();
}

bool strategies_process::send(std::string_view message) const {
  return ::send(requests_.number(), message.data(), message.size(),
                MSG_NOSIGNAL | MSG_DONTWAIT)
         >= 0;
}

std::optional<std::string> strategies_process::end() {
  collect(WNOHANG);
  return end_;
}

void strategies_process::kill() {
  if (!end_) {
    ::kill(id_, SIGKILL);
    collect(0);
  }
  if (reader_.joinable())
    reader_.join();
}

std::string strategies_process::close(std::chrono::milliseconds patience) {
  requests_.close();
  wait(patience);
  kill();
  return *end_;
}

void strategies_process::wait(std::chrono::milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!end()) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      until - std::chrono::steady_clock::now());
    if (left.count() <= 0)
      return;
    ::pollfd ended{process_.number(), POLLIN, 0};
    ::poll(&ended, 1, static_cast<int>(left.count()));
  }
}

void strategies_process::collect(int flags) {
  if (end_)
    return;
  int status = 0;
  ::pid_t result = 0;
  do
    result = ::waitpid(id_, &status, flags);
  while (result < 0 && errno == EINTR);
  if (result == id_)
    end_ = text_of(status);
  else if (result < 0)
    end_ = std::string{"waitpid: "} + std::strerror(errno);
}

void strategies_process::read_lines(
  const std::function<void(std::string_view)>& on_line) const {
  std::string text;
  std::array<char, 65'536> buffer;
  for (;;) {
    const auto size = ::read(lines_.number(), buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR)
      continue;
    if (size <= 0)
      return;
    text.append(buffer.data(), static_cast<std::size_t>(size));
    std::size_t begin = 0;
    for (auto end = text.find('\n'); end != std::string::npos;
         end = text.find('\n', begin)) {
      on_line(std::string_view{text}.substr(begin, end - begin));
      begin = end + 1;
    }
    text.erase(0, begin);
  }
}

} // namespace hlx::simulate
