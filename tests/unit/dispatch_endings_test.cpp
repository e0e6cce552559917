// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

/// How orders end, and the fills that come before.
BOOST_FIXTURE_TEST_SUITE(dispatch_endings_suite, dispatch_fixture)

BOOST_AUTO_TEST_CASE(a_cancel_waits_for_the_fills_that_it_proves) {
  place("a", 7);
  canceled("a", 7, "0.006");
  BOOST_TEST(heard() == "submitted accepted");
  fill("a", 7, 1, "0.001");
  BOOST_TEST(heard() == "submitted accepted filled");
  fill("a", 7, 2, "0.003");
  BOOST_TEST(heard() == "submitted accepted filled filled canceled");
  BOOST_TEST(to_string(last<order_canceled>().cum_quantity) == "0.004");
  advance(100'000);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(fills_that_do_not_come_are_asked_for_once) {
  place("a", 7);
  canceled("a", 7, "0.006");
  advance(1'999);
  BOOST_TEST(queries.empty());
  advance(1);
  BOOST_TEST(asked() == "fills from 940000");
  BOOST_TEST(heard() == "submitted accepted");
  answer_fills({trade("a", 7, 1, "0.001")});
  // The answer decides, whatever it brought.
  BOOST_TEST(heard() == "submitted accepted filled canceled");
}

BOOST_AUTO_TEST_CASE(fills_missing_after_the_end_go_on_being_asked_for) {
  place("a", 7);
  canceled("a", 7, "0.006");
  advance(2'000);
  answer_fills();
  BOOST_TEST(heard() == "submitted accepted canceled");
  advance(2'000);
  BOOST_REQUIRE(queries.size() == 1u);
  answer_fills();
  advance(1'999);
  BOOST_TEST(queries.empty());
  advance(1);
  answer_fills({trade("a", 7, 1, "0.004")});
  BOOST_TEST(heard() == "submitted accepted canceled filled");
  advance(200'000);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(the_pause_between_queries_ends_at_a_minute) {
  place("a", 7);
  status("a", 7, "filled", "0");
  std::int64_t longest = 0;
  for (int i = 0; i < 10; ++i) {
    const auto before = now_ms;
    advance(state.next_deadline_ms().value_or(now_ms) - now_ms);
    longest = std::max(longest, now_ms - before);
    answer_fills();
  }
  BOOST_TEST(longest == 60'000);
  BOOST_TEST(heard() == "submitted accepted");
}

BOOST_AUTO_TEST_CASE(a_failed_query_for_fills_is_repeated_three_times) {
  place("a", 7);
  canceled("a", 7, "0.006");
  advance(2'000);
  for (const auto pause : {2'000, 4'000, 8'000}) {
    fail<fills_query>();
    BOOST_TEST(heard() == "submitted accepted");
    advance(pause - 1);
    BOOST_TEST(queries.empty());
    advance(1);
  }
  fail<fills_query>();
  BOOST_TEST(heard() == "submitted accepted canceled");
  BOOST_TEST(!warnings.empty());
}

BOOST_AUTO_TEST_CASE(a_query_from_before_the_end_does_not_settle_it) {
  submit("a", "0.02");
  filled(1, 7, "0.001");
  advance(2'000);
  const auto early = next<fills_query>();
  now_ms += 10;
  canceled("a", 7, "0.01", "0.02");
  answer(early, fills_answer{{trade("a", 7, 1, "0.001")}, {}});
  BOOST_TEST(heard() == "submitted accepted filled");
  fill("a", 7, 2, "0.009");
  BOOST_TEST(heard() == "submitted accepted filled filled canceled");
}

BOOST_AUTO_TEST_CASE(a_closing_order_takes_no_modify_and_no_cancel) {
  place("a", 7);
  canceled("a", 7, "0.006");
  modify("a", "0.02", nullptr);
  BOOST_TEST(last<order_modify_rejected>().reason.find("closing")
             != std::string::npos);
  cancel("a");
  BOOST_TEST(last<order_cancel_rejected>().reason.find("closing")
             != std::string::npos);
  BOOST_TEST(requests.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_full_page_of_fills_has_a_successor) {
  place("a", 7);
  canceled("a", 7, "0.006");
  now_ms += 5'000;
  std::vector<fill_report> page;
  for (std::uint64_t i = 0; i < 2'000; ++i) {
    page.push_back(trade("stranger", 70, i, "0.001"));
    page.back().time_ms = now_ms - 2'000 + static_cast<std::int64_t>(i);
  }
  state.timers_due(now_ms, out);
  take();
  answer_fills(page);
  BOOST_TEST(heard() == "submitted accepted");
  BOOST_TEST(asked() == "fills from " + std::to_string(now_ms - 1));
  answer_fills({page.back(), trade("a", 7, 1, "0.004")});
  BOOST_TEST(heard() == "submitted accepted filled canceled");
}

BOOST_AUTO_TEST_CASE(an_ioc_is_over_when_its_fills_are_in) {
  submit("a", "0.01", time_in_force::ioc);
  filled(1, 7, "0.004");
  BOOST_TEST(heard() == "submitted accepted");
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "submitted accepted filled canceled");
  BOOST_TEST(last<order_canceled>().reason == "filled");
  status("a", 7, "filled", "0.006");
  BOOST_TEST(events.size() == 4u);
}

BOOST_AUTO_TEST_CASE(the_reply_of_an_ioc_outranks_its_status) {
  submit("a", "0.01", time_in_force::ioc);
  status("a", 7, "filled", "0");
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "submitted accepted filled");
  filled(1, 7, "0.004");
  BOOST_TEST(heard() == "submitted accepted filled canceled");
  submit("b", "0.01", time_in_force::ioc);
  filled(2, 8, "0.004");
  status("b", 8, "filled", "0");
  fill("b", 8, 2, "0.004");
  BOOST_TEST(state.open_orders() == 0u);
}

BOOST_AUTO_TEST_CASE(one_query_settles_an_ioc_for_good) {
  submit("a", "0.01", time_in_force::ioc);
  status("a", 7, "filled", "0");
  const auto known = trade("a", 7, 1, "0.004");
  frame(known);
  advance(2'000);
  answer_fills({known});
  BOOST_TEST(heard() == "submitted accepted filled canceled");
  advance(200'000);
  BOOST_TEST(queries.empty());
  BOOST_TEST(!state.next_deadline_ms().has_value());
}

BOOST_AUTO_TEST_CASE(an_ioc_filled_completely_ends_by_its_fill) {
  submit("a", "0.01", time_in_force::ioc);
  fill("a", 7, 1, "0.004");
  filled(1, 7, "0.01");
  fill("a", 7, 2, "0.006");
  status("a", 7, "filled", "0");
  BOOST_TEST(heard() == "submitted accepted filled filled");
}

BOOST_AUTO_TEST_CASE(an_ioc_that_matched_nothing_is_rejected) {
  submit("a", "0.01", time_in_force::ioc);
  refused(1, "Order could not immediately match against any resting orders. "
             "asset=0");
  status("a", 7, "iocCancelRejected");
  BOOST_TEST(heard() == "submitted rejected");
}

BOOST_AUTO_TEST_CASE(a_resting_order_whose_reply_says_filled_rests_on) {
  submit("a");
  filled(1, 7, "0.004");
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "submitted accepted filled");
  advance(100'000);
  BOOST_TEST(queries.empty());
  BOOST_TEST(state.open_orders() == 1u);
  modify("a", nullptr, "50100");
  BOOST_TEST(sent(2) == "modify 7 to 0.006@50100");
}

BOOST_AUTO_TEST_CASE(the_promise_of_a_reply_is_asked_for) {
  submit("a");
  filled(1, 7, "0.004");
  advance(2'000);
  answer_fills({trade("a", 7, 1, "0.004")});
  BOOST_TEST(heard() == "submitted accepted filled");
  BOOST_TEST(state.open_orders() == 1u);
}

BOOST_AUTO_TEST_CASE(a_filled_order_below_its_target_lapses_after_a_query) {
  place("a", 7);
  const auto known = trade("a", 7, 1, "0.004");
  frame(known);
  status("a", 7, "filled", "0.006");
  BOOST_TEST(heard() == "submitted accepted filled");
  advance(2'000);
  BOOST_TEST(asked() == "fills from 940000");
  answer_fills({known});
  BOOST_TEST(heard() == "submitted accepted filled canceled");
  BOOST_TEST(last<order_canceled>().reason == "filled");
  BOOST_TEST(warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_filled_order_with_missing_fills_never_is_canceled) {
  place("a", 7);
  fill("a", 7, 1, "0.004");
  status("a", 7, "filled", "0");
  advance(2'000);
  for (int i = 0; i < 8; ++i) {
    answer_fills();
    advance(60'000);
  }
  BOOST_TEST(heard() == "submitted accepted filled");
  BOOST_TEST(!warnings.empty());
  answer_fills({trade("a", 7, 2, "0.006")});
  BOOST_TEST(heard() == "submitted accepted filled filled");
}

BOOST_AUTO_TEST_CASE(an_end_that_waits_takes_the_fills_of_earlier_legs_too) {
  place("a", 7);
  modify("a", nullptr, "50100");
  resting(2, 8);
  canceled("a", 8);
  BOOST_TEST(heard() == "submitted accepted updated canceled");
  place("b", 17);
  modify("b", "0.02", nullptr);
  resting(4, 18);
  events.clear();
  canceled("b", 17, "0.006");
  status("b", 18, "marginCanceled", "0.02", "0.02");
  BOOST_TEST(heard() == "");
  fill("b", 17, 1, "0.004");
  BOOST_TEST(heard() == "filled canceled");
}

// Here nothing but the fill itself proves that the earlier leg had traded.
BOOST_AUTO_TEST_CASE(
  an_end_counts_the_fills_before_it_and_later_ones_count_on) {
  const auto cum = [](const auto& event) {
    return to_string(event.cum_quantity);
  };
  place("before", 7);
  open("before", 8, "0.005");
  fill("before", 7, 1, "0.002");
  BOOST_TEST(cum(last<order_filled>()) == "0.002");
  canceled("before", 8, "0.005", "0.005");
  BOOST_TEST(heard() == "submitted accepted updated filled canceled");
  BOOST_TEST(cum(last<order_canceled>()) == "0.002");
  events.clear();
  place("after", 17);
  open("after", 18, "0.005");
  canceled("after", 18, "0.005", "0.005");
  BOOST_TEST(cum(last<order_canceled>()) == "0");
  fill("after", 17, 2, "0.002");
  BOOST_TEST(heard() == "submitted accepted updated canceled filled");
  BOOST_TEST(cum(last<order_filled>()) == "0.002");
}

BOOST_AUTO_TEST_CASE(a_reduce_only_filled_status_means_over) {
  auto order = terms("a");
  order.reduce_only = true;
  submit(order);
  filled(1, 7, "0.004");
  fill("a", 7, 1, "0.004");
  // The reply does not mean over.
  BOOST_TEST(heard() == "submitted accepted filled");
  status("a", 7, "filled", "0", "0.004");
  BOOST_TEST(heard() == "submitted accepted filled canceled");
  BOOST_TEST(last<order_canceled>().reason == "filled");
}

BOOST_AUTO_TEST_CASE(one_query_settles_a_reduce_only_order) {
  auto order = terms("a");
  order.reduce_only = true;
  submit(order);
  resting(1, 7);
  status("a", 7, "filled", "0");
  const auto known = trade("a", 7, 1, "0.004");
  frame(known);
  advance(2'000);
  answer_fills({known});
  BOOST_TEST(heard() == "submitted accepted filled canceled");
  advance(200'000);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(a_reduce_only_cancel_does_not_wait_for_its_size) {
  auto order = terms("a");
  order.reduce_only = true;
  submit(order);
  resting(1, 7);
  status("a", 7, "reduceOnlyCanceled", "0");
  BOOST_TEST(heard() == "submitted accepted canceled");
  BOOST_TEST(last<order_canceled>().reason == "reduceOnlyCanceled");
}

BOOST_AUTO_TEST_CASE(orders_that_ask_for_fills_together_share_a_query) {
  place("a", 7);
  place("b", 8);
  canceled("a", 7, "0.006");
  canceled("b", 8, "0.006");
  advance(2'000);
  BOOST_TEST(queries.size() == 1u);
  answer_fills({trade("a", 7, 1, "0.004"), trade("b", 8, 2, "0.004")});
  BOOST_TEST(state.open_orders() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
