// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

/// Replacements that hlx did not ask for, or that it had given up.
BOOST_FIXTURE_TEST_SUITE(dispatch_replacement_suite, dispatch_fixture)

BOOST_AUTO_TEST_CASE(a_replacement_from_elsewhere_is_an_update) {
  place("a", 7);
  fill("a", 7, 1, "0.004");
  auto report = record("a", 8, "open", "0.003", "0.003");
  report.limit_price = dec<price>("50500");
  frame(report);
  canceled("a", 7, "0.006");
  BOOST_TEST(heard() == "submitted accepted filled updated");
  BOOST_TEST(to_string(last<order_updated>().quantity) == "0.007");
  BOOST_TEST(to_string(*last<order_updated>().price) == "50500");
  fill("a", 8, 2, "0.003");
  BOOST_TEST(heard() == "submitted accepted filled updated filled");
  BOOST_TEST(state.open_orders() == 0u);
}

BOOST_AUTO_TEST_CASE(a_late_fill_of_the_old_leg_raises_a_foreign_target) {
  place("a", 7);
  open("a", 8, "0.005");
  fill("a", 7, 1, "0.002");
  BOOST_TEST(heard() == "submitted accepted updated filled");
  BOOST_TEST(to_string(last<order_filled>().quantity) == "0.007");
  fill("a", 8, 2, "0.005");
  BOOST_TEST(state.open_orders() == 0u);
  BOOST_TEST(requests.size() == 1u);
}

BOOST_AUTO_TEST_CASE(another_size_than_ours_leaves_our_modify_pending) {
  place("a", 7);
  modify("a", "0.02", nullptr);
  open("a", 8, "0.005");
  BOOST_TEST(to_string(last<order_updated>().quantity) == "0.005");
  modify("a", "0.03", nullptr);
  BOOST_TEST(requests.size() == 2u);
  open("a", 9, "0.02");
  BOOST_TEST(to_string(last<order_updated>().quantity) == "0.02");
  BOOST_TEST(sent(3) == "modify 9 to 0.03@50000");
}

BOOST_AUTO_TEST_CASE(our_reply_claims_what_a_frame_called_foreign) {
  place("a", 7);
  modify("a", "0.02", nullptr);
  open("a", 8, "0.019");
  resting(2, 8);
  BOOST_TEST(heard() == "submitted accepted updated updated");
  BOOST_TEST(to_string(last<order_updated>().quantity) == "0.02");
}

BOOST_AUTO_TEST_CASE(
  a_refused_replacement_from_elsewhere_asks_for_the_binding) {
  place("a", 7);
  status("a", 8, "badAloPxRejected");
  BOOST_TEST(heard() == "submitted accepted");
  BOOST_TEST(asked() == "status by oid 7");
  status("a", 8, "badAloPxRejected");
  BOOST_TEST(asked() == "status by oid 7");
  answer_status(record("a", 7, "canceled"));
  BOOST_TEST(heard() == "submitted accepted canceled");
}

BOOST_AUTO_TEST_CASE(an_unexplained_fill_is_held_and_asked_about) {
  place("a", 7);
  fill("a", 8, 1, "0.001");
  fill("a", 8, 2, "0.001");
  BOOST_TEST(heard() == "submitted accepted");
  BOOST_TEST(asked() == "status by oid 8");
  answer_status(record("a", 8, "open", "0.005", "0.005"));
  BOOST_TEST(heard() == "submitted accepted updated filled filled");
  BOOST_TEST(to_string(last<order_filled>().quantity) == "0.005");
}

BOOST_AUTO_TEST_CASE(the_open_explains_a_held_fill_before_the_answer) {
  place("a", 7);
  fill("a", 8, 1, "0.001");
  open("a", 8, "0.005");
  BOOST_TEST(heard() == "submitted accepted updated filled");
  answer_status();
  advance(10'000);
  BOOST_TEST(queries.empty());
  BOOST_TEST(warnings.empty());
}

BOOST_AUTO_TEST_CASE(an_unexplained_fill_comes_without_update_after_a_while) {
  place("a", 7);
  fill("a", 8, 1, "0.001");
  answer_status();
  BOOST_TEST(queries.empty());
  fill("a", 8, 2, "0.001");
  BOOST_TEST(queries.empty());
  advance(1'000);
  answer_status();
  advance(1'000);
  BOOST_TEST(heard() == "submitted accepted");
  answer_status();
  BOOST_TEST(heard() == "submitted accepted filled filled");
  BOOST_TEST(warnings.size() == 1u);
  // More may be left on the old leg than the order has left to trade.
  BOOST_TEST(sent(2) == "modify 7 to 0.008@50000");
  refused(2, "Cannot modify canceled or filled order");
  answer_status(record("a", 8, "open", "0.005", "0.005"));
  BOOST_TEST(heard() == "submitted accepted filled filled updated");
  BOOST_TEST(to_string(last<order_updated>().quantity) == "0.005");
  canceled("a", 7);
  canceled("a", 8, "0.003", "0.005");
  BOOST_TEST(last<order_canceled>().venue_order_id.value == 8u);
}

BOOST_AUTO_TEST_CASE(a_failed_query_about_a_held_fill_backs_off) {
  place("a", 7);
  fill("a", 8, 1, "0.001");
  fail<order_status_query>();
  advance(1'999);
  BOOST_TEST(queries.empty());
  advance(1);
  fail<order_status_query>();
  advance(3'999);
  BOOST_TEST(queries.empty());
  advance(1);
  answer_status(record("a", 8, "open", "0.005", "0.005"));
  BOOST_TEST(heard() == "submitted accepted updated filled");
}

BOOST_AUTO_TEST_CASE(a_live_leg_that_nothing_explains_is_external_once) {
  place("a", 7);
  fill("a", 7, 1, "0.01");
  open("a", 8);
  open("a", 8);
  BOOST_TEST(external_statuses.size() == 1u);
  BOOST_TEST(warnings.size() == 1u);
  BOOST_TEST(requests.size() == 1u);
  BOOST_TEST(heard() == "submitted accepted filled");
}

BOOST_AUTO_TEST_CASE(a_leg_that_a_late_fill_named_is_canceled_when_it_lives) {
  place("a", 7);
  fill("a", 7, 1, "0.01");
  fill("a", 8, 2, "0.001");
  BOOST_TEST(heard() == "submitted accepted filled filled");
  BOOST_TEST(requests.size() == 1u);
  open("a", 8, "0.005");
  BOOST_TEST(sent(2) == "cancel 8");
  BOOST_TEST(warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_late_reply_proves_a_modify_that_was_given_up) {
  place("a", 7);
  modify("a", "0.02", "50100");
  lost(2);
  advance(7'000);
  answer_clock();
  answer_unknown_thrice();
  answer_open_orders();
  answer_status(record("a", 7, "open"));
  BOOST_TEST(heard() == "submitted accepted modify_rejected");
  resting(2, 8, true);
  BOOST_TEST(heard() == "submitted accepted modify_rejected updated");
  BOOST_TEST(to_string(last<order_updated>().quantity) == "0.02");
  BOOST_TEST(to_string(*last<order_updated>().price) == "50100");
  fill("a", 8, 1, "0.02");
  BOOST_TEST(state.open_orders() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
