// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/decimal.hpp"
#include "hlx/messages/wire/json.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace hlx::simulate {

/// What is wrong with one line of a script. Caught where the line is read.
struct bad_field : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The text, cut to a length that fits in a diagnostic.
std::string shortened(std::string_view text);

/// The same in quotes.
std::string in_quotes(std::string_view text);

/// The members of one JSON object, read one by one. Every function throws a
/// bad_field that names the member and what is allowed there.
class field_reader {
public:
  /// `path` is put before the names in diagnostics: "" or "order.". Throws
  /// unless `value` is an object in which every name stands once.
  field_reader(const wire::json& value, std::string path);

  const std::string& path() const { return path_; }

  /// The member, or nullptr when it is absent.
  const wire::json* find(std::string_view name);

  /// As find, and null counts as absent.
  const wire::json* find_value(std::string_view name);

  const wire::json& need(std::string_view name);

  std::string text(std::string_view name);

  /// The same, for a member that takes few texts: a diagnostic says which.
  std::string word_text(std::string_view name, std::string_view allowed);

  std::optional<std::string> text_or_none(std::string_view name);
  bool boolean_or(std::string_view name, bool otherwise);
  std::int64_t integer(std::string_view name, std::int64_t min,
                       std::int64_t max);
  std::int64_t integer_or(std::string_view name, std::int64_t otherwise,
                          std::int64_t min, std::int64_t max);

  template <class Decimal>
  std::optional<Decimal> decimal_or_none(std::string_view name) {
    const auto* value = find_value(name);
    if (value == nullptr)
      return std::nullopt;
    return Decimal{decimal_of(name, *value)};
  }

  template <class Decimal>
  Decimal decimal(std::string_view name) {
    return Decimal{decimal_of(name, need(name))};
  }

  /// One of the words that `parse` knows.
  template <class Enum>
  Enum word(std::string_view name,
            std::optional<Enum> (*parse)(std::string_view),
            std::string_view allowed) {
    const auto found = word_text(name, allowed);
    if (const auto x = parse(found))
      return *x;
    fail(name, in_quotes(found)
                 + " is unknown (allowed: " + std::string{allowed} + ")");
  }

  /// Throws when the object has a member that nobody asked for.
  void finish() const;

  [[noreturn]] void fail(std::string_view name, const std::string& what) const;

private:
  std::int64_t decimal_of(std::string_view name, const wire::json& value) const;
  std::string text_of(std::string_view name, const wire::json& value) const;
  std::int64_t integer_of(std::string_view name, const wire::json& value,
                          std::int64_t min, std::int64_t max) const;

  const wire::json& value_;
  std::string path_;
  std::vector<std::string_view> asked_;
};

} // namespace hlx::simulate
