// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/event_stream_fixture.hpp"

#include <deque>
#include <optional>
#include <random>
#include <set>

using namespace hlx;

namespace {

/// A process of the strategy: its end of the stream, and what it has seen.
struct strategy_process {
  stream_receiver receiver;
  std::uint64_t id = 0; ///< Of its link; new after each break.
  bool linked = false;
  bool lost_stream = false; ///< To another process, once it knew to have it.
  std::vector<std::uint64_t> handled;
  std::vector<std::string> failed;
  std::optional<event_stream_ended> end;
};

/// Both sides, and between them a channel that drops, repeats, reorders and
/// breaks, as the seed says.
struct hostile_channel {
  static stream_options wide_options() {
    stream_options result;
    result.log_max = 10'000;
    return result;
  }

  static stream_options narrow_options() {
    stream_options result;
    result.log_max = 10;
    return result;
  }

  explicit hostile_channel(std::uint64_t seed,
                           const stream_options& stream = wide_options(),
                           const absence_terms& absence = {})
    : random(seed), publisher(stream) {
    options.absence = absence;
    start(0);
  }

  struct to_client {
    std::uint64_t from = 0;
    std::variant<open_event_stream, acknowledge_events, numbered_command>
      message;
  };

  std::mt19937_64 random;
  stream_publisher publisher;
  receiver_options options = quick_options();
  std::deque<strategy_process> processes; ///< The newest one last.
  std::deque<to_client> up;
  std::deque<to_receiver> down;
  std::int64_t now_ms = 1'000;
  std::uint64_t last_id = 0;
  bool hostile = true;
  std::uint64_t last_event = 0;
  std::vector<std::string> executed;
  std::vector<std::int64_t> canceled_ms; ///< For a strategy that is gone.
  std::size_t given = 0;

  strategy_process& newest() { return processes.back(); }

  std::uint64_t one_of(std::uint64_t n) { return random() % n; }

  /// Another process, which goes on behind that event.
  void start(std::uint64_t last_handled) {
    processes.push_back({stream_receiver{options, last_handled}});
    break_or_mend(newest());
  }

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

  void leave(strategy_process& process, receiver_effects& out) {
    for (auto& x : out)
      if (auto* event = std::get_if<order_event>(&x))
        process.handled.push_back(header_of(*event).sequence);
      else if (auto* failure = std::get_if<failed_command>(&x))
        process.failed.push_back(
          std::get<query_order>(failure->command).client_order_id.value);
      else if (auto* ended = std::get_if<event_stream_ended>(&x))
        process.end = std::move(*ended);
      else if (auto* request = std::get_if<open_event_stream>(&x))
        up.push_back({process.id, std::move(*request)});
      else if (auto* done = std::get_if<acknowledge_events>(&x))
        up.push_back({process.id, *done});
      else if (auto* command = std::get_if<numbered_command>(&x))
        up.push_back({process.id, std::move(*command)});
    out.clear();
    if (process.handled.empty())
      return;
    process.receiver.handled(process.handled.back(), now_ms, out);
    for (auto& x : out)
      up.push_back({process.id, std::get<acknowledge_events>(x)});
  }

  void leave(publisher_effects& out) {
    for (auto& x : out)
      if (auto* message = std::get_if<to_receiver>(&x))
        down.push_back(std::move(*message));
      else if (std::holds_alternative<cancel_all>(x))
        canceled_ms.push_back(now_ms);
  }

  /// Whoever lost the stream to another process never gets it back.
  void has_stream(std::uint64_t id) {
    for (auto& process : processes)
      if (process.id == id)
        BOOST_TEST(!process.lost_stream);
      else if (process.receiver.is_open())
        process.lost_stream = true;
  }

  void client_hears() {
    auto heard = next(up);
    if (!heard)
      return;
    publisher_effects out;
    const receiver_id from{heard->from};
    if (auto* request = std::get_if<open_event_stream>(&heard->message)) {
      if (publisher.open(from, *request, last_event, true, now_ms, out))
        has_stream(heard->from);
    } else if (auto* done = std::get_if<acknowledge_events>(&heard->message)) {
      publisher.acknowledge(from, *done, now_ms, out);
    } else {
      auto& command = std::get<numbered_command>(heard->message);
      if (publisher.take(from, command, "", now_ms, out))
        executed.push_back(
          std::get<query_order>(command.command).client_order_id.value);
    }
    leave(out);
  }

  void strategy_hears() {
    auto heard = next(down);
    if (!heard)
      return;
    receiver_effects out;
    for (auto& process : processes) {
      if (heard->receiver.value != process.id)
        continue;
      std::visit(
        [&](const auto& x) {
          if constexpr (requires { process.receiver.apply(x, now_ms, out); })
            process.receiver.apply(x, now_ms, out);
        },
        heard->message);
      leave(process, out);
    }
  }

  void break_or_mend(strategy_process& process) {
    receiver_effects out;
    if (process.linked) {
      std::erase_if(up, [&](const auto& x) { return x.from == process.id; });
      std::erase_if(
        down, [&](const auto& x) { return x.receiver.value == process.id; });
      process.receiver.link_down(now_ms, out);
      publisher_effects gone;
      publisher.gone({process.id}, "link lost", now_ms, gone);
      leave(gone);
    } else {
      process.id = ++last_id;
      process.receiver.link_up(now_ms, out);
    }
    process.linked = !process.linked;
    leave(process, out);
  }

  /// The strategy's process ends, and another one goes on where it was.
  void crash() {
    if (newest().linked)
      break_or_mend(newest());
    auto handled = std::move(newest().handled);
    const auto last = newest().receiver.last_handled();
    processes.pop_back();
    start(last);
    newest().handled = std::move(handled);
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
    newest().receiver.command(query("C-" + std::to_string(++given)), now_ms,
                              out);
    leave(newest(), out);
  }

  void pass_time() {
    now_ms += 10;
    for (auto& process : processes) {
      receiver_effects out;
      process.receiver.timers_due(now_ms, out);
      leave(process, out);
    }
    publisher_effects out;
    publisher.timers_due(now_ms, out);
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
      break_or_mend(processes[one_of(processes.size())]);
  }

  void calm_down() {
    hostile = false;
    for (auto& process : processes)
      if (!process.linked)
        break_or_mend(process);
    for (int i = 0; i < 20'000; ++i) {
      client_hears();
      strategy_hears();
      if (i % 10 == 0)
        pass_time();
    }
  }
};

/// They go on without a gap from the first one.
void check_in_a_row(const std::vector<std::uint64_t>& numbers) {
  for (std::size_t i = 1; i < numbers.size(); ++i)
    BOOST_REQUIRE_EQUAL(numbers[i], numbers[i - 1] + 1);
}

void check_events(const hostile_channel& channel) {
  const auto& handled = channel.processes.back().handled;
  BOOST_REQUIRE_EQUAL(handled.size(), channel.last_event);
  BOOST_REQUIRE_EQUAL(handled.front(), 1U);
  check_in_a_row(handled);
}

int number_of(const std::string& command) {
  return std::stoi(command.substr(command.find('-') + 1));
}

void check_each_came_once(const hostile_channel& channel) {
  check_events(channel);
  const auto& process = channel.processes.back();
  BOOST_TEST(process.failed.empty());
  BOOST_REQUIRE_EQUAL(channel.executed.size(), channel.given);
  for (std::size_t i = 0; i < channel.given; ++i)
    BOOST_REQUIRE_EQUAL(channel.executed[i], "C-" + std::to_string(i + 1));
  BOOST_TEST(process.receiver.open_commands() == 0u);
}

void check_one_of_all_has_the_stream(const hostile_channel& channel) {
  std::size_t alive = 0;
  std::multiset<std::string> failed;
  for (const auto& process : channel.processes) {
    check_in_a_row(process.handled);
    failed.insert(process.failed.begin(), process.failed.end());
    if (process.end) {
      BOOST_TEST((process.end->why == stream_end::taken_over
                  || process.end->why == stream_end::forgotten_number));
      continue;
    }
    ++alive;
    BOOST_TEST(process.receiver.is_open());
    BOOST_TEST(process.receiver.last_received() == channel.last_event);
    BOOST_TEST(process.receiver.open_commands() == 0U);
  }
  BOOST_TEST(alive == 1U);
  const std::set<std::string> executed{channel.executed.begin(),
                                       channel.executed.end()};
  BOOST_TEST(executed.size() == channel.executed.size());
  for (std::size_t i = 1; i <= channel.given; ++i) {
    const auto command = "C-" + std::to_string(i);
    BOOST_TEST((executed.contains(command) || failed.contains(command)));
    BOOST_TEST(failed.count(command) <= 1U);
  }
}

} // namespace

BOOST_AUTO_TEST_SUITE(hostile_channel_suite)

BOOST_AUTO_TEST_CASE(
  every_event_comes_once_and_every_command_is_executed_once) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      hostile_channel channel{seed};
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

BOOST_AUTO_TEST_CASE(of_processes_that_take_over_one_goes_on_and_all_are_told) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      hostile_channel channel{seed};
      for (int i = 0; i < 3'000; ++i)
        if (channel.one_of(600) == 0)
          channel.start(channel.newest().receiver.last_handled());
        else
          channel.step();
      channel.calm_down();
      check_one_of_all_has_the_stream(channel);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_full_log_loses_no_event_without_a_word) {
  std::size_t ends = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      hostile_channel channel{seed, hostile_channel::narrow_options()};
      for (int i = 0; i < 3'000; ++i)
        channel.step();
      channel.calm_down();
      const auto& process = channel.newest();
      check_in_a_row(process.handled);
      if (!process.end) {
        check_each_came_once(channel);
        continue;
      }
      ++ends;
      BOOST_TEST((process.end->why == stream_end::log_full
                  || process.end->why == stream_end::forgotten_number));
      // Whoever comes next finds those that are left.
      const auto left = std::min<std::uint64_t>(channel.last_event, 10);
      channel.start(channel.last_event - left);
      channel.calm_down();
      BOOST_TEST(!channel.newest().end);
      BOOST_TEST(channel.newest().receiver.last_received()
                 == channel.last_event);
      check_in_a_row(channel.newest().handled);
    }
  }
  BOOST_TEST(ends > 0U);
}

BOOST_AUTO_TEST_CASE(whose_log_is_full_is_gone_when_its_time_is_over) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      hostile_channel channel{seed,
                              hostile_channel::narrow_options(),
                              {absence_policy::cancel_all, 60'000}};
      while (!channel.newest().end)
        channel.step();
      BOOST_TEST(channel.canceled_ms.empty());
      const auto end_ms = channel.now_ms;
      channel.calm_down();
      while (channel.now_ms < end_ms + 60'000)
        channel.pass_time();
      BOOST_REQUIRE_EQUAL(channel.canceled_ms.size(), 1U);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
