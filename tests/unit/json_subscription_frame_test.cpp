// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/frame_fixture.hpp"

using namespace hlx;
using namespace hlx::wire;

BOOST_FIXTURE_TEST_SUITE(json_subscription_frame_suite, frame_fixture)

BOOST_AUTO_TEST_CASE(an_acknowledgement_names_what_was_subscribed) {
  const auto& frame = golden("subscription_response");
  BOOST_TEST((frame.kind == frame_kind::subscription_acknowledged));
  BOOST_TEST(frame.acknowledged.subscribed);
  BOOST_TEST(frame.acknowledged.type == "orderUpdates");
  BOOST_TEST(
    (frame.acknowledged.user
     == parse_bytes<address>("0x14791697260e4c9a71f18484c9f997b308e59325")));
}

BOOST_AUTO_TEST_CASE(an_unsubscription_of_a_coin_is_acknowledged_too) {
  const auto& frame = golden("subscription_response_book");
  BOOST_TEST((frame.kind == frame_kind::subscription_acknowledged));
  BOOST_TEST(!frame.acknowledged.subscribed);
  BOOST_TEST(frame.acknowledged.type == "l2Book");
  BOOST_TEST(frame.acknowledged.coin == "ETH");
  BOOST_TEST(!frame.acknowledged.user.has_value());
}

BOOST_AUTO_TEST_CASE(an_acknowledgement_of_nothing_is_a_warning) {
  check_given_up(R"({"channel":"subscriptionResponse","data":{}})",
                 "subscriptionResponse without a subscription");
}

BOOST_AUTO_TEST_SUITE_END()
