// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/json_text.hpp"

#include <cstdint>
#include <cstring>

namespace hlx::wire {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool is_tail(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// Length of the well-formed UTF-8 sequence at the beginning of `text`, or 0.
std::size_t sequence_length(std::string_view text) {
  const auto at = [text](std::size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  const unsigned first = at(0);
  if (first < 0x80)
    return 1;
  if (first < 0xC2 || first > 0xF4)
    return 0;
  const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (text.size() < length)
    return 0;
  for (std::size_t i = 1; i < length; ++i)
    if (!is_tail(text[i]))
      return 0;
  const unsigned second = at(1);
  // The second byte rules out overlong forms, surrogates and what is beyond
  // the last code point.
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)
      || (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F))
    return 0;
  return length;
}

/// Number of leading bytes below 0x80, found a word at a time.
std::size_t ascii_prefix(std::string_view text) noexcept {
  constexpr std::uint64_t high_bits = 0x8080808080808080U;
  const char* const begin = text.data();
  std::size_t i = 0;
  for (; i + 32 <= text.size(); i += 32) {
    std::uint64_t words[4];
    std::memcpy(words, begin + i, sizeof(words));
    if (((words[0] | words[1] | words[2] | words[3]) & high_bits) != 0)
      break;
  }
  while (i < text.size() && static_cast<unsigned char>(begin[i]) < 0x80)
    ++i;
  return i;
}

void append_escaped(std::string& out, char c) {
  static constexpr char digits[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += digits[(static_cast<unsigned char>(c) >> 4) & 15];
      out += digits[static_cast<unsigned char>(c) & 15];
  }
}

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

} // namespace

bool is_ascii(std::string_view text) noexcept {
  return ascii_prefix(text) == text.size();
}

bool is_utf8(std::string_view text) noexcept {
  for (;;) {
    text.remove_prefix(ascii_prefix(text));
    if (text.empty())
      return true;
    const auto length = sequence_length(text);
    if (length == 0)
      return false;
    text.remove_prefix(length);
  }
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    std::size_t plain = 0;
    while (plain < text.size() && !needs_escape(text[plain])
           && static_cast<unsigned char>(text[plain]) < 0x80)
      ++plain;
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty())
      break;
    if (needs_escape(text.front())) {
      append_escaped(out, text.front());
      text.remove_prefix(1);
      continue;
    }
    const auto length = sequence_length(text);
    out += length == 0 ? replacement : text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  out += '"';
}

std::string excerpt(std::string_view text) {
  auto rest = text.substr(0, excerpt_max);
  // A character that the cut would split is left out.
  if (rest.size() < text.size()) {
    auto end = rest.size();
    while (end > 0 && rest.size() - end < 3 && is_tail(text[end]))
      --end;
    rest = rest.substr(0, end);
  }
  std::string result;
  while (!rest.empty()) {
    const auto length = sequence_length(rest);
    result += length == 0 ? replacement : rest.substr(0, length);
    rest.remove_prefix(length == 0 ? 1 : length);
  }
  if (text.size() > excerpt_max)
    result += "... (" + std::to_string(text.size()) + " bytes)";
  return result;
}

std::string quoted(std::string_view text) {
  std::string result;
  append_json_string(result, excerpt(text));
  return result;
}

} // namespace hlx::wire
