// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/signing/eip712.hpp"
#include "hlx/messages/signing/keccak.hpp"
#include "hlx/messages/signing/nonce.hpp"
#include "hlx/messages/signing/recover.hpp"
#include "hlx/messages/signing/signer.hpp"
#include "hlx/messages/wire/decode_request.hpp"
#include "hlx/messages/wire/json.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <sstream>

using namespace hlx;

namespace {

constexpr char example_key[] =
  "0x0123456789012345678901234567890123456789012345678901234567890123";

constexpr char example_order[] =
  R"({"type":"order","orders":[{"a":0,"b":true,"p":"50000","s":"0.001",)"
  R"("r":false,"t":{"limit":{"tif":"Gtc"}}}],"grouping":"na"})";

signing::signer example_signer() {
  return signing::signer{
    std::move(*signing::secret_key::from_hex(example_key))};
}

l1_action l1(std::string_view text) {
  auto decoded = wire::decode_action(text);
  if (!decoded)
    BOOST_FAIL(decoded.error().text);
  return std::get<l1_action>(*decoded);
}

user_signed_action user_signed(std::string_view text) {
  auto decoded = wire::decode_action(text);
  if (!decoded)
    BOOST_FAIL(decoded.error().text);
  return std::get<user_signed_action>(*decoded);
}

std::string json_of(const auto& action) {
  std::string result;
  wire::append_json(result, action);
  return result;
}

wire::byte_buffer msgpack_of(const l1_action& action) {
  wire::byte_buffer result;
  wire::append_msgpack(result, action);
  return result;
}

std::string hex_of(const l1_action& action) {
  const auto bytes = msgpack_of(action);
  std::string result;
  append_hex(result, bytes.data(), bytes.size());
  return result.substr(2);
}

bytes32 hash_of(const l1_action& action, const wire::action_terms& terms) {
  wire::byte_buffer scratch{1, 2, 3}; // what it held does not matter
  return signing::action_hash(scratch, action, terms);
}

bytes32 keccak(const wire::byte_buffer& bytes) {
  return signing::keccak256(std::span<const std::uint8_t>{bytes});
}

} // namespace

BOOST_AUTO_TEST_SUITE(signing_traps_suite)

BOOST_AUTO_TEST_CASE(the_worked_example_has_the_published_signature) {
  const auto hash = hash_of(l1(example_order), {.nonce = 1700000000000});
  BOOST_TEST(to_string(hash)
             == "0x323b547050d98eb76afbf8d096d1c5340512df18a3e4179990a666cc32f"
                "ba0ce");
  const auto key = example_signer();
  const auto made =
    key.sign(signing::agent_digest(signing::network::mainnet, hash));
  BOOST_TEST(to_string(made.r)
             == "0x624d2f9a91c88a28ee5c3e1448f3cb387be99dd18ba4bdd7b3ea229c10c"
                "57399");
  BOOST_TEST(to_string(made.s)
             == "0x4c0f16c217ad058ace0e6aaae3291ad850308041a26dc9df4e002aa8874"
                "b0cd0");
  BOOST_TEST(made.v == 27);
  BOOST_TEST(to_string(key.signer_address())
             == "0x14791697260e4c9a71f18484c9f997b308e59325");
}

BOOST_AUTO_TEST_CASE(r_and_s_keep_their_leading_zeros) {
  const auto key = example_signer();
  bool short_r = false;
  bool short_s = false;
  bool odd = false;
  bool even = false;
  for (int i = 0; i < 4000 && !(short_r && short_s && odd && even); ++i) {
    const auto digest = signing::keccak256(std::to_string(i));
    const auto made = key.sign(digest);
    short_r = short_r || made.r.bytes[0] == 0;
    short_s = short_s || made.s.bytes[0] == 0;
    odd = odd || made.v == 28;
    even = even || made.v == 27;
    BOOST_REQUIRE(to_string(made.r).size() == 66U);
    BOOST_REQUIRE(to_string(made.s).size() == 66U);
    BOOST_REQUIRE(made.s.bytes[0] < 0x80); // low
    BOOST_REQUIRE((signing::recover(digest, made) == key.signer_address()));
  }
  BOOST_TEST(short_r);
  BOOST_TEST(short_s);
  BOOST_TEST((odd && even));
}

BOOST_AUTO_TEST_CASE(the_vault_goes_in_as_raw_bytes_behind_a_one) {
  const auto action = l1(R"({"type":"noop"})");
  const auto vault =
    *parse_bytes<address>("0x1719884eb866cb12b2287399b15f7db5e7d775ea");
  auto bytes = msgpack_of(action);
  bytes.insert(bytes.end(), {0, 0, 0, 0, 0, 0, 0x01, 0x02, 1});
  bytes.insert(bytes.end(), vault.bytes.begin(), vault.bytes.end());
  BOOST_TEST(
    (hash_of(action, {.nonce = 0x0102, .vault = vault}) == keccak(bytes)));
}

BOOST_AUTO_TEST_CASE(an_absent_expiry_adds_nothing_and_a_zero_one_nine_bytes) {
  const auto action = l1(R"({"type":"noop"})");
  auto bytes = msgpack_of(action);
  bytes.insert(bytes.end(), {0, 0, 0, 0, 0, 0, 0, 7, 0});
  BOOST_TEST((hash_of(action, {.nonce = 7}) == keccak(bytes)));
  bytes.insert(bytes.end(), 9, 0);
  BOOST_TEST(
    (hash_of(action, {.nonce = 7, .expires_after_ms = 0}) == keccak(bytes)));
}

BOOST_AUTO_TEST_CASE(numbers_and_texts_take_their_shortest_form) {
  std::ifstream in{HLX_GOLDEN_DIR "/signing_vectors.json"};
  std::stringstream text;
  text << in.rdbuf();
  const auto file = wire::parse_json(text.str());
  BOOST_REQUIRE(file.value);
  const auto& primitives = *file.value->find("msgpackPrimitives");
  BOOST_TEST(primitives.items().size() == 26U);
  for (const auto& x : primitives.items()) {
    const auto& value = *x.find("value");
    const auto& hex = x.find("hex")->text();
    if (const auto number = value.as_i64()) {
      BOOST_TEST(hex_of(update_isolated_margin_action{.micro_usdc = *number})
                   .ends_with("a46e746c69" + hex),
                 *number);
      if (*number >= 0)
        BOOST_TEST(hex_of(vault_transfer_action{
                            .micro_usdc = static_cast<std::uint64_t>(*number)})
                     .ends_with("a3757364" + hex),
                   *number);
    } else if (value.is_boolean()) {
      BOOST_TEST(hex_of(update_leverage_action{.is_cross = value.is_true()})
                   .find("697343726f7373" + hex)
                 != std::string::npos);
    } else if (value.is_string()) {
      BOOST_TEST(
        hex_of(agent_set_abstraction_action{.abstraction = value.text()})
          .ends_with("6e" + hex),
        value.text());
    } else {
      BOOST_TEST(hex_of(trailing_stop_action{}).ends_with("5078" + hex));
    }
  }
}

BOOST_AUTO_TEST_CASE(sixteen_orders_switch_to_the_long_array) {
  cancel_action action;
  action.cancels.resize(15);
  BOOST_TEST(hex_of(action).find("63616e63656c739f") != std::string::npos);
  action.cancels.resize(16);
  BOOST_TEST(hex_of(action).find("63616e63656c73dc0010") != std::string::npos);
  action.cancels.resize(40);
  BOOST_TEST(hex_of(action).find("63616e63656c73dc0028") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_destination_is_text_and_an_agent_is_an_address) {
  const auto send = [](std::string_view destination) {
    return signing::user_signed_digest(
      usd_send_action{.domain = {"Mainnet", "0x66eee"},
                      .destination = std::string{destination},
                      .sum = "1",
                      .time = 5});
  };
  BOOST_TEST((send("0x0D1d9635D0640821d15e323ac8AdADfA9c111414")
              != send("0x0d1d9635d0640821d15e323ac8adadfa9c111414")));
  const auto agent = [](std::string_view who) {
    std::string text = R"({"type":"approveAgent","hyperliquidChain":"Mainnet",)"
                       R"("signatureChainId":"0x66eee","nonce":5,)"
                       R"("agentAddress":")";
    text.append(who).append("\"}");
    return signing::user_signed_digest(user_signed(text));
  };
  BOOST_TEST((agent("0x0D1d9635D0640821d15e323ac8AdADfA9c111414")
              == agent("0x0d1d9635d0640821d15e323ac8adadfa9c111414")));
}

BOOST_AUTO_TEST_CASE(an_unnamed_agent_is_signed_as_an_empty_name) {
  approve_agent_action action{.domain = {"Mainnet", "0x66eee"}, .nonce = 5};
  const auto unnamed = signing::user_signed_digest(action);
  BOOST_TEST(json_of(user_signed_action{action}).find("agentName")
             == std::string::npos);
  action.agent_name = "";
  BOOST_TEST((signing::user_signed_digest(action) == unnamed));
  action.agent_name = "a";
  BOOST_TEST((signing::user_signed_digest(action) != unnamed));
}

BOOST_AUTO_TEST_CASE(the_chain_id_counts_as_a_number) {
  const auto digest = [](std::string_view chain) {
    return signing::user_signed_digest(
      usd_send_action{.domain = {"Mainnet", std::string{chain}}});
  };
  BOOST_TEST((digest("0xA4B1") == digest("0xa4b1")));
  BOOST_TEST((digest("0x0a4b1") == digest("0xa4b1")));
  BOOST_TEST((digest("0x1") != digest("0xa4b1")));
}

BOOST_AUTO_TEST_CASE(keys_may_come_in_any_order_but_are_hashed_in_one) {
  const auto mixed =
    l1(R"({"grouping":"normalTpsl","builder":{"f":5,"b":)"
       R"("0xABCDEF0000000000000000000000000000000001"},"orders":[{"c":)"
       R"("0xABCDEF00000000000000000000000001","t":{"trigger":{"tpsl":"tp",)"
       R"("triggerPx":"7.50","isMarket":true}},"r":true,"s":"1.0",)"
       R"("p":"8.000","b":false,"a":3}],"type":"order"})");
  BOOST_TEST(
    json_of(mixed)
    == R"({"type":"order","orders":[{"a":3,"b":false,"p":"8","s":"1","r":)"
       R"(true,"t":{"trigger":{"isMarket":true,"triggerPx":"7.5","tpsl":)"
       R"("tp"}},"c":"0xabcdef00000000000000000000000001"}],"grouping":)"
       R"("normalTpsl","builder":{"b":)"
       R"("0xabcdef0000000000000000000000000000000001","f":5}})");
}

BOOST_AUTO_TEST_CASE(a_hash_of_another_key_order_recovers_a_stranger) {
  // The example with "grouping" before "orders".
  wire::byte_buffer wrong(86);
  const auto right = msgpack_of(l1(example_order));
  const std::size_t head = 12;  // the map and the type
  const std::size_t group = 12; // "grouping" and "na"
  wrong.assign(right.begin(), right.begin() + head);
  wrong.insert(wrong.end(), right.end() - group, right.end());
  wrong.insert(wrong.end(), right.begin() + head, right.end() - group);
  BOOST_REQUIRE(wrong.size() == right.size());
  const wire::action_terms terms{.nonce = 1700000000000};
  wrong.insert(wrong.end(), {0, 0, 1, 0x8b, 0xcf, 0xe5, 0x68, 0, 0});
  const auto key = example_signer();
  const auto made =
    key.sign(signing::agent_digest(signing::network::mainnet, keccak(wrong)));
  const auto seen =
    signing::recover(signing::agent_digest(signing::network::mainnet,
                                           hash_of(l1(example_order), terms)),
                     made);
  BOOST_REQUIRE(seen);
  BOOST_TEST((*seen != key.signer_address()));
}

BOOST_AUTO_TEST_CASE(the_networks_do_not_share_signatures) {
  const auto hash = hash_of(l1(example_order), {.nonce = 1});
  const auto key = example_signer();
  const auto made =
    key.sign(signing::agent_digest(signing::network::testnet, hash));
  BOOST_TEST((signing::recover(
                signing::agent_digest(signing::network::mainnet, hash), made)
              != key.signer_address()));
}

BOOST_AUTO_TEST_CASE(what_is_no_signature_has_no_signer) {
  const auto digest = signing::keccak256("x");
  const auto made = example_signer().sign(digest);
  auto broken = made;
  broken.v = 29;
  BOOST_TEST(!signing::recover(digest, broken));
  broken.v = 0;
  BOOST_TEST(!signing::recover(digest, broken));
  broken = made;
  broken.r = {};
  BOOST_TEST(!signing::recover(digest, broken));
  broken = made;
  broken.s = {};
  BOOST_TEST(!signing::recover(digest, broken));
  broken = made;
  broken.r.bytes.fill(0xff); // beyond the group's order
  BOOST_TEST(!signing::recover(digest, broken));
}

BOOST_AUTO_TEST_CASE(the_domain_is_the_documented_one) {
  const auto domain_type =
    signing::keccak256("EIP712Domain(string name,string version,uint256 "
                       "chainId,address verifyingContract)");
  BOOST_TEST(to_string(domain_type)
             == "0x8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b3"
                "9400f");
  wire::byte_buffer data;
  const auto add = [&data](const bytes32& x) {
    data.insert(data.end(), x.bytes.begin(), x.bytes.end());
  };
  add(domain_type);
  add(signing::keccak256("Exchange"));
  add(signing::keccak256("1"));
  bytes32 chain;
  chain.bytes[30] = 0x05;
  chain.bytes[31] = 0x39;
  add(chain);
  add({});
  BOOST_TEST(to_string(keccak(data))
             == "0xd79297fcdf2ffcd4ae223d01edaa2ba214ff8f401d7c9300d995d17c82a"
                "a4040");
}

BOOST_AUTO_TEST_CASE(nonces_grow_whatever_the_clock_does) {
  signing::nonce_source nonces;
  BOOST_TEST(nonces.next(1000) == 1000U);
  BOOST_TEST(nonces.next(1000) == 1001U);
  BOOST_TEST(nonces.next(900) == 1002U);
  BOOST_TEST(nonces.next(-5) == 1003U);
  BOOST_TEST(nonces.next(2000) == 2000U);
  BOOST_TEST(nonces.last() == 2000U);
}

BOOST_AUTO_TEST_SUITE_END()
