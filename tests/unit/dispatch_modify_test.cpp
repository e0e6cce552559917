// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

BOOST_FIXTURE_TEST_SUITE(dispatch_modify_suite, dispatch_fixture)

BOOST_AUTO_TEST_CASE(a_modify_leaves_as_a_batch_of_one_by_oid) {
  place("a", 7);
  modify("a", "0.02", "50100");
  BOOST_TEST(sent(2) == "modify 7 to 0.02@50100");
  const auto& action = std::get<batch_modify_action>(requests[1].action);
  BOOST_TEST(!action.always_place);
  const auto& order = action.modifies[0].order;
  BOOST_TEST((order.cloid == wire_id("a")));
  BOOST_TEST(order.is_buy);
  BOOST_TEST((order.time_in_force == wire_time_in_force::gtc));
  BOOST_TEST(requests[1].expires_after_ms.value_or(0) == now_ms + 5'000);
}

BOOST_AUTO_TEST_CASE(the_size_sent_is_the_target_less_what_is_filled) {
  place("a", 7);
  fill("a", 7, 1, "0.004");
  modify("a", "0.02", nullptr);
  BOOST_TEST(sent(2) == "modify 7 to 0.016@50000");
  resting(2, 8);
  BOOST_TEST(to_string(last<order_updated>().quantity) == "0.02");
  BOOST_TEST(last<order_updated>().venue_order_id.value == 8u);
  modify("a", nullptr, "50200");
  BOOST_TEST(sent(3) == "modify 8 to 0.016@50200");
}

BOOST_AUTO_TEST_CASE(the_target_changes_only_when_the_replacement_is_proved) {
  place("a", 7);
  modify("a", "0.006", nullptr);
  fill("a", 7, 1, "0.004");
  BOOST_TEST(to_string(last<order_filled>().quantity) == "0.01");
  resting(2, 8);
  BOOST_TEST(to_string(last<order_updated>().quantity) == "0.006");
}

BOOST_AUTO_TEST_CASE(a_replacement_is_one_updated_whatever_proves_it_first) {
  place("reply", 10);
  modify("reply", nullptr, "50100");
  resting(2, 11);
  open("reply", 11);
  place("open", 20);
  modify("open", nullptr, "50100");
  open("open", 21);
  resting(4, 21);
  place("fill", 30);
  modify("fill", nullptr, "50100");
  fill("fill", 31, 1, "0.004");
  open("fill", 31);
  resting(6, 31);
  place("cancel", 40);
  modify("cancel", nullptr, "50100");
  canceled("cancel", 41);
  resting(8, 41);
  std::size_t updated = 0;
  for (const auto& event : events)
    if (const auto* x = std::get_if<order_updated>(&event)) {
      ++updated;
      BOOST_TEST(x->venue_order_id.value == updated * 10 + 1);
    }
  BOOST_TEST(updated == 4u);
  BOOST_TEST(last<order_canceled>().venue_order_id.value == 41u);
}

BOOST_AUTO_TEST_CASE(the_prices_of_an_update) {
  place("a", 7);
  modify("a", nullptr, "50100");
  fill("a", 8, 1, "0.004");
  BOOST_TEST(to_string(*std::get<order_updated>(events[2]).price) == "50100");
  auto report = record("a", 8, "open");
  report.limit_price = dec<price>("50099");
  frame(report);
  modify("a", "0.02", nullptr);
  BOOST_TEST(sent(3) == "modify 8 to 0.016@50099");
}

BOOST_AUTO_TEST_CASE(a_stale_cancel_of_the_old_leg_is_silent_after_too) {
  place("a", 7);
  modify("a", nullptr, "50100");
  resting(2, 8);
  canceled("a", 7);
  open("a", 7);
  BOOST_TEST(heard() == "submitted accepted updated");
  fill("a", 8, 1, "0.01");
  BOOST_TEST(heard() == "submitted accepted updated filled");
  // Late news of the old leg revive nothing.
  open("a", 7);
  BOOST_TEST(requests.size() == 2u);
}

BOOST_AUTO_TEST_CASE(an_older_oid_never_becomes_the_binding) {
  submit("a");
  open("a", 8);
  open("a", 7);
  status("a", 7, "canceled");
  BOOST_TEST(heard() == "submitted accepted");
  cancel("a");
  canceled("a", 8);
  BOOST_TEST(last<order_canceled>().venue_order_id.value == 8u);
}

BOOST_AUTO_TEST_CASE(fills_of_both_legs_are_plain_fills_during_a_modify) {
  place("a", 7);
  modify("a", "0.02", nullptr);
  fill("a", 7, 1, "0.004");
  resting(2, 8);
  fill("a", 7, 2, "0.001");
  fill("a", 8, 3, "0.002");
  BOOST_TEST(heard() == "submitted accepted filled updated filled filled");
  BOOST_TEST(to_string(last<order_filled>().cum_quantity) == "0.007");
}

BOOST_AUTO_TEST_CASE(one_modify_is_on_the_wire_and_the_newest_waits) {
  place("a", 7);
  modify("a", nullptr, "50100");
  modify("a", nullptr, "50200");
  modify("a", "0.03", nullptr);
  BOOST_TEST(requests.size() == 2u);
  BOOST_TEST(heard() == "submitted accepted modify_rejected");
  BOOST_TEST(to_string(*last<order_modify_rejected>().price) == "50200");
  BOOST_TEST(to_string(*last<order_modify_rejected>().quantity) == "0.01");
  open("a", 8);
  // What it leaves out is the order's as it now is.
  auto report = record("a", 8, "open");
  BOOST_TEST(sent(3) == "modify 8 to 0.03@50000");
}

BOOST_AUTO_TEST_CASE(a_proved_replacement_frees_the_wire_before_its_reply) {
  place("a", 7);
  modify("a", nullptr, "50100");
  open("a", 8);
  modify("a", nullptr, "50200");
  BOOST_TEST(sent(3) == "modify 8 to 0.01@50200");
  resting(2, 8);
  resting(3, 9);
  BOOST_TEST(heard() == "submitted accepted updated updated");
}

BOOST_AUTO_TEST_CASE(a_modify_waits_for_the_first_proof_of_the_order) {
  submit("a");
  modify("a", nullptr, "50100");
  BOOST_TEST(requests.size() == 1u);
  resting(1, 7);
  BOOST_TEST(sent(2) == "modify 7 to 0.01@50100");
}

BOOST_AUTO_TEST_CASE(a_waiting_modify_without_sense_is_refused_when_sent) {
  submit("a");
  modify("a", "0.002", nullptr);
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "submitted accepted filled modify_rejected");
  BOOST_TEST(requests.size() == 1u);
}

BOOST_AUTO_TEST_CASE(modifies_that_cannot_be_are_refused_with_nothing_sent) {
  place("a", 7);
  fill("a", 7, 1, "0.004");
  modify("a", nullptr, nullptr);
  modify("a", "0.01", "50000");
  modify("a", "0.004", nullptr);
  modify("a", "0.0000001", nullptr);
  modify("a", "0.0041", nullptr);
  modify("a", nullptr, "0");
  modify("a", "0", nullptr);
  apply(modify_order{{"S-2"}, {"a"}, dec<quantity>("0.02"), {}});
  apply(modify_order{{"S-1"}, {"nobody"}, dec<quantity>("0.02"), {}});
  submit("ioc", "0.01", time_in_force::ioc);
  modify("ioc", "0.02", nullptr);
  BOOST_TEST(requests.size() == 2u);
  std::size_t refused = 0;
  for (const auto& event : events)
    if (const auto* x = std::get_if<order_modify_rejected>(&event)) {
      ++refused;
      BOOST_TEST(!x->reason.empty());
    }
  BOOST_TEST(refused == 10u);
}

BOOST_AUTO_TEST_CASE(a_modify_after_the_end_is_refused) {
  place("a", 7);
  canceled("a", 7);
  modify("a", "0.02", nullptr);
  BOOST_TEST(heard() == "submitted accepted canceled modify_rejected");
  BOOST_TEST(requests.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_modify_price_off_the_grid_is_rounded_away) {
  place("a", 7);
  modify("a", nullptr, "50000.7");
  BOOST_TEST(heard() == "submitted accepted modify_rejected");
  modify("a", nullptr, "50001.7");
  BOOST_TEST(sent(2) == "modify 7 to 0.01@50001");
}

BOOST_AUTO_TEST_CASE(a_price_that_rounds_to_no_change_is_told_as_it_was_asked) {
  place("a", 7);
  modify("a", nullptr, "50000.7");
  const auto& event = last<order_modify_rejected>();
  BOOST_TEST(to_string(*event.price) == "50000.7");
  BOOST_TEST(event.reason
             == "changes nothing: price 50000.7 is rounded to 50000");
}

BOOST_AUTO_TEST_CASE(a_fill_of_the_unannounced_replacement_proves_it) {
  place("a", 7);
  modify("a", "0.02", nullptr);
  fill("a", 8, 1, "0.004");
  BOOST_TEST(heard() == "submitted accepted updated filled");
  BOOST_TEST(to_string(last<order_filled>().quantity) == "0.02");
  canceled("a", 7);
  open("a", 8, "0.02");
  resting(2, 8);
  BOOST_TEST(heard() == "submitted accepted updated filled");
}

BOOST_AUTO_TEST_CASE(the_terminal_event_answers_the_open_modify) {
  place("a", 7);
  modify("a", nullptr, "50100");
  modify("a", nullptr, "50200");
  fill("a", 7, 1, "0.01");
  refused(2, "Cannot modify canceled or filled order");
  BOOST_TEST(heard() == "submitted accepted filled");
  BOOST_TEST(queries.empty());
  BOOST_TEST(!state.next_deadline_ms().has_value());
}

BOOST_AUTO_TEST_CASE(what_a_modify_places_after_the_end_is_canceled) {
  place("a", 7);
  modify("a", "0.02", nullptr);
  fill("a", 7, 1, "0.01");
  BOOST_TEST(heard() == "submitted accepted filled");
  resting(2, 8);
  BOOST_TEST(sent(3) == "cancel 8");
  BOOST_TEST(warnings.size() == 1u);
  success(3);
  canceled("a", 8, "0.02", "0.02");
  advance(100'000);
  BOOST_TEST(requests.size() == 3u);
  BOOST_TEST(heard() == "submitted accepted filled");
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(a_modify_that_could_not_be_written_is_tried_once_more) {
  place("a", 7);
  modify("a", nullptr, "50100");
  not_sent(2);
  BOOST_TEST(sent(3) == "modify 7 to 0.01@50100");
  not_sent(3);
  BOOST_TEST(heard() == "submitted accepted modify_rejected");
  BOOST_TEST(requests.size() == 3u);
  modify("a", nullptr, "50200");
  BOOST_TEST(requests.size() == 4u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(dispatch_modify_buffering_suite, buffering_fixture)

BOOST_AUTO_TEST_CASE(held_fills_follow_the_replacement_in_their_order) {
  place("a", 7);
  modify("a", "0.02", nullptr);
  fill("a", 8, 2, "0.004");
  fill("a", 8, 1, "0.001");
  fill("a", 8, 2, "0.004");
  BOOST_TEST(heard() == "submitted accepted");
  BOOST_TEST(queries.empty());
  open("a", 8, "0.02");
  BOOST_TEST(heard() == "submitted accepted updated filled filled");
  BOOST_TEST(std::get<order_filled>(events[3]).trade_id.value == 2u);
  BOOST_TEST(last<order_filled>().trade_id.value == 1u);
  fill("a", 8, 2, "0.004");
  BOOST_TEST(events.size() == 5u);
}

BOOST_AUTO_TEST_CASE(the_reply_drains_held_fills_too) {
  place("a", 7);
  modify("a", "0.006", nullptr);
  fill("a", 8, 1, "0.006");
  resting(2, 8);
  BOOST_TEST(heard() == "submitted accepted updated filled");
  BOOST_TEST(state.open_orders() == 0u);
}

BOOST_AUTO_TEST_CASE(
  held_fills_are_delivered_at_the_end_and_their_leg_is_canceled) {
  place("a", 7);
  modify("a", "0.02", nullptr);
  fill("a", 8, 1, "0.004");
  status("a", 7, "liquidatedCanceled");
  BOOST_TEST(heard() == "submitted accepted modify_rejected filled canceled");
  BOOST_TEST(asked() == "status by oid 8");
  answer_status(record("a", 8, "open", "0.016", "0.02"));
  BOOST_TEST(sent(3) == "cancel 8");
}

BOOST_AUTO_TEST_CASE(a_held_fill_proves_a_modify_whose_outcome_nobody_tells) {
  for (const bool old_leg_known : {true, false}) {
    buffering_fixture run;
    run.place("a", 7);
    run.modify("a", "0.02", nullptr);
    run.fill("a", 8, 1, "0.004");
    run.lost(2);
    run.advance(7'000);
    run.answer_clock();
    if (old_leg_known)
      run.answer_status(run.record("a", 7, "canceled"));
    else
      run.answer_unknown_thrice();
    BOOST_TEST(run.heard() == "submitted accepted updated filled");
    BOOST_TEST(std::get<order_updated>(run.events[2]).venue_order_id.value
               == 8u);
    BOOST_TEST(run.state.open_orders() == 1u);
    run.advance(600'000);
    BOOST_TEST(run.queries.empty());
  }
}

BOOST_AUTO_TEST_CASE(
  held_fills_that_the_modify_does_not_explain_are_asked_for) {
  place("a", 7);
  modify("a", "0.02", nullptr);
  fill("a", 8, 1, "0.004");
  refused(2, "Attempted to modify to invalid new order");
  BOOST_TEST(heard() == "submitted accepted modify_rejected");
  BOOST_TEST(asked() == "status by oid 8");
  answer_status(record("a", 8, "open", "0.016", "0.016"));
  BOOST_TEST(heard() == "submitted accepted modify_rejected updated filled");
  BOOST_TEST(to_string(std::get<order_updated>(events[3]).quantity) == "0.016");
}

BOOST_AUTO_TEST_SUITE_END()
