// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

/// Evidence that cannot be about the order it names.
BOOST_FIXTURE_TEST_SUITE(dispatch_contradiction_suite, dispatch_fixture)

BOOST_AUTO_TEST_CASE(a_reply_with_the_number_of_another_order_is_not_believed) {
  place("a", 7);
  submit("b");
  resting(2, 7);
  BOOST_TEST(heard() == "submitted accepted submitted");
  BOOST_REQUIRE(warnings.size() == 1u);
  BOOST_TEST(warnings[0]
             == "the reply to request 2 does not fit order b: venue order 7 is "
                "of order a");
  fill("a", 7, 1, "0.01");
  BOOST_TEST(heard() == "submitted accepted submitted filled");
  advance(7'000);
  answer_clock();
  answer_status(record("b", 8, "open"));
  BOOST_TEST(heard() == "submitted accepted submitted filled accepted");
}

BOOST_AUTO_TEST_CASE(a_reply_with_another_cloid_is_not_believed) {
  submit("a");
  reply(1,
        {.status = element_status::resting, .oid = {7}, .cloid = wire_id("b")});
  BOOST_TEST(heard() == "submitted");
  BOOST_TEST(warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_order_without_a_trigger_does_not_wait_for_one) {
  submit("a");
  reply(1, {.status = element_status::waiting_for_fill});
  submit("b");
  reply(2, {.status = element_status::waiting_for_trigger});
  BOOST_TEST(warnings.size() == 2u);
  advance(7'000);
  answer_clock();
  answer_status(record("a", 7, "open"));
  answer_status(record("b", 8, "open"));
  BOOST_TEST(heard() == "submitted submitted accepted accepted");
}

BOOST_AUTO_TEST_CASE(a_trade_of_another_side_or_coin_is_not_the_orders) {
  place("a", 7);
  auto other_side = trade("a", 7, 1, "0.01");
  other_side.side = order_side::sell;
  frame(other_side);
  auto other_coin = trade("a", 7, 2, "0.01");
  other_coin.instrument = "ETH";
  frame(other_coin);
  BOOST_TEST(heard() == "submitted accepted");
  BOOST_TEST(external_fills.size() == 2u);
  BOOST_REQUIRE(warnings.size() == 2u);
  BOOST_TEST(warnings[0]
             == "trade 1 of venue order 7 does not fit order a: another "
                "instrument or side");
  fill("a", 7, 3, "0.01");
  BOOST_TEST(heard() == "submitted accepted filled");
}

BOOST_AUTO_TEST_CASE(the_rest_of_an_order_that_was_never_placed_is_canceled) {
  submit("a");
  lost(1);
  advance(7'000);
  answer_clock();
  answer_open_orders();
  answer_unknown_thrice();
  BOOST_TEST(heard() == "submitted rejected");
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "submitted rejected filled");
  BOOST_TEST(asked() == "status by oid 7");
  answer_status(record("a", 7, "open", "0.006"));
  BOOST_TEST(sent(2) == "cancel 7");
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_not_understood_is_a_warning) {
  place("a", 7);
  cancel("a");
  lost(2);
  advance(2'000);
  answer(next<order_status_query>(),
         failed_answer{.reason = "orderStatus: what?", .not_understood = true});
  BOOST_REQUIRE(warnings.size() == 1u);
  BOOST_TEST(warnings[0].ends_with("is not understood: orderStatus: what?"));
}

BOOST_AUTO_TEST_SUITE_END()
