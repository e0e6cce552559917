// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/execution_client.hpp"
#include "tests/kit/deterministic_system.hpp"
#include "tests/kit/scripted_actors.hpp"

#include <boost/test/unit_test.hpp>

#include <map>

using namespace hlx;

namespace {

/// What one receiver of a stream has heard; it acknowledges nothing itself.
struct stream_heard {
  std::vector<event_stream_opened> opened;
  std::vector<order_event> events;
  std::vector<event_stream_ended> ended;
  std::vector<command_answer> answers;
};

event_receiver_actor::behavior_type recording_receiver(
  event_receiver_actor::pointer, const std::shared_ptr<stream_heard>& log) {
  return {
    [log](const event_stream_opened& x) { log->opened.push_back(x); },
    [log](const event_batch& x) {
      log->events.insert(log->events.end(), x.events.begin(), x.events.end());
    },
    [log](const event_stream_ended& x) { log->ended.push_back(x); },
    [log](const command_answer& x) { log->answers.push_back(x); },
    [](const stream_changed&) {},
  };
}

/// The client between stand-ins, and strategies that take streams.
struct stream_fixture : kit::deterministic_system {
  std::shared_ptr<kit::heard> log = std::make_shared<kit::heard>();
  std::map<std::string, std::uint64_t> commands; ///< By strategy: the last.
  execution_client_self client;

  stream_fixture() {
    execution_client_settings settings;
    settings.instruments = default_instruments();
    settings.streams.log_max = 10;
    settings.streams.network = signing::network::testnet;
    execution_client_dependencies dependencies;
    dependencies.submitter = [this](caf::actor_system&,
                                    const venue_report_actor&) {
      return own(sys.spawn(kit::recording_submitter, log));
    };
    dependencies.reader = [this](caf::actor_system&,
                                 const venue_report_actor&) {
      return own(sys.spawn(kit::mute_reader));
    };
    client = own(sys.spawn(execution_client, settings, dependencies));
    const auto listener = own(sys.spawn(kit::recording_listener, log));
    self->send(client, caf::subscribe_atom_v, listener);
    run();
  }

  struct receiver {
    event_receiver_actor handle;
    std::shared_ptr<stream_heard> heard = std::make_shared<stream_heard>();
  };

  receiver spawn_receiver() {
    receiver result;
    result.handle = own(sys.spawn(recording_receiver, result.heard));
    return result;
  }

  open_event_stream request(const std::string& strategy,
                            std::uint64_t last_handled) {
    open_event_stream result;
    result.strategy.value = strategy;
    result.attempt = 1;
    result.last_handled = last_handled;
    result.window = 4;
    result.absence = {absence_policy::cancel_all, 1'000};
    return result;
  }

  void open(const receiver& to, const open_event_stream& x) {
    self->send(client, x, to.handle);
    run();
  }

  /// An unknown instrument: denied at once, one event.
  void give(const receiver& from, const std::string& strategy) {
    const auto number = ++commands[strategy];
    submit_order order{{strategy}, {}};
    order.order.client_order_id.value = strategy + std::to_string(number);
    order.order.instrument = "NONE";
    order.order.quantity = *parse<quantity>("1");
    order.order.price = *parse<price>("1");
    give(from, strategy, number, order);
  }

  void give(const receiver& from, const std::string& strategy,
            std::uint64_t number, strategy_command command) {
    self->send(client, numbered_command{{strategy},
                                        from.heard->opened.back().session,
                                        number,
                                        std::move(command)});
    run();
  }

  /// An order that is open at the venue as far as hlx knows.
  void submit(const receiver& from, const std::string& strategy,
              const std::string& id) {
    submit_order order{{strategy}, {}};
    order.order.client_order_id.value = id;
    order.order.instrument = "BTC";
    order.order.quantity = *parse<quantity>("0.01");
    order.order.price = *parse<price>("50000");
    const auto number = ++commands[strategy];
    give(from, strategy, number, order);
  }

  void acknowledge(const receiver& from, const std::string& strategy,
                   std::uint64_t number) {
    self->send(client,
               acknowledge_events{
                 {strategy}, from.heard->opened.back().session, number, false});
    run();
  }

  void kill(const event_receiver_actor& actor) {
    caf::anon_send_exit(actor, caf::exit_reason::kill);
    run();
  }

  static std::string numbers(const receiver& x) {
    std::string result;
    for (const auto& event : x.heard->events)
      result +=
        (result.empty() ? "" : " ") + std::to_string(header_of(event).sequence);
    return result;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(event_stream_client_suite, stream_fixture)

BOOST_AUTO_TEST_CASE(a_frozen_strategy_costs_the_other_nothing) {
  const auto frozen = spawn_receiver();
  const auto other = spawn_receiver();
  open(frozen, request("S-1", 0));
  open(other, request("S-2", 0));
  for (std::uint64_t i = 1; i <= 8; ++i) {
    give(frozen, "S-1");
    give(other, "S-2");
    acknowledge(other, "S-2", i);
  }
  BOOST_TEST(numbers(frozen) == "1 2 3 4"); // Its window.
  BOOST_TEST(numbers(other) == "1 2 3 4 5 6 7 8");
  acknowledge(frozen, "S-1", 4);
  BOOST_TEST(numbers(frozen) == "1 2 3 4 5 6 7 8");
}

BOOST_AUTO_TEST_CASE(a_second_receiver_takes_over_and_gets_the_rest) {
  const auto first = spawn_receiver();
  const auto second = spawn_receiver();
  open(first, request("S-1", 0));
  give(first, "S-1");
  give(first, "S-1");
  acknowledge(first, "S-1", 1);
  open(second, request("S-1", 1));
  BOOST_REQUIRE_EQUAL(first.heard->ended.size(), 1u);
  BOOST_CHECK(first.heard->ended[0].why == stream_end::taken_over);
  BOOST_TEST(numbers(second) == "2");
  BOOST_TEST(second.heard->opened[0].last_command == 2u);
  give(second, "S-1");
  BOOST_TEST(numbers(second) == "2 3");
  BOOST_TEST(numbers(first) == "1 2");
}

BOOST_AUTO_TEST_CASE(a_repeated_command_is_answered_and_not_executed) {
  const auto strategy = spawn_receiver();
  open(strategy, request("S-1", 0));
  give(strategy, "S-1");
  --commands["S-1"];
  give(strategy, "S-1");
  BOOST_TEST(numbers(strategy) == "1");
  BOOST_REQUIRE_EQUAL(strategy.heard->answers.size(), 2u);
  BOOST_CHECK(strategy.heard->answers[0] == strategy.heard->answers[1]);
}

BOOST_AUTO_TEST_CASE(orders_of_a_strategy_that_is_gone_are_canceled_in_time) {
  const auto strategy = spawn_receiver();
  open(strategy, request("S-1", 0));
  submit(strategy, "S-1", "O-1"); // Held: the venue's stream is down.
  kill(strategy.handle);
  BOOST_TEST(log->was_warned("strategy S-1 ended"));
  advance(999);
  BOOST_TEST(!log->was_warned("has been gone for"));
  advance(1);
  BOOST_TEST(log->was_warned("strategy S-1 has been gone for 1000 ms: all its "
                             "orders are canceled"));
  // It can still learn what became of them.
  const auto successor = spawn_receiver();
  open(successor, request("S-1", 0));
  BOOST_REQUIRE_EQUAL(successor.heard->events.size(), 1u);
  BOOST_CHECK(name_of(successor.heard->events[0]) == "order_denied");
}

BOOST_AUTO_TEST_CASE(a_strategy_that_is_back_in_time_keeps_its_orders) {
  const auto strategy = spawn_receiver();
  open(strategy, request("S-1", 0));
  submit(strategy, "S-1", "O-1");
  kill(strategy.handle);
  advance(999);
  const auto successor = spawn_receiver();
  open(successor, request("S-1", 0));
  advance(5'000);
  BOOST_TEST(!log->was_warned("has been gone for"));
  BOOST_TEST(successor.heard->events.empty());
}

BOOST_AUTO_TEST_CASE(a_plain_strategy_that_dies_can_have_its_orders_canceled) {
  const auto strategy = own(sys.spawn(kit::recording_strategy, log));
  self->send(client, caf::subscribe_atom_v, strategy_id{"S-1"}, strategy,
             absence_terms{absence_policy::cancel_all, 500});
  run();
  caf::anon_send_exit(strategy, caf::exit_reason::kill);
  run();
  advance(500);
  BOOST_TEST(log->was_warned("strategy S-1 has been gone for 500 ms"));
}

BOOST_AUTO_TEST_CASE(at_the_bound_a_stream_ends_and_no_other_notices) {
  const auto frozen = spawn_receiver();
  const auto other = spawn_receiver();
  open(frozen, request("S-1", 0));
  open(other, request("S-2", 0));
  for (int i = 0; i < 11; ++i)
    give(frozen, "S-1");
  BOOST_REQUIRE_EQUAL(frozen.heard->ended.size(), 1u);
  BOOST_CHECK(frozen.heard->ended[0].why == stream_end::log_full);
  BOOST_TEST(frozen.heard->ended[0].reason
             == "strategy S-1 has left more than 10 events unacknowledged: "
                "those that are there are the numbers 2 to 11");
  give(other, "S-2");
  BOOST_TEST(numbers(other) == "1");
  BOOST_TEST(other.heard->ended.empty());
  advance(1'000);
  BOOST_TEST(log->was_warned("strategy S-1 has been gone for 1000 ms"));
}

BOOST_AUTO_TEST_CASE(a_plain_strategy_that_is_superseded_hears_that) {
  const auto first = std::make_shared<kit::heard>();
  const auto second = std::make_shared<kit::heard>();
  const strategy_id name{"S-1"};
  self->send(client, caf::subscribe_atom_v, name,
             own(sys.spawn(kit::recording_strategy, first)));
  const auto successor = own(sys.spawn(kit::recording_strategy, second));
  self->send(client, caf::subscribe_atom_v, name, successor);
  self->send(client, caf::subscribe_atom_v, name, successor);
  run();
  BOOST_REQUIRE_EQUAL(first->streams.size(), 1u);
  BOOST_TEST(!first->streams[0].up);
  BOOST_TEST(second->streams.empty());
  open(spawn_receiver(), request("S-1", 0));
  BOOST_TEST(second->streams.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_plain_strategy_can_change_to_a_stream) {
  const auto plain = own(sys.spawn(kit::recording_strategy, log));
  self->send(client, caf::subscribe_atom_v, strategy_id{"S-1"}, plain);
  submit_order order{{"S-1"}, {}};
  order.order.client_order_id.value = "O-1";
  self->send(client, order);
  run();
  BOOST_TEST(log->events.size() == 1u);
  const auto strategy = spawn_receiver();
  open(strategy, request("S-1", 1));
  give(strategy, "S-1");
  BOOST_TEST(numbers(strategy) == "2");
  BOOST_TEST(log->events.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_stream_of_another_network_is_a_clear_error) {
  const auto strategy = spawn_receiver();
  auto x = request("S-1", 0);
  x.network = signing::network::mainnet;
  open(strategy, x);
  BOOST_REQUIRE_EQUAL(strategy.heard->ended.size(), 1u);
  BOOST_TEST(strategy.heard->ended[0].reason
             == "the execution client trades on testnet, not on mainnet");
}

BOOST_AUTO_TEST_SUITE_END()
