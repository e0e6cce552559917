// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/inspect.hpp"
#include "hlx/messages/short_text.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace hlx {

/// A name that is its own type: a client order id is not a strategy id.
template <class Tag>
struct text_id {
  short_text value;

  // clang-tidy 14 takes the rewritten comparison with 0 for a null pointer.
  // NOLINTNEXTLINE(modernize-use-nullptr)
  friend auto operator<=>(const text_id&, const text_id&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, text_id& x) {
    return f(x.value);
  }
};

template <class Tag>
std::string to_string(const text_id<Tag>& x) {
  return std::string{x.value};
}

/// Chosen by the strategy; unique for the account for ever. Any UTF-8 text.
using client_order_id = text_id<struct client_order_id_tag>;

/// Names a strategy, across restarts and nodes.
using strategy_id = text_id<struct strategy_id_tag>;

/// A number that is its own type.
template <class Tag>
struct number_id {
  std::uint64_t value = 0;

  // clang-tidy 14 takes the rewritten comparison with 0 for a null pointer.
  // NOLINTNEXTLINE(modernize-use-nullptr)
  friend auto operator<=>(number_id, number_id) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, number_id& x) {
    return f(x.value);
  }
};

template <class Tag>
std::string to_string(number_id<Tag> x) {
  return std::to_string(x.value);
}

/// The venue's order id ("oid"): grows, and is new at every modify. 0: none.
using venue_order_id = number_id<struct venue_order_id_tag>;

/// The venue's trade id ("tid"): unique only with coin, time and oid.
using trade_id = number_id<struct trade_id_tag>;

/// Numbers an exchange request of one execution client, from 1.
using request_id = number_id<struct request_id_tag>;

/// Numbers an info query of one execution client, from 1.
using query_id = number_id<struct query_id_tag>;

/// Bytes with a fixed length, written as "0x" and lower-case hex.
template <std::size_t Size, class Tag>
struct byte_id {
  std::array<std::uint8_t, Size> bytes{};

  // clang-tidy 14 takes the rewritten comparison with 0 for a null pointer.
  // NOLINTNEXTLINE(modernize-use-nullptr)
  friend auto operator<=>(const byte_id&, const byte_id&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, byte_id& x) {
    return f(x.bytes);
  }
};

/// The client order id on the wire: 16 bytes.
using cloid = byte_id<16, struct cloid_tag>;

/// An account or signer: 20 bytes.
using address = byte_id<20, struct address_tag>;

/// A hash or a scalar of a signature: 32 bytes.
using bytes32 = byte_id<32, struct bytes32_tag>;

/// Appends "0x" and lower-case hex.
void append_hex(std::string& out, const std::uint8_t* bytes, std::size_t size);

/// Reads "0x" and exactly 2 * size hex digits of either case. The prefix may
/// be absent when `prefix_optional`. Returns false on anything else.
bool parse_hex(std::string_view text, std::uint8_t* bytes, std::size_t size,
               bool prefix_optional = false) noexcept;

/// Reads "0x" and 1 to 2 * size hex digits, as a number with its leading zeros
/// left out or not. Returns false on anything else.
bool parse_hex_number(std::string_view text, std::uint8_t* bytes,
                      std::size_t size) noexcept;

template <std::size_t Size, class Tag>
std::string to_string(const byte_id<Size, Tag>& x) {
  std::string result;
  append_hex(result, x.bytes.data(), Size);
  return result;
}

/// Reads a cloid, address or hash, or nothing.
template <class Bytes>
std::optional<Bytes> parse_bytes(std::string_view text) noexcept {
  Bytes result;
  if (!parse_hex(text, result.bytes.data(), result.bytes.size()))
    return std::nullopt;
  return result;
}

} // namespace hlx

template <class Tag>
struct std::hash<hlx::text_id<Tag>> {
  std::size_t operator()(const hlx::text_id<Tag>& x) const noexcept {
    return std::hash<hlx::short_text>{}(x.value);
  }
};

template <class Tag>
struct std::hash<hlx::number_id<Tag>> {
  std::size_t operator()(hlx::number_id<Tag> x) const noexcept {
    return std::hash<std::uint64_t>{}(x.value);
  }
};

/// The bytes are hashes already: the first eight are as good as any.
template <std::size_t Size, class Tag>
struct std::hash<hlx::byte_id<Size, Tag>> {
  std::size_t operator()(const hlx::byte_id<Size, Tag>& x) const noexcept {
    std::uint64_t result;
    std::memcpy(&result, x.bytes.data(), sizeof(result));
    return static_cast<std::size_t>(result);
  }
};
