// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/json_value.hpp"

#include "tests/venue/api/json_writer.hpp"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <charconv>

namespace hlx::venue {

namespace {

// Builds the tree. RapidJSON calls it; false stops the parse.
class tree_builder {
public:
  json_value root;

  bool Null() { return add({}) != nullptr; }

  bool Bool(bool x) {
    json_value value{.kind = json_value::type::boolean};
    value.truth = x;
    return add(std::move(value)) != nullptr;
  }

  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return add({.kind = json_value::type::number, .text{text, size}});
  }

  bool String(const char* text, rapidjson::SizeType size, bool) {
    return add({.kind = json_value::type::string, .text{text, size}});
  }

  bool Key(const char* text, rapidjson::SizeType size, bool) {
    key_.assign(text, size);
    return true;
  }

  bool StartObject() { return enter(json_value::type::object); }
  bool StartArray() { return enter(json_value::type::array); }
  bool EndObject(rapidjson::SizeType) { return leave(); }
  bool EndArray(rapidjson::SizeType) { return leave(); }

  // With kParseNumbersAsStringsFlag none of these is called.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

private:
  json_value* add(json_value value) {
    if (open_.empty()) {
      root = std::move(value);
      return &root;
    }
    auto& parent = *open_.back();
    if (parent.is_array())
      return &parent.items.emplace_back(std::move(value));
    return &parent.members.emplace_back(key_, std::move(value)).second;
  }

  bool enter(json_value::type kind) {
    if (open_.size() == json_depth_max)
      return false;
    open_.push_back(add({.kind = kind}));
    return true;
  }

  bool leave() {
    open_.pop_back();
    return true;
  }

  // Pointers stay valid: only the innermost open value grows.
  std::vector<json_value*> open_;
  std::string key_;
};

void write(json_writer& out, const json_value& x) {
  switch (x.kind) {
    case json_value::type::null:
      out.null();
      return;
    case json_value::type::boolean:
      out.value(x.truth);
      return;
    case json_value::type::number:
      out.raw(x.text);
      return;
    case json_value::type::string:
      out.value(x.text);
      return;
    case json_value::type::array:
      out.open_array();
      for (const auto& item : x.items)
        write(out, item);
      out.close_array();
      return;
    case json_value::type::object:
      out.open_object();
      for (const auto& [name, member] : x.members) {
        out.key(name);
        write(out, member);
      }
      out.close_object();
      return;
  }
}

} // namespace

const json_value* json_value::find(std::string_view name) const {
  for (const auto& [key, member] : members)
    if (key == name)
      return &member;
  return nullptr;
}

std::optional<std::string> json_value::string_at(std::string_view name) const {
  const auto* member = find(name);
  if (!member || !member->is_string())
    return std::nullopt;
  return member->text;
}

std::optional<std::uint64_t> json_value::as_u64() const {
  if (kind != type::number)
    return std::nullopt;
  std::uint64_t result = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, result);
  if (error != std::errc{} || stop != end)
    return std::nullopt;
  return result;
}

std::optional<json_value> parse_json(std::string_view text) {
  constexpr unsigned flags = rapidjson::kParseIterativeFlag
                             | rapidjson::kParseStopWhenDoneFlag
                             | rapidjson::kParseValidateEncodingFlag
                             | rapidjson::kParseNumbersAsStringsFlag;
  rapidjson::MemoryStream bytes{text.data(), text.size()};
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream>
    stream{bytes};
  rapidjson::Reader reader;
  tree_builder builder;
  if (!reader.Parse<flags>(stream, builder))
    return std::nullopt;
  return std::move(builder.root);
}

std::string to_json(const json_value& x) {
  json_writer out;
  write(out, x);
  return out.take();
}

} // namespace hlx::venue
