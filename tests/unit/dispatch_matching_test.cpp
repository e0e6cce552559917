// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

BOOST_FIXTURE_TEST_SUITE(dispatch_matching_suite, dispatch_fixture)

BOOST_AUTO_TEST_CASE(a_leg_stays_tracked_when_a_report_lacks_the_cloid) {
  place("a", 7);
  auto report = record("a", 7, "canceled");
  report.cloid.reset();
  frame(report);
  auto late = trade("a", 7, 1, "0.004");
  late.cloid.reset();
  frame(late);
  BOOST_TEST(heard() == "submitted accepted canceled filled");
  BOOST_TEST(external_fills.empty());
}

BOOST_AUTO_TEST_CASE(a_report_of_an_earlier_use_of_the_id_is_external) {
  submit("a");
  auto report = record("a", 3, "open");
  report.placed_ms = now_ms - 60'001;
  frame(report);
  auto old = trade("a", 3, 1, "0.01");
  old.time_ms = now_ms - 60'001;
  frame(old);
  BOOST_TEST(heard() == "submitted");
  BOOST_TEST(external_statuses.size() == 1u);
  BOOST_TEST(external_fills.size() == 1u);
  report = record("a", 7, "open");
  report.placed_ms = now_ms - 60'000;
  frame(report);
  BOOST_TEST(heard() == "submitted accepted");
}

BOOST_AUTO_TEST_CASE(an_answer_of_an_earlier_use_counts_as_unknown) {
  submit("a");
  cancel("a");
  lost(2);
  advance(2'000);
  BOOST_TEST(asked() == "status by cloid");
  auto old = record("a", 3, "open");
  old.placed_ms = now_ms - 100'000;
  answer_status(old);
  advance(2'000);
  BOOST_TEST(heard() == "submitted");
  BOOST_TEST(requests.size() == 2u);
}

BOOST_AUTO_TEST_CASE(an_open_record_of_an_earlier_use_keeps_no_order_alive) {
  place("a", 7);
  cancel("a");
  success(2);
  advance(2'000);
  auto old = record("a", 3, "open");
  old.placed_ms = now_ms - 100'000;
  answer_status(old);
  BOOST_TEST(requests.size() == 2u);
  BOOST_TEST(asked() == "status by oid 7");
}

BOOST_AUTO_TEST_CASE(the_venues_clock_decides_what_is_earlier) {
  dispatch_state fresh{dispatch_options{}, default_instruments()};
  std::swap(state, fresh);
  queries.clear();
  connect();
  // The venue is 20 s behind.
  answer(next<exchange_status_query>(),
         exchange_status_answer{now_ms - 20'000});
  answer_nothing();
  BOOST_REQUIRE(state.is_ready());
  submit("a");
  BOOST_TEST(requests[0].expires_after_ms.value_or(0) == now_ms - 15'000);
  auto report = record("a", 7, "open");
  report.placed_ms = now_ms - 80'001;
  frame(report);
  BOOST_TEST(heard() == "submitted");
  report.placed_ms = now_ms - 80'000;
  frame(report);
  BOOST_TEST(heard() == "submitted accepted");
}

BOOST_AUTO_TEST_CASE(a_clock_that_differs_by_half_a_minute_stops_the_start) {
  dispatch_state fresh{dispatch_options{}, default_instruments()};
  std::swap(state, fresh);
  queries.clear();
  connect();
  answer(next<exchange_status_query>(),
         exchange_status_answer{now_ms + 30'001});
  answer_nothing();
  BOOST_TEST(!state.is_ready());
  BOOST_REQUIRE(warnings.size() == 1u);
  BOOST_TEST(warnings[0].find("1030001") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(
  a_report_about_an_unknown_coin_is_forwarded_with_a_warning) {
  auto report = record("stranger", 70, "open");
  report.instrument = "NOSUCH";
  auto fill = trade("stranger", 70, 1, "0.01");
  fill.instrument = "NOSUCH";
  user_stream_update update;
  update.orders.push_back(report);
  update.fills.push_back(fill);
  apply(update);
  BOOST_TEST(external_statuses.size() == 1u);
  BOOST_TEST(external_fills.size() == 1u);
  BOOST_REQUIRE(warnings.size() == 2u);
  BOOST_TEST(warnings[0]
             == "unknown coin \"NOSUCH\" in a report of venue order 70");
}

BOOST_AUTO_TEST_CASE(a_status_that_cannot_be_the_orders_is_not_taken) {
  place("a", 7);
  auto report = record("a", 7, "canceled");
  report.instrument = "ETH";
  frame(report);
  report.instrument = "BTC";
  report.side = order_side::sell;
  frame(report);
  BOOST_TEST(heard() == "submitted accepted");
  BOOST_TEST(external_statuses.size() == 1u); // The same word at the same time.
  BOOST_REQUIRE(warnings.size() == 2u);
  BOOST_TEST(warnings[0]
             == "the status canceled of venue order 7 does not fit order a: "
                "another instrument or side");
}

BOOST_AUTO_TEST_CASE(external_reports_are_forwarded_once_each) {
  auto report = record("stranger", 70, "open");
  frame(report);
  frame(report);
  report.status_word = "canceled";
  report.status = venue_order_status::canceled;
  frame(report);
  BOOST_TEST(external_statuses.size() == 2u);
}

BOOST_AUTO_TEST_CASE(history_is_no_news_but_missed_fills_of_others_are) {
  auto old = trade("stranger", 70, 1, "0.01");
  old.time_ms = now_ms - 1;
  frame(old, true);
  auto fresh = trade("stranger", 70, 2, "0.01");
  frame(fresh, true);
  frame(fresh);
  BOOST_REQUIRE(external_fills.size() == 1u);
  BOOST_TEST(external_fills[0].trade_id.value == 2u);
}

BOOST_AUTO_TEST_CASE(a_fill_of_a_snapshot_counts_for_tracked_orders) {
  place("a", 7);
  auto missed = trade("a", 7, 1, "0.004");
  missed.time_ms = now_ms - 1;
  frame(missed, true);
  BOOST_TEST(heard() == "submitted accepted filled");
}

BOOST_AUTO_TEST_CASE(an_answer_about_a_past_leg_is_followed_by_the_bindings) {
  place("a", 7);
  modify("a", nullptr, "50100");
  resting(2, 8);
  apply(query_order{{}, {"a"}});
  answer_status(record("a", 7, "canceled"));
  BOOST_TEST(asked() == "status by oid 8");
  answer_status(record("a", 8, "canceled"));
  BOOST_TEST(heard() == "submitted accepted updated canceled");
}

BOOST_AUTO_TEST_CASE(
  an_answer_with_a_refused_replacement_asks_for_the_binding) {
  place("a", 7);
  apply(query_order{{}, {"a"}});
  answer_status(record("a", 8, "badAloPxRejected"));
  BOOST_TEST(asked() == "status by oid 7");
  answer_status(record("a", 7, "canceled"));
  BOOST_TEST(heard() == "submitted accepted canceled");
}

BOOST_AUTO_TEST_CASE(a_held_order_matches_no_report) {
  disconnect();
  submit("a");
  open("a", 7);
  BOOST_TEST(heard() == "");
  BOOST_TEST(external_statuses.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
