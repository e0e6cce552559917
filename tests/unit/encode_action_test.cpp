// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/signing/keccak.hpp"
#include "hlx/messages/wire/encode_action.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;

namespace {

std::string json_of(const auto& action) {
  std::string result;
  wire::append_json(result, l1_action{action});
  return result;
}

std::string hex_of(const auto& action) {
  wire::byte_buffer bytes;
  wire::append_msgpack(bytes, l1_action{action});
  std::string result;
  append_hex(result, bytes.data(), bytes.size());
  return result.substr(2);
}

wire_order worked_example() {
  return {.asset = 0,
          .is_buy = true,
          .limit_price = *parse<price>("50000"),
          .size = *parse<quantity>("0.001")};
}

cloid cloid_one() {
  return *parse_bytes<cloid>("0x00000000000000000000000000000001");
}

} // namespace

BOOST_AUTO_TEST_SUITE(encode_action_suite)

BOOST_AUTO_TEST_CASE(the_worked_example_has_the_published_bytes) {
  const order_action action{.orders = {worked_example()}};
  BOOST_TEST(json_of(action)
             == R"({"type":"order","orders":[{"a":0,"b":true,"p":"50000",)"
                R"("s":"0.001","r":false,"t":{"limit":{"tif":"Gtc"}}}],)"
                R"("grouping":"na"})");
  BOOST_TEST(hex_of(action)
             == "83a474797065a56f72646572a66f72646572739186a16100a162c3a170"
                "a53530303030a173a5302e303031a172c2a17481a56c696d697481a374"
                "6966a3477463a867726f7570696e67a26e61");
}

BOOST_AUTO_TEST_CASE(flags_are_left_out_when_false) {
  cancel_action action{.cancels = {{.asset = 1, .oid = {82382}}}};
  BOOST_TEST(json_of(action)
             == R"({"type":"cancel","cancels":[{"a":1,"o":82382}]})");
  action.fast = true;
  BOOST_TEST(json_of(action)
             == R"({"type":"cancel","cancels":[{"a":1,"o":82382}],"f":true})");
}

BOOST_AUTO_TEST_CASE(a_trigger_takes_the_place_of_the_time_in_force) {
  auto order = worked_example();
  order.trigger = trigger_terms{.is_market = true,
                                .trigger_price = *parse<price>("50100.5"),
                                .kind = trigger_kind::stop_loss};
  order.cloid = cloid_one();
  const modify_action action{.modify = {.target = cloid_one(), .order = order},
                             .always_place = true};
  BOOST_TEST(
    json_of(action)
    == R"({"type":"modify","oid":"0x00000000000000000000000000000001",)"
       R"("order":{"a":0,"b":true,"p":"50000","s":"0.001","r":false,)"
       R"("t":{"trigger":{"isMarket":true,"triggerPx":"50100.5",)"
       R"("tpsl":"sl"}},"c":"0x00000000000000000000000000000001"},"a":true})");
}

BOOST_AUTO_TEST_CASE(nullable_keys_are_null_when_empty) {
  trailing_stop_action action{.size = *parse<quantity>("0.1"),
                              .retracement = std::string{"1%"}};
  BOOST_TEST(json_of(action)
             == R"({"type":"trailingStop","asset":0,"isBuy":true,"sz":"0.1",)"
                R"("reduceOnly":false,"retracement":{"pct":"1%"},)"
                R"("activationPx":null})");
  BOOST_TEST(hex_of(action).ends_with("c0"));
}

BOOST_AUTO_TEST_CASE(a_priority_replaces_the_word_of_the_grouping) {
  const order_action action{.orders = {worked_example()}, .priority = 12345};
  BOOST_TEST(json_of(action).ends_with(R"("grouping":{"p":12345}})"));
}

BOOST_AUTO_TEST_CASE(text_is_escaped) {
  const agent_set_abstraction_action action{.abstraction = "a\"\\\n\x01"};
  BOOST_TEST(
    json_of(action)
    == R"({"type":"agentSetAbstraction","abstraction":"a\"\\\n\u0001"})");
}

BOOST_AUTO_TEST_CASE(the_cloid_is_the_start_of_the_hash_of_the_id) {
  BOOST_TEST(to_string(signing::keccak256(std::string_view{}))
             == "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85"
                "a470");
  BOOST_TEST(to_string(signing::cloid_of({"a"}))
             == "0x3ac225168df54212a25c1c01fd35bebf");
}

BOOST_AUTO_TEST_SUITE_END()
