// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

namespace {

/// An order that rests as venue order 7, with a modify on the wire: request 2.
struct modifying_fixture : dispatch_fixture {
  modifying_fixture() {
    place("a", 7);
    modify("a", "0.02", "50100");
    events.clear();
  }
};

constexpr auto post_only_text =
  "Post only order would have immediately matched, bbo was 50099@50100. "
  "asset=0";
constexpr auto replacement_text =
  "Error placing new order during modify: Post only order would have "
  "immediately matched, bbo was 50099@50100";

} // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch_modify_refused_suite, modifying_fixture)

BOOST_AUTO_TEST_CASE(a_refused_modify_tells_what_was_asked_and_why) {
  refused(2, "Attempted to modify to invalid new order");
  BOOST_TEST(heard() == "modify_rejected");
  const auto& event = last<order_modify_rejected>();
  BOOST_TEST(to_string(*event.quantity) == "0.02");
  BOOST_TEST(to_string(*event.price) == "50100");
  BOOST_TEST(event.reason == "Attempted to modify to invalid new order");
  BOOST_TEST(queries.empty());
  modify("a", "0.03", nullptr);
  BOOST_TEST(sent(3) == "modify 7 to 0.03@50000");
}

BOOST_AUTO_TEST_CASE(static_and_whole_refusals_leave_the_old_leg_untouched) {
  refused(2, "Order has invalid price.");
  modify("a", "0.02", nullptr);
  refused_whole(3, "Too many cumulative requests sent (12 > 10) for cumulative "
                   "volume traded $1. Place taker orders to free up 1 request "
                   "per USDC traded.");
  modify("a", "0.02", nullptr);
  refused_whole(4, "Invalid nonce: nonce too low 1 < 2");
  modify("a", "0.02", nullptr);
  refused_whole(5, "Unable to recover signer.");
  modify("a", "0.02", nullptr);
  refused_whole(6, "Action already expired");
  modify("a", "0.02", nullptr);
  refused_whole(7, "whatever", reply_kind::http_refused);
  BOOST_TEST(heard()
             == "modify_rejected modify_rejected modify_rejected "
                "modify_rejected modify_rejected modify_rejected");
  BOOST_TEST(queries.empty());
  cancel("a");
  BOOST_TEST(requests.size() == 8u);
}

BOOST_AUTO_TEST_CASE(a_parked_cancel_is_released_after_the_refusal) {
  canceled("a", 7);
  BOOST_TEST(heard() == "");
  refused(2, "Attempted to modify to invalid new order");
  BOOST_TEST(heard() == "modify_rejected canceled");
  BOOST_TEST(last<order_canceled>().reason == "canceled");
}

BOOST_AUTO_TEST_CASE(a_parked_cancel_proves_fills_at_once) {
  canceled("a", 7, "0.006");
  advance(2'000);
  BOOST_TEST(asked() == "fills from 940000");
  answer_fills({trade("a", 7, 1, "0.004")});
  BOOST_TEST(heard() == "filled");
  resting(2, 8);
  BOOST_TEST(heard() == "filled updated");
  // 0.02 were sent before the fill was known.
  BOOST_TEST(sent(3) == "modify 8 to 0.016@50100");
}

BOOST_AUTO_TEST_CASE(any_other_cancel_word_ends_the_order_at_once) {
  status("a", 7, "marginCanceled");
  BOOST_TEST(heard() == "modify_rejected canceled");
  BOOST_TEST(last<order_canceled>().reason == "marginCanceled");
  refused(2, "Cannot modify canceled or filled order");
  BOOST_TEST(heard() == "modify_rejected canceled");
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(a_refused_replacement_with_prefix_takes_the_order_along) {
  refused(2, replacement_text);
  BOOST_TEST(heard() == "modify_rejected");
  canceled("a", 7);
  BOOST_TEST(heard() == "modify_rejected canceled");
  BOOST_TEST(last<order_canceled>().reason == replacement_text);
  status("a", 8, "badAloPxRejected", "0.02", "0.02");
  BOOST_TEST(heard() == "modify_rejected canceled");
  BOOST_TEST(queries.empty());
  BOOST_TEST(!state.next_deadline_ms().has_value());
}

BOOST_AUTO_TEST_CASE(the_rejected_status_of_the_replacement_says_the_same) {
  status("a", 8, "badAloPxRejected", "0.02", "0.02");
  BOOST_TEST(heard() == "modify_rejected");
  canceled("a", 7);
  BOOST_TEST(heard() == "modify_rejected canceled");
  BOOST_TEST(last<order_canceled>().reason == "badAloPxRejected");
  refused(2, replacement_text);
  BOOST_TEST(heard() == "modify_rejected canceled");
}

BOOST_AUTO_TEST_CASE(the_old_legs_end_comes_two_seconds_late_at_most) {
  refused(2, replacement_text);
  advance(1'999);
  BOOST_TEST(heard() == "modify_rejected");
  advance(1);
  BOOST_TEST(heard() == "modify_rejected canceled");
  canceled("a", 7);
  BOOST_TEST(heard() == "modify_rejected canceled");
}

BOOST_AUTO_TEST_CASE(the_fills_of_the_old_leg_come_before_its_end) {
  refused(2, replacement_text);
  canceled("a", 7, "0.006");
  BOOST_TEST(heard() == "modify_rejected");
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "modify_rejected filled canceled");
}

BOOST_AUTO_TEST_CASE(a_placement_text_counts_as_gone_when_the_cancel_is_known) {
  canceled("a", 7);
  refused(2, post_only_text);
  BOOST_TEST(heard() == "modify_rejected canceled");
  BOOST_TEST(last<order_canceled>().reason == post_only_text);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(a_placement_text_without_prefix_leaves_a_doubt) {
  refused(2, post_only_text);
  BOOST_TEST(heard() == "modify_rejected");
  BOOST_TEST(asked() == "status by cloid");
  // The refused replacement, in the stream: no doubt any more.
  status("a", 8, "badAloPxRejected", "0.02", "0.02");
  canceled("a", 7);
  BOOST_TEST(heard() == "modify_rejected canceled");
  BOOST_TEST(last<order_canceled>().reason == post_only_text);
  answer_status(record("a", 8, "badAloPxRejected", "0.02", "0.02"));
  BOOST_TEST(heard() == "modify_rejected canceled");
  BOOST_TEST(queries.empty());
}

// As when the old leg's end is seen before the refusal.
BOOST_AUTO_TEST_CASE(a_placement_text_is_the_reason_once_the_old_leg_is_gone) {
  refused(2, post_only_text);
  answer_status(record("a", 7, "canceled"));
  BOOST_TEST(heard() == "modify_rejected canceled");
  BOOST_TEST(last<order_canceled>().reason == post_only_text);
  status("a", 8, "badAloPxRejected", "0.02", "0.02");
  BOOST_TEST(heard() == "modify_rejected canceled");
}

BOOST_AUTO_TEST_CASE(the_same_when_the_end_comes_by_a_frame_in_doubt) {
  refused(2, post_only_text);
  canceled("a", 7);
  answer_status(record("a", 7, "canceled"));
  BOOST_TEST(heard() == "modify_rejected canceled");
  BOOST_TEST(last<order_canceled>().reason == post_only_text);
}

BOOST_AUTO_TEST_CASE(another_text_is_not_the_reason_of_the_end) {
  refused(2, "Cannot modify canceled or filled order");
  answer_status(record("a", 7, "canceled"));
  BOOST_TEST(last<order_canceled>().reason == "canceled");
}

BOOST_AUTO_TEST_CASE(the_doubt_ends_with_the_refused_replacement_in_an_answer) {
  refused(2, post_only_text);
  answer_status(record("a", 8, "badAloPxRejected", "0.02", "0.02"));
  BOOST_TEST(asked() == "status by oid 7");
  answer_status(record("a", 7, "canceled", "0.006"));
  BOOST_TEST(heard() == "modify_rejected");
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "modify_rejected filled canceled");
  BOOST_TEST(last<order_canceled>().reason == post_only_text);
}

BOOST_AUTO_TEST_CASE(the_doubt_ends_with_an_old_leg_open_twice) {
  refused(2, "something unheard of");
  modify("a", "0.03", nullptr);
  BOOST_TEST(requests.size() == 2u);
  answer_status(record("a", 7, "open"));
  BOOST_TEST(queries.empty());
  advance(999);
  BOOST_TEST(queries.empty());
  advance(1);
  answer_status(record("a", 7, "open"));
  BOOST_TEST(heard() == "modify_rejected");
  BOOST_TEST(sent(3) == "modify 7 to 0.03@50000");
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(the_doubt_ends_with_a_newer_leg) {
  refused(2, "something unheard of");
  answer_status(record("a", 8, "open", "0.02", "0.02"));
  BOOST_TEST(heard() == "modify_rejected updated");
  BOOST_TEST(last<order_updated>().venue_order_id.value == 8u);
}

BOOST_AUTO_TEST_CASE(an_unknown_cloid_makes_the_doubt_ask_by_number) {
  refused(2, "Cannot modify canceled or filled order");
  answer_status();
  BOOST_TEST(asked() == "status by oid 7");
  answer_status(record("a", 7, "canceled"));
  BOOST_TEST(heard() == "modify_rejected canceled");
}

BOOST_AUTO_TEST_CASE(an_old_answer_makes_the_doubt_ask_by_number) {
  const auto old = record("a", 7, "open");
  now_ms += 100;
  canceled("a", 7);
  refused(2, "Cannot modify canceled or filled order");
  BOOST_TEST(heard() == "modify_rejected");
  answer_status(old);
  BOOST_TEST(asked() == "status by oid 7");
  answer_status(record("a", 7, "canceled"));
  BOOST_TEST(heard() == "modify_rejected canceled");
}

BOOST_AUTO_TEST_CASE(a_cancel_in_doubt_is_parked_until_the_answer) {
  refused(2, "Cannot modify canceled or filled order");
  canceled("a", 7);
  BOOST_TEST(heard() == "modify_rejected");
  answer_status(record("a", 7, "canceled"));
  BOOST_TEST(heard() == "modify_rejected canceled");
}

BOOST_AUTO_TEST_CASE(a_filled_old_leg_ends_the_doubt_by_its_fills) {
  refused(2, "Cannot modify canceled or filled order");
  answer_status(record("a", 7, "filled", "0"));
  BOOST_TEST(heard() == "modify_rejected");
  fill("a", 7, 1, "0.01");
  BOOST_TEST(heard() == "modify_rejected filled");
  BOOST_TEST(state.open_orders() == 0u);
}

BOOST_AUTO_TEST_CASE(a_doubt_that_cannot_be_asked_about_backs_off) {
  refused(2, "Cannot modify canceled or filled order");
  fail<order_status_query>();
  advance(1'999);
  BOOST_TEST(queries.empty());
  advance(1);
  fail<order_status_query>();
  advance(3'999);
  BOOST_TEST(queries.empty());
  advance(1);
  BOOST_TEST(asked() == "status by cloid");
}

BOOST_AUTO_TEST_CASE(a_lost_modify_is_asked_about_after_its_expiry) {
  advance(5'000);
  lost(2);
  advance(1'999);
  BOOST_TEST(queries.empty());
  advance(1);
  BOOST_TEST(asked() == "clock");
  // The venue's clock is slower.
  answer(next<exchange_status_query>(), exchange_status_answer{now_ms - 10});
  BOOST_TEST(queries.empty());
  advance(10);
  answer_clock();
  BOOST_TEST(asked() == "status by cloid");
  answer_status(record("a", 8, "open", "0.02", "0.02"));
  BOOST_TEST(heard() == "updated");
  resting(2, 8, true);
  BOOST_TEST(heard() == "updated");
}

BOOST_AUTO_TEST_CASE(a_later_frame_tells_the_venues_time_as_well) {
  advance(5'000);
  lost(2);
  advance(1'990);
  auto report = record("stranger", 70, "open");
  report.status_ms = now_ms + 10;
  frame(report);
  advance(10);
  BOOST_TEST(asked() == "status by cloid");
}

BOOST_AUTO_TEST_CASE(a_lost_modify_that_was_not_applied_is_refused) {
  advance(5'000);
  lost(2);
  advance(2'000);
  answer_clock();
  answer_status(record("a", 7, "open"));
  BOOST_TEST(heard() == "modify_rejected");
  BOOST_TEST(queries.empty());
  modify("a", "0.03", nullptr);
  BOOST_TEST(sent(3) == "modify 7 to 0.03@50000");
}

BOOST_AUTO_TEST_CASE(a_lost_modify_unknown_thrice_is_asked_by_number) {
  advance(5'000);
  lost(2);
  advance(2'000);
  answer_clock();
  answer_unknown_thrice();
  answer_open_orders();
  BOOST_TEST(asked() == "status by oid 7");
  answer_status();
  BOOST_TEST(heard() == "modify_rejected");
  BOOST_TEST(queries.empty());
  advance(2'000);
  answer_status(record("a", 7, "canceled"));
  BOOST_TEST(heard() == "modify_rejected canceled");
}

BOOST_AUTO_TEST_CASE(a_lost_modify_found_refused_ends_the_order) {
  advance(5'000);
  lost(2);
  advance(2'000);
  answer_clock();
  answer_status(record("a", 8, "badAloPxRejected", "0.02", "0.02"));
  BOOST_TEST(heard() == "modify_rejected");
  answer_status(record("a", 7, "canceled", "0.006"));
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "modify_rejected filled canceled");
  BOOST_TEST(last<order_canceled>().reason == "badAloPxRejected");
}

BOOST_AUTO_TEST_CASE(a_lost_modify_with_a_parked_cancel_releases_it) {
  canceled("a", 7);
  advance(5'000);
  lost(2);
  advance(2'000);
  answer_clock();
  answer_status(record("a", 7, "canceled"));
  BOOST_TEST(heard() == "modify_rejected canceled");
}

BOOST_AUTO_TEST_CASE(a_frame_resolves_a_lost_modify_without_a_query) {
  advance(5'000);
  lost(2);
  open("a", 8, "0.02");
  BOOST_TEST(heard() == "updated");
  advance(100'000);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(a_late_refusal_resolves_a_lost_modify) {
  advance(5'000);
  lost(2);
  refused(2, "Attempted to modify to invalid new order", true);
  BOOST_TEST(heard() == "modify_rejected");
  advance(100'000);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(an_answer_meant_for_one_modify_decides_no_other) {
  advance(5'000);
  lost(2);
  advance(2'000);
  answer_clock();
  const auto first = next<order_status_query>();
  open("a", 8, "0.02");
  modify("a", "0.03", nullptr);
  lost(3);
  answer(first, order_status_answer{record("a", 8, "open", "0.02", "0.02")});
  BOOST_TEST(heard() == "updated");
  resting(3, 9);
  BOOST_TEST(heard() == "updated updated");
}

BOOST_AUTO_TEST_CASE(the_clock_of_one_resolution_hurries_no_other) {
  advance(5'000);
  lost(2);
  advance(2'000);
  const auto clock = next<exchange_status_query>();
  open("a", 8, "0.02");
  modify("a", "0.03", nullptr);
  refused(3, "something unheard of");
  BOOST_TEST(asked() == "status by cloid");
  answer(clock, exchange_status_answer{now_ms});
  BOOST_TEST(asked() == "status by cloid");
}

BOOST_AUTO_TEST_CASE(a_refused_replacement_does_not_rename_another_end) {
  status("a", 7, "marginCanceled", "0.006");
  status("a", 8, "badAloPxRejected", "0.02", "0.02");
  BOOST_TEST(heard() == "modify_rejected");
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "modify_rejected filled canceled");
  BOOST_TEST(last<order_canceled>().reason == "marginCanceled");
}

BOOST_AUTO_TEST_CASE(a_lost_modify_of_an_ended_order_is_followed_up) {
  fill("a", 7, 1, "0.01");
  advance(5'000);
  lost(2);
  advance(2'000);
  answer_clock();
  answer_status(record("a", 8, "open", "0.02", "0.02"));
  BOOST_TEST(sent(3) == "cancel 8");
  BOOST_TEST(heard() == "filled");
  BOOST_TEST(external_statuses.empty());
}

BOOST_AUTO_TEST_SUITE_END()
