// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/event_stream_fixture.hpp"

#include <random>

using namespace hlx;

namespace {

/// Both sides, and between them a channel that drops, repeats, reorders and
/// breaks, as the seed says.
struct hostile_channel {
  static stream_options wide_options() {
    stream_options result;
    result.log_max = 10'000;
    return result;
  }

  static receiver_options quick_options() {
    receiver_options result;
    result.strategy.value = "S-1";
    result.window = 7;
    result.retry_ms = 50;
    result.probe_ms = 80;
    result.acknowledge_ms = 5;
    return result;
  }

  explicit hostile_channel(std::uint64_t seed) : random(seed) {
    // Nothing else.
  }

  using to_client =
    std::variant<open_event_stream, acknowledge_events, numbered_command>;

  std::mt19937_64 random;
  stream_publisher publisher{wide_options()};
  stream_receiver receiver{quick_options(), 0};
  std::deque<to_client> up;
  std::deque<to_receiver> down;
  std::int64_t now_ms = 1'000;
  std::uint64_t id = 1; ///< Of the receiver; new after each break.
  bool linked = false;
  bool hostile = true;
  std::uint64_t last_event = 0;
  std::vector<order_event> handled;
  std::vector<std::string> executed;
  std::vector<std::string> failed;
  std::size_t given = 0;

  std::uint64_t one_of(std::uint64_t n) { return random() % n; }

  /// The next message, of any place in the queue; lost or repeated perhaps.
  template <class T>
  std::optional<T> next(std::deque<T>& queue) {
    if (queue.empty())
      return std::nullopt;
    const auto place =
      hostile ? one_of(std::min<std::size_t>(queue.size(), 4)) : 0;
    const auto at = queue.begin() + static_cast<std::ptrdiff_t>(place);
    auto result = *at;
    const auto dice = hostile ? one_of(10) : 9;
    if (dice != 0)
      queue.erase(at); // Else it comes again.
    return dice == 1 ? std::nullopt : std::optional{std::move(result)};
  }

  void leave(receiver_effects& out) {
    for (auto& x : out)
      if (auto* event = std::get_if<order_event>(&x)) {
        handled.push_back(*event);
      } else if (auto* failure = std::get_if<failed_command>(&x)) {
        failed.push_back(failure->reason);
      } else if (auto* request = std::get_if<open_event_stream>(&x)) {
        up.emplace_back(std::move(*request));
      } else if (auto* done = std::get_if<acknowledge_events>(&x)) {
        up.emplace_back(*done);
      } else if (auto* command = std::get_if<numbered_command>(&x)) {
        up.emplace_back(std::move(*command));
      }
    out.clear();
    if (!handled.empty()) {
      receiver.handled(header_of(handled.back()).sequence, now_ms, out);
      for (auto& x : out)
        if (auto* done = std::get_if<acknowledge_events>(&x))
          up.emplace_back(*done);
    }
  }

  void leave(publisher_effects& out) {
    for (auto& x : out)
      if (auto* message = std::get_if<to_receiver>(&x))
        down.push_back(std::move(*message));
  }

  void client_hears() {
    auto message = next(up);
    if (!message)
      return;
    publisher_effects out;
    if (auto* request = std::get_if<open_event_stream>(&*message)) {
      publisher.open({id}, *request, last_event, true, now_ms, out);
    } else if (auto* done = std::get_if<acknowledge_events>(&*message)) {
      publisher.acknowledge({id}, *done, now_ms, out);
    } else {
      auto& command = std::get<numbered_command>(*message);
      if (publisher.take({id}, command, "", now_ms, out))
        executed.push_back(
          std::get<query_order>(command.command).client_order_id.value);
    }
    leave(out);
  }

  void strategy_hears() {
    auto message = next(down);
    if (!message || message->receiver.value != id)
      return;
    receiver_effects out;
    std::visit(
      [&](const auto& x) {
        if constexpr (requires { receiver.apply(x, now_ms, out); })
          receiver.apply(x, now_ms, out);
      },
      message->message);
    leave(out);
  }

  void break_or_mend() {
    receiver_effects out;
    if (linked) {
      up.clear();
      down.clear();
      receiver.link_down(now_ms, out);
      publisher_effects gone;
      publisher.gone({id}, "link lost", now_ms, gone);
      ++id;
    } else {
      receiver.link_up(now_ms, out);
    }
    linked = !linked;
    leave(out);
  }

  /// The strategy's process ends, and another one goes on where it was.
  void crash() {
    if (linked)
      break_or_mend();
    receiver = stream_receiver{quick_options(), receiver.last_handled()};
  }

  void publish() {
    publisher_effects out;
    auto event = numbered_event(++last_event);
    if (!publisher.publish(event, now_ms, out))
      --last_event; // Not before the stream is open once.
    leave(out);
  }

  void give() {
    receiver_effects out;
    receiver.command(query("C-" + std::to_string(++given)), now_ms, out);
    leave(out);
  }

  void pass_time() {
    now_ms += 10;
    receiver_effects out;
    receiver.timers_due(now_ms, out);
    leave(out);
  }

  void step() {
    const auto dice = one_of(100);
    if (dice < 35)
      client_hears();
    else if (dice < 70)
      strategy_hears();
    else if (dice < 80)
      publish();
    else if (dice < 88)
      give();
    else if (dice < 99)
      pass_time();
    else
      break_or_mend();
  }

  void calm_down() {
    hostile = false;
    if (!linked)
      break_or_mend();
    for (int i = 0; i < 20'000; ++i) {
      client_hears();
      strategy_hears();
      if (i % 10 == 0)
        pass_time();
    }
  }
};

struct receiver_fixture {
  receiver_options options = hostile_channel::quick_options();
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

void check_events(const hostile_channel& channel) {
  BOOST_REQUIRE_EQUAL(channel.handled.size(), channel.last_event);
  for (std::uint64_t i = 0; i < channel.last_event; ++i)
    BOOST_REQUIRE_EQUAL(header_of(channel.handled[i]).sequence, i + 1);
}

int number_of(const std::string& command) {
  return std::stoi(command.substr(command.find('-') + 1));
}

void check_each_came_once(const hostile_channel& channel) {
  check_events(channel);
  BOOST_TEST(channel.failed.empty());
  BOOST_REQUIRE_EQUAL(channel.executed.size(), channel.given);
  for (std::size_t i = 0; i < channel.given; ++i)
    BOOST_REQUIRE_EQUAL(channel.executed[i], "C-" + std::to_string(i + 1));
  BOOST_TEST(channel.receiver.open_commands() == 0u);
}

BOOST_AUTO_TEST_CASE(
  every_event_comes_once_and_every_command_is_executed_once) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      hostile_channel channel{seed};
      channel.break_or_mend();
      for (int i = 0; i < 3'000; ++i)
        channel.step();
      channel.calm_down();
      check_each_came_once(channel);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_process_that_crashes_goes_on_behind_what_it_handled) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      hostile_channel channel{seed};
      channel.break_or_mend();
      for (int i = 0; i < 3'000; ++i)
        if (channel.one_of(300) == 0)
          channel.crash();
        else
          channel.step();
      channel.calm_down();
      check_events(channel);
      // What it had given may be lost with it, and is never executed twice.
      BOOST_TEST(channel.executed.size() <= channel.given);
      for (std::size_t i = 1; i < channel.executed.size(); ++i)
        BOOST_REQUIRE(number_of(channel.executed[i - 1])
                      < number_of(channel.executed[i]));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
