// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hlx::simulate {

/// Deepest nesting of arrays and objects that a script line may have.
inline constexpr std::size_t json_depth_max = 100;

enum class json_kind : std::uint8_t {
  null,
  boolean,
  number,
  string,
  array,
  object,
};

/// "null", "a boolean", "a number", ...
std::string_view to_string(json_kind x);

/// A JSON value as it was written: numbers keep their text, so that what goes
/// through unread comes out as it came in.
struct json_value {
  json_kind kind = json_kind::null;
  bool flag = false;              ///< Of a boolean.
  std::string text;               ///< Of a string, or a number's own text.
  std::vector<json_value> items;  ///< Of an array, or an object's values.
  std::vector<std::string> names; ///< Of an object, one for each item.

  /// The member of that name (the first one), or nullptr.
  const json_value* find(std::string_view name) const;
};

/// Reads exactly one JSON value. On failure returns false and sets `error` to
/// what is wrong and where.
bool parse_json(std::string_view text, json_value& out, std::string& error);

/// Writes the value without blanks.
std::string json_text(const json_value& x);

} // namespace hlx::simulate
