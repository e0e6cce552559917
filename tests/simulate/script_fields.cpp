// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/script_fields.hpp"

#include "tests/simulate/replay_script.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_set>

namespace hlx::simulate {

namespace {

constexpr std::size_t fraction_digits_max = 8;
constexpr std::size_t quoted_bytes_max = 60;

std::string expected(std::string_view what, const wire::json& found) {
  return "must be " + std::string{what} + ", not "
         + std::string{to_string(found.kind())};
}

} // namespace

std::string shortened(std::string_view text) {
  if (text.size() <= quoted_bytes_max)
    return std::string{text};
  auto size = quoted_bytes_max;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80U)
    --size;
  return std::string{text.substr(0, size)} + "... ("
         + std::to_string(text.size()) + " bytes)";
}

std::string in_quotes(std::string_view text) {
  return '"' + shortened(text) + '"';
}

field_reader::field_reader(const wire::json& value, std::string path)
  : value_(value), path_(std::move(path)) {
  if (value.kind() != wire::json_kind::object) {
    const auto name = path_.empty() ? std::string{"the line"}
                                    : path_.substr(0, path_.size() - 1);
    throw bad_field{name + ": " + expected("an object", value)};
  }
  std::unordered_set<std::string_view> seen;
  for (const auto& [name, item] : value.members())
    if (!seen.insert(name).second)
      fail(name, "stands twice");
}

const wire::json* field_reader::find(std::string_view name) {
  if (std::find(asked_.begin(), asked_.end(), name) == asked_.end())
    asked_.push_back(name);
  return value_.find(name);
}

const wire::json* field_reader::find_value(std::string_view name) {
  const auto* result = find(name);
  return result == nullptr || result->kind() == wire::json_kind::null ? nullptr
                                                                      : result;
}

const wire::json& field_reader::need(std::string_view name) {
  const auto* result = find(name);
  if (result == nullptr)
    fail(name, "is missing");
  return *result;
}

std::string field_reader::text(std::string_view name) {
  return text_of(name, need(name));
}

std::string field_reader::word_text(std::string_view name,
                                    std::string_view allowed) {
  const auto& value = need(name);
  if (value.kind() != wire::json_kind::string)
    fail(name, expected("a string", value)
                 + " (allowed: " + std::string{allowed} + ")");
  return text_of(name, value);
}

std::optional<std::string> field_reader::text_or_none(std::string_view name) {
  const auto* value = find_value(name);
  if (value == nullptr)
    return std::nullopt;
  return text_of(name, *value);
}

bool field_reader::boolean_or(std::string_view name, bool otherwise) {
  const auto* value = find(name);
  if (value == nullptr)
    return otherwise;
  if (value->kind() != wire::json_kind::boolean)
    fail(name, expected("true or false", *value));
  return value->is_true();
}

std::int64_t field_reader::integer(std::string_view name, std::int64_t min,
                                   std::int64_t max) {
  return integer_of(name, need(name), min, max);
}

std::int64_t field_reader::integer_or(std::string_view name,
                                      std::int64_t otherwise, std::int64_t min,
                                      std::int64_t max) {
  const auto* value = find(name);
  return value == nullptr ? otherwise : integer_of(name, *value, min, max);
}

void field_reader::finish() const {
  for (const auto& [name, item] : value_.members()) {
    if (std::find(asked_.begin(), asked_.end(), name) != asked_.end())
      continue;
    std::string allowed;
    for (const auto& x : asked_)
      allowed += (allowed.empty() ? "" : ", ") + std::string{x};
    throw bad_field{path_ + in_quotes(name)
                    + " is not known here (allowed: " + allowed + ")"};
  }
}

void field_reader::fail(std::string_view name, const std::string& what) const {
  throw bad_field{path_ + shortened(name) + ": " + what};
}

std::int64_t field_reader::decimal_of(std::string_view name,
                                      const wire::json& value) const {
  constexpr auto allowed =
    " (allowed: digits, optionally a point and at most 8 digits, in quotes)";
  if (value.kind() != wire::json_kind::string)
    fail(name, expected("a decimal in quotes", value) + allowed);
  std::int64_t raw = 0;
  auto error = parse_decimal(value.text(), raw);
  const auto point = value.text().find('.');
  if (error == decimal_error::none && point != std::string::npos
      && value.text().size() - point - 1 > fraction_digits_max)
    error = decimal_error::too_many_digits;
  if (error != decimal_error::none)
    fail(name, in_quotes(value.text()) + ": " + std::string{to_string(error)}
                 + allowed);
  return raw;
}

std::string field_reader::text_of(std::string_view name,
                                  const wire::json& value) const {
  if (value.kind() != wire::json_kind::string)
    fail(name, expected("a string", value));
  if (value.text().size() > script_text_bytes_max)
    fail(name, "has " + std::to_string(value.text().size())
                 + " bytes (allowed: at most "
                 + std::to_string(script_text_bytes_max) + ")");
  return value.text();
}

std::int64_t field_reader::integer_of(std::string_view name,
                                      const wire::json& value, std::int64_t min,
                                      std::int64_t max) const {
  const auto allowed = " (allowed: an integer from " + std::to_string(min)
                       + " to " + std::to_string(max) + ")";
  if (value.kind() != wire::json_kind::number)
    fail(name, expected("an integer", value) + allowed);
  std::int64_t result = 0;
  const auto* end = value.text().data() + value.text().size();
  const auto parsed = std::from_chars(value.text().data(), end, result);
  if (parsed.ec != std::errc{} || parsed.ptr != end || result < min
      || result > max)
    fail(name, shortened(value.text()) + " is not allowed" + allowed);
  return result;
}

} // namespace hlx::simulate
