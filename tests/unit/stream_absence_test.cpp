// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/event_stream_fixture.hpp"

using namespace hlx;

BOOST_FIXTURE_TEST_SUITE(stream_absence_suite, publisher_fixture)

BOOST_AUTO_TEST_CASE(open_orders_are_canceled_after_the_time_that_was_named) {
  auto terms = request(0);
  terms.absence = {absence_policy::cancel_all, 500};
  open(1, terms);
  BOOST_TEST(!publisher.next_deadline_ms().has_value());
  gone(1);
  BOOST_TEST(warnings() == "strategy S-1 ended: killed");
  BOOST_TEST((publisher.next_deadline_ms() == start_ms + 500));
  now_ms += 499;
  BOOST_TEST(!cancels_all());
  now_ms += 1;
  BOOST_TEST(cancels_all());
  BOOST_TEST(warnings()
             == "strategy S-1 has been gone for 500 ms: all its orders are "
                "canceled");
  // Once.
  BOOST_TEST(!publisher.next_deadline_ms().has_value());
  now_ms += 1'000;
  BOOST_TEST(!cancels_all());
}

BOOST_AUTO_TEST_CASE(a_receiver_that_is_back_in_time_changes_nothing) {
  auto terms = request(0);
  terms.absence = {absence_policy::cancel_all, 500};
  open(1, terms);
  gone(1);
  now_ms += 499;
  BOOST_TEST(open(2, terms));
  BOOST_TEST(!publisher.next_deadline_ms().has_value());
  now_ms += 1'000;
  BOOST_TEST(!cancels_all());
}

BOOST_AUTO_TEST_CASE(a_try_that_fails_is_no_return) {
  auto terms = request(0);
  terms.absence = {absence_policy::cancel_all, 500};
  open(1, terms);
  gone(1);
  failure(request(3));
  now_ms += 500;
  BOOST_TEST(cancels_all());
}

BOOST_AUTO_TEST_CASE(by_default_orders_are_kept) {
  open(1, request(0));
  gone(1);
  BOOST_TEST(!publisher.next_deadline_ms().has_value());
}

BOOST_AUTO_TEST_CASE(a_plain_strategy_has_terms_too) {
  publisher.open_plain({1}, {"S-1"}, {absence_policy::cancel_all, 200}, now_ms,
                       out);
  auto event = numbered_event(1);
  BOOST_TEST(!publisher.publish(event, now_ms, out));
  gone(1);
  now_ms += 200;
  BOOST_TEST(cancels_all());
  publisher.open_plain({2}, {"S-1"}, {absence_policy::cancel_all, -5}, now_ms,
                       out);
  BOOST_TEST(warnings().ends_with(
    "strategy S-1: the absence time is -5 ms, allowed are 0 to 2592000000; "
    "its orders are kept"));
}

BOOST_AUTO_TEST_CASE(a_plain_receiver_takes_a_stream_over) {
  open(1, request(0));
  publish(2);
  out.clear();
  publisher.open_plain({2}, {"S-1"}, {}, now_ms, out);
  BOOST_CHECK(only<event_stream_ended>(1).why == stream_end::taken_over);
  auto event = numbered_event(++last_event);
  BOOST_TEST(!publisher.publish(event, now_ms, out));
  BOOST_TEST(
    failure(request(2)).ends_with("none is there, the next will be number 4"));
}

BOOST_AUTO_TEST_CASE(a_command_is_executed_once) {
  open(1, request(0));
  out.clear();
  BOOST_TEST(take(1, 1, 1));
  BOOST_CHECK(
    (only<command_answer>(1)
     == command_answer{{"S-1"}, 1, 1, command_fate::executed, "", 2}));
  BOOST_TEST(!take(1, 1, 1));
  BOOST_CHECK(
    (only<command_answer>(1)
     == command_answer{{"S-1"}, 1, 1, command_fate::executed, "", 2}));
}

BOOST_AUTO_TEST_CASE(a_gap_between_commands_is_an_error) {
  open(1, request(0));
  BOOST_TEST(take(1, 1, 1));
  out.clear();
  BOOST_TEST(!take(1, 1, 3));
  BOOST_CHECK((
    only<command_answer>(1)
    == command_answer{
      {"S-1"}, 1, 3, command_fate::gap, "command 3 came before command 2", 2}));
  BOOST_TEST(take(1, 1, 2));
  BOOST_TEST(take(1, 1, 3));
}

BOOST_AUTO_TEST_CASE(a_refusal_is_repeated_too) {
  open(1, request(0));
  out.clear();
  const std::string text = "the command is of another strategy than its stream";
  BOOST_TEST(!take(1, 1, 1, cancel("O-1", "S-2")));
  auto answer = only<command_answer>(1);
  BOOST_CHECK(answer.fate == command_fate::refused);
  BOOST_TEST(answer.reason == text);
  BOOST_TEST(!take(1, 1, 1, cancel("O-1")));
  BOOST_TEST(only<command_answer>(1).reason == text);
  BOOST_TEST(take(1, 1, 2, cancel("O-1", "")));
  BOOST_CHECK(taken == cancel("O-1"));
}

BOOST_AUTO_TEST_CASE(answers_are_kept_within_a_bound) {
  open(1, request(0));
  for (std::uint64_t i = 1; i <= 5; ++i)
    take(1, 1, i, cancel("O", i == 2 || i == 3 ? "S-2" : "S-1"));
  out.clear();
  BOOST_TEST(!take(1, 1, 2));
  const auto answer = only<command_answer>(1);
  BOOST_CHECK(answer.fate == command_fate::forgotten);
  BOOST_TEST(answer.reason
             == "command 2 was answered before; the answers that are "
                "remembered begin with command 3");
  BOOST_TEST(!take(1, 1, 3));
  BOOST_CHECK(only<command_answer>(1).fate == command_fate::refused);
  BOOST_TEST(!take(1, 1, 0));
  BOOST_TEST(only<command_answer>(1).reason == "commands are numbered from 1");
}

BOOST_AUTO_TEST_CASE(a_command_of_an_earlier_session_is_not_executed) {
  open(1, request(0, 1));
  open(1, request(0, 2));
  out.clear();
  BOOST_TEST(!take(1, 1, 1));
  BOOST_TEST(out.empty());
  gone(1);
  BOOST_TEST(!take(0, 2, 1));
  BOOST_TEST(warnings().ends_with(
    "command 1 of strategy S-1 came for an event stream that is not open"));
}

BOOST_AUTO_TEST_CASE(numbers_of_commands_outlive_their_receiver) {
  open(1, request(0));
  take(1, 1, 1);
  take(1, 1, 2);
  gone(1);
  out.clear();
  auto again = request(0, 2);
  again.previous_session = 1;
  open(2, again);
  auto opened = only<event_stream_opened>(2);
  BOOST_TEST(opened.last_command == 2u);
  BOOST_TEST(opened.continued);
  BOOST_TEST(!take(2, 2, 2));
  BOOST_TEST(take(2, 2, 3));
}

BOOST_AUTO_TEST_CASE(who_was_away_when_another_took_over_is_told_on_return) {
  open(1, request(0));
  gone(1);
  open(2, request(0));
  BOOST_TEST(!only<event_stream_opened>(2).continued);
  out.clear();
  auto again = request(0, 2);
  again.previous_session = 1;
  open(3, again);
  const auto told = only<event_stream_ended>(3);
  BOOST_TEST((told.why == stream_end::taken_over));
  BOOST_TEST(told.attempt == 2u);
  BOOST_TEST(take(2, 2, 1));
  // A receiver that begins anew takes over, as always.
  open(4, request(0));
  BOOST_TEST(!only<event_stream_opened>(4).continued);
}

BOOST_AUTO_TEST_CASE(a_session_of_an_earlier_run_says_nothing_of_this_one) {
  stream_options options;
  options.first_session = 100;
  publisher = stream_publisher{options};
  open(1, request(0));
  gone(1);
  auto again = request(0, 2);
  again.previous_session = 50;
  open(2, again);
  const auto opened = only<event_stream_opened>(2);
  BOOST_TEST(!opened.continued);
  BOOST_TEST(opened.session == 101u);
}

BOOST_AUTO_TEST_CASE(nothing_is_taken_of_a_strategy_without_a_stream) {
  BOOST_TEST(!take(0, 1, 1));
  BOOST_TEST(warnings()
             == "command 1 came for the event stream of strategy S-1, which "
                "has none");
  acknowledge(0, 1, 1);
  BOOST_TEST(warnings()
             == "an acknowledgement came for the event stream of strategy S-1, "
                "which has none");
}

BOOST_AUTO_TEST_SUITE_END()
