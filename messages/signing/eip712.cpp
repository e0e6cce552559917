// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/signing/eip712.hpp"

#include "hlx/messages/assert.hpp"
#include "hlx/messages/signing/keccak.hpp"
#include "hlx/messages/wire/action_schema.hpp"

#include <algorithm>
#include <array>

namespace hlx::signing {

namespace {

constexpr std::uint8_t hex_digit(char c) {
  return static_cast<std::uint8_t>(c <= '9' ? c - '0' : c - 'a' + 10);
}

/// 32 bytes from 64 hex digits.
consteval bytes32 hash_literal(const char (&digits)[65]) {
  bytes32 result;
  for (std::size_t i = 0; i < result.bytes.size(); ++i)
    result.bytes[i] = static_cast<std::uint8_t>(hex_digit(digits[2 * i]) * 16
                                                + hex_digit(digits[2 * i + 1]));
  return result;
}

// Of the domain {"Exchange", "1", 1337, 0x0}, the same on both networks.
constexpr auto agent_domain = hash_literal(
  "d79297fcdf2ffcd4ae223d01edaa2ba214ff8f401d7c9300d995d17c82aa4040");

// Of "Agent(string source,bytes32 connectionId)".
constexpr auto agent_type = hash_literal(
  "26f05c2f7239b6983075e58321292d77b3aa173d19b27257ac96ab362570f508");

// Of "a" and of "b".
constexpr auto mainnet_source = hash_literal(
  "3ac225168df54212a25c1c01fd35bebfea408fdac2e31ddd6f80a4bbf9a5f1cb");
constexpr auto testnet_source = hash_literal(
  "b5553de315e0edf504d9150af82dafa5c4667fa618ed0a6f19c69b41166c5510");

/// Joins the words of a structure.
template <std::size_t Count>
std::array<std::uint8_t, 32 * Count> join(
  const std::array<bytes32, Count>& words) {
  std::array<std::uint8_t, 32 * Count> result;
  auto out = result.begin();
  for (const auto& word : words)
    out = std::copy(word.bytes.begin(), word.bytes.end(), out);
  return result;
}

/// The digest of typed data: the domain and the structure behind 0x19 0x01.
bytes32 typed_data_digest(const bytes32& domain, const bytes32& structure) {
  std::array<std::uint8_t, 66> data{0x19, 0x01};
  std::copy(domain.bytes.begin(), domain.bytes.end(), data.begin() + 2);
  std::copy(structure.bytes.begin(), structure.bytes.end(), data.begin() + 34);
  return keccak256(std::span<const std::uint8_t>{data});
}

void append_big_endian(wire::byte_buffer& out, std::uint64_t x) {
  for (int shift = 56; shift >= 0; shift -= 8)
    out.push_back(static_cast<std::uint8_t>(x >> shift));
}

bytes32 word_of(std::uint64_t x) {
  bytes32 result;
  for (std::size_t i = 0; i < 8; ++i)
    result.bytes[31 - i] = static_cast<std::uint8_t>(x >> (8 * i));
  return result;
}

/// Collects a user-signed action's fields as typed data.
class typed_data_visitor {
public:
  void type_name(std::string_view) {}

  void field(std::string_view key, const auto& x) {
    // The chain id stands in the domain.
    if (key == "signatureChainId")
      return;
    if (!types_.empty())
      types_ += ',';
    types_.append(type_of(x)).append(" ").append(key);
    HLX_ASSERT(size_ < words_max);
    words_[size_++] = hash_of(x);
  }

  void optional(std::string_view key, const std::optional<std::string>& x) {
    field(key, x ? *x : std::string{});
  }

  [[nodiscard]] bytes32 hash(std::string_view primary_type) {
    std::string type{primary_type};
    type.append("(").append(types_).append(")");
    words_[0] = keccak256(std::string_view{type});
    const auto data = join(words_);
    return keccak256(std::span{data}.first(32 * size_));
  }

private:
  static std::string_view type_of(const std::string&) { return "string"; }

  static std::string_view type_of(const address&) { return "address"; }

  static std::string_view type_of(bool) { return "bool"; }

  static std::string_view type_of(std::uint64_t) { return "uint64"; }

  static bytes32 hash_of(const std::string& x) {
    return keccak256(std::string_view{x});
  }

  static bytes32 hash_of(const address& x) {
    bytes32 result;
    std::copy(x.bytes.begin(), x.bytes.end(), result.bytes.begin() + 12);
    return result;
  }

  static bytes32 hash_of(bool x) { return word_of(x ? 1U : 0U); }

  static bytes32 hash_of(std::uint64_t x) { return word_of(x); }

  static constexpr std::size_t words_max = 10;

  std::string types_;
  std::array<bytes32, words_max> words_{}; // the first: the type's own hash
  std::size_t size_ = 1;
};

/// "usdSend" is signed as "HyperliquidTransaction:UsdSend"; only withdraw3
/// drops its version.
std::string primary_type_of(std::string_view type_name) {
  std::string result = "HyperliquidTransaction:";
  const auto start = result.size();
  result += type_name == "withdraw3" ? "withdraw" : type_name;
  result[start] = static_cast<char>(result[start] - 'a' + 'A');
  return result;
}

bytes32 user_signed_domain_hash(const user_signed_domain& domain) {
  bytes32 chain_id;
  const bool is_number = parse_hex_number(
    domain.signature_chain_id, chain_id.bytes.data(), chain_id.bytes.size());
  HLX_ASSERT(is_number);
  return keccak256(std::span<const std::uint8_t>{join(std::array{
    keccak256("EIP712Domain(string name,string version,uint256 chainId,"
              "address verifyingContract)"),
    keccak256("HyperliquidSignTransaction"), keccak256("1"), chain_id,
    bytes32{}})});
}

} // namespace

bytes32 action_hash(wire::byte_buffer& scratch, const l1_action& action,
                    const wire::action_terms& terms) {
  scratch.clear();
  wire::append_msgpack(scratch, action);
  append_big_endian(scratch, terms.nonce);
  scratch.push_back(terms.vault ? 1 : 0);
  if (terms.vault)
    scratch.insert(scratch.end(), terms.vault->bytes.begin(),
                   terms.vault->bytes.end());
  if (terms.expires_after_ms) {
    scratch.push_back(0);
    append_big_endian(scratch, *terms.expires_after_ms);
  }
  return keccak256(std::span<const std::uint8_t>{scratch});
}

bytes32 agent_digest(network net, const bytes32& action_hash) noexcept {
  const auto& source =
    net == network::mainnet ? mainnet_source : testnet_source;
  const auto structure = join(std::array{agent_type, source, action_hash});
  return typed_data_digest(agent_domain,
                           keccak256(std::span<const std::uint8_t>{structure}));
}

bytes32 user_signed_digest(const user_signed_action& action) {
  typed_data_visitor visitor;
  return std::visit(
    [&](const auto& x) {
      wire::describe(visitor, x);
      return typed_data_digest(
        user_signed_domain_hash(x.domain),
        visitor.hash(primary_type_of(wire::type_name_of(x))));
    },
    action);
}

} // namespace hlx::signing
