// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/faults.hpp"
#include "tests/venue/api/json_writer.hpp"
#include "tests/venue/api/subscriptions.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::venue;

namespace {

std::string normalised(std::string_view text) {
  const auto json = wire::parse_json(text).value;
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

BOOST_AUTO_TEST_CASE(commas_and_escapes_are_where_they_belong) {
  json_writer out;
  out.open_object().member("a", 1).key("b").open_array();
  out.value(true).null().value("x\"y\n\x01").open_object().close_object();
  out.close_array().member("c", price{150'000'000}).close_object();
  BOOST_TEST(out.take()
             == R"({"a":1,"b":[true,null,"x\"y\n\u0001",{}],"c":"1.5"})");
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
  // The form of their frames is not known.
  BOOST_TEST(normalised(R"({"type":"fastAssetCtxs"})") == "invalid");
  BOOST_TEST(normalised(R"({"type":"outcomeMetaUpdates"})") == "invalid");
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
