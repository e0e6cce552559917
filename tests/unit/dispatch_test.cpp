// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

BOOST_FIXTURE_TEST_SUITE(dispatch_suite, dispatch_fixture)

BOOST_AUTO_TEST_CASE(an_order_lives_from_submission_to_its_last_fill) {
  submit("a");
  open("a", 7);
  resting(1, 7);
  fill("a", 7, 1, "0.004");
  fill("a", 7, 1, "0.004");
  fill("a", 7, 2, "0.006");
  BOOST_TEST(heard() == "submitted accepted filled filled");
  BOOST_TEST(is_terminal(events.back()));
  BOOST_TEST(header_of(events.back()).sequence == 4u);
  BOOST_TEST(state.open_orders() == 0u);
}

BOOST_AUTO_TEST_CASE(a_fill_before_the_open_is_preceded_by_accepted) {
  submit("a");
  fill("a", 7, 1, "0.01");
  open("a", 7);
  resting(1, 7);
  BOOST_TEST(heard() == "submitted accepted filled");
}

BOOST_AUTO_TEST_CASE(a_modify_is_an_update_and_its_stale_cancel_is_silent) {
  submit("a");
  open("a", 7);
  resting(1, 7);
  modify("a", "0.02", nullptr);
  status("a", 7, "canceled");
  BOOST_TEST(heard() == "submitted accepted");
  open("a", 8, "0.02");
  resting(2, 8);
  BOOST_TEST(heard() == "submitted accepted updated");
  BOOST_TEST(to_string(last<order_updated>().quantity) == "0.02");
}

BOOST_AUTO_TEST_CASE(a_parked_cancel_is_released_when_the_modify_is_refused) {
  submit("a");
  open("a", 7);
  resting(1, 7);
  modify("a", nullptr, "50100");
  status("a", 7, "canceled");
  refused(2, "Attempted to modify to invalid new order");
  BOOST_TEST(heard() == "submitted accepted modify_rejected canceled");
}

BOOST_AUTO_TEST_CASE(a_cancel_waits_for_the_fills_that_it_proves) {
  submit("a");
  open("a", 7);
  resting(1, 7);
  cancel("a");
  status("a", 7, "canceled", "0.006");
  BOOST_TEST(heard() == "submitted accepted");
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "submitted accepted filled canceled");
}

BOOST_AUTO_TEST_CASE(a_cancel_is_sent_again_when_it_overtook_the_placement) {
  submit("a");
  cancel("a");
  BOOST_TEST(requests.size() == 2u);
  refused(2, "Order was never placed, already canceled, or filled. asset=0");
  open("a", 7);
  BOOST_REQUIRE(requests.size() == 3u);
  reply(3, {.status = element_status::success});
  status("a", 7, "canceled");
  BOOST_TEST(heard() == "submitted accepted canceled");
}

BOOST_AUTO_TEST_CASE(a_lost_submit_is_rejected_only_when_the_venue_denies_it) {
  submit("a");
  advance(5000);
  lost(1);
  advance(1999);
  BOOST_TEST(queries.empty());
  advance(1);
  for (int round = 0; round < 3; ++round) {
    BOOST_TEST(heard() == "submitted");
    answer_nothing();
    advance(1000);
  }
  BOOST_TEST(heard() == "submitted rejected");
}

BOOST_AUTO_TEST_CASE(an_ioc_that_matched_in_part_ends_as_canceled) {
  submit("a", "0.01", time_in_force::ioc);
  reply(1, {.status = element_status::filled,
            .oid = {7},
            .total_quantity = parse<quantity>("0.004").value()});
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "submitted accepted filled canceled");
  BOOST_TEST(last<order_canceled>().reason == "filled");
}

BOOST_AUTO_TEST_CASE(a_fill_that_raced_a_modify_is_corrected) {
  submit("a");
  open("a", 7);
  resting(1, 7);
  modify("a", "0.02", nullptr);
  fill("a", 7, 1, "0.004");
  open("a", 8, "0.02");
  BOOST_REQUIRE(requests.size() == 3u);
  const auto& corrective = std::get<batch_modify_action>(requests[2].action);
  BOOST_TEST(to_string(corrective.modifies[0].order.size) == "0.016");
  open("a", 9, "0.016");
  BOOST_TEST(heard() == "submitted accepted filled updated updated");
}

BOOST_AUTO_TEST_CASE(orders_of_others_are_forwarded_raw_and_once) {
  open("stranger", 70);
  open("stranger", 70);
  fill("stranger", 70, 9, "0.01");
  fill("stranger", 70, 9, "0.01");
  BOOST_TEST(external_statuses.size() + external_fills.size() == 2u);
  BOOST_TEST(events.empty());
}

BOOST_AUTO_TEST_CASE(a_live_or_remembered_id_is_denied) {
  submit("a");
  submit("a");
  BOOST_TEST(heard() == "submitted denied");
  BOOST_TEST(requests.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
