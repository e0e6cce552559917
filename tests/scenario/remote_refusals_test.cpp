// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/remote_execution_client/remote_execution_client.hpp"
#include "hlx/actors/strategy.hpp"
#include "tests/kit/deterministic_system.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace hlx;

namespace {

constexpr std::int64_t answer_max_ms = 2'000;

/// What the strategy hears that is no event.
struct trouble {
  std::size_t ups = 0;
  std::vector<std::string> downs;
  std::vector<event_stream_ended> ended;
  std::vector<failed_command> failed;
};

/// A remote execution client, and on the other side a gate that refuses as it
/// is told.
struct refusals_fixture : kit::deterministic_system {
  std::shared_ptr<trouble> log = std::make_shared<trouble>();
  std::size_t connections = 0;
  std::size_t requests = 0; ///< For a stream.
  std::vector<numbered_command> commands;
  remote_client_actor client;
  linked_strategy_actor strategy;

  /// How the gate treats who wants a stream.
  using treatment =
    std::function<void(const open_event_stream&, const event_receiver_actor&)>;

  void start(const treatment& treat) {
    const auto gate = own(strategy_entry_actor{sys.spawn([this, treat] {
      return handlers_of<strategy_entry_actor>(
        [this, treat](const open_event_stream& x,
                      const event_receiver_actor& to) {
          ++requests;
          treat(x, to);
        },
        [this](const numbered_command& x) { commands.push_back(x); });
    })});
    connect_to(own(reception_actor{sys.spawn([gate] {
      return handlers_of<reception_actor>(
        [gate](const order_entry_request&)
          -> caf::result<strategy_entry_actor> { return gate; },
        [](const order_watch_request&) -> caf::result<monitoring_actor> {
          return caf::sec::invalid_argument;
        });
    })}));
  }

  void connect_to(const reception_actor& reception) {
    const auto connector = own(connector_actor{sys.spawn([this, reception] {
      return connector_actor::behavior_type{
        [this, reception](caf::connect_atom, const std::string&, std::uint16_t)
          -> caf::result<caf::node_id, caf::strong_actor_ptr,
                         std::set<std::string>> {
          ++connections;
          return {sys.node(), caf::actor_cast<caf::strong_actor_ptr>(reception),
                  sys.message_types(reception)};
        }};
    })});
    remote_client_options options;
    options.at = {"client", 4242};
    options.receiver.strategy.value = "S-1";
    client = own(spawn_remote_client(sys, options, {connector, wall_clock{}}));
    strategy = spawn_strategy(log);
    self->send(client, caf::subscribe_atom_v, strategy);
    self->send(client, cancel_order{{}, {"held"}});
    run();
  }

  linked_strategy_actor spawn_strategy(const std::shared_ptr<trouble>& heard) {
    return own(linked_strategy_actor{sys.spawn([heard] {
      return handlers_of<linked_strategy_actor>(
        [heard](const link_up&) { ++heard->ups; },
        [heard](const link_down& x) { heard->downs.push_back(x.reason); },
        [heard](const event_stream_ended& x) { heard->ended.push_back(x); },
        [heard](const failed_command& x) { heard->failed.push_back(x); });
    })});
  }

  bool client_has_ended() {
    return caf::actor_cast<caf::abstract_actor*>(client)->getf(
      caf::abstract_actor::is_terminated_flag);
  }

  static event_stream_ended refusal(const open_event_stream& x,
                                    stream_end why) {
    event_stream_ended result;
    result.strategy = x.strategy;
    result.attempt = x.attempt;
    result.why = why;
    result.reason = "it says why";
    result.first_event = 8;
    result.last_event = 9;
    return result;
  }
};

/// The stream is refused, at once or after it was opened.
void check_refusal(stream_end why, const std::string& option, bool opened) {
  refusals_fixture x;
  x.start(
    [&](const open_event_stream& request, const event_receiver_actor& to) {
      auto answer = x.refusal(request, why);
      if (opened) {
        event_stream_opened first;
        first.strategy = request.strategy;
        first.attempt = request.attempt;
        first.session = answer.session = 7;
        caf::anon_send(to, first);
      }
      caf::anon_send(to, answer);
    });
  x.advance(answer_max_ms);
  const auto& log = *x.log;
  BOOST_TEST_REQUIRE(log.ended.size() == 1u);
  BOOST_CHECK(log.ended[0].why == why);
  BOOST_TEST(log.ended[0].reason == option + "it says why");
  BOOST_TEST(log.ended[0].first_event == 8u);
  BOOST_TEST(log.ended[0].last_event == 9u);
  BOOST_TEST(log.ups == (opened ? 1u : 0u));
  // Nothing given is silently lost, before and after.
  BOOST_TEST_REQUIRE(log.failed.size() == 1u);
  x.self->send(x.client, cancel_order{{}, {"late"}});
  x.run();
  BOOST_TEST_REQUIRE(log.failed.size() == 2u);
  BOOST_TEST(log.failed[1].reason.find("it says why") != std::string::npos);
  // It is final.
  x.advance(10'000);
  BOOST_TEST(x.connections == 1u);
  BOOST_TEST(x.requests == 1u);
  BOOST_TEST(log.ended.size() == 1u);
}

} // namespace

BOOST_AUTO_TEST_SUITE(remote_refusals_suite)

BOOST_AUTO_TEST_CASE(each_refusal_ends_in_one_error_that_names_the_option) {
  const std::vector<std::pair<stream_end, std::string>> all{
    {stream_end::taken_over, ""},
    {stream_end::log_full, ""},
    {stream_end::future_number, "last_handled: "},
    {stream_end::forgotten_number, "last_handled: "},
    {stream_end::unknown_strategy, "receiver.strategy: "},
    {stream_end::wrong_network, "receiver.network: "},
    {stream_end::wrong_account, "receiver.account: "},
    {stream_end::bad_request, "receiver: "}};
  for (const auto& [why, option] : all)
    for (const bool opened : {false, true})
      BOOST_TEST_CONTEXT(option << " number " << static_cast<int>(why)
                                << ", opened before " << opened)
  check_refusal(why, option, opened);
}

BOOST_AUTO_TEST_CASE(an_unknown_strategy_is_told_and_tried_again) {
  refusals_fixture x;
  const auto reception = x.own(reception_actor{x.sys.spawn([] {
    return handlers_of<reception_actor>(
      [](const order_entry_request&) -> caf::result<strategy_entry_actor> {
        return caf::make_error(caf::sec::invalid_argument,
                               "there is no strategy S-1 here");
      },
      [](const order_watch_request&) -> caf::result<monitoring_actor> {
        return caf::sec::invalid_argument;
      });
  })});
  x.connect_to(reception);
  x.advance(answer_max_ms);
  BOOST_REQUIRE(x.log->downs.size() == 1u); // Told once, and tried again.
  BOOST_TEST(x.log->downs[0]
             == "receiver.strategy: there is no strategy S-1 here");
  BOOST_TEST(x.connections > 2u);
}

BOOST_AUTO_TEST_CASE(a_gate_that_does_not_answer_is_asked_again) {
  refusals_fixture x;
  x.start([](const open_event_stream&, const event_receiver_actor&) {});
  x.advance(answer_max_ms);
  BOOST_TEST(x.requests > 2u);
  BOOST_TEST(x.log->ups == 0u);
  BOOST_TEST(x.log->failed.empty()); // The cancel is held.
}

BOOST_AUTO_TEST_CASE(cancels_of_a_strategy_that_has_ended_still_leave) {
  refusals_fixture x;
  std::optional<open_event_stream> asked;
  event_receiver_actor receiver;
  x.start(
    [&](const open_event_stream& request, const event_receiver_actor& to) {
      asked = request;
      receiver = to;
    });
  // The cancel is held: the stream is not open.
  x.self->send_exit(x.strategy, caf::exit_reason::user_shutdown);
  x.run();
  BOOST_TEST(!x.client_has_ended());
  x.advance(answer_max_ms);
  event_stream_opened opened;
  opened.strategy = asked->strategy;
  opened.attempt = asked->attempt;
  opened.session = 7;
  x.self->send(receiver, opened);
  x.run();
  BOOST_REQUIRE_EQUAL(x.commands.size(), 1u);
  BOOST_CHECK((x.commands[0].command
               == strategy_command{cancel_order{{"S-1"}, {"held"}}}));
  BOOST_TEST(!x.client_has_ended());
  command_answer answer;
  answer.strategy = {"S-1"};
  answer.session = 7;
  answer.number = 1;
  answer.fate = command_fate::executed;
  x.self->send(receiver, answer);
  x.run();
  BOOST_TEST(x.client_has_ended());
  receiver = nullptr;
}

BOOST_AUTO_TEST_CASE(cancels_are_kept_for_a_bounded_time) {
  refusals_fixture x;
  x.start([](const open_event_stream&, const event_receiver_actor&) {});
  x.self->send_exit(x.strategy, caf::exit_reason::user_shutdown);
  x.advance(remote_client_options{}.linger_ms - 1);
  BOOST_TEST(!x.client_has_ended());
  x.advance(1);
  BOOST_TEST(x.client_has_ended());
}

BOOST_AUTO_TEST_CASE(a_second_strategy_takes_over_and_the_first_is_told) {
  refusals_fixture x;
  x.start([](const open_event_stream&, const event_receiver_actor&) {});
  const auto second = std::make_shared<trouble>();
  x.self->send(x.client, caf::subscribe_atom_v, x.spawn_strategy(second));
  x.run();
  BOOST_REQUIRE_EQUAL(x.log->ended.size(), 1u);
  BOOST_CHECK(x.log->ended[0].why == stream_end::taken_over);
  BOOST_TEST(second->ended.empty());
}

BOOST_AUTO_TEST_SUITE_END()
