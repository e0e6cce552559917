// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hlx::venue {

/// A parsed JSON value, for the requests that are too rare and too varied for
/// a decoder of their own: info queries, subscriptions, the control port.
/// Numbers keep their text, so that nothing is rounded.
struct json_value {
  enum class type : std::uint8_t {
    null,
    boolean,
    number, ///< `text` is its text.
    string,
    array,  ///< `items`
    object, ///< `members`, in the order of the text, repeats included.
  };

  type kind = type::null;
  bool truth = false;
  std::string text;
  std::vector<json_value> items;
  std::vector<std::pair<std::string, json_value>> members;

  bool is_null() const { return kind == type::null; }
  bool is_string() const { return kind == type::string; }
  bool is_object() const { return kind == type::object; }
  bool is_array() const { return kind == type::array; }

  /// The first member with that name, or nullptr.
  const json_value* find(std::string_view name) const;

  /// The string under that name, or nothing when it is absent or no string.
  std::optional<std::string> string_at(std::string_view name) const;

  /// The value as an unsigned 64-bit integer, or nothing.
  std::optional<std::uint64_t> as_u64() const;
};

/// Deepest nesting that parse_json takes.
inline constexpr std::size_t json_depth_max = 128;

/// Reads the first JSON value of the text; what follows it is ignored. Nothing
/// when the text is not JSON, not UTF-8, or nested deeper than json_depth_max.
std::optional<json_value> parse_json(std::string_view text);

/// The value as compact JSON.
std::string to_json(const json_value& x);

} // namespace hlx::venue
