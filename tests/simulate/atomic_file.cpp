// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/atomic_file.hpp"

#include "hlx/actors/transport/file_descriptor.hpp"

#include <fcntl.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>

namespace hlx::simulate {

namespace {

[[noreturn]] void fail(const char* what, const std::filesystem::path& file) {
  throw std::runtime_error(std::string{"cannot "} + what + " " + file.string()
                           + ": " + std::strerror(errno));
}

} // namespace

std::optional<std::string> read_file(const std::filesystem::path& file) {
  const file_descriptor in{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!in.is_open()) {
    if (errno == ENOENT)
      return std::nullopt;
    fail("read", file);
  }
  std::string result;
  std::array<char, 65'536> buffer;
  for (;;) {
    const auto size = ::read(in.number(), buffer.data(), buffer.size());
    if (size == 0)
      return result;
    if (size > 0)
      result.append(buffer.data(), static_cast<std::size_t>(size));
    else if (errno != EINTR)
      fail("read", file);
  }
}

void write_file(const std::filesystem::path& file, std::string_view text) {
  auto unfinished = file;
  unfinished += ".new";
  const file_descriptor out{
    ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
  if (!out.is_open())
    fail("write", unfinished);
  while (!text.empty()) {
    const auto size = ::write(out.number(), text.data(), text.size());
    if (size >= 0)
      text.remove_prefix(static_cast<std::size_t>(size));
    else if (errno != EINTR)
      fail("write", unfinished);
  }
  if (::fsync(out.number()) != 0)
    fail("write", unfinished);
  if (std::rename(unfinished.c_str(), file.c_str()) != 0)
    fail("write", file);
  // The name is in the folder, which is a file too.
  const auto folder =
    file.has_parent_path() ? file.parent_path() : std::filesystem::path{"."};
  const file_descriptor names{
    ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!names.is_open() || ::fsync(names.number()) != 0)
    fail("write", folder);
}

} // namespace hlx::simulate
