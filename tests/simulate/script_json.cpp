// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/script_json.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace hlx::simulate {

namespace {

/// Builds the tree below `root`; `open_` is the path to the value that the
/// next one goes into. A parent does not grow while a child of it is open, so
/// the pointers stay valid.
class tree_builder {
public:
  explicit tree_builder(json_value& root) : root_(root) {}

  bool too_deep() const { return too_deep_; }

  bool Null() {
    next();
    return true;
  }

  bool Bool(bool x) {
    auto& value = next();
    value.kind = json_kind::boolean;
    value.flag = x;
    return true;
  }

  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    auto& value = next();
    value.kind = json_kind::number;
    value.text.assign(text, size);
    return true;
  }

  bool String(const char* text, rapidjson::SizeType size, bool) {
    auto& value = next();
    value.kind = json_kind::string;
    value.text.assign(text, size);
    return true;
  }

  bool Key(const char* text, rapidjson::SizeType size, bool) {
    open_.back()->names.emplace_back(text, size);
    return true;
  }

  bool StartObject() { return start(json_kind::object); }
  bool StartArray() { return start(json_kind::array); }

  bool EndObject(rapidjson::SizeType) {
    open_.pop_back();
    return true;
  }

  bool EndArray(rapidjson::SizeType) {
    open_.pop_back();
    return true;
  }

  // Numbers come as text alone.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

private:
  json_value& next() {
    if (open_.empty())
      return root_;
    return open_.back()->items.emplace_back();
  }

  bool start(json_kind kind) {
    if (open_.size() == json_depth_max) {
      too_deep_ = true;
      return false;
    }
    auto& value = next();
    value.kind = kind;
    open_.push_back(&value);
    return true;
  }

  json_value& root_;
  std::vector<json_value*> open_;
  bool too_deep_ = false;
};

void write(rapidjson::Writer<rapidjson::StringBuffer>& out,
           const json_value& x) {
  const auto size = static_cast<rapidjson::SizeType>(x.text.size());
  switch (x.kind) {
    case json_kind::null:
      out.Null();
      break;
    case json_kind::boolean:
      out.Bool(x.flag);
      break;
    case json_kind::number:
      out.RawValue(x.text.data(), x.text.size(), rapidjson::kNumberType);
      break;
    case json_kind::string:
      out.String(x.text.data(), size);
      break;
    case json_kind::array:
      out.StartArray();
      for (const auto& item : x.items)
        write(out, item);
      out.EndArray();
      break;
    case json_kind::object:
      out.StartObject();
      for (std::size_t i = 0; i < x.items.size(); ++i) {
        out.Key(x.names[i].data(),
                static_cast<rapidjson::SizeType>(x.names[i].size()));
        write(out, x.items[i]);
      }
      out.EndObject();
      break;
  }
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
  return "null";
}

const json_value* json_value::find(std::string_view name) const {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name)
      return &items[i];
  return nullptr;
}

bool parse_json(std::string_view text, json_value& out, std::string& error) {
  constexpr unsigned flags = rapidjson::kParseIterativeFlag
                             | rapidjson::kParseValidateEncodingFlag
                             | rapidjson::kParseNumbersAsStringsFlag;
  out = {};
  tree_builder builder{out};
  rapidjson::MemoryStream bytes{text.data(), text.size()};
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream>
    input{bytes};
  rapidjson::Reader reader;
  const auto result = reader.Parse<flags>(input, builder);
  if (!result.IsError())
    return true;
  error = builder.too_deep()
            ? "nested deeper than " + std::to_string(json_depth_max) + " levels"
            : rapidjson::GetParseError_En(result.Code());
  error += " (at byte " + std::to_string(result.Offset() + 1) + ")";
  return false;
}

std::string json_text(const json_value& x) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> out{buffer};
  write(out, x);
  return {buffer.GetString(), buffer.GetSize()};
}

} // namespace hlx::simulate
