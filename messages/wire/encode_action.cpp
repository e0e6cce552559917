// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/encode_action.hpp"

#include "hlx/messages/assert.hpp"
#include "hlx/messages/wire/action_schema.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <msgpack/pack.hpp>

#include <charconv>
#include <cstring>

namespace hlx::wire {

namespace {

/// What both ways to write an object have in common: which keys are there, and
/// what stands for a type that the wire does not know. `Visitor` derives from
/// it and writes fields and values.
template <class Visitor>
class object_visitor {
public:
  void type_name(std::string_view word) { self().field("type", word); }

  void optional(std::string_view key, const auto& x) {
    if (x)
      self().field(key, *x);
  }

  void nullable(std::string_view key, const auto& x) {
    if (x)
      self().field(key, *x);
    else
      self().field(key, std::nullopt);
  }

  void flag(std::string_view key, bool x) {
    if (x)
      self().field(key, true);
  }

  static bool chooses(std::string_view, bool current) { return current; }

protected:
  void value(const venue_order_id& x) { self().value(x.value); }

  void value(const modify_target& x) {
    std::visit([this](const auto& target) { self().value(target); }, x);
  }

  void value(const grouping_part<const order_action>& x) {
    if (x.action.priority)
      self().value(priority_part<const order_action>{x.action});
    else
      self().value(x.action.grouping);
  }

private:
  Visitor& self() { return static_cast<Visitor&>(*this); }
};

/// Writes one object as JSON text.
class json_visitor : public object_visitor<json_visitor> {
public:
  explicit json_visitor(std::string& out) : out_(out) {}

  void field(std::string_view key, const auto& x) {
    out_ += first_ ? '{' : ',';
    first_ = false;
    out_ += '"';
    out_ += key;
    out_ += "\":";
    value(x);
  }

  void close() {
    HLX_ASSERT(!first_); // every object of the wire has a key
    out_ += '}';
  }

private:
  friend object_visitor<json_visitor>;
  using object_visitor<json_visitor>::value;

  template <std::integral T>
  void value(const T& x) {
    if constexpr (std::same_as<T, bool>) {
      out_ += x ? "true" : "false";
    } else {
      char text[24];
      out_.append(text, std::to_chars(text, text + sizeof(text), x).ptr);
    }
  }

  void value(std::nullopt_t) { out_ += "null"; }

  void value(std::string_view x) { append_json_string(out_, x); }

  void value(const std::string& x) { append_json_string(out_, x); }

  template <class Tag>
  void value(const fixed_decimal<Tag>& x) {
    char text[decimal_text_max];
    out_ += '"';
    out_.append(text, format_decimal(x.raw, text));
    out_ += '"';
  }

  template <std::size_t Size, class Tag>
  void value(const byte_id<Size, Tag>& x) {
    out_ += '"';
    append_hex(out_, x.bytes.data(), Size);
    out_ += '"';
  }

  template <class T>
  void value(const std::vector<T>& xs) {
    out_ += '[';
    for (const auto& x : xs) {
      if (&x != &xs.front())
        out_ += ',';
      value(x);
    }
    out_ += ']';
  }

  template <has_wire_words Enum>
  void value(const Enum& x) {
    value(wire_word(x));
  }

  template <class T>
  void value(const T& x) {
    json_visitor nested{out_};
    describe(nested, x);
    nested.close();
  }

  std::string& out_;
  bool first_ = true;
};

/// What msgpack::packer writes to: the buffer, grown in larger steps than the
/// packer's writes of one to a few bytes.
class byte_sink {
public:
  explicit byte_sink(byte_buffer& out) : out_(out), size_(out.size()) {}

  void write(const char* data, std::size_t size) {
    if (size_ + size > out_.size())
      out_.resize(2 * out_.size() + size + first_step);
    if (size == 1)
      out_[size_] = static_cast<std::uint8_t>(*data);
    else
      std::memcpy(out_.data() + size_, data, size);
    size_ += size;
  }

  [[nodiscard]] std::size_t size() const { return size_; }

  std::uint8_t& operator[](std::size_t index) { return out_[index]; }

  /// Drops what was grown in advance.
  void close() { out_.resize(size_); }

private:
  static constexpr std::size_t first_step = 256; // an order and its terms

  byte_buffer& out_;
  std::size_t size_;
};

/// Writes one object as a MessagePack map.
class msgpack_visitor : public object_visitor<msgpack_visitor> {
public:
  explicit msgpack_visitor(byte_sink& sink)
    : packer_(sink), sink_(sink), head_(sink.size()) {
    packer_.pack_map(0);
  }

  void field(std::string_view key, const auto& x) {
    ++size_;
    value(key);
    value(x);
  }

  /// Puts the number of keys into the map's first byte.
  void close() {
    HLX_ASSERT(size_ <= fixmap_max);
    sink_[head_] = static_cast<std::uint8_t>(sink_[head_] | size_);
  }

private:
  friend object_visitor<msgpack_visitor>;
  using object_visitor<msgpack_visitor>::value;

  static constexpr std::uint8_t fixmap_max = 15;

  void value(bool x) {
    if (x)
      packer_.pack_true();
    else
      packer_.pack_false();
  }

  void value(std::uint32_t x) { packer_.pack_uint32(x); }

  void value(std::uint64_t x) { packer_.pack_uint64(x); }

  void value(std::int64_t x) { packer_.pack_int64(x); }

  void value(std::nullopt_t) { packer_.pack_nil(); }

  void value(std::string_view x) {
    const auto size = static_cast<std::uint32_t>(x.size());
    packer_.pack_str(size);
    packer_.pack_str_body(x.data(), size);
  }

  void value(const std::string& x) { value(std::string_view{x}); }

  template <class Tag>
  void value(const fixed_decimal<Tag>& x) {
    char text[decimal_text_max];
    const char* const end = format_decimal(x.raw, text);
    value(std::string_view{text, static_cast<std::size_t>(end - text)});
  }

  template <std::size_t Size, class Tag>
  void value(const byte_id<Size, Tag>& x) {
    static constexpr char digits[] = "0123456789abcdef";
    std::array<char, 2 + 2 * Size> text{'0', 'x'};
    for (std::size_t i = 0; i < Size; ++i) {
      text[2 + 2 * i] = digits[x.bytes[i] >> 4];
      text[3 + 2 * i] = digits[x.bytes[i] & 15];
    }
    value(std::string_view{text.data(), text.size()});
  }

  template <class T>
  void value(const std::vector<T>& xs) {
    packer_.pack_array(static_cast<std::uint32_t>(xs.size()));
    for (const auto& x : xs)
      value(x);
  }

  template <has_wire_words Enum>
  void value(const Enum& x) {
    value(wire_word(x));
  }

  template <class T>
  void value(const T& x) {
    msgpack_visitor nested{sink_};
    describe(nested, x);
    nested.close();
  }

  msgpack::packer<byte_sink> packer_;
  byte_sink& sink_;
  std::size_t head_;
  std::uint8_t size_ = 0;
};

template <class Action>
void append_json_of(std::string& out, const Action& action) {
  json_visitor visitor{out};
  describe(visitor, action);
  visitor.close();
}

} // namespace

void append_json(std::string& out, const l1_action& action) {
  std::visit([&out](const auto& x) { append_json_of(out, x); }, action);
}

void append_json(std::string& out, const user_signed_action& action) {
  std::visit([&out](const auto& x) { append_json_of(out, x); }, action);
}

void append_msgpack(byte_buffer& out, const l1_action& action) {
  byte_sink sink{out};
  msgpack_visitor visitor{sink};
  std::visit([&visitor](const auto& x) { describe(visitor, x); }, action);
  visitor.close();
  sink.close();
}

std::string_view wire_name(const l1_action& action) {
  return std::visit([](const auto& x) { return type_name_of(x); }, action);
}

std::string_view wire_name(const user_signed_action& action) {
  return std::visit([](const auto& x) { return type_name_of(x); }, action);
}

} // namespace hlx::wire
