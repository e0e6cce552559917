// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hlx::wire {

enum class json_kind : std::uint8_t {
  null,
  boolean,
  number,
  string,
  array,
  object,
};

std::string_view to_string(json_kind x);

/// A JSON value as a tree, for everything that is not on the hot path. Members
/// keep their order and repeats; numbers keep their text, so that nothing is
/// lost beyond 53 or 64 bits.
class json {
public:
  using member = std::pair<std::string, json>;

  json() = default;

  static json boolean(bool value);

  /// `text` is a JSON number.
  static json number(std::string text);
  static json number(std::uint64_t value);
  static json number(std::int64_t value);
  static json string(std::string text);
  static json array(std::vector<json> items = {});
  static json object(std::vector<member> members = {});

  json_kind kind() const { return kind_; }
  bool is_null() const { return kind_ == json_kind::null; }
  bool is_boolean() const { return kind_ == json_kind::boolean; }
  bool is_number() const { return kind_ == json_kind::number; }
  bool is_string() const { return kind_ == json_kind::string; }
  bool is_array() const { return kind_ == json_kind::array; }
  bool is_object() const { return kind_ == json_kind::object; }

  /// Whether it is `true`.
  bool is_true() const { return truth_; }

  /// The characters of a string, the digits of a number; else empty.
  const std::string& text() const { return text_; }

  /// The items of an array; else empty.
  const std::vector<json>& items() const { return items_; }
  std::vector<json>& items() { return items_; }

  /// The members of an object, in order; else empty.
  const std::vector<member>& members() const { return members_; }
  std::vector<member>& members() { return members_; }

  /// The first member of that name, or null when there is none or when this
  /// is no object.
  const json* find(std::string_view name) const;

  /// An integer number in the range of the type, or nothing.
  std::optional<std::uint64_t> as_u64() const;
  std::optional<std::int64_t> as_i64() const;

  /// Appends a member to an object, an item to an array.
  json& add(std::string name, json value);
  json& add(json item);

  /// Appends the value as JSON text without blanks.
  void append_to(std::string& out) const;
  std::string dump() const;

  friend bool operator==(const json&, const json&) = default;

private:
  json_kind kind_ = json_kind::null;
  bool truth_ = false;
  std::string text_;
  std::vector<json> items_;
  std::vector<member> members_;
};

/// What came of reading JSON text.
struct json_result {
  std::optional<json> value;
  std::string error; ///< What is wrong and where, when there is no value.
  std::size_t consumed = 0; ///< Bytes of the value when there is one.
};

/// Whether something may follow the value.
enum class json_trailing : std::uint8_t {
  refused, ///< Only blanks.
  ignored, ///< Anything; `consumed` tells where.
};

/// How deep values may nest.
inline constexpr std::size_t json_depth_max = 64;

/// Reads one value. Text that is not UTF-8, nests deeper than
/// `json_depth_max` or breaks JSON's grammar is an error.
json_result parse_json(std::string_view text,
                       json_trailing trailing = json_trailing::refused);

/// Reads what the venue answers to a query. Nothing when it is no answer, and
/// `error` says why.
std::optional<json> read_answer(int http_status, std::string_view body,
                                std::string& error);

} // namespace hlx::wire
