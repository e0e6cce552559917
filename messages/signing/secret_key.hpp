// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/wire/decode_result.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace hlx::signing {

/// A private key. Cannot be copied or printed. Its bytes lie in a page of their
/// own, which is locked in memory, left out of core dumps and of forked
/// children where the system allows, and wiped at the end.
class secret_key {
public:
  static constexpr std::size_t size = 32;

  secret_key(secret_key&& other) noexcept;
  secret_key& operator=(secret_key&& other) noexcept;
  secret_key(const secret_key&) = delete;
  secret_key& operator=(const secret_key&) = delete;
  ~secret_key();

  /// Reads 64 hex digits with or without 0x. The error never shows the text.
  static wire::decode_result<secret_key> from_hex(std::string_view text);

  /// Reads a file that holds from_hex's text and perhaps a line end. Refused:
  /// what is not a regular file (also a symbolic link), belongs to another
  /// user than the process and root, or others than its owner may use.
  static wire::decode_result<secret_key> from_file(
    const std::filesystem::path& path);

  /// Reads an environment variable, overwrites its value and removes it. Not
  /// to be called while other threads use the environment.
  static wire::decode_result<secret_key> from_environment(
    const std::string& name);

  /// The key itself. Not to be copied anywhere.
  [[nodiscard]] std::span<const std::uint8_t, size> bytes() const noexcept;

private:
  secret_key();

  std::uint8_t* page_; // null only when moved from
};

/// Overwrites memory in a way that the compiler keeps.
void wipe(void* data, std::size_t size) noexcept;

/// Overwrites a text before it is emptied.
void wipe(std::string& text) noexcept;

} // namespace hlx::signing
