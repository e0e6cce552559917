// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/object_reader.hpp"

#include "hlx/messages/assert.hpp"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

namespace hlx::wire {

void read_context::fail(std::string_view what) {
  if (!failed())
    error_.append(path_).append(": ").append(what);
}

void read_context::fail_kind(std::string_view expected, const json& got) {
  std::string what = "expected ";
  what.append(expected).append(", got ").append(to_string(got.kind()));
  fail(what);
}

read_context::step::step(read_context& context, std::string_view key)
  : context_(context), length_(context.path_.size()) {
  context_.path_.append(".").append(key);
}

read_context::step::step(read_context& context, std::size_t index)
  : context_(context), length_(context.path_.size()) {
  context_.path_.append("[").append(std::to_string(index)).append("]");
}

read_context::step::~step() {
  context_.path_.resize(length_);
}

namespace {

template <class Integer>
void read_integer(read_context& context, const json& node, Integer& out) {
  using limits = std::numeric_limits<Integer>;
  const auto fits = [](auto x) { return std::in_range<Integer>(x); };
  if (const auto x = node.as_u64(); x && fits(*x))
    out = static_cast<Integer>(*x);
  else if (const auto y = node.as_i64(); y && fits(*y))
    out = static_cast<Integer>(*y);
  else if (node.is_number())
    context.fail(quoted(node.text()) + " is not an integer from "
                 + std::to_string(limits::min()) + " to "
                 + std::to_string(limits::max()));
  else
    context.fail_kind("an integer", node);
}

enum class sign_rule : std::uint8_t { not_negative, any };

void read_decimal(read_context& context, const json& node, sign_rule rule,
                  std::int64_t& raw) {
  if (!node.is_string())
    return context.fail_kind("a decimal string", node);
  const auto error = parse_decimal(node.text(), raw);
  if (error != decimal_error::none)
    context.fail(quoted(node.text()).append(" is ").append(to_string(error)));
  else if (rule == sign_rule::not_negative && raw < 0)
    context.fail(quoted(node.text()) + " is negative");
}

void read_hex(read_context& context, const json& node, std::uint8_t* bytes,
              std::size_t size, bool prefix_optional) {
  if (!node.is_string())
    return context.fail_kind("a hex string", node);
  if (!parse_hex(node.text(), bytes, size, prefix_optional))
    context.fail(quoted(node.text()) + " is not 0x and "
                 + std::to_string(2 * size) + " hex digits");
}

} // namespace

void read(read_context& context, const json& node, bool& out) {
  if (node.is_boolean())
    out = node.is_true();
  else
    context.fail_kind("a boolean", node);
}

void read(read_context& context, const json& node, std::uint8_t& out) {
  read_integer(context, node, out);
}

void read(read_context& context, const json& node, std::uint32_t& out) {
  read_integer(context, node, out);
}

void read(read_context& context, const json& node, std::uint64_t& out) {
  read_integer(context, node, out);
}

void read(read_context& context, const json& node, std::int64_t& out) {
  read_integer(context, node, out);
}

void read(read_context& context, const json& node, std::string& out) {
  if (node.is_string())
    out = node.text();
  else
    context.fail_kind("a string", node);
}

void read(read_context& context, const json& node, price& out) {
  read_decimal(context, node, sign_rule::not_negative, out.raw);
}

void read(read_context& context, const json& node, quantity& out) {
  read_decimal(context, node, sign_rule::not_negative, out.raw);
}

void read(read_context& context, const json& node, amount& out) {
  read_decimal(context, node, sign_rule::any, out.raw);
}

void read(read_context& context, const json& node, cloid& out) {
  read_hex(context, node, out.bytes.data(), out.bytes.size(), false);
}

void read(read_context& context, const json& node, address& out) {
  read_hex(context, node, out.bytes.data(), out.bytes.size(), true);
}

void read(read_context& context, const json& node, venue_order_id& out) {
  read(context, node, out.value);
}

void read(read_context& context, const json& node, modify_target& out) {
  if (node.is_string())
    read(context, node, out.emplace<cloid>());
  else if (node.is_number())
    read(context, node, out.emplace<venue_order_id>());
  else
    context.fail_kind("an order id or a cloid", node);
}

void read_scalar(read_context& context, const json& node, bytes32& out) {
  if (!node.is_string())
    return context.fail_kind("a hex string", node);
  if (!parse_hex_number(node.text(), out.bytes.data(), out.bytes.size()))
    context.fail(quoted(node.text()) + " is not 0x and 1 to 64 hex digits");
}

std::size_t read_word(read_context& context, const json& node,
                      const std::string_view* words, std::size_t size) {
  if (!node.is_string()) {
    context.fail_kind("a string", node);
    return 0;
  }
  const auto* const found = std::find(words, words + size, node.text());
  if (found != words + size)
    return static_cast<std::size_t>(found - words);
  std::string what = quoted(node.text()) + " is not one of";
  for (std::size_t i = 0; i < size; ++i)
    what.append(i == 0 ? " " : ", ").append(words[i]);
  context.fail(what);
  return 0;
}

object_reader::object_reader(read_context& context, const json& node)
  : context_(context), node_(node) {
  if (!node.is_object())
    context.fail_kind("an object", node);
}

const json* object_reader::take(std::string_view key) {
  if (context_.failed())
    return nullptr;
  HLX_ASSERT(taken_size_ < keys_max);
  taken_[taken_size_++] = key;
  const json* result = nullptr;
  for (const auto& [name, value] : node_.members()) {
    if (name != key)
      continue;
    if (result) {
      context_.fail("key " + quoted(key) + " comes twice");
      return nullptr;
    }
    result = &value;
  }
  return result;
}

void object_reader::missing(std::string_view key) {
  context_.fail("key " + quoted(key) + " is missing");
}

void object_reader::close() {
  const std::span taken{taken_.data(), taken_size_};
  for (const auto& [name, value] : node_.members())
    if (std::ranges::find(taken, name) == taken.end())
      return context_.fail("key " + quoted(name) + " is unknown");
}

} // namespace hlx::wire
