// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/json.hpp"

#include "hlx/messages/wire/json_text.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>

namespace hlx::wire {

namespace {

/// Builds the tree from the reader's calls.
class tree_builder
  : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, tree_builder> {
public:
  bool Null() { return put(json{}); }
  bool Bool(bool x) { return put(json::boolean(x)); }

  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return put(json::number(std::string{text, size}));
  }

  bool String(const char* text, rapidjson::SizeType size, bool) {
    return check_encoding({text, size})
           && put(json::string(std::string{text, size}));
  }

  bool Key(const char* text, rapidjson::SizeType size, bool) {
    if (!check_encoding({text, size}))
      return false;
    open_.back().key.assign(text, size);
    return true;
  }

  bool StartObject() { return open(json::object()); }
  bool StartArray() { return open(json::array()); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool EndArray(rapidjson::SizeType) { return close(); }

  /// Why the reader was told to stop; empty when it was not.
  const std::string& problem() const { return problem_; }
  json& root() { return root_; }

private:
  struct level {
    json value;
    std::string key;
  };

  // The reader turns an escaped lone surrogate into bytes that are no UTF-8.
  bool check_encoding(std::string_view text) {
    if (!is_utf8(text))
      problem_ = "Invalid encoding in string.";
    return problem_.empty();
  }

  bool put(json value) {
    if (open_.empty())
      root_ = std::move(value);
    else if (auto& top = open_.back(); top.value.is_object())
      top.value.add(std::move(top.key), std::move(value));
    else
      top.value.add(std::move(value));
    return true;
  }

  bool open(json value) {
    if (open_.size() == json_depth_max) {
      problem_ =
        "Nested deeper than " + std::to_string(json_depth_max) + " levels.";
      return false;
    }
    open_.push_back({std::move(value), {}});
    return true;
  }

  bool close() {
    auto done = std::move(open_.back().value);
    open_.pop_back();
    return put(std::move(done));
  }

  std::vector<level> open_;
  json root_;
  std::string problem_;
};

template <class Integer>
std::optional<Integer> read_integer(std::string_view text) {
  Integer value{};
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end)
    return std::nullopt;
  return value;
}

} // namespace

std::string_view to_string(json_kind x) {
  switch (x) {
    case json_kind::null:
      return "null";
    case json_kind::boolean:
      return "a boolean";
    case json_kind::number:
      return "a number";
    case json_kind::string:
      return "a string";
    case json_kind::array:
      return "an array";
    case json_kind::object:
      return "an object";
  }
  return "unknown";
}

json json::boolean(bool value) {
  json result;
  result.kind_ = json_kind::boolean;
  result.truth_ = value;
  return result;
}

json json::number(std::string text) {
  json result;
  result.kind_ = json_kind::number;
  result.text_ = std::move(text);
  return result;
}

json json::number(std::uint64_t value) {
  return number(std::to_string(value));
}

json json::number(std::int64_t value) {
  return number(std::to_string(value));
}

json json::string(std::string text) {
  json result;
  result.kind_ = json_kind::string;
  result.text_ = std::move(text);
  return result;
}

json json::array(std::vector<json> items) {
  json result;
  result.kind_ = json_kind::array;
  result.items_ = std::move(items);
  return result;
}

json json::object(std::vector<member> members) {
  json result;
  result.kind_ = json_kind::object;
  result.members_ = std::move(members);
  return result;
}

const json* json::find(std::string_view name) const {
  const auto found =
    std::find_if(members_.begin(), members_.end(),
                 [name](const member& x) { return x.first == name; });
  return found == members_.end() ? nullptr : &found->second;
}

std::optional<std::uint64_t> json::as_u64() const {
  if (kind_ != json_kind::number)
    return std::nullopt;
  return read_integer<std::uint64_t>(text_);
}

std::optional<std::int64_t> json::as_i64() const {
  if (kind_ != json_kind::number)
    return std::nullopt;
  return read_integer<std::int64_t>(text_);
}

json& json::add(std::string name, json value) {
  members_.emplace_back(std::move(name), std::move(value));
  return *this;
}

json& json::add(json item) {
  items_.push_back(std::move(item));
  return *this;
}

void json::append_to(std::string& out) const {
  switch (kind_) {
    case json_kind::null:
      out += "null";
      break;
    case json_kind::boolean:
      out += truth_ ? "true" : "false";
      break;
    case json_kind::number:
      out += text_;
      break;
    case json_kind::string:
      append_json_string(out, text_);
      break;
    case json_kind::array: {
      char separator = '[';
      for (const auto& item : items_) {
        out += separator;
        item.append_to(out);
        separator = ',';
      }
      out += items_.empty() ? "[]" : "]";
      break;
    }
    case json_kind::object: {
      char separator = '{';
      for (const auto& [name, value] : members_) {
        out += separator;
        append_json_string(out, name);
        out += ':';
        value.append_to(out);
        separator = ',';
      }
      out += members_.empty() ? "{}" : "}";
      break;
    }
  }
}

std::string json::dump() const {
  std::string result;
  append_to(result);
  return result;
}

json_result parse_json(std::string_view text, json_trailing trailing) {
  using namespace rapidjson;
  constexpr unsigned flags = kParseIterativeFlag | kParseValidateEncodingFlag
                             | kParseNumbersAsStringsFlag;
  json_result result;
  MemoryStream bytes{text.data(), text.size()};
  Reader reader;
  tree_builder builder;
  const auto outcome =
    trailing == json_trailing::refused
      ? reader.Parse<flags>(bytes, builder)
      : reader.Parse<flags | kParseStopWhenDoneFlag>(bytes, builder);
  auto problem = builder.problem();
  auto offset = outcome.Offset();
  if (problem.empty() && outcome.IsError())
    problem = GetParseError_En(outcome.Code());
  // The reader takes a zero byte for the end of the text.
  if (problem.empty() && trailing == json_trailing::refused
      && bytes.Tell() != text.size()) {
    problem = "The document root must not be followed by other values.";
    offset = bytes.Tell();
  }
  if (!problem.empty()) {
    result.error = "at byte " + std::to_string(offset) + ": ";
    result.error += problem;
    return result;
  }
  result.value = std::move(builder.root());
  result.consumed = bytes.Tell();
  return result;
}

std::optional<json> read_answer(int http_status, std::string_view body,
                                std::string& error) {
  if (http_status != 200) {
    error = "HTTP " + std::to_string(http_status) + ": " + excerpt(body);
    return std::nullopt;
  }
  auto parsed = parse_json(body);
  if (!parsed.value)
    error = "not JSON, " + parsed.error + ": " + excerpt(body);
  return std::move(parsed.value);
}

} // namespace hlx::wire
