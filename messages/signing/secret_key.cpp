// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/signing/secret_key.hpp"

#include "hlx/messages/assert.hpp"
#include "hlx/messages/ids.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <secp256k1.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace hlx::signing {

namespace {

using key_result = wire::decode_result<secret_key>;

wire::decode_error refused(std::string text) {
  return {wire::decode_error::reason::shape, std::move(text)};
}

std::size_t page_size() {
  return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// Closes a file at the end of a scope.
struct file_guard {
  int descriptor;

  ~file_guard() { ::close(descriptor); }
};

/// What forbids using the file, or nothing.
std::string objection(const struct ::stat& info) {
  if (!S_ISREG(info.st_mode))
    return "is not a regular file";
  if (info.st_uid != ::geteuid() && info.st_uid != 0)
    return "belongs to another user";
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return "can be used by others than its owner: its mode must be 0600 or "
           "stricter";
  return {};
}

std::string_view without_line_end(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

} // namespace

void wipe(void* data, std::size_t size) noexcept {
  ::OPENSSL_cleanse(data, size);
}

void wipe(std::string& text) noexcept {
  wipe(text.data(), text.size());
  text.clear();
}

secret_key::secret_key() {
  const auto length = page_size();
  void* const page = ::mmap(nullptr, length, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED)
    throw std::bad_alloc{};
  page_ = static_cast<std::uint8_t*>(page);
  // Each is a second line of defence: a system that refuses one goes on.
  static_cast<void>(::mlock(page_, length));
  static_cast<void>(::madvise(page_, length, MADV_DONTDUMP));
  static_cast<void>(::madvise(page_, length, MADV_WIPEONFORK));
}

secret_key::secret_key(secret_key&& other) noexcept
  : page_(std::exchange(other.page_, nullptr)) {
}

secret_key& secret_key::operator=(secret_key&& other) noexcept {
  std::swap(page_, other.page_);
  return *this;
}

secret_key::~secret_key() {
  if (page_ == nullptr)
    return;
  wipe(page_, size);
  ::munmap(page_, page_size());
}

std::span<const std::uint8_t, secret_key::size> secret_key::bytes()
  const noexcept {
  HLX_ASSERT(page_ != nullptr);
  return std::span<const std::uint8_t, size>{page_, size};
}

key_result secret_key::from_hex(std::string_view text) {
  secret_key result;
  if (!parse_hex(text, result.page_, size, true))
    return refused("a private key is 0x and 64 hex digits");
  if (::secp256k1_ec_seckey_verify(::secp256k1_context_static, result.page_)
      == 0)
    return refused("the private key is no number that the curve allows");
  return result;
}

key_result secret_key::from_file(const std::filesystem::path& path) {
  const auto prefix = "key file " + path.string() + ": ";
  const int descriptor =
    ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    if (errno == ELOOP)
      return refused(prefix + "is a symbolic link");
    return refused(prefix + std::strerror(errno));
  }
  const file_guard guard{descriptor};
  struct ::stat info {};
  if (::fstat(descriptor, &info) != 0)
    return refused(prefix + std::strerror(errno));
  if (const auto what = objection(info); !what.empty())
    return refused(prefix + what);
  // One byte more than the longest text with a line end tells a longer file.
  std::array<char, 2 + 2 * size + 2 + 1> buffer{};
  const auto length = ::read(descriptor, buffer.data(), buffer.size());
  if (length < 0)
    return refused(prefix + std::strerror(errno));
  auto result = from_hex(
    without_line_end({buffer.data(), static_cast<std::size_t>(length)}));
  wipe(buffer.data(), buffer.size());
  if (!result)
    return refused(prefix + result.error().text);
  return result;
}

key_result secret_key::from_environment(const std::string& name) {
  const auto prefix = "environment variable " + name + ": ";
  char* const value = std::getenv(name.c_str());
  if (value == nullptr)
    return refused(prefix + "is not set");
  const std::string_view text{value};
  auto result = from_hex(text);
  // /proc/PID/environ shows the bytes even after unsetenv.
  wipe(value, text.size());
  ::unsetenv(name.c_str());
  if (!result)
    return refused(prefix + result.error().text);
  return result;
}

} // namespace hlx::signing
