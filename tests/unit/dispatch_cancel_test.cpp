// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

namespace {

constexpr auto never_placed =
  "Order was never placed, already canceled, or filled. asset=0";

} // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch_cancel_suite, dispatch_fixture)

BOOST_AUTO_TEST_CASE(a_cancel_leaves_at_once_by_cloid) {
  place("a", 7);
  cancel("a");
  BOOST_TEST(sent(2) == "cancel by cloid");
  success(2);
  BOOST_TEST(heard() == "submitted accepted");
  canceled("a", 7);
  BOOST_TEST(heard() == "submitted accepted canceled");
  BOOST_TEST(last<order_canceled>().reason == "canceled");
  advance(100'000);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(a_leg_reported_without_a_cloid_is_canceled_by_number) {
  submit("a");
  resting(1, 7);
  auto report = record("a", 7, "open");
  report.cloid.reset();
  frame(report);
  cancel("a");
  BOOST_TEST(sent(2) == "cancel 7");
}

BOOST_AUTO_TEST_CASE(a_repeated_cancel_sends_nothing) {
  place("a", 7);
  cancel("a");
  cancel("a");
  success(2);
  cancel("a");
  BOOST_TEST(requests.size() == 2u);
  BOOST_TEST(heard() == "submitted accepted");
}

BOOST_AUTO_TEST_CASE(a_cancel_refuses_waiting_and_new_modifies) {
  place("a", 7);
  modify("a", nullptr, "50100");
  modify("a", nullptr, "50200");
  cancel("a");
  BOOST_TEST(heard() == "submitted accepted modify_rejected");
  BOOST_TEST(to_string(*last<order_modify_rejected>().price) == "50200");
  modify("a", nullptr, "50300");
  BOOST_TEST(heard() == "submitted accepted modify_rejected modify_rejected");
}

BOOST_AUTO_TEST_CASE(a_refused_cancel_is_told_at_once_and_asked_about) {
  place("a", 7);
  cancel("a");
  refused(2, never_placed);
  BOOST_TEST(heard() == "submitted accepted cancel_rejected");
  BOOST_TEST(last<order_cancel_rejected>().reason == never_placed);
  BOOST_TEST(asked() == "status by cloid");
  answer_status(record("a", 7, "filled", "0"));
  fill("a", 7, 1, "0.01");
  BOOST_TEST(heard() == "submitted accepted cancel_rejected filled");
}

BOOST_AUTO_TEST_CASE(a_refused_cancel_lifts_the_intent) {
  place("a", 7);
  cancel("a");
  refused_whole(2, "Too many cumulative requests sent (12 > 10) for cumulative "
                   "volume traded $1.");
  BOOST_TEST(heard() == "submitted accepted cancel_rejected");
  BOOST_TEST(queries.empty());
  modify("a", nullptr, "50100");
  BOOST_TEST(sent(3) == "modify 7 to 0.01@50100");
  cancel("a");
  BOOST_TEST(sent(4) == "cancel by cloid");
}

BOOST_AUTO_TEST_CASE(a_whole_refusal_is_told_though_the_cancel_was_early) {
  submit("a");
  cancel("a");
  refused_whole(2, "Unable to recover signer.");
  BOOST_TEST(heard() == "submitted cancel_rejected");
  resting(1, 7);
  BOOST_TEST(requests.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_cancel_that_overtook_the_submit_leaves_again_at_once) {
  submit("a");
  cancel("a");
  refused(2, never_placed);
  BOOST_TEST(heard() == "submitted");
  resting(1, 7);
  BOOST_TEST(sent(3) == "cancel by cloid");
  refused(3, never_placed);
  BOOST_TEST(heard() == "submitted accepted cancel_rejected");
}

BOOST_AUTO_TEST_CASE(the_early_refusal_after_the_proof_leaves_again_too) {
  submit("a");
  cancel("a");
  resting(1, 7);
  BOOST_TEST(requests.size() == 2u);
  refused(2, never_placed);
  BOOST_TEST(heard() == "submitted accepted");
  BOOST_TEST(sent(3) == "cancel by cloid");
}

BOOST_AUTO_TEST_CASE(a_cancel_and_a_rejected_submit) {
  submit("a");
  cancel("a");
  refused(2, never_placed);
  refused(1, "Insufficient margin to place order. asset=0");
  BOOST_TEST(heard() == "submitted rejected");
  advance(100'000);
  BOOST_TEST(requests.size() == 2u);
  submit("b");
  cancel("b");
  refused(3, "Insufficient margin to place order. asset=0");
  refused(4, never_placed);
  BOOST_TEST(heard() == "submitted rejected submitted rejected");
  BOOST_TEST(warnings.empty());
  BOOST_TEST(!state.next_deadline_ms().has_value());
}

BOOST_AUTO_TEST_CASE(a_cancel_during_a_modify_hits_the_new_leg_next) {
  place("a", 7);
  modify("a", nullptr, "50100");
  cancel("a");
  refused(3, never_placed);
  BOOST_TEST(requests.size() == 3u);
  resting(2, 8);
  BOOST_TEST(sent(4) == "cancel by cloid");
  success(4);
  canceled("a", 8);
  canceled("a", 7);
  BOOST_TEST(heard() == "submitted accepted updated canceled");
}

BOOST_AUTO_TEST_CASE(a_success_is_about_the_leg_that_was_heard_of_before_it) {
  submit("a");
  cancel("a");
  resting(1, 7);
  success(2);
  advance(1'999);
  BOOST_TEST(requests.size() == 2u);
  canceled("a", 7);
  BOOST_TEST(heard() == "submitted accepted canceled");
  advance(100'000);
  BOOST_TEST(requests.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_success_is_about_the_first_leg_heard_of_after_it) {
  submit("a");
  cancel("a");
  success(2);
  resting(1, 7);
  BOOST_TEST(requests.size() == 2u);
  advance(2'000);
  BOOST_TEST(asked() == "status by cloid");
  answer_status(record("a", 7, "open"));
  BOOST_TEST(sent(3) == "cancel by cloid");
}

BOOST_AUTO_TEST_CASE(a_success_is_about_the_replacement_heard_of_before_it) {
  place("a", 7);
  modify("a", nullptr, "50100");
  cancel("a");
  resting(2, 8);
  success(3);
  BOOST_TEST(requests.size() == 3u);
  canceled("a", 7);
  canceled("a", 8);
  BOOST_TEST(heard() == "submitted accepted updated canceled");
}

BOOST_AUTO_TEST_CASE(a_cancel_that_was_not_needed_twice_is_not_told_refused) {
  place("a", 7);
  modify("a", nullptr, "50100");
  cancel("a");
  success(3);
  resting(2, 8);
  refused(4, never_placed);
  BOOST_TEST(heard() == "submitted accepted updated");
  advance(2'000);
  BOOST_TEST(asked() == "status by cloid");
  answer_status(record("a", 8, "canceled"));
  BOOST_TEST(heard() == "submitted accepted updated canceled");
}

BOOST_AUTO_TEST_CASE(a_cancel_that_succeeded_before_the_new_leg_leaves_again) {
  place("a", 7);
  modify("a", nullptr, "50100");
  cancel("a");
  success(3);
  open("a", 8);
  BOOST_TEST(sent(4) == "cancel by cloid");
}

BOOST_AUTO_TEST_CASE(a_cancel_hits_the_old_leg_and_the_modify_fails) {
  place("a", 7);
  modify("a", nullptr, "50100");
  cancel("a");
  canceled("a", 7);
  success(3);
  refused(2, "Cannot modify canceled or filled order");
  answer_status(record("a", 7, "canceled"));
  BOOST_TEST(heard() == "submitted accepted modify_rejected canceled");
  BOOST_TEST(requests.size() == 3u);
}

BOOST_AUTO_TEST_CASE(an_untouched_leg_is_canceled_again_after_a_second) {
  place("a", 7);
  modify("a", nullptr, "50100");
  cancel("a");
  advance(300);
  refused(3, never_placed);
  refused(2, "Attempted to modify to invalid new order");
  BOOST_TEST(heard() == "submitted accepted modify_rejected");
  advance(699);
  BOOST_TEST(requests.size() == 3u);
  advance(1);
  BOOST_TEST(sent(4) == "cancel by cloid");
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(a_success_without_an_end_is_asked_about) {
  place("a", 7);
  cancel("a");
  success(2);
  advance(1'999);
  BOOST_TEST(queries.empty());
  advance(1);
  BOOST_TEST(asked() == "status by cloid");
  answer_status(record("a", 7, "canceled"));
  BOOST_TEST(heard() == "submitted accepted canceled");
}

BOOST_AUTO_TEST_CASE(an_answer_that_hides_the_leg_is_followed_by_its_number) {
  place("a", 7);
  cancel("a");
  success(2);
  advance(2'000);
  answer_status();
  BOOST_TEST(asked() == "status by oid 7");
  answer_status(record("a", 7, "open"));
  BOOST_TEST(sent(3) == "cancel by cloid");
  success(3);
  advance(2'000);
  answer_status(record("a", 8, "badAloPxRejected"));
  BOOST_TEST(asked() == "status by oid 7");
  answer_status(record("a", 7, "canceled"));
  BOOST_TEST(heard() == "submitted accepted canceled");
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(five_cancels_in_all_and_then_the_strategy_is_told) {
  place("a", 7);
  cancel("a");
  for (std::size_t n = 2; n <= 6; ++n) {
    BOOST_REQUIRE(requests.size() == n);
    BOOST_TEST(sent(n) == "cancel by cloid");
    lost(n);
    advance(2'000);
    answer_status(record("a", 7, "open"));
  }
  BOOST_TEST(requests.size() == 6u);
  BOOST_TEST(heard() == "submitted accepted cancel_rejected");
  advance(100'000);
  BOOST_TEST(requests.size() == 6u);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(an_order_too_old_for_its_status_is_found_in_the_list) {
  place("a", 7);
  cancel("a");
  lost(2);
  for (const auto pause_ms : {2'000, 4'000, 8'000}) {
    advance(pause_ms);
    BOOST_TEST(asked() == "status by cloid");
    answer_status();
    BOOST_TEST(asked() == "status by oid 7");
    answer_status();
  }
  BOOST_TEST(asked() == "open orders");
  answer_open_orders({record("a", 7, "open")});
  BOOST_TEST(sent(3) == "cancel by cloid");
  success(3);
  canceled("a", 7);
  BOOST_TEST(heard() == "submitted accepted canceled");
}

BOOST_AUTO_TEST_CASE(a_triggered_order_counts_as_open_for_its_cancel) {
  auto order = terms("a");
  order.type = order_type::stop_limit;
  order.trigger_price = dec<price>("50000");
  submit(order);
  resting(1, 7);
  status("a", 7, "triggered");
  cancel("a");
  lost(2);
  advance(2'000);
  answer_status(record("a", 7, "triggered"));
  BOOST_TEST(sent(3) == "cancel by cloid");
}

BOOST_AUTO_TEST_CASE(a_status_query_of_a_cancel_that_fails_backs_off) {
  place("a", 7);
  cancel("a");
  lost(2);
  advance(2'000);
  fail<order_status_query>();
  advance(3'999);
  BOOST_TEST(queries.empty());
  advance(1);
  fail<order_status_query>();
  advance(7'999);
  BOOST_TEST(queries.empty());
  advance(1);
  BOOST_TEST(asked() == "status by cloid");
}

BOOST_AUTO_TEST_CASE(a_cancel_that_was_not_written_leaves_three_times_more) {
  place("a", 7);
  cancel("a");
  not_sent(2);
  not_sent(3);
  not_sent(4);
  BOOST_TEST(sent(5) == "cancel by cloid");
  BOOST_TEST(heard() == "submitted accepted");
  not_sent(5);
  BOOST_TEST(heard() == "submitted accepted cancel_rejected");
  BOOST_TEST(requests.size() == 5u);
}

BOOST_AUTO_TEST_CASE(cancels_that_cannot_be_are_refused_with_nothing_sent) {
  apply(cancel_order{{"S-1"}, {"nobody"}});
  place("a", 7);
  apply(cancel_order{{"S-2"}, {"a"}});
  submit("ioc", "0.01", time_in_force::ioc);
  cancel("ioc");
  status("a", 7, "filled", "0");
  cancel("a");
  fill("a", 7, 1, "0.01");
  cancel("a");
  BOOST_TEST(heard()
             == "cancel_rejected submitted accepted cancel_rejected submitted "
                "cancel_rejected cancel_rejected filled cancel_rejected");
  BOOST_TEST(requests.size() == 2u);
  cancel("whoever");
  BOOST_TEST(warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_end_answers_the_cancel) {
  place("a", 7);
  cancel("a");
  fill("a", 7, 1, "0.01");
  refused(2, never_placed);
  BOOST_TEST(heard() == "submitted accepted filled");
  advance(100'000);
  BOOST_TEST(queries.empty());
  BOOST_TEST(!state.next_deadline_ms().has_value());
}

BOOST_AUTO_TEST_CASE(cancel_all_takes_the_strategys_orders_of_an_instrument) {
  place("a", 7);
  place("b", 8);
  auto eth = terms("c");
  eth.instrument = "ETH";
  eth.price = dec<price>("3000");
  submit(eth);
  apply(submit_order{{"S-2"}, terms("d")});
  const auto before = requests.size();
  apply(cancel_all{{"S-1"}, "BTC"});
  BOOST_TEST(requests.size() == before + 1);
  apply(cancel_all{{"S-1"}, {}});
  BOOST_TEST(requests.size() == before + 2);
  apply(cancel_all{{"S-1"}, "DOGE"});
  BOOST_TEST(warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(cancel_all_knows_an_instrument_by_each_of_its_names) {
  state.apply(instrument{
    .name = "PURR/USDC", .asset = 10'000, .kind = market_kind::spot});
  for (const char* name : {"@0", "PURR/USDC"}) {
    auto order = terms(name, "100");
    order.instrument = "@0";
    order.price = dec<price>("0.5");
    submit(order);
    resting(requests.size(), requests.size());
    const auto before = requests.size();
    apply(cancel_all{{"S-1"}, name});
    BOOST_TEST(requests.size() == before + 1);
  }
  BOOST_TEST(warnings.empty());
}

BOOST_AUTO_TEST_CASE(an_order_that_was_thought_unplaced_is_canceled_alive) {
  submit("a");
  lost(1);
  advance(7'000);
  for (int i = 0; i < 3; ++i) {
    answer_nothing();
    advance(1'000);
  }
  BOOST_TEST(heard() == "submitted rejected");
  resting(1, 7, true);
  BOOST_TEST(sent(2) == "cancel 7");
  BOOST_TEST(warnings.size() == 1u);
  // It takes more than one; each time longer.
  refused(2, never_placed);
  advance(2'000);
  answer_status(record("a", 7, "open"));
  BOOST_TEST(sent(3) == "cancel 7");
  success(3);
  canceled("a", 7);
  BOOST_TEST(heard() == "submitted rejected");
  advance(100'000);
  BOOST_TEST(requests.size() == 3u);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(an_order_that_was_refused_is_canceled_alive) {
  submit("a");
  refused(1, "Insufficient margin to place order. asset=0");
  open("a", 7);
  BOOST_TEST(sent(2) == "cancel 7");
  BOOST_TEST(external_statuses.empty());
  BOOST_TEST(warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_early_cancel_of_an_order_that_ended_goes_on) {
  place("a", 7);
  modify("a", "0.02", nullptr);
  cancel("a");
  fill("a", 7, 1, "0.01");
  resting(2, 8);
  BOOST_TEST(requests.size() == 3u);
  refused(3, never_placed);
  BOOST_TEST(sent(4) == "cancel 8");
  refused(4, never_placed);
  advance(2'000);
  answer_status(record("a", 8, "open", "0.02", "0.02"));
  BOOST_TEST(sent(5) == "cancel 8");
  success(5);
  canceled("a", 8, "0.02", "0.02");
  BOOST_TEST(heard() == "submitted accepted filled");
}

BOOST_AUTO_TEST_SUITE_END()
