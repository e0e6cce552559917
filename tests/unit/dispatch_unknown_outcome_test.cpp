// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

namespace {

/// An immediate order "a" of unknown outcome that was seen open as 7, and whose
/// status is asked for.
struct seen_ioc_fixture : dispatch_fixture {
  seen_ioc_fixture() {
    submit("a", "0.01", time_in_force::ioc);
    open("a", 7);
    lost(1);
    advance(7'000);
    answer_clock();
    answer_open_orders();
  }
};

} // namespace

/// Requests whose outcome nobody knows, and those that never left.
BOOST_FIXTURE_TEST_SUITE(dispatch_unknown_outcome_suite, dispatch_fixture)

BOOST_AUTO_TEST_CASE(a_lost_submit_says_nothing_and_waits_for_its_expiry) {
  submit("a");
  advance(100);
  lost(1);
  BOOST_TEST(heard() == "submitted");
  advance(6'899);
  BOOST_TEST(queries.empty());
  advance(1);
  BOOST_TEST(asked() == "clock");
  answer_clock();
  BOOST_TEST(asked() == "status by cloid, open orders");
}

BOOST_AUTO_TEST_CASE(never_placed_takes_three_answers_and_a_list) {
  submit("a");
  lost(1);
  advance(7'000);
  answer_clock();
  answer_status();
  answer_open_orders();
  advance(999);
  BOOST_TEST(queries.empty());
  advance(1);
  answer_status();
  advance(1'000);
  BOOST_TEST(heard() == "submitted");
  answer_status();
  BOOST_TEST(heard() == "submitted rejected");
  BOOST_TEST(last<order_rejected>().reason.find("never placed")
             != std::string::npos);
  advance(100'000);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(without_the_list_nothing_was_never_placed) {
  submit("a");
  lost(1);
  advance(7'000);
  answer_clock();
  for (int i = 0; i < 3; ++i) {
    answer_status();
    fail<open_orders_query>();
    advance(1'000);
  }
  BOOST_TEST(queries.empty());
  for (const std::int64_t pause : {2'000, 4'000, 8'000}) {
    advance(pause - 1'001);
    BOOST_TEST(queries.empty());
    advance(1);
    BOOST_TEST(asked() == "status by cloid, open orders");
    answer_status();
    fail<open_orders_query>();
    advance(1'000);
  }
  BOOST_TEST(heard() == "submitted");
  advance(15'000);
  answer_open_orders();
  answer_status();
  BOOST_TEST(heard() == "submitted rejected");
}

BOOST_AUTO_TEST_CASE(many_lost_submits_share_their_lists_and_clocks) {
  constexpr int orders = 50;
  for (int i = 1; i <= orders; ++i) {
    submit(std::to_string(i));
    lost(static_cast<std::uint64_t>(i));
    advance(1);
  }
  std::size_t lists = 0;
  std::size_t clocks = 0;
  const auto until = now_ms + 10'000;
  while (now_ms < until) {
    for (const auto& query : queries) {
      lists += std::holds_alternative<open_orders_query>(query.body) ? 1u : 0u;
      clocks +=
        std::holds_alternative<exchange_status_query>(query.body) ? 1u : 0u;
    }
    answer_nothing();
    advance(1);
  }
  BOOST_TEST(lists <= 3u);
  BOOST_TEST(clocks <= 3u);
  BOOST_TEST(state.open_orders() == 0u);
  BOOST_TEST(heard().ends_with(" rejected"));
}

BOOST_AUTO_TEST_CASE(presence_in_the_list_is_evidence) {
  submit("a");
  lost(1);
  advance(7'000);
  answer_clock();
  answer_open_orders({record("a", 7, "open")});
  BOOST_TEST(heard() == "submitted accepted");
  answer_status();
  advance(100'000);
  BOOST_TEST(queries.empty());
  BOOST_TEST(state.open_orders() == 1u);
}

BOOST_AUTO_TEST_CASE(the_order_is_what_the_venue_says) {
  for (const auto* word : {"open", "canceled", "perpMarginRejected"})
    submit(word);
  lost(1);
  lost(2);
  lost(3);
  advance(7'000);
  answer_clock();
  events.clear();
  answer_status(record("open", 7, "open"));
  answer_status(record("canceled", 8, "canceled"));
  answer_status(record("perpMarginRejected", 9, "perpMarginRejected"));
  BOOST_TEST(heard() == "accepted accepted canceled rejected");
}

BOOST_AUTO_TEST_CASE(one_list_serves_many_unknown_outcomes) {
  for (char id = 'a'; id <= 'j'; ++id)
    submit(std::string(1, id));
  for (std::uint64_t i = 1; i <= 10; ++i)
    lost(i);
  advance(7'000);
  BOOST_TEST(asked() == "clock");
  answer_clock();
  std::size_t lists = 0;
  for (const auto& query : queries)
    lists += std::holds_alternative<open_orders_query>(query.body);
  BOOST_TEST(lists == 1u);
  BOOST_TEST(queries.size() == 11u);
}

BOOST_AUTO_TEST_CASE(a_frame_before_the_loss_needs_no_resolving) {
  submit("a");
  open("a", 7);
  lost(1);
  advance(100'000);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(a_frame_after_the_loss_ends_the_resolving) {
  submit("a");
  lost(1);
  open("a", 7);
  advance(100'000);
  BOOST_TEST(queries.empty());
  submit("b");
  lost(2);
  advance(7'000);
  answer_clock();
  fill("b", 8, 1, "0.004");
  // An id that the index does not know yet is no answer.
  answer_status();
  answer_open_orders();
  advance(100'000);
  BOOST_TEST(queries.empty());
  BOOST_TEST(state.open_orders() == 2u);
}

BOOST_AUTO_TEST_CASE(a_late_reply_is_evidence) {
  submit("a");
  lost(1);
  resting(1, 7, true);
  BOOST_TEST(heard() == "submitted accepted");
  advance(100'000);
  BOOST_TEST(queries.empty());
  submit("b");
  lost(2);
  refused(2, "Insufficient margin to place order. asset=0", true);
  BOOST_TEST(heard() == "submitted accepted submitted rejected");
}

BOOST_AUTO_TEST_CASE(a_late_reply_after_never_placed_brings_the_fills) {
  submit("a");
  lost(1);
  advance(7'000);
  for (int i = 0; i < 3; ++i) {
    answer_nothing();
    advance(1'000);
  }
  BOOST_TEST(heard() == "submitted rejected");
  filled(1, 7, "0.004", true);
  BOOST_TEST(sent(2) == "cancel 7");
  advance(2'000);
  answer_fills({trade("a", 7, 1, "0.004")});
  BOOST_TEST(heard() == "submitted rejected filled");
  bool alarm = false;
  for (const auto& text : warnings)
    alarm |= text.find("ALARM") != std::string::npos;
  BOOST_TEST(alarm);
}

BOOST_AUTO_TEST_CASE(an_ioc_is_resolved_though_it_was_proved_placed) {
  submit("a", "0.01", time_in_force::ioc);
  fill("a", 7, 1, "0.004");
  lost(1);
  advance(7'000);
  answer_clock();
  BOOST_TEST(asked() == "status by cloid, open orders");
  answer_status(record("a", 7, "filled", "0.006"));
  BOOST_TEST(heard() == "submitted accepted filled canceled");
  BOOST_TEST(last<order_canceled>().reason == "filled");
}

BOOST_AUTO_TEST_CASE(an_ioc_of_unknown_outcome_waits_for_its_fills) {
  submit("a", "0.01", time_in_force::ioc);
  lost(1);
  advance(7'000);
  answer_clock();
  answer_status(record("a", 7, "filled", "0"));
  BOOST_TEST(heard() == "submitted accepted");
  answer_open_orders();
  advance(2'000);
  answer_fills({trade("a", 7, 1, "0.004")});
  BOOST_TEST(heard() == "submitted accepted filled canceled");
  advance(100'000);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(an_unknown_id_of_a_placed_ioc_is_no_answer) {
  submit("a", "0.01", time_in_force::ioc);
  fill("a", 7, 1, "0.004");
  lost(1);
  advance(7'000);
  answer_clock();
  answer_open_orders();
  answer_status();
  advance(1'000);
  answer_status();
  BOOST_TEST(heard() == "submitted accepted filled");
  advance(1'000);
  answer_status(record("a", 7, "filled", "0.006"));
  BOOST_TEST(heard() == "submitted accepted filled canceled");
}

BOOST_FIXTURE_TEST_CASE(a_seen_ioc_that_nobody_knows_ends_by_its_fills,
                        seen_ioc_fixture) {
  for (const auto pause_ms : {0, 1'000, 1'000}) {
    advance(pause_ms);
    BOOST_TEST(asked() == "status by cloid");
    answer_status();
  }
  BOOST_TEST(asked() == "status by oid 7");
  answer_status();
  BOOST_TEST(asked() == "fills from 940000");
  BOOST_TEST(heard() == "submitted accepted");
  answer_fills({trade("a", 7, 1, "0.004")});
  BOOST_TEST(heard() == "submitted accepted filled canceled");
  BOOST_TEST(last<order_canceled>().reason == "filled");
  advance(600'000);
  BOOST_TEST(queries.empty());
  BOOST_TEST(state.open_orders() == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_seen_ioc_that_is_called_open_ends_by_its_fills,
                        seen_ioc_fixture) {
  for (const auto pause_ms : {0, 1'000, 1'000}) {
    advance(pause_ms);
    answer_status(record("a", 7, "open"));
  }
  BOOST_TEST(asked() == "status by oid 7");
  answer_status(record("a", 7, "open"));
  answer_fills();
  BOOST_TEST(heard() == "submitted accepted canceled");
  advance(600'000);
  BOOST_TEST(queries.empty());
}

BOOST_FIXTURE_TEST_CASE(a_seen_ioc_whose_fills_complete_it_is_filled,
                        seen_ioc_fixture) {
  answer_unknown_thrice();
  fail<order_status_query>();
  advance(1'999);
  BOOST_TEST(asked() == "");
  advance(1);
  BOOST_TEST(asked() == "status by oid 7");
  answer_status();
  fail<fills_query>();
  advance(2'000);
  answer_fills({trade("a", 7, 1, "0.004"), trade("a", 7, 2, "0.006")});
  BOOST_TEST(heard() == "submitted accepted filled filled");
  BOOST_TEST(is_terminal(events.back()));
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(failed_queries_back_off_and_count_for_nothing) {
  submit("a");
  lost(1);
  advance(7'000);
  fail<exchange_status_query>();
  advance(1'999);
  BOOST_TEST(queries.empty());
  advance(1);
  answer_clock();
  fail<order_status_query>();
  fail<open_orders_query>();
  advance(3'999);
  BOOST_TEST(queries.empty());
  advance(1);
  BOOST_TEST(asked() == "status by cloid, open orders");
  answer_nothing();
  for (int i = 0; i < 2; ++i) {
    BOOST_TEST(heard() == "submitted");
    advance(1'000);
    answer_nothing();
  }
  BOOST_TEST(heard() == "submitted rejected");
}

BOOST_AUTO_TEST_CASE(an_unknown_word_does_not_end_the_asking) {
  submit("a");
  lost(1);
  advance(7'000);
  answer_clock();
  answer_status(record("a", 7, "pondering"));
  answer_open_orders();
  BOOST_TEST(heard() == "submitted");
  advance(60'000);
  BOOST_TEST(asked() == "status by cloid");
}

BOOST_AUTO_TEST_CASE(a_reply_that_does_not_fit_is_an_unknown_outcome) {
  submit("a");
  request_outcome outcome;
  outcome.request.value = 1;
  outcome.delivery = request_delivery::answered;
  outcome.reply.kind = reply_kind::statuses;
  outcome.reply.elements.resize(2);
  apply(outcome);
  BOOST_TEST(heard() == "submitted");
  BOOST_TEST(warnings.size() == 1u);
  advance(7'000);
  BOOST_TEST(asked() == "clock");
}

BOOST_AUTO_TEST_CASE(one_error_for_a_list_applies_to_all) {
  submit_list list;
  list.strategy.value = "S-1";
  list.orders = {terms("a"), terms("b"), terms("c")};
  apply(list);
  BOOST_TEST(sent(1)
             == "order 0.01@50000 + order 0.01@50000 + "
                "order 0.01@50000");
  refused(1, "Order has invalid price.");
  BOOST_TEST(heard()
             == "submitted submitted submitted rejected rejected rejected");
}

BOOST_AUTO_TEST_CASE(each_element_of_a_list_has_its_own_answer) {
  submit_list list;
  list.strategy.value = "S-1";
  list.orders = {terms("a"), terms("b"), terms("c")};
  apply(list);
  request_outcome outcome;
  outcome.request.value = 1;
  outcome.delivery = request_delivery::answered;
  outcome.reply.kind = reply_kind::statuses;
  outcome.reply.elements = {
    {.status = element_status::resting, .oid = {7}},
    {.status = element_status::error, .error = "Insufficient margin"},
    {.status = element_status::unreadable, .error = "?"}};
  apply(outcome);
  BOOST_TEST(heard() == "submitted submitted submitted accepted rejected");
  BOOST_REQUIRE(warnings.size() == 1u);
  BOOST_TEST(warnings[0] == "the reply to request 1 is not understood: ?");
  advance(7'000);
  BOOST_TEST(asked() == "clock");
  answer_clock();
  answer_status(record("c", 9, "open"));
  BOOST_TEST(state.open_orders() == 2u);
}

BOOST_AUTO_TEST_CASE(http_refusals_reject_and_other_failures_do_not) {
  submit("a");
  refused_whole(1, "HTTP 422", reply_kind::http_refused);
  BOOST_TEST(heard() == "submitted rejected");
  submit("b");
  refused_whole(2, "Unable to recover signer.");
  BOOST_TEST(heard() == "submitted rejected submitted rejected");
  submit("c");
  refused_whole(3, "HTTP 503", reply_kind::none);
  BOOST_TEST(heard() == "submitted rejected submitted rejected submitted");
}

BOOST_AUTO_TEST_CASE(a_submit_that_was_not_written_is_tried_once_more) {
  submit("a");
  not_sent(1);
  BOOST_TEST(heard() == "submitted");
  BOOST_TEST(sent(2) == "order 0.01@50000");
  not_sent(2);
  BOOST_TEST(heard() == "submitted rejected");
  BOOST_TEST(last<order_rejected>().reason.find("not sent")
             != std::string::npos);
  BOOST_TEST(requests.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_submit_not_written_before_its_expiry_is_rejected) {
  submit("a");
  advance(5'000);
  not_sent(1);
  BOOST_TEST(heard() == "submitted rejected");
  BOOST_TEST(requests.size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_error_for_an_order_that_was_seen_open_asks) {
  submit("a");
  open("a", 7);
  refused(1, "Insufficient margin to place order. asset=0");
  BOOST_TEST(heard() == "submitted accepted");
  BOOST_TEST(warnings.size() == 1u);
  BOOST_TEST(asked() == "status by cloid");
}

BOOST_AUTO_TEST_CASE(an_outcome_or_answer_of_nothing_is_a_warning) {
  lost(99);
  answer(info_query{{999}, exchange_status_query{}}, failed_answer{"x"});
  BOOST_TEST(warnings.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_cancel_stands_over_an_unknown_submit) {
  submit("a");
  cancel("a");
  lost(1);
  lost(2);
  advance(2'000);
  answer_status();
  advance(5'000);
  answer_clock();
  answer_open_orders({record("a", 7, "open")});
  BOOST_TEST(heard() == "submitted accepted");
  BOOST_TEST(sent(3) == "cancel by cloid");
}

BOOST_AUTO_TEST_SUITE_END()
