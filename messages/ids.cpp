// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/ids.hpp"

#include <algorithm>

namespace hlx {

namespace {

constexpr int hex_value(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

} // namespace

void append_hex(std::string& out, const std::uint8_t* bytes, std::size_t size) {
  static constexpr char digits[] = "0123456789abcdef";
  const auto start = out.size();
  out.resize(start + 2 + 2 * size);
  char* to = out.data() + start;
  *to++ = '0';
  *to++ = 'x';
  for (std::size_t i = 0; i < size; ++i) {
    *to++ = digits[bytes[i] >> 4];
    *to++ = digits[bytes[i] & 15];
  }
}

bool parse_hex(std::string_view text, std::uint8_t* bytes, std::size_t size,
               bool prefix_optional) noexcept {
  if (text.starts_with("0x"))
    text.remove_prefix(2);
  else if (!prefix_optional)
    return false;
  if (text.size() != 2 * size)
    return false;
  for (std::size_t i = 0; i < size; ++i) {
    const int high = hex_value(text[2 * i]);
    const int low = hex_value(text[2 * i + 1]);
    if (high < 0 || low < 0)
      return false;
    bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return true;
}

bool parse_hex_number(std::string_view text, std::uint8_t* bytes,
                      std::size_t size) noexcept {
  if (!text.starts_with("0x"))
    return false;
  text.remove_prefix(2);
  if (text.empty() || text.size() > 2 * size)
    return false;
  std::fill_n(bytes, size, std::uint8_t{0});
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int value = hex_value(text[text.size() - 1 - i]);
    if (value < 0)
      return false;
    auto& byte = bytes[size - 1 - i / 2];
    byte = static_cast<std::uint8_t>(byte | (i % 2 == 0 ? value : value * 16));
  }
  return true;
}

} // namespace hlx
