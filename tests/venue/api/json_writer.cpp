// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/json_writer.hpp"

#include "hlx/messages/decimal.hpp"

#include <array>
#include <utility>

namespace hlx::venue {

void append_json_string(std::string& out, std::string_view text) {
  constexpr std::array<char, 17> hex{"0123456789abcdef"};
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20) {
      out += "\\u00";
      out += hex[byte >> 4];
      out += hex[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

std::string venue_decimal(std::int64_t raw) {
  auto result = decimal_text(raw);
  if (result.find('.') == std::string::npos)
    result += ".0";
  return result;
}

json_writer& json_writer::key(std::string_view name) {
  separate();
  append_json_string(text_, name);
  text_ += ':';
  comma_ = false;
  return *this;
}

json_writer& json_writer::value(std::string_view text) {
  separate();
  append_json_string(text_, text);
  return *this;
}

json_writer& json_writer::raw(std::string_view json) {
  separate();
  text_ += json;
  return *this;
}

std::string json_writer::take() {
  comma_ = false;
  return std::exchange(text_, {});
}

json_writer& json_writer::open(char bracket) {
  separate();
  text_ += bracket;
  comma_ = false;
  return *this;
}

json_writer& json_writer::close(char bracket) {
  text_ += bracket;
  comma_ = true;
  return *this;
}

void json_writer::separate() {
  if (comma_)
    text_ += ',';
  comma_ = true;
}

} // namespace hlx::venue
