// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/execution_client.hpp"
#include "hlx/actors/nodes.hpp"
#include "hlx/actors/order_gate/order_gate.hpp"
#include "hlx/actors/reception/reception.hpp"
#include "hlx/actors/strategy.hpp"
#include "hlx/actors/topology.hpp"
#include "tests/kit/deterministic_system.hpp"
#include "tests/kit/scripted_actors.hpp"

#include <caf/io/middleman.hpp>

#include <boost/test/unit_test.hpp>

using namespace hlx;

namespace {

template <class... Venue, class... Given>
constexpr bool are_apart(caf::detail::type_list<Venue...>,
                         caf::detail::type_list<Given...> given) {
  return ((caf::detail::tl_index_of<decltype(given), Venue>::value == -1)
          && ...);
}

/// No message of the venue's side is in a handle that leaves the process.
template <class Handle>
constexpr bool speaks_not_for_the_venue =
  are_apart(venue_report_actor::signatures{}, typename Handle::signatures{});

static_assert(speaks_not_for_the_venue<order_entry_actor>);
static_assert(speaks_not_for_the_venue<monitoring_actor>);
static_assert(speaks_not_for_the_venue<reception_actor>);
static_assert(!speaks_not_for_the_venue<execution_client_actor>);

/// A monitor commands nothing.
static_assert(are_apart(order_entry_actor::signatures{},
                        monitoring_actor::signatures{}));

/// Handles narrow, and do not widen.
template <class To, class From>
constexpr bool narrows =
  caf::detail::tl_subset_of<typename To::signatures,
                            typename From::signatures>::value;
static_assert(narrows<order_entry_actor, execution_client_actor>);
static_assert(narrows<monitoring_actor, execution_client_actor>);
static_assert(!narrows<execution_client_actor, order_entry_actor>);
static_assert(!narrows<order_entry_actor, monitoring_actor>);
static_assert(!narrows<venue_report_actor, order_entry_actor>);

struct gates_fixture : kit::deterministic_system {
  std::shared_ptr<kit::heard> log = std::make_shared<kit::heard>();
  strategy_actor strategy = own(sys.spawn(kit::recording_strategy, log));
  report_listener_actor listener = own(sys.spawn(kit::recording_listener, log));
  execution_client_actor client;
  reception_actor reception;

  gates_fixture() {
    execution_client_settings settings;
    settings.instruments = default_instruments();
    execution_client_dependencies dependencies;
    dependencies.submitter = [this](caf::actor_system&,
                                    const venue_report_actor&) {
      return own(sys.spawn(kit::recording_submitter, log));
    };
    dependencies.reader = [this](caf::actor_system&,
                                 const venue_report_actor&) {
      return own(sys.spawn(kit::mute_reader));
    };
    client = own(execution_client_actor{
      sys.spawn(execution_client, settings, dependencies)});
    self->send(client, caf::subscribe_atom_v, listener);
    reception = spawn_reception(sys, client, {{"S-1"}, {"S-2"}});
    run();
  }

  template <class Handle, class Request>
  caf::expected<Handle> ask(const Request& x) {
    caf::expected<Handle> result{caf::sec::runtime_error};
    auto request = self->request(reception, caf::infinite, x);
    run();
    request.receive([&](const Handle& handle) { result = handle; },
                    [&](const caf::error& e) { result = e; });
    return result;
  }

  strategy_entry_actor enter(const std::string& strategy_name) {
    return *ask<strategy_entry_actor>(order_entry_request{{strategy_name}});
  }

  /// As somebody who does not keep to the interface: another node's bytes.
  template <class Handle, class... Ts>
  void force(const Handle& to, Ts... xs) {
    caf::actor_cast<caf::abstract_actor*>(to)->enqueue(
      caf::actor_cast<caf::strong_actor_ptr>(strategy), caf::make_message_id(),
      caf::make_message(xs...), nullptr);
    run();
  }

  bool is_alive(const caf::actor_addr& address) {
    const auto actor = caf::actor_cast<caf::strong_actor_ptr>(address);
    return actor
           && !actor->get()->getf(caf::abstract_actor::is_terminated_flag);
  }

  std::string last_warning() const {
    return log->warnings.empty() ? "" : log->warnings.back().text;
  }
};

submit_order some_order(const std::string& strategy) {
  submit_order result{{strategy}, {}};
  result.order.client_order_id.value = "O-1";
  result.order.instrument = "none";
  return result;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(gates_suite, gates_fixture)

BOOST_AUTO_TEST_CASE(commands_and_subscriptions_reach_the_client) {
  const auto gate = enter("S-1");
  self->send(gate, caf::subscribe_atom_v, strategy_id{"S-1"}, strategy);
  self->send(gate, some_order("S-1"));
  run();
  BOOST_TEST(log->event_names() == "order_denied");
}

BOOST_AUTO_TEST_CASE(a_strategy_commands_nothing_of_another_one) {
  const auto gate = enter("S-1");
  self->send(client, caf::subscribe_atom_v, strategy_id{"S-2"}, strategy);
  self->send(gate, some_order("S-2"));
  self->send(gate, caf::subscribe_atom_v, strategy_id{"S-2"}, strategy);
  run();
  BOOST_TEST(log->event_names() == "");
  BOOST_REQUIRE(log->warnings.size() == 2);
  BOOST_TEST(last_warning()
             == "a message for strategy S-2 came over the handle of S-1 and "
                "was ignored");
}

BOOST_AUTO_TEST_CASE(a_command_without_a_strategy_is_the_handles_own) {
  const auto gate = enter("S-1");
  self->send(gate, caf::subscribe_atom_v, strategy_id{"S-1"}, strategy);
  self->send(gate, some_order(""));
  run();
  BOOST_REQUIRE(log->events.size() == 1);
  BOOST_TEST(header_of(log->events[0]).strategy.value == "S-1");
}

BOOST_AUTO_TEST_CASE(no_message_from_elsewhere_ends_gate_or_client) {
  const auto gate = enter("S-1");
  const auto watch = *ask<monitoring_actor>(order_watch_request{});
  const auto end = [&](const auto& handle) {
    for (auto reason :
         {caf::exit_reason::kill, caf::exit_reason::user_shutdown}) {
      force(handle, caf::exit_msg{client.address(), reason});
      force(handle, caf::down_msg{client.address(), reason});
    }
    force(handle, caf::make_error(caf::sec::runtime_error));
    return is_alive(handle.address()) && is_alive(client.address());
  };
  BOOST_TEST(end(gate));
  BOOST_TEST(end(watch));
  BOOST_TEST(end(reception));
}

BOOST_AUTO_TEST_CASE(nobody_elsewhere_speaks_for_the_venue) {
  const auto gate = enter("S-1");
  force(gate, stream_up{now_ms()});
  force(gate, request_outcome{});
  force(reception, info_answer{});
  BOOST_TEST(log->queries.empty());
  BOOST_REQUIRE(log->warnings.size() == 3);
  BOOST_TEST(log->warnings[0].text.starts_with(
    "hlx.order-gate ignored a message that is not for it: "));
}

BOOST_AUTO_TEST_CASE(the_client_sends_nothing_in_its_own_name) {
  auto sender = caf::actor_cast<caf::strong_actor_ptr>(client);
  const auto curious = own(
    sys.spawn([&](strategy_actor::pointer me) -> strategy_actor::behavior_type {
      return on_events(
        [&sender, me](const auto&) { sender = me->current_sender(); });
    }));
  const auto gate = enter("S-1");
  self->send(gate, caf::subscribe_atom_v, strategy_id{"S-1"}, curious);
  self->send(gate, some_order("S-1"));
  run();
  BOOST_TEST((sender == nullptr));
}

BOOST_AUTO_TEST_CASE(a_receiver_that_ended_is_noticed) {
  const auto gate = enter("S-1");
  self->send(gate, caf::subscribe_atom_v, strategy_id{"S-1"}, strategy);
  run();
  caf::anon_send_exit(strategy, caf::exit_reason::kill);
  run();
  BOOST_TEST(last_warning().starts_with("strategy S-1 ended"));
}

BOOST_AUTO_TEST_CASE(warnings_about_strangers_have_a_bound) {
  const auto gate = enter("S-1");
  for (int i = 0; i < 100; ++i)
    force(gate, stream_up{now_ms()});
  BOOST_TEST(log->warnings.size() == 10);
}

BOOST_AUTO_TEST_CASE(an_unknown_strategy_is_told_which_there_are) {
  const auto answer = ask<strategy_entry_actor>(order_entry_request{{"S-9"}});
  BOOST_REQUIRE(!answer);
  BOOST_TEST(caf::to_string(answer.error())
               .find("there is no strategy S-9 here; there are S-1, S-2")
             != std::string::npos);
}

BOOST_AUTO_TEST_CASE(nobody_elsewhere_comes_for_a_strategy_of_this_process) {
  reception = spawn_reception(sys, client, {}, {{"quoter"}});
  const auto refused =
    ask<strategy_entry_actor>(order_entry_request{{"quoter"}});
  BOOST_REQUIRE(!refused);
  BOOST_TEST(text_of(refused.error())
             == "strategy quoter is one of the execution client's own process");
  BOOST_TEST(!!ask<strategy_entry_actor>(order_entry_request{{"S-1"}}));
}

BOOST_AUTO_TEST_CASE(a_strategy_gets_the_same_gate_again) {
  BOOST_TEST((enter("S-1") == enter("S-1")));
  BOOST_TEST((enter("S-1") != enter("S-2")));
}

BOOST_AUTO_TEST_CASE(gates_end_with_the_client) {
  const auto gate = enter("S-1");
  caf::anon_send_exit(client, caf::exit_reason::kill);
  run();
  BOOST_TEST(!is_alive(gate.address()));
  BOOST_TEST(!is_alive(reception.address()));
}

BOOST_AUTO_TEST_SUITE_END()
