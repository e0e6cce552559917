// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/signing/without_keys.hpp"

#include <algorithm>
#include <cctype>

namespace hlx::signing {

namespace {

/// 0x and 40 hex digits.
constexpr std::size_t address_length = 42;

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

} // namespace

std::string without_keys(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const auto* const end =
      std::find_if_not(text.begin(), text.end(), is_word_character);
    const auto length = static_cast<std::size_t>(end - text.begin());
    if (length > address_length)
      result.append("(not shown: ")
        .append(std::to_string(length))
        .append(" characters that may be a private key)");
    else
      result.append(text.substr(0, length));
    text.remove_prefix(length);
    if (!text.empty()) {
      result += text.front();
      text.remove_prefix(1);
    }
  }
  return result;
}

} // namespace hlx::signing
