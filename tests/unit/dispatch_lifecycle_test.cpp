// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

namespace {

struct small_memory_fixture : dispatch_fixture {
  small_memory_fixture()
    : dispatch_fixture({.trade_window = 2, .ended_orders = 2}) {
    // nop
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch_lifecycle_suite, dispatch_fixture)

BOOST_AUTO_TEST_CASE(submitted_is_heard_before_the_request_leaves) {
  state.apply(submit_order{{"S-1"}, terms("a")}, now_ms, out);
  BOOST_REQUIRE(out.size() == 2u);
  BOOST_TEST(std::holds_alternative<order_event>(out[0]));
  BOOST_TEST(std::holds_alternative<exchange_request>(out[1]));
}

BOOST_AUTO_TEST_CASE(a_submit_carries_its_expiry) {
  submit("a");
  BOOST_TEST(sent(1) == "order 0.01@50000");
  BOOST_TEST(requests[0].expires_after_ms.value_or(0) == now_ms + 5'000);
  BOOST_TEST(requests[0].deadline_ms == now_ms + 5'000);
  cancel("a");
  BOOST_TEST(!requests[1].expires_after_ms.has_value());
}

BOOST_AUTO_TEST_CASE(every_first_sign_of_life_is_one_accepted) {
  submit("by open");
  open("by open", 7);
  submit("by reply");
  resting(2, 8);
  submit("by fill");
  fill("by fill", 9, 1, "0.004");
  submit("by cancel");
  canceled("by cancel", 10);
  submit("by filled");
  status("by filled", 11, "filled", "0");
  std::size_t accepted = 0;
  for (const auto& event : events)
    if (const auto* x = std::get_if<order_accepted>(&event)) {
      ++accepted;
      BOOST_TEST(x->venue_order_id.value == 6 + accepted);
    }
  BOOST_TEST(accepted == 5u);
}

BOOST_AUTO_TEST_CASE(accepted_has_the_oid_and_time_of_what_caused_it) {
  submit("a");
  now_ms += 300;
  auto report = record("a", 7, "canceled");
  report.status_ms = now_ms - 20;
  frame(report);
  BOOST_TEST(heard() == "submitted accepted canceled");
  const auto& accepted = std::get<order_accepted>(events[1]);
  BOOST_TEST(accepted.venue_order_id.value == 7u);
  BOOST_TEST(accepted.header.venue_time_ms.value_or(0) == now_ms - 20);
  BOOST_TEST(accepted.header.client_time_ms == now_ms);
}

BOOST_AUTO_TEST_CASE(a_repeated_open_says_nothing) {
  place("a", 7);
  open("a", 7);
  BOOST_TEST(heard() == "submitted accepted");
}

BOOST_AUTO_TEST_CASE(a_refusal_by_reply_or_status_is_one_rejected) {
  submit("a");
  refused(1, "Insufficient margin to place order. asset=0");
  status("a", 7, "perpMarginRejected");
  BOOST_TEST(heard() == "submitted rejected");
  BOOST_TEST(last<order_rejected>().reason
             == "Insufficient margin to place order. asset=0");
  submit("b");
  status("b", 8, "perpMarginRejected");
  refused(2, "Insufficient margin to place order. asset=0");
  BOOST_TEST(heard() == "submitted rejected submitted rejected");
  BOOST_TEST(last<order_rejected>().reason == "perpMarginRejected");
}

BOOST_AUTO_TEST_CASE(a_post_only_refusal_says_so) {
  submit("a");
  status("a", 7, "badAloPxRejected");
  BOOST_TEST(last<order_rejected>().due_post_only);
  submit("b");
  refused(2, "Post only order would have immediately matched, bbo was "
             "50000@50001. asset=0");
  BOOST_TEST(last<order_rejected>().due_post_only);
  submit("c");
  refused(3, "Insufficient margin to place order. asset=0");
  BOOST_TEST(!last<order_rejected>().due_post_only);
}

BOOST_AUTO_TEST_CASE(a_rejected_word_for_an_accepted_order_is_canceled) {
  place("a", 7);
  status("a", 7, "perpMarginRejected");
  BOOST_TEST(heard() == "submitted accepted canceled");
  BOOST_TEST(last<order_canceled>().reason == "perpMarginRejected");
}

BOOST_AUTO_TEST_CASE(filled_alone_ends_nothing) {
  place("a", 7);
  status("a", 7, "filled", "0");
  advance(1'999);
  BOOST_TEST(heard() == "submitted accepted");
  BOOST_TEST(queries.empty());
  advance(1);
  BOOST_TEST(asked() == "fills from 940000");
  answer_fills({trade("a", 7, 1, "0.01")});
  BOOST_TEST(heard() == "submitted accepted filled");
  BOOST_TEST(state.open_orders() == 0u);
  advance(100'000);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(promised_fills_that_came_are_not_asked_for) {
  place("a", 7);
  status("a", 7, "filled", "0");
  fill("a", 7, 1, "0.01");
  advance(100'000);
  BOOST_TEST(queries.empty());
  BOOST_TEST(!state.next_deadline_ms().has_value());
}

BOOST_AUTO_TEST_CASE(a_filled_event_says_what_the_trade_was) {
  place("a", 7);
  auto report = trade("a", 7, 99, "0.004");
  report.last_price = dec<price>("49999");
  report.commission = venue_number<amount>{dec<amount>("-0.02")};
  report.commission_currency = "HYPE";
  report.liquidity = liquidity_side::taker;
  report.time_ms = now_ms - 5;
  frame(report);
  const auto& filled = last<order_filled>();
  BOOST_TEST(filled.trade_id.value == 99u);
  BOOST_TEST(filled.venue_order_id.value == 7u);
  BOOST_TEST(to_string(filled.last_price) == "49999");
  BOOST_TEST(to_string(filled.last_quantity) == "0.004");
  BOOST_TEST(to_string(filled.cum_quantity) == "0.004");
  BOOST_TEST(to_string(filled.quantity) == "0.01");
  BOOST_TEST(to_string(filled.commission) == "-0.02");
  BOOST_TEST(filled.commission_currency == "HYPE");
  BOOST_TEST((filled.liquidity == liquidity_side::taker));
  BOOST_TEST((filled.side == order_side::buy));
  BOOST_TEST(filled.header.venue_time_ms.value_or(0) == now_ms - 5);
  BOOST_TEST(filled.header.strategy.value == "S-1");
}

BOOST_AUTO_TEST_CASE(a_trade_is_one_filled_whatever_brings_it_again) {
  place("a", 7);
  const auto report = trade("a", 7, 1, "0.004");
  frame(report);
  frame(report);
  frame(report, true);
  disconnect();
  connect();
  answer_fills({report});
  answer_nothing();
  BOOST_TEST(heard() == "submitted accepted filled");
  // The same trade id at another time, or of another leg, is another trade.
  auto other = report;
  ++other.time_ms;
  frame(other);
  BOOST_TEST(heard() == "submitted accepted filled filled");
}

BOOST_AUTO_TEST_CASE(a_late_fill_is_delivered_once_with_its_identity) {
  place("a", 7);
  canceled("a", 7);
  fill("a", 7, 1, "0.004");
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "submitted accepted canceled filled");
  BOOST_TEST(header_of(events.back()).strategy.value == "S-1");
  BOOST_TEST(to_string(last<order_filled>().cum_quantity) == "0.004");
  BOOST_TEST(warnings.empty());
}

BOOST_AUTO_TEST_CASE(a_fill_of_a_rejected_order_is_an_alarm) {
  submit("a");
  refused(1, "Insufficient margin to place order. asset=0");
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "submitted rejected filled");
  BOOST_REQUIRE(warnings.size() == 1u);
  BOOST_TEST(warnings[0].find("ALARM") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_trade_before_the_end_is_known_after_it) {
  place("a", 7);
  fill("a", 7, 1, "0.004");
  canceled("a", 7, "0.006");
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "submitted accepted filled canceled");
}

BOOST_AUTO_TEST_CASE(nothing_but_fills_follows_the_end) {
  place("a", 7);
  fill("a", 7, 1, "0.01");
  open("a", 7);
  status("a", 7, "filled", "0");
  canceled("a", 7);
  status("a", 7, "marginCanceled");
  status("a", 7, "somethingNew");
  BOOST_TEST(heard() == "submitted accepted filled");
  BOOST_TEST(requests.size() == 1u);
}

BOOST_AUTO_TEST_CASE(events_are_numbered_for_each_strategy_without_gaps) {
  submit("a");
  auto other = terms("b");
  apply(submit_order{{"S-2"}, other});
  open("b", 8);
  open("a", 7);
  fill("a", 7, 1, "0.01");
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  for (const auto& event : events)
    BOOST_TEST(
      header_of(event).sequence
      == (header_of(event).strategy.value == "S-1" ? ++first : ++second));
  BOOST_TEST(first == 3u);
  BOOST_TEST(second == 2u);
}

BOOST_AUTO_TEST_CASE(an_unknown_word_leaves_the_order_and_asks) {
  place("a", 7);
  status("a", 7, "pondering");
  BOOST_TEST(heard() == "submitted accepted");
  BOOST_TEST(warnings.empty()); // who read the word has warned of it
  BOOST_TEST(asked() == "status by cloid");
  answer_status(record("a", 7, "pondering"));
  BOOST_TEST(queries.empty());
  BOOST_TEST(state.open_orders() == 1u);
}

BOOST_AUTO_TEST_CASE(an_unknown_word_about_a_new_order_asks_too) {
  submit("a");
  status("a", 7, "pondering");
  BOOST_TEST(heard() == "submitted");
  answer_status(record("a", 7, "open"));
  BOOST_TEST(heard() == "submitted accepted");
}

BOOST_AUTO_TEST_CASE(a_query_that_fails_is_repeated_a_few_times) {
  place("a", 7);
  status("a", 7, "pondering");
  fail<order_status_query>();
  advance(2'000);
  BOOST_TEST(asked() == "status by cloid");
  fail<order_status_query>();
  advance(4'000);
  fail<order_status_query>();
  advance(8'000);
  fail<order_status_query>();
  advance(100'000);
  BOOST_TEST(queries.empty());
  BOOST_TEST(warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(words_that_end_like_known_ones_mean_the_same) {
  place("a", 7);
  status("a", 7, "solarFlareCanceled");
  BOOST_TEST(last<order_canceled>().reason == "solarFlareCanceled");
  place("b", 8);
  status("b", 8, "scheduledCancel");
  BOOST_TEST(last<order_canceled>().reason == "scheduledCancel");
  submit("c");
  status("c", 9, "solarFlareRejected");
  BOOST_TEST(last<order_rejected>().reason == "solarFlareRejected");
}

BOOST_AUTO_TEST_CASE(a_strategys_query_emits_only_what_is_new) {
  place("a", 7);
  apply(query_order{{}, {"a"}});
  BOOST_TEST(asked() == "status by cloid");
  answer_status(record("a", 7, "open"));
  BOOST_TEST(heard() == "submitted accepted");
  apply(query_order{{}, {"a"}});
  answer_status(record("a", 7, "canceled"));
  BOOST_TEST(heard() == "submitted accepted canceled");
  apply(query_order{{}, {"nobody"}});
  BOOST_TEST(queries.empty());
  BOOST_TEST(warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_answer_older_than_what_was_applied_changes_nothing) {
  place("a", 7);
  apply(query_order{{}, {"a"}});
  const auto old = record("a", 7, "canceled");
  now_ms += 100;
  open("a", 7);
  answer_status(old);
  BOOST_TEST(heard() == "submitted accepted");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(dispatch_small_memory_suite, small_memory_fixture)

BOOST_AUTO_TEST_CASE(the_oldest_ended_order_is_forgotten_never_all) {
  for (const auto* id : {"a", "b", "c"}) {
    submit(id);
    refused(requests.size(), "Order has zero size.");
  }
  events.clear();
  submit("b");
  submit("c");
  submit("a");
  BOOST_TEST(heard() == "denied denied submitted");
}

BOOST_AUTO_TEST_CASE(an_order_that_ends_among_unfinished_ones_is_still_safe) {
  std::uint64_t oid = 10;
  for (const auto* id : {"a", "b", "c", "d"}) {
    place(id, oid);
    // Its last fills do not come: the work on it goes on after the end.
    fill(id, oid, oid, "0.004");
    status(id, oid, "filled", "0");
    ++oid;
  }
  for (const auto* id : {"e", "f", "g", "h"}) {
    place(id, oid);
    fill(id, oid, oid, "0.01");
    ++oid;
  }
  BOOST_TEST(state.open_orders() == 4u);
}

BOOST_AUTO_TEST_CASE(the_trade_window_slides) {
  place("a", 7);
  canceled("a", 7);
  const auto first = trade("a", 7, 1, "0.001");
  const auto second = trade("a", 7, 2, "0.001");
  const auto third = trade("a", 7, 3, "0.001");
  frame(first);
  frame(second);
  frame(third);
  events.clear();
  frame(second);
  frame(third);
  BOOST_TEST(heard() == "");
  frame(first);
  BOOST_TEST(heard() == "filled");
}

BOOST_AUTO_TEST_SUITE_END()
