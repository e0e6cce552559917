// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/decimal.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

namespace hlx::wire {

/// Writes one flat JSON object, member by member, in the order of the calls.
/// Member names are plain ASCII. Internal to wire/.
class object_writer {
public:
  /// Begins an object at the end of `out`, which must outlive the writer.
  explicit object_writer(std::string& out) : out_(out) { out_ += '{'; }

  object_writer& text(std::string_view name, std::string_view value) {
    append_name(name);
    append_json_string(out_, value);
    return *this;
  }

  template <std::integral Integer>
  object_writer& number(std::string_view name, Integer value) {
    append_name(name);
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
    out_.append(digits, end);
    return *this;
  }

  object_writer& truth(std::string_view name, bool value) {
    append_name(name);
    out_ += value ? "true" : "false";
    return *this;
  }

  /// A decimal as a string without trailing zeros.
  template <class Tag>
  object_writer& decimal(std::string_view name, fixed_decimal<Tag> value) {
    append_name(name);
    char digits[decimal_text_max];
    out_ += '"';
    out_.append(digits, format_decimal(value.raw, digits));
    out_ += '"';
    return *this;
  }

  /// Begins a member whose value the caller appends to the text.
  std::string& value(std::string_view name) {
    append_name(name);
    return out_;
  }

  void close() { out_ += '}'; }

private:
  void append_name(std::string_view name) {
    if (!empty_)
      out_ += ',';
    empty_ = false;
    out_ += '"';
    out_ += name;
    out_ += "\":";
  }

  std::string& out_;
  bool empty_ = true;
};

} // namespace hlx::wire
