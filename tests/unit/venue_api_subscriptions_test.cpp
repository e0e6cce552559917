// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/faults.hpp"
#include "tests/venue/api/json_value.hpp"
#include "tests/venue/api/json_writer.hpp"
#include "tests/venue/api/subscriptions.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::venue;

namespace {

std::string normalised(std::string_view text) {
  const auto json = parse_json(text);
  BOOST_REQUIRE(json);
  const auto result = parse_subscription(*json, default_instruments());
  return result ? result->text : "invalid";
}

} // namespace

BOOST_AUTO_TEST_SUITE(venue_api_json)

BOOST_AUTO_TEST_CASE(decimals_of_the_venue_carry_a_fraction) {
  BOOST_TEST(venue_decimal(83000 * decimal_scale) == "83000.0");
  BOOST_TEST(venue_decimal(0) == "0.0");
  BOOST_TEST(venue_decimal(1'000'000) == "0.01");
  BOOST_TEST(venue_decimal(-150'000'000) == "-1.5");
}

BOOST_AUTO_TEST_CASE(a_value_survives_being_read_and_written) {
  const std::string text =
    R"({"a":[1,-2.50,18446744073709551616,true,null],"b":{"c":"x\"y\n\u0001"}})";
  const auto json = parse_json(text);
  BOOST_REQUIRE(json);
  BOOST_TEST(to_json(*json) == text);
}

BOOST_AUTO_TEST_CASE(only_the_first_value_of_a_text_counts) {
  const auto json = parse_json(R"({"a":1} trailing ])");
  BOOST_REQUIRE(json);
  BOOST_TEST(to_json(*json) == R"({"a":1})");
}

BOOST_AUTO_TEST_CASE(broken_deep_and_non_utf8_text_is_refused) {
  BOOST_TEST(!parse_json(""));
  BOOST_TEST(!parse_json("{\"a\":}"));
  BOOST_TEST(!parse_json("\"\xff\xfe\""));
  BOOST_TEST(!parse_json(std::string(1'000'000, '[')));
  BOOST_TEST(
    parse_json(std::string(128, '[') + std::string(128, ']')).has_value());
  BOOST_TEST(!parse_json(std::string(129, '[') + std::string(129, ']')));
}

BOOST_AUTO_TEST_CASE(numbers_beyond_64_bits_are_not_integers) {
  BOOST_TEST(parse_json("18446744073709551615")->as_u64().value()
             == 18446744073709551615u);
  BOOST_TEST(!parse_json("18446744073709551616")->as_u64());
  BOOST_TEST(!parse_json("1.0")->as_u64());
  BOOST_TEST(!parse_json("-1")->as_u64());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(venue_api_subscriptions)

BOOST_AUTO_TEST_CASE(addresses_are_lower_cased_and_defaults_added) {
  BOOST_TEST(
    normalised(
      R"({"user":"0xABCDEF0000000000000000000000000000000001","type":"userFills"})")
    == R"({"type":"userFills","user":"0xabcdef0000000000000000000000000000000001","aggregateByTime":false})");
  BOOST_TEST(
    normalised(
      R"({"type":"openOrders","user":"abcdef0000000000000000000000000000000001"})")
    == R"({"type":"openOrders","user":"0xabcdef0000000000000000000000000000000001","dex":""})");
  BOOST_TEST(
    normalised(R"({"type":"l2Book","coin":"BTC"})")
    == R"({"type":"l2Book","coin":"BTC","nSigFigs":null,"mantissa":null})");
  BOOST_TEST(normalised(R"({"type":"allMids"})") == R"({"type":"allMids"})");
}

BOOST_AUTO_TEST_CASE(what_the_venue_does_not_know_is_invalid) {
  BOOST_TEST(normalised(R"({"type":"nonsense"})") == "invalid");
  BOOST_TEST(normalised(R"({"type":"trades","coin":"NOPE"})") == "invalid");
  BOOST_TEST(normalised(R"({"type":"orderUpdates"})") == "invalid");
  BOOST_TEST(normalised(R"({"type":"orderUpdates","user":"0x12"})")
             == "invalid");
  BOOST_TEST(normalised(R"({"type":"l2Book","coin":"BTC","nSigFigs":1})")
             == "invalid");
  BOOST_TEST(
    normalised(R"({"type":"l2Book","coin":"BTC","nSigFigs":4,"mantissa":2})")
    == "invalid");
  BOOST_TEST(normalised("[1]") == "invalid");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(venue_api_faults)

BOOST_AUTO_TEST_CASE(a_scripted_fault_strikes_as_often_as_asked) {
  fault_plan plan{calm(), 1};
  BOOST_TEST(!plan.strikes(fault::frame_drop));
  plan.script(fault::frame_drop, 2);
  BOOST_TEST(!plan.strikes(fault::frame_late));
  BOOST_TEST(plan.strikes(fault::frame_drop));
  BOOST_TEST(plan.strikes(fault::frame_drop));
  BOOST_TEST(!plan.strikes(fault::frame_drop));
}

BOOST_AUTO_TEST_CASE(the_same_seed_gives_the_same_faults) {
  fault_plan left{chaos(), 7};
  fault_plan right{chaos(), 7};
  for (int i = 0; i < 10'000; ++i) {
    const auto x = static_cast<fault>(i % static_cast<int>(fault_count));
    BOOST_REQUIRE(left.strikes(x) == right.strikes(x));
  }
  BOOST_TEST(left.struck() == right.struck(), boost::test_tools::per_element());
  for (const auto count : left.struck())
    BOOST_TEST(count < 500u);
}

BOOST_AUTO_TEST_CASE(every_fault_has_a_name_of_its_own) {
  for (const auto name : fault_names()) {
    const auto x = parse_fault(name);
    BOOST_REQUIRE(x);
    BOOST_TEST(to_string(*x) == name);
  }
  BOOST_TEST(!parse_fault("meteorite"));
}

BOOST_AUTO_TEST_SUITE_END()
