// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

/// Never more than asked for: a fill raced a modify.
BOOST_FIXTURE_TEST_SUITE(dispatch_corrective_suite, dispatch_fixture)

BOOST_AUTO_TEST_CASE(a_fill_seen_before_the_replacement_is_corrected) {
  place("a", 7);
  modify("a", nullptr, "50100");
  fill("a", 7, 1, "0.004");
  resting(2, 8);
  BOOST_TEST(sent(3) == "modify 8 to 0.006@50100");
  resting(3, 9);
  BOOST_TEST(heard() == "submitted accepted filled updated updated");
  BOOST_TEST(last<order_updated>().venue_order_id.value == 9u);
  BOOST_TEST(to_string(last<order_updated>().quantity) == "0.01");
}

BOOST_AUTO_TEST_CASE(a_fill_seen_after_the_replacement_is_corrected) {
  place("a", 7);
  modify("a", nullptr, "50100");
  resting(2, 8);
  fill("a", 7, 1, "0.004");
  BOOST_TEST(sent(3) == "modify 8 to 0.006@50100");
}

BOOST_AUTO_TEST_CASE(a_fill_that_only_the_old_legs_end_proves_is_corrected) {
  place("a", 7);
  modify("a", nullptr, "50100");
  resting(2, 8);
  canceled("a", 7, "0.006");
  BOOST_TEST(sent(3) == "modify 8 to 0.006@50100");
  advance(2'000);
  answer_fills({trade("a", 7, 1, "0.004")});
  BOOST_TEST(heard() == "submitted accepted updated filled");
  BOOST_TEST(requests.size() == 3u);
}

BOOST_AUTO_TEST_CASE(the_size_of_a_reduce_only_cancel_proves_nothing) {
  auto order = terms("a");
  order.reduce_only = true;
  submit(order);
  resting(1, 7);
  modify("a", nullptr, "50100");
  resting(2, 8);
  canceled("a", 7, "0.006");
  BOOST_TEST(requests.size() == 2u);
  advance(100'000);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(a_rest_below_the_minimum_is_canceled) {
  place("a", 7);
  modify("a", nullptr, "50100");
  resting(2, 8);
  // 0.0001 at 50100 are 5.01.
  fill("a", 7, 1, "0.0099");
  BOOST_TEST(sent(3) == "cancel by cloid");
  success(3);
  canceled("a", 8);
  BOOST_TEST(heard() == "submitted accepted updated filled canceled");
  BOOST_TEST(to_string(last<order_canceled>().cum_quantity) == "0.0099");
}

BOOST_AUTO_TEST_CASE(an_update_to_what_is_filled_already_ends_by_its_cancel) {
  place("a", 7, "0.02");
  modify("a", "0.004", nullptr);
  fill("a", 7, 1, "0.008");
  resting(2, 8);
  BOOST_TEST(heard() == "submitted accepted filled updated");
  BOOST_TEST(to_string(last<order_updated>().quantity) == "0.004");
  BOOST_TEST(sent(3) == "cancel by cloid");
  success(3);
  canceled("a", 8, "0.004", "0.004");
  BOOST_TEST(heard() == "submitted accepted filled updated canceled");
}

BOOST_AUTO_TEST_CASE(the_fill_that_completes_the_order_cancels_the_live_leg) {
  place("a", 7);
  modify("a", nullptr, "50100");
  resting(2, 8);
  fill("a", 7, 1, "0.01");
  BOOST_TEST(heard() == "submitted accepted updated filled");
  BOOST_TEST(state.open_orders() == 0u);
  BOOST_TEST(sent(3) == "cancel 8");
  BOOST_TEST(warnings.size() == 1u);
  // It was filled as well, in part: that is told, and the rest is canceled.
  fill("a", 8, 2, "0.003");
  success(3);
  canceled("a", 8, "0.007");
  BOOST_TEST(heard() == "submitted accepted updated filled filled");
  advance(100'000);
  BOOST_TEST(requests.size() == 3u);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(a_refused_corrective_is_tried_again_and_then_canceled) {
  place("a", 7);
  modify("a", nullptr, "50100");
  resting(2, 8);
  fill("a", 7, 1, "0.004");
  refused(3, "Attempted to modify to invalid new order");
  BOOST_TEST(sent(4) == "modify 8 to 0.006@50100");
  refused(4, "Attempted to modify to invalid new order");
  BOOST_TEST(sent(5) == "cancel by cloid");
  success(5);
  canceled("a", 8);
  BOOST_TEST(heard() == "submitted accepted updated filled canceled");
}

BOOST_AUTO_TEST_CASE(a_corrective_that_works_forgets_those_that_failed) {
  place("a", 7);
  modify("a", nullptr, "50100");
  resting(2, 8);
  fill("a", 7, 1, "0.001");
  refused(3, "Attempted to modify to invalid new order");
  resting(4, 9);
  fill("a", 8, 2, "0.001");
  refused(5, "Attempted to modify to invalid new order");
  BOOST_TEST(sent(6) == "modify 9 to 0.008@50100");
}

BOOST_AUTO_TEST_CASE(a_corrective_whose_replacement_is_refused_ends_the_order) {
  place("a", 7);
  modify("a", nullptr, "50100");
  resting(2, 8);
  fill("a", 7, 1, "0.004");
  refused(3, "Error placing new order during modify: Post only order would "
             "have immediately matched, bbo was 1@2");
  canceled("a", 8);
  BOOST_TEST(heard() == "submitted accepted updated filled canceled");
}

BOOST_AUTO_TEST_CASE(a_waiting_modify_takes_the_place_of_a_corrective) {
  place("a", 7);
  modify("a", nullptr, "50100");
  modify("a", "0.02", nullptr);
  fill("a", 7, 1, "0.004");
  resting(2, 8);
  BOOST_TEST(sent(3) == "modify 8 to 0.016@50100");
  resting(3, 9);
  BOOST_TEST(to_string(last<order_updated>().quantity) == "0.02");
  BOOST_TEST(requests.size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_modify_waits_for_the_corrective_on_the_wire) {
  place("a", 7);
  modify("a", nullptr, "50100");
  resting(2, 8);
  fill("a", 7, 1, "0.004");
  modify("a", nullptr, "50200");
  BOOST_TEST(requests.size() == 3u);
  resting(3, 9);
  BOOST_TEST(sent(4) == "modify 9 to 0.006@50200");
  BOOST_TEST(heard() == "submitted accepted updated filled updated");
}

BOOST_AUTO_TEST_CASE(no_corrective_while_a_cancel_stands) {
  place("a", 7);
  modify("a", nullptr, "50100");
  cancel("a");
  resting(2, 8);
  fill("a", 7, 1, "0.004");
  for (std::size_t i = 3; i <= requests.size(); ++i)
    BOOST_TEST(sent(i) == "cancel by cloid");
}

BOOST_AUTO_TEST_CASE(a_lost_corrective_is_resolved_without_a_refusal) {
  place("a", 7);
  modify("a", nullptr, "50100");
  resting(2, 8);
  fill("a", 7, 1, "0.004");
  advance(5'000);
  lost(3);
  advance(2'000);
  answer_clock();
  answer_status(record("a", 8, "open"));
  BOOST_TEST(heard() == "submitted accepted updated filled");
  BOOST_TEST(sent(4) == "modify 8 to 0.006@50000");
}

BOOST_AUTO_TEST_CASE(an_oversized_fill_is_told_and_ends_the_order) {
  place("a", 7);
  modify("a", nullptr, "50100");
  resting(2, 8);
  fill("a", 8, 1, "0.008");
  fill("a", 7, 2, "0.004");
  BOOST_TEST(heard() == "submitted accepted updated filled filled");
  BOOST_TEST(to_string(last<order_filled>().cum_quantity) == "0.012");
  BOOST_TEST(state.open_orders() == 0u);
  BOOST_TEST(sent(3) == "cancel 8");
}

BOOST_AUTO_TEST_SUITE_END()
