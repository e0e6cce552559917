// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/json_writer.hpp"

#include "hlx/messages/decimal.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <utility>

namespace hlx::venue {

std::string venue_decimal(std::int64_t raw) {
  auto result = decimal_text(raw);
  if (result.find('.') == std::string::npos)
    result += ".0";
  return result;
}

json_writer& json_writer::key(std::string_view name) {
  separate();
  wire::append_json_string(text_, name);
  text_ += ':';
  comma_ = false;
  return *this;
}

json_writer& json_writer::value(std::string_view text) {
  separate();
  wire::append_json_string(text_, text);
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
