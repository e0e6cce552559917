// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/signing/eip712.hpp"
#include "hlx/messages/signing/recover.hpp"
#include "hlx/messages/signing/signer.hpp"
#include "hlx/messages/wire/decode_request.hpp"
#include "hlx/messages/wire/json.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <set>
#include <sstream>

using namespace hlx;
using wire::json;

namespace {

json load(const std::string& name) {
  std::ifstream in{HLX_GOLDEN_DIR "/" + name};
  std::stringstream text;
  text << in.rdbuf();
  auto parsed = wire::parse_json(text.str());
  BOOST_REQUIRE_MESSAGE(parsed.value, name << ": " << parsed.error);
  return *parsed.value;
}

const std::string& text(const json& object, std::string_view key) {
  const auto* found = object.find(key);
  BOOST_REQUIRE_MESSAGE(found, "no " << key);
  return found->text();
}

signing::signer signer_of(const json& vector) {
  auto key = signing::secret_key::from_hex(text(vector, "privateKey"));
  BOOST_REQUIRE(key.ok());
  return signing::signer{std::move(*key)};
}

std::string hex(const wire::byte_buffer& bytes) {
  std::string result;
  append_hex(result, bytes.data(), bytes.size());
  return result.substr(2);
}

/// r, s and v as the files have them.
void check_signature(const json& expected, const signing::signature& made) {
  BOOST_TEST(to_string(made.r) == text(expected, "r"));
  BOOST_TEST(to_string(made.s) == text(expected, "s"));
  BOOST_TEST(std::to_string(made.v) == text(expected, "v"));
}

wire::any_action action_of(const json& node) {
  auto decoded = wire::decode_action(node);
  if (!decoded)
    BOOST_FAIL(decoded.error().text);
  return *decoded;
}

wire::action_terms terms_of(const json& vector, std::string_view vault_key) {
  wire::action_terms result{.nonce = *vector.find("nonce")->as_u64()};
  if (const auto* vault = vector.find(vault_key); vault && vault->is_string())
    result.vault = parse_bytes<address>(vault->text());
  result.expires_after_ms = vector.find("expiresAfter")->as_u64();
  return result;
}

// Not typed trading actions, or hashed with a decimal that is not normalised.
const std::set<std::string, std::less<>> not_ours{"py_dummy",
                                                  "py_dummy_vault",
                                                  "py_createSubAccount",
                                                  "rust_claimRewards",
                                                  "rust_order_ioc",
                                                  "rust_order_ioc_cloid",
                                                  "rust_order_trigger_tp",
                                                  "rust_order_trigger_sl"};

void check_l1(const json& vector) {
  const auto action = std::get<l1_action>(action_of(*vector.find("action")));
  const auto terms = terms_of(vector, "vaultAddress");
  wire::byte_buffer bytes;
  wire::append_msgpack(bytes, action);
  BOOST_TEST(hex(bytes) == text(vector, "msgpackHex"));
  const auto hash = signing::action_hash(bytes, action, terms);
  BOOST_TEST(to_string(hash) == text(vector, "connectionId"));
  const auto key = signer_of(vector);
  BOOST_TEST(to_string(key.signer_address()) == text(vector, "signer"));
  for (const auto& [name, expected] : vector.find("signature")->members()) {
    const auto net =
      name == "mainnet" ? signing::network::mainnet : signing::network::testnet;
    const auto digest = signing::agent_digest(net, hash);
    BOOST_TEST(to_string(digest) == text(*vector.find("digest"), name));
    const auto made = signing::sign_action(key, net, bytes, action, terms);
    check_signature(expected, made);
    BOOST_TEST((signing::recover(digest, made) == key.signer_address()));
  }
}

void check_user_signed(const json& vector) {
  const auto key = signer_of(vector);
  for (const auto& [net, expected] : vector.find("nets")->members()) {
    auto object = json::object();
    object.add("type", json::string(text(vector, "actionType")));
    object.add("hyperliquidChain", json::string(net));
    object.add("signatureChainId",
               json::string(text(vector, "signatureChainId")));
    for (const auto& [name, value] : vector.find("message")->members())
      object.add(name, value);
    const auto action = std::get<user_signed_action>(action_of(object));
    const auto digest = signing::user_signed_digest(action);
    BOOST_TEST(to_string(digest) == text(expected, "digest"));
    check_signature(*expected.find("signature"),
                    signing::sign_action(key, action));
  }
}

void check_raw_hash(const json& vector) {
  const auto hash = *parse_bytes<bytes32>(text(vector, "connectionId"));
  const auto key = signer_of(vector);
  for (const auto& [name, expected] : vector.find("signature")->members()) {
    const auto net =
      name == "mainnet" ? signing::network::mainnet : signing::network::testnet;
    check_signature(expected, key.sign(signing::agent_digest(net, hash)));
  }
}

void check_captured(const json& vector) {
  const auto action = std::get<l1_action>(action_of(*vector.find("action")));
  wire::byte_buffer bytes;
  const auto hash =
    signing::action_hash(bytes, action, terms_of(vector, "vaultAddress"));
  const auto& captured = *vector.find("signature");
  const signing::signature made{.r = *parse_bytes<bytes32>(text(captured, "r")),
                                .s = *parse_bytes<bytes32>(text(captured, "s")),
                                .v = 28};
  const auto who = signing::recover(
    signing::agent_digest(signing::network::mainnet, hash), made);
  BOOST_REQUIRE(who);
  BOOST_TEST(to_string(*who) == text(vector, "expectedSigner"));
}

} // namespace

BOOST_AUTO_TEST_SUITE(signing_vectors_suite)

BOOST_AUTO_TEST_CASE(every_l1_sample_is_signed_as_the_official_sdk_does) {
  const auto vectors = load("l1_dev.json");
  BOOST_TEST(vectors.items().size() == 30U);
  for (const auto& vector : vectors.items()) {
    BOOST_TEST_CONTEXT(text(vector, "id")) {
      const auto action =
        std::get<l1_action>(action_of(*vector.find("action")));
      const auto terms = terms_of(vector, "vault");
      const auto net = vector.find("isTestnet")->is_true()
                         ? signing::network::testnet
                         : signing::network::mainnet;
      wire::byte_buffer bytes;
      BOOST_TEST(to_string(signing::action_hash(bytes, action, terms))
                 == text(vector, "hash"));
      const auto key = signer_of(vector);
      BOOST_TEST(to_string(key.signer_address()) == text(vector, "address"));
      check_signature(vector,
                      signing::sign_action(key, net, bytes, action, terms));
    }
  }
}

BOOST_AUTO_TEST_CASE(every_user_signed_sample_is_signed_as_the_sdk_does) {
  const auto vectors = load("user_signed_dev.json");
  BOOST_TEST(vectors.items().size() == 12U);
  for (const auto& vector : vectors.items()) {
    BOOST_TEST_CONTEXT(text(vector, "id")) {
      const auto action =
        std::get<user_signed_action>(action_of(*vector.find("action")));
      BOOST_TEST(to_string(signing::user_signed_digest(action))
                 == text(vector, "digest"));
      check_signature(vector, signing::sign_action(signer_of(vector), action));
    }
  }
}

BOOST_AUTO_TEST_CASE(every_published_vector_matches) {
  const auto file = load("signing_vectors.json");
  std::size_t checked = 0;
  for (const auto& vector : file.find("vectors")->items()) {
    if (not_ours.contains(text(vector, "id")))
      continue;
    ++checked;
    BOOST_TEST_CONTEXT(text(vector, "id")) {
      const auto& kind = text(vector, "kind");
      if (kind == "l1")
        check_l1(vector);
      else if (kind == "user")
        check_user_signed(vector);
      else if (kind == "agent")
        check_raw_hash(vector);
      else
        check_captured(vector);
    }
  }
  BOOST_TEST(checked == 104U);
}

BOOST_AUTO_TEST_CASE(json_text_reads_back_as_the_same_action) {
  const auto file = load("signing_vectors.json");
  for (const auto& vector : file.find("vectors")->items()) {
    const auto* node = vector.find("action");
    if (!node || not_ours.contains(text(vector, "id")))
      continue;
    BOOST_TEST_CONTEXT(text(vector, "id")) {
      std::string out;
      wire::append_json(out, std::get<l1_action>(action_of(*node)));
      BOOST_TEST(out == node->dump());
    }
  }
}

BOOST_AUTO_TEST_CASE(decimals_are_normalised_and_never_rounded) {
  const auto file = load("signing_vectors.json");
  const auto& numbers = *file.find("numberFormatting");
  for (const auto& vector : numbers.find("cases")->items()) {
    const auto& input = text(vector, "input");
    const auto read = parse<price>(input);
    // The exponent forms are somebody else's numbers: errors here.
    BOOST_TEST(read.has_value() == (input.find_first_of("eE") == input.npos),
               input);
    if (read)
      BOOST_TEST(to_string(*read) == text(vector, "wire"));
  }
  for (const auto& input : numbers.find("reject")->items())
    BOOST_TEST(!parse<price>(input.text()), input.text());
}

BOOST_AUTO_TEST_SUITE_END()
