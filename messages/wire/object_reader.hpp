// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/ids.hpp"
#include "hlx/messages/wire/action_schema.hpp"
#include "hlx/messages/wire/decode_action.hpp"
#include "hlx/messages/wire/json.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <array>
#include <string>
#include <vector>

/// Reads what action_schema.hpp describes. Not installed.
namespace hlx::wire {

/// Where reading stands, and the first error. After an error nothing is read.
class read_context {
public:
  read_context(std::string root, decode_options options)
    : options_(options), path_(std::move(root)) {}

  [[nodiscard]] bool failed() const { return !error_.empty(); }

  [[nodiscard]] const std::string& error() const { return error_; }

  [[nodiscard]] const decode_options& options() const { return options_; }

  /// Remembers the first error, with the place.
  void fail(std::string_view what);

  /// "expected ..., got ...".
  void fail_kind(std::string_view expected, const json& got);

  /// Enters a member or element for the length of a scope.
  class step {
  public:
    step(read_context& context, std::string_view key);
    step(read_context& context, std::size_t index);
    step(const step&) = delete;
    step& operator=(const step&) = delete;
    ~step();

  private:
    read_context& context_;
    std::size_t length_;
  };

private:
  decode_options options_;
  std::string path_;
  std::string error_;
};

// One value each; on failure `out` may be changed.
void read(read_context& context, const json& node, bool& out);
void read(read_context& context, const json& node, std::uint8_t& out);
void read(read_context& context, const json& node, std::uint32_t& out);
void read(read_context& context, const json& node, std::uint64_t& out);
void read(read_context& context, const json& node, std::int64_t& out);
void read(read_context& context, const json& node, std::string& out);
void read(read_context& context, const json& node, price& out);
void read(read_context& context, const json& node, quantity& out);
void read(read_context& context, const json& node, amount& out);
void read(read_context& context, const json& node, cloid& out);
void read(read_context& context, const json& node, address& out);
void read(read_context& context, const json& node, venue_order_id& out);
void read(read_context& context, const json& node, modify_target& out);

/// A 256-bit number: hex digits, leading zeros left out or not.
void read_scalar(read_context& context, const json& node, bytes32& out);

/// The index of the word in `words`, or a failure that lists them.
std::size_t read_word(read_context& context, const json& node,
                      const std::string_view* words, std::size_t size);

/// Unknown keys inside these may be ignored, when the options say so.
template <class T>
inline constexpr bool belongs_to_order = false;
template <>
inline constexpr bool belongs_to_order<wire_order> = true;
template <>
inline constexpr bool belongs_to_order<trigger_terms> = true;
template <class T>
inline constexpr bool belongs_to_order<limit_part<T>> = true;

/// Reads one object. Keys that nothing asked for are errors.
class object_reader {
public:
  object_reader(read_context& context, const json& node);

  void type_name(std::string_view) {
    std::string ignored;
    field("type", ignored);
  }

  template <class T>
  void field(std::string_view key, T&& x) {
    if (const auto* found = take(key))
      enter(key, *found, x);
    else
      missing(key);
  }

  template <class T>
  void optional(std::string_view key, std::optional<T>& x) {
    x.reset();
    if (const auto* found = take(key); found && !found->is_null())
      enter(key, *found, x.emplace());
  }

  template <class T>
  void nullable(std::string_view key, std::optional<T>& x) {
    x.reset();
    const auto* found = take(key);
    if (!found)
      missing(key);
    else if (!found->is_null())
      enter(key, *found, x.emplace());
  }

  void flag(std::string_view key, bool& x) {
    std::optional<bool> found;
    optional(key, found);
    x = found.value_or(false);
  }

  [[nodiscard]] bool chooses(std::string_view key, bool) const {
    return !context_.failed() && node_.find(key) != nullptr;
  }

  /// The member of that key, which counts as known then; null when there is
  /// none, or after a failure.
  const json* take(std::string_view key);

  /// Complains about keys that nothing asked for.
  void close();

private:
  template <class T>
  void enter(std::string_view key, const json& node, T& x) {
    read_context::step step{context_, key};
    read_value(context_, node, x);
  }

  void missing(std::string_view key);

  static constexpr std::size_t keys_max = 15; // none of ours has more

  read_context& context_;
  const json& node_;
  std::array<std::string_view, keys_max> taken_{};
  std::size_t taken_size_ = 0;
};

template <class T>
concept readable = requires(read_context& context, const json& node, T& x) {
  read(context, node, x);
};

template <class T>
void read_value(read_context& context, const json& node, T& x);

template <class T>
void read_elements(read_context& context, const json& node,
                   std::vector<T>& xs) {
  xs.clear();
  if (!node.is_array())
    return context.fail_kind("an array", node);
  xs.reserve(node.items().size());
  for (std::size_t i = 0; i < node.items().size() && !context.failed(); ++i) {
    read_context::step step{context, i};
    read_value(context, node.items()[i], xs.emplace_back());
  }
}

/// Largest priority that the venue takes.
inline constexpr std::uint64_t priority_max = 100'000'000;

template <class Action>
void read_grouping(read_context& context, const json& node,
                   const grouping_part<Action>& x) {
  x.action.priority.reset();
  if (node.is_object()) {
    const priority_part<Action> part{x.action};
    read_value(context, node, part);
    if (x.action.priority.value_or(0) > priority_max)
      context.fail("p: " + std::to_string(*x.action.priority) + " is above "
                   + std::to_string(priority_max));
    return;
  }
  read_value(context, node, x.action.grouping);
}

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_grouping = false;
template <class T>
inline constexpr bool is_grouping<grouping_part<T>> = true;

template <class T>
void read_value(read_context& context, const json& node, T& x) {
  using type = std::remove_const_t<T>;
  if (context.failed())
    return;
  if constexpr (readable<T>) {
    read(context, node, x);
  } else if constexpr (has_wire_words<type>) {
    const auto& words = wire_words<type>::list;
    x = static_cast<type>(read_word(context, node, words.data(), words.size()));
  } else if constexpr (is_vector<type>) {
    read_elements(context, node, x);
  } else if constexpr (is_grouping<type>) {
    read_grouping(context, node, x);
  } else {
    object_reader reader{context, node};
    describe(reader, x);
    if (!belongs_to_order<type> || !context.options().ignore_unknown_order_keys)
      reader.close();
  }
}

} // namespace hlx::wire
