// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/event_stream_fixture.hpp"

using namespace hlx;

BOOST_FIXTURE_TEST_SUITE(stream_publisher_suite, publisher_fixture)

BOOST_AUTO_TEST_CASE(a_new_stream_says_where_it_is) {
  BOOST_TEST(open(1, request(0)));
  const auto opened = only<event_stream_opened>(1);
  BOOST_CHECK(
    (opened == event_stream_opened{{"S-1"}, 1, 1, 0, 0, false, true}));
  BOOST_TEST(out.empty());
}

BOOST_AUTO_TEST_CASE(events_are_sent_as_far_as_the_window_goes) {
  open(1, request(0));
  publish(5);
  BOOST_TEST(events(1) == "1 2 3");
  acknowledge(1, 1, 2);
  BOOST_TEST(events(1) == "4 5");
  publish(2);
  BOOST_TEST(events(1).empty());
  acknowledge(1, 1, 5);
  BOOST_TEST(events(1) == "6 7");
}

BOOST_AUTO_TEST_CASE(what_waited_for_the_window_comes_in_one_message) {
  open(1, request(0));
  publish(5);
  BOOST_TEST(heard<event_batch>(1).size() == 3u);
  acknowledge(1, 1, 2);
  const auto batch = only<event_batch>(1);
  BOOST_TEST(batch.events.size() == 2u);
  BOOST_TEST(batch.session == 1u);
  BOOST_TEST(batch.last_sent == 5u);
}

BOOST_AUTO_TEST_CASE(a_message_has_at_most_a_hundred_events) {
  auto options = small_options();
  options.log_max = 1'000;
  publisher = stream_publisher{options};
  open(1, request(0));
  gone(1);
  publish(150);
  auto again = request(0);
  again.window = 200;
  open(2, again);
  const auto batches = heard<event_batch>(2);
  BOOST_REQUIRE_EQUAL(batches.size(), 2u);
  BOOST_TEST(batches[0].events.size() == 100u);
  BOOST_TEST(batches[1].events.size() == 50u);
}

BOOST_AUTO_TEST_CASE(a_receiver_that_returns_gets_the_rest_and_then_live_ones) {
  open(1, request(0));
  publish(3);
  gone(1);
  publish(2);
  out.clear();
  auto again = request(2);
  again.window = 10;
  BOOST_TEST(open(2, again));
  const auto opened = only<event_stream_opened>(2);
  BOOST_TEST(opened.last_event == 5u);
  BOOST_TEST(opened.session == 2u);
  BOOST_TEST(events(2) == "3 4 5");
  publish(1);
  BOOST_TEST(events(2) == "6");
}

BOOST_AUTO_TEST_CASE(a_receiver_hears_of_the_venue_behind_the_events_before) {
  open(1, request(0));
  publish(2);
  publisher.venue_stream_changed({false, 5}, out);
  BOOST_CHECK((only<stream_changed>(1) == stream_changed{false, 5}));
  acknowledge(1, 1, 2);
  publish(4); // One of them waits for the window.
  publisher.venue_stream_changed({true, 6}, out);
  BOOST_TEST(heard<stream_changed>(1).empty());
  publish(1);
  out.clear();
  acknowledge(1, 1, 4);
  std::string order;
  for (const auto& x : out)
    std::visit(
      [&](const auto& message) {
        if constexpr (requires { message.events; })
          order += numbers_of(message.events) + ' ';
        else
          order += "changed ";
      },
      std::get<to_receiver>(x).message);
  BOOST_TEST(order == "6 changed 7 ");
}

BOOST_AUTO_TEST_CASE(what_the_venue_was_meanwhile_is_not_told_twice) {
  open(1, request(0));
  publish(4);
  publisher.venue_stream_changed({false, 5}, out);
  publisher.venue_stream_changed({true, 6}, out);
  acknowledge(1, 1, 3);
  BOOST_TEST(heard<stream_changed>(1).empty());
}

BOOST_AUTO_TEST_CASE(a_receiver_that_returns_is_ready_when_nothing_is_missing) {
  open(1, request(0));
  publish(2);
  gone(1);
  out.clear();
  open(2, request(1));
  BOOST_TEST(!only<event_stream_opened>(2).ready);
  BOOST_TEST(events(2) == "2");
  BOOST_CHECK((only<stream_changed>(2) == stream_changed{true, now_ms}));
  open(3, request(2));
  BOOST_TEST(only<event_stream_opened>(3).ready);
  BOOST_TEST(heard<stream_changed>(3).empty());
}

BOOST_AUTO_TEST_CASE(a_number_from_the_future_is_an_error_with_the_numbers) {
  open(1, request(0));
  publish(4);
  acknowledge(1, 1, 1);
  BOOST_TEST(failure(request(5))
             == "the last handled event is said to be number 5, which is from "
                "the future: those that are there are the numbers 2 to 4");
  BOOST_CHECK(why == stream_end::future_number);
  // Who has the stream keeps it.
  out.clear();
  acknowledge(1, 1, 3);
  publish(1);
  BOOST_TEST(events(1) == "5");
}

BOOST_AUTO_TEST_CASE(a_number_that_is_forgotten_is_an_error_with_the_numbers) {
  open(1, request(0));
  publish(4);
  acknowledge(1, 1, 3);
  out.clear();
  BOOST_TEST(!open(9, request(2)));
  const auto ended = only<event_stream_ended>(9);
  BOOST_CHECK(ended.why == stream_end::forgotten_number);
  BOOST_TEST(ended.reason
             == "the last handled event is said to be number 2, and the events "
                "after it are forgotten: those that are there are the numbers "
                "4 to 4");
  BOOST_TEST(ended.first_event == 4u);
  BOOST_TEST(ended.last_event == 4u);
}

BOOST_AUTO_TEST_CASE(a_strategy_without_events_is_told_that_there_are_none) {
  BOOST_TEST(failure(request(7))
             == "the last handled event is said to be number 7, which is from "
                "the future: none is there, the next will be number 1");
}

BOOST_AUTO_TEST_CASE(what_was_sent_plain_is_not_there) {
  last_event = 8;
  BOOST_TEST(failure(request(7))
             == "the last handled event is said to be number 7, and the events "
                "after it are forgotten: none is there, the next will be "
                "number 9");
  BOOST_TEST(open(1, request(8)));
  publish(1);
  BOOST_TEST(events(1) == "9");
}

BOOST_AUTO_TEST_CASE(a_second_receiver_takes_over_and_the_first_is_told) {
  open(1, request(0));
  publish(2);
  out.clear();
  BOOST_TEST(open(2, request(1)));
  const auto ended = only<event_stream_ended>(1);
  BOOST_CHECK(ended.why == stream_end::taken_over);
  BOOST_TEST(ended.session == 1u);
  BOOST_TEST(ended.attempt == 1u);
  BOOST_TEST(ended.reason == "another receiver of strategy S-1 took over");
  BOOST_TEST(warnings()
             == "another receiver took over the events of strategy S-1");
  BOOST_TEST(events(2) == "2");
  publish(1);
  BOOST_TEST(events(1).empty());
  BOOST_TEST(events(2) == "3");
  // What the first still says does not count, and it is told once more.
  acknowledge(1, 1, 2);
  BOOST_TEST(only<event_stream_ended>(1).session == 1u);
  gone(2);
  BOOST_TEST(open(3, request(1)));
}

BOOST_AUTO_TEST_CASE(the_end_of_the_first_does_not_touch_the_second) {
  auto terms = request(0);
  terms.absence = {absence_policy::cancel_all, 0};
  open(1, terms);
  open(2, terms);
  gone(1);
  BOOST_TEST(!publisher.next_deadline_ms().has_value());
  publish(1);
  BOOST_TEST(events(2) == "1");
}

BOOST_AUTO_TEST_CASE(a_try_that_comes_twice_changes_nothing) {
  open(1, request(0, 1));
  open(1, request(0, 2));
  publish(2);
  out.clear();
  BOOST_TEST(!open(1, request(0, 2)));
  BOOST_TEST(only<event_stream_opened>(1).session == 2u);
  BOOST_TEST(!open(1, request(0, 1)));
  BOOST_TEST(out.empty());
  publish(1);
  BOOST_TEST(events(1) == "3");
  // Nor does one that comes after another receiver took over.
  open(2, request(0, 1));
  out.clear();
  BOOST_TEST(!open(1, request(0, 2)));
  BOOST_TEST(out.empty());
}

BOOST_AUTO_TEST_CASE(a_receiver_that_asks_again_is_sent_again) {
  open(1, request(0, 1));
  publish(3);
  out.clear();
  BOOST_TEST(open(1, request(1, 2)));
  BOOST_TEST(heard<event_stream_ended>(1).empty());
  BOOST_TEST(warnings().empty());
  BOOST_TEST(events(1) == "2 3");
  // Late words of the session before are not an error.
  out.clear();
  acknowledge(1, 1, 1);
  BOOST_TEST(out.empty());
}

BOOST_AUTO_TEST_CASE(a_full_log_ends_the_stream_and_says_so) {
  open(1, request(0));
  publish(5);
  out.clear();
  publish(1);
  const auto ended = only<event_stream_ended>(1);
  BOOST_CHECK(ended.why == stream_end::log_full);
  BOOST_TEST(ended.reason
             == "strategy S-1 has left more than 5 events unacknowledged: "
                "those that are there are the numbers 2 to 6");
  BOOST_TEST(ended.session == 1u);
  BOOST_TEST(ended.first_event == 2u);
  BOOST_TEST(ended.last_event == 6u);
  BOOST_TEST(warnings()
             == "strategy S-1 has left more than 5 events unacknowledged: "
                "those that are there are the numbers 2 to 6; its event "
                "stream is ended");
  acknowledge(1, 1, 3);
  BOOST_TEST(only<event_stream_ended>(1).reason == ended.reason);
  BOOST_TEST(!take(1, 1, 1));
  // It handled more than it acknowledged: nothing is lost.
  out.clear();
  BOOST_TEST(open(1, request(3, 2)));
  BOOST_TEST(events(1) == "4 5 6");
}

BOOST_AUTO_TEST_CASE(a_full_log_is_an_absence) {
  auto terms = request(0);
  terms.absence = {absence_policy::cancel_all, 100};
  open(1, terms);
  publish(6);
  BOOST_TEST((publisher.next_deadline_ms() == start_ms + 100));
  now_ms += 99;
  BOOST_TEST(!cancels_all());
  now_ms += 1;
  BOOST_TEST(cancels_all());
}

BOOST_AUTO_TEST_CASE(while_nobody_is_there_the_newest_events_are_kept) {
  open(1, request(0));
  gone(1);
  out.clear();
  publish(7);
  BOOST_TEST(warnings()
             == "strategy S-1 has left more than 5 events unacknowledged: "
                "those that are there are the numbers 2 to 6");
  BOOST_TEST(failure(request(1))
             == "the last handled event is said to be number 1, and the events "
                "after it are forgotten: those that are there are the numbers "
                "3 to 7");
  BOOST_TEST(open(2, request(2)));
  BOOST_TEST(events(2) == "3 4 5");
}

BOOST_AUTO_TEST_CASE(an_acknowledgement_from_the_future_ends_the_stream) {
  open(1, request(0));
  publish(2);
  out.clear();
  acknowledge(1, 1, 3);
  const auto ended = only<event_stream_ended>(1);
  BOOST_CHECK(ended.why == stream_end::future_number);
  BOOST_TEST(ended.reason
             == "strategy S-1 acknowledged event number 3, and the last one "
                "sent is number 2");
  BOOST_TEST(ended.first_event == 1u);
}

BOOST_AUTO_TEST_CASE(a_probe_is_answered_by_an_empty_batch) {
  open(1, request(0));
  publish(4);
  out.clear();
  acknowledge(1, 1, 0, true);
  auto batch = only<event_batch>(1);
  BOOST_TEST(batch.events.empty());
  BOOST_TEST(batch.last_sent == 3u);
  acknowledge(1, 1, 1, true);
  batch = only<event_batch>(1);
  BOOST_TEST(batch.events.size() == 1u);
  BOOST_TEST(batch.last_sent == 4u);
}

BOOST_AUTO_TEST_CASE(an_older_acknowledgement_changes_nothing) {
  open(1, request(0));
  publish(3);
  acknowledge(1, 1, 3);
  acknowledge(1, 1, 1);
  BOOST_TEST(open(2, request(3)));
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_a_request_is_said) {
  auto x = request(0);
  x.network = signing::network::mainnet;
  BOOST_TEST(failure(x)
             == "the execution client trades on testnet, not on mainnet");
  BOOST_CHECK(why == stream_end::wrong_network);
  x = request(0);
  x.account = address{{4, 5, 6}};
  BOOST_TEST(failure(x)
             == "the execution client trades for account "
                "0x0102030000000000000000000000000000000000, not for "
                "0x0405060000000000000000000000000000000000");
  BOOST_CHECK(why == stream_end::wrong_account);
  x = request(0);
  x.window = 0;
  BOOST_TEST(failure(x) == "the window is 0 events, allowed are 1 to 10000");
  BOOST_CHECK(why == stream_end::bad_request);
  x.window = 10'001;
  BOOST_TEST(failure(x)
             == "the window is 10001 events, allowed are 1 to 10000");
  x = request(0);
  x.absence.policy = static_cast<absence_policy>(7);
  BOOST_TEST(failure(x) == "the absence policy is unknown: number 7");
  x.absence = {absence_policy::cancel_all, -1};
  BOOST_TEST(failure(x)
             == "the absence time is -1 ms, allowed are 0 to 2592000000");
  x.absence.after_ms = INT64_MAX;
  BOOST_TEST(failure(x).starts_with("the absence time is 9223372036854775807"));
  x = request(0);
  x.strategy.value.clear();
  BOOST_TEST(failure(x)
             == "the name of the strategy has 0 bytes, allowed are 1 to 200");
  BOOST_CHECK(why == stream_end::unknown_strategy);
  x.strategy.value = std::string(1'000'000, 'x');
  BOOST_TEST(
    failure(x)
    == "the name of the strategy has 1000000 bytes, allowed are 1 to 200");
  x = request(0);
  x.network = signing::network::testnet;
  x.account = address{{1, 2, 3}};
  BOOST_TEST(open(1, x));
}

BOOST_AUTO_TEST_CASE(only_the_strategies_that_are_served_get_a_stream) {
  auto options = small_options();
  options.strategies = {{"S-2"}, {"S-3"}};
  publisher = stream_publisher{options};
  BOOST_TEST(failure(request(0))
             == "strategy S-1 is unknown: the execution client serves S-2, "
                "S-3");
  BOOST_CHECK(why == stream_end::unknown_strategy);
  auto x = request(0);
  x.strategy.value = "S-3";
  BOOST_TEST(open(1, x));
}

BOOST_AUTO_TEST_CASE(there_are_at_most_ten_thousand_streams) {
  auto x = request(0);
  for (int i = 0; i < 10'000; ++i) {
    x.strategy.value = "T-" + std::to_string(i);
    BOOST_REQUIRE(open(1, x));
  }
  out.clear();
  BOOST_TEST(failure(request(0))
             == "strategy S-1 is one too many: there are 10000");
  x.attempt = 2;
  BOOST_TEST(open(1, x));
}

BOOST_AUTO_TEST_CASE(strategies_do_not_notice_each_other) {
  open(1, request(0));
  auto other = request(0);
  other.strategy.value = "S-2";
  BOOST_TEST(open(2, other));
  publish(6); // The first does not acknowledge.
  out.clear();
  auto event = numbered_event(1, "S-2");
  publisher.publish(event, now_ms, out);
  BOOST_TEST(events(2) == "1");
  BOOST_TEST(out.empty());
}

BOOST_AUTO_TEST_SUITE_END()
