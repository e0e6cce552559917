// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/event_stream_fixture.hpp"

using namespace hlx;

namespace {

struct receiver_fixture {
  receiver_options options = quick_options();
  stream_receiver receiver{options, 0};
  receiver_effects out;
  std::int64_t now_ms = 1'000;

  void make(std::uint64_t last_handled) {
    receiver = stream_receiver{options, last_handled};
  }

  template <class T>
  T only() {
    auto all = take_all<T>(out);
    BOOST_REQUIRE_EQUAL(all.size(), 1u);
    return all[0];
  }

  void open(std::uint64_t session = 1, std::uint64_t last_command = 0,
            bool continued = false) {
    receiver.link_up(now_ms, out);
    const auto request = only<open_event_stream>();
    receiver.apply(
      event_stream_opened{
        {"S-1"}, request.attempt, session, 0, last_command, continued, true},
      now_ms, out);
    take_all<event_stream_opened>(out);
  }

  void batch(std::uint64_t first, std::uint64_t last,
             std::uint64_t session = 1) {
    event_batch x{{"S-1"}, session, last, {}};
    for (; first <= last; ++first)
      x.events.push_back(numbered_event(first));
    receiver.apply(x, now_ms, out);
  }

  void give(strategy_command x) { receiver.command(std::move(x), now_ms, out); }

  void answer(std::uint64_t number, command_fate fate,
              std::uint64_t next_number = 0) {
    receiver.apply(
      command_answer{{"S-1"}, 1, number, fate, "because", next_number}, now_ms,
      out);
  }

  std::string sent_commands() {
    std::string result;
    for (const auto& x : take_all<numbered_command>(out))
      result.append(result.empty() ? "" : " ").append(std::to_string(x.number));
    return result;
  }

  void pass(std::int64_t duration_ms) {
    now_ms += duration_ms;
    receiver.timers_due(now_ms, out);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(stream_receiver_suite, receiver_fixture)

BOOST_AUTO_TEST_CASE(a_stream_is_opened_from_the_last_event_handled) {
  make(7);
  receiver.link_up(now_ms, out);
  const auto request = only<open_event_stream>();
  BOOST_TEST(request.last_handled == 7u);
  BOOST_TEST(request.attempt == 1u);
  BOOST_TEST(request.window == 7u);
  // No answer: once more.
  pass(49);
  BOOST_TEST(out.empty());
  pass(1);
  BOOST_TEST(only<open_event_stream>().attempt == 2u);
}

BOOST_AUTO_TEST_CASE(repeats_are_dropped_and_a_gap_is_asked_for) {
  open();
  batch(1, 2);
  batch(2, 3);
  BOOST_TEST(numbers_of(take_all<order_event>(out)) == "1 2 3");
  receiver.handled(2, now_ms, out);
  take_all<acknowledge_events>(out);
  batch(5, 5);
  BOOST_TEST(take_all<order_event>(out).empty());
  const auto request = only<open_event_stream>();
  BOOST_TEST(request.last_handled == 2u);
  BOOST_TEST(request.previous_session == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_handled_is_acknowledged_soon) {
  open();
  batch(1, 3);
  out.clear();
  receiver.handled(4, now_ms, out); // Did not come yet.
  receiver.handled(0, now_ms, out);
  BOOST_TEST(out.empty());
  receiver.handled(1, now_ms, out); // A quarter of the window.
  BOOST_TEST(only<acknowledge_events>().last_handled == 1u);
  options.window = 100;
  make(0);
  open();
  batch(1, 2);
  out.clear();
  receiver.handled(1, now_ms, out);
  receiver.handled(2, now_ms, out);
  BOOST_TEST(out.empty());
  pass(5);
  BOOST_TEST(only<acknowledge_events>().last_handled == 2u);
}

BOOST_AUTO_TEST_CASE(a_silence_is_probed) {
  open();
  pass(80);
  BOOST_TEST(only<acknowledge_events>().probe);
  receiver.apply(event_batch{{"S-1"}, 1, 3, {}}, now_ms, out);
  BOOST_TEST(only<open_event_stream>().last_handled == 0u);
}

BOOST_AUTO_TEST_CASE(commands_wait_for_the_link_or_fail_as_chosen) {
  give(query("O-1"));
  give(cancel("O-2"));
  BOOST_TEST(out.empty());
  open(1, 4);
  BOOST_TEST(sent_commands() == "5 6");
  options.while_down = link_down_policy::refuse;
  make(0);
  give(query("O-1"));
  BOOST_TEST(only<failed_command>().reason
             == "the link to the execution client is down");
  give(cancel("O-2"));
  open();
  BOOST_TEST(sent_commands() == "1");
}

BOOST_AUTO_TEST_CASE(commands_that_are_held_for_too_long_fail_but_for_cancels) {
  options.hold_max_ms = 5'000;
  make(0);
  give(query("O-1"));
  give(cancel("O-2"));
  now_ms += 2'000;
  give(query("O-3"));
  BOOST_TEST((receiver.next_deadline_ms() == now_ms + 3'000));
  pass(2'999);
  BOOST_TEST(out.empty());
  pass(1);
  BOOST_TEST(only<failed_command>().reason
             == "the link to the execution client was down for the 5000 ms "
                "that the command was held (hold_max_ms)");
  // A link that comes up late, before the timer, makes none of them leave.
  now_ms += 2'000;
  open(1, 4);
  BOOST_TEST((only<failed_command>().command == query("O-3")));
  BOOST_TEST(sent_commands() == "5");
  BOOST_TEST(receiver.open_commands() == 1U);
}

BOOST_AUTO_TEST_CASE(commands_are_bounded_and_cancels_have_room_left) {
  options.commands_max = 2;
  options.cancels_max = 1;
  make(0);
  give(query("O-1"));
  give(query("O-2"));
  give(query("O-3"));
  BOOST_TEST(only<failed_command>().reason
             == "2 commands are held or not answered, more are not allowed");
  give(cancel("O-1"));
  BOOST_TEST(out.empty());
  give(cancel("O-2"));
  BOOST_TEST(only<failed_command>().reason
             == "3 commands are held or not answered, more are not allowed");
}

BOOST_AUTO_TEST_CASE(unanswered_commands_are_sent_again_by_their_numbers) {
  open();
  give(query("O-1"));
  give(query("O-2"));
  give(query("O-3"));
  BOOST_TEST(sent_commands() == "1 2 3");
  answer(1, command_fate::executed);
  answer(3, command_fate::gap, 2);
  BOOST_TEST(sent_commands() == "2 3");
  answer(3, command_fate::gap, 2);
  BOOST_TEST(sent_commands().empty());
  pass(50);
  BOOST_TEST(sent_commands() == "2 3");
  receiver.link_down(now_ms, out);
  open(2, 2, true);
  BOOST_TEST(sent_commands() == "2 3");
  answer(2, command_fate::executed);
  answer(3, command_fate::refused);
  BOOST_TEST(only<failed_command>().reason == "because");
  BOOST_TEST(receiver.open_commands() == 0u);
}

BOOST_AUTO_TEST_CASE(of_a_strategy_that_has_ended_only_cancels_still_leave) {
  submit_order order{{"S-1"}, {}};
  order.order.client_order_id.value = "O-1";
  open();
  give(order);
  receiver.link_down(now_ms, out);
  order.order.client_order_id.value = "O-2";
  give(order);
  give(cancel("O-1"));
  receiver.strategy_ended();
  BOOST_TEST(receiver.open_commands() == 2u);
  out.clear();
  open(2, 0, true);
  // The order that may never have come does not come late.
  const auto sent = take_all<numbered_command>(out);
  BOOST_REQUIRE_EQUAL(sent.size(), 2u);
  BOOST_TEST(sent[0].number == 1u);
  BOOST_CHECK(sent[0].command == query("O-1"));
  BOOST_TEST(sent[1].number == 2u);
  BOOST_CHECK(sent[1].command == cancel("O-1"));
}

BOOST_AUTO_TEST_CASE(what_is_not_handled_comes_again_to_a_successor) {
  open();
  batch(1, 3);
  out.clear();
  receiver.start_over(now_ms, out);
  BOOST_TEST(only<open_event_stream>().last_handled == 0u);
  batch(1, 1);
  BOOST_TEST(numbers_of(take_all<order_event>(out)) == "1");
}

BOOST_AUTO_TEST_CASE(after_a_take_over_sent_commands_are_not_sent_again) {
  open();
  give(query("O-1"));
  receiver.link_down(now_ms, out);
  give(query("O-2"));
  out.clear();
  open(5, 9, false);
  BOOST_TEST(only<failed_command>().reason
             == "the answer to the command is lost, since another receiver of "
                "strategy S-1 took over: the events tell its fate");
  BOOST_TEST(sent_commands() == "10");
}

BOOST_AUTO_TEST_CASE(an_ended_stream_fails_what_is_open_and_stays_ended) {
  open();
  give(query("O-1"));
  out.clear();
  event_stream_ended x;
  x.session = 1;
  x.reason = "another took over";
  receiver.apply(x, now_ms, out);
  BOOST_TEST(only<event_stream_ended>().reason == "another took over");
  BOOST_TEST(only<failed_command>().reason
             == "the event stream of strategy S-1 has ended: another took "
                "over; the command may be executed");
  BOOST_TEST(receiver.has_ended());
  BOOST_TEST(!receiver.next_deadline_ms().has_value());
  receiver.link_down(now_ms, out);
  receiver.link_up(now_ms, out);
  BOOST_TEST(out.empty());
  give(cancel("O-1"));
  BOOST_TEST(only<failed_command>().reason
             == "the event stream of strategy S-1 has ended: another took "
                "over");
}

BOOST_AUTO_TEST_SUITE_END()
