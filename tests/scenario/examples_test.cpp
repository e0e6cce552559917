// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/execution_client.hpp"
#include "tests/examples/account_router.hpp"
#include "tests/examples/print_all.hpp"
#include "tests/examples/risk_gate.hpp"
#include "tests/kit/deterministic_system.hpp"
#include "tests/kit/empty_venue.hpp"
#include "tests/kit/scripted_actors.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace hlx;

namespace {

submit_order buy(const char* id, const char* size, const char* coin = "BTC",
                 const char* strategy = "S-1") {
  return {{strategy},
          {.client_order_id = {id},
           .instrument = coin,
           .quantity = *parse<quantity>(size),
           .price = *parse<price>("50000")}};
}

/// The numbers of the events, as "1 2 3".
std::string numbers_of(const kit::heard& log) {
  std::string result;
  for (const auto& event : log.events)
    result +=
      (result.empty() ? "" : " ") + std::to_string(header_of(event).sequence);
  return result;
}

/// An execution client whose venue is the test.
struct account_client {
  std::shared_ptr<kit::heard> log = std::make_shared<kit::heard>();
  execution_client_self client;
};

struct examples_fixture : kit::deterministic_system {
  std::shared_ptr<kit::heard> heard = std::make_shared<kit::heard>();
  strategy_actor strategy = own(sys.spawn(kit::recording_strategy, heard));

  account_client make_client() {
    account_client result;
    execution_client_settings settings;
    settings.instruments = default_instruments();
    execution_client_dependencies dependencies;
    dependencies.submitter =
      [this, log = result.log](caf::actor_system&, const venue_report_actor&) {
        return own(sys.spawn(kit::recording_submitter, log));
      };
    dependencies.reader = [this](caf::actor_system&,
                                 const venue_report_actor&) {
      return own(sys.spawn(kit::mute_reader));
    };
    result.client = own(sys.spawn(execution_client, settings, dependencies));
    return result;
  }

  /// The stream is up, and the venue knows of nothing.
  void get_ready(const account_client& x) {
    tell(x.client, stream_up{now_ms()});
    for (int round = 0; round < 5 && !x.log->queries.empty(); ++round)
      for (const auto& query : std::exchange(x.log->queries, {}))
        tell(x.client,
             info_answer{query.query, kit::empty_answer(query, now_ms())});
  }

  template <class To, class... Ts>
  void tell(const To& to, Ts... message) {
    self->send(to, std::move(message)...);
    run();
  }

  /// The venue's reply to request number `number` of the client, from 0.
  void reply(const account_client& to, std::size_t number,
             element_status status) {
    request_outcome outcome;
    outcome.request = to.log->requests.at(number).request;
    outcome.delivery = request_delivery::answered;
    outcome.reply.kind = reply_kind::statuses;
    outcome.reply.elements.push_back({status, {100 + number}});
    tell(to.client, outcome);
  }
};

struct gate_fixture : examples_fixture {
  account_client venue = make_client();
  risk_gate_actor gate;

  gate_fixture() {
    gate = own(sys.spawn(risk_gate, venue.client,
                         gate_limits{*parse<quantity>("0.1"), 2, {}}));
    tell(gate, caf::subscribe_atom_v, strategy_id{"S-1"}, strategy);
    get_ready(venue);
  }
};

} // namespace

BOOST_AUTO_TEST_SUITE(examples_suite)

BOOST_FIXTURE_TEST_CASE(the_gate_denies_what_is_too_large, gate_fixture) {
  tell(gate, buy("O-1", "0.2"));
  BOOST_TEST(venue.log->requests.empty());
  BOOST_REQUIRE_EQUAL(heard->event_names(), "order_denied");
  BOOST_TEST(std::get<order_denied>(heard->events[0]).reason
             == "gate: at most 0.1");
  BOOST_TEST(header_of(heard->events[0]).client_time_ms == now_ms());
}

BOOST_FIXTURE_TEST_CASE(what_the_gate_says_leaves_no_gap_in_the_numbers,
                        gate_fixture) {
  tell(gate, buy("O-1", "0.1"));
  tell(gate, buy("O-2", "0.2"));
  reply(venue, 0, element_status::resting);
  tell(gate, modify_order{{"S-1"}, {"O-1"}, parse<quantity>("0.3"), {}});
  tell(gate, cancel_order{{"S-1"}, {"O-1"}});
  BOOST_TEST(heard->event_names()
             == "order_submitted order_denied order_accepted "
                "order_modify_rejected");
  BOOST_TEST(numbers_of(*heard) == "1 2 3 4");
  BOOST_TEST(venue.log->requests.size() == 2u); // The order and its cancel.
}

BOOST_FIXTURE_TEST_CASE(the_gate_counts_open_orders_until_they_end,
                        gate_fixture) {
  tell(gate, buy("O-1", "0.1"));
  tell(gate, buy("O-1", "0.1")); // A duplicate: the client denies it.
  submit_list list{{"S-1"}, {buy("O-2", "0.1").order, buy("O-3", "0.1").order}};
  tell(gate, list);
  BOOST_TEST(heard->event_names()
             == "order_submitted order_denied order_denied order_denied");
  reply(venue, 0, element_status::error);
  tell(gate, list);
  BOOST_TEST(heard->event_names()
             == "order_submitted order_denied order_denied order_denied "
                "order_rejected order_submitted order_submitted");
  BOOST_TEST(numbers_of(*heard) == "1 2 3 4 5 6 7");
}

BOOST_FIXTURE_TEST_CASE(the_gate_ends_with_its_strategy, gate_fixture) {
  caf::anon_send_exit(strategy, caf::exit_reason::kill);
  strategy = nullptr;
  run();
  bool ended = false;
  self->monitor(gate);
  self->receive([&](const caf::down_msg&) { ended = true; });
  BOOST_TEST(ended);
}

BOOST_FIXTURE_TEST_CASE(the_router_goes_by_account_and_instrument,
                        examples_fixture) {
  const auto first = make_client();
  const auto first_sol = make_client();
  const auto second = make_client();
  const auto a = *parse_bytes<address>("0x" + std::string(40, 'a'));
  const auto b = *parse_bytes<address>("0x" + std::string(40, 'b'));
  const auto router =
    own(sys.spawn(account_router,
                  client_table{{{a, ""}, first.client},
                               {{a, "SOL"}, first_sol.client},
                               {{b, ""}, second.client}},
                  std::map<strategy_id, address>{{{"S-1"}, a}, {{"S-2"}, b}}));
  const auto other_heard = std::make_shared<kit::heard>();
  const auto other = own(sys.spawn(kit::recording_strategy, other_heard));
  tell(router, caf::subscribe_atom_v, strategy_id{"S-1"}, strategy);
  tell(router, caf::subscribe_atom_v, strategy_id{"S-2"}, other);
  get_ready(first);
  get_ready(first_sol);
  BOOST_TEST(heard->streams.empty()); // One of three is still down.
  get_ready(second);
  BOOST_TEST(heard->streams.size() == 1u);

  tell(router, buy("O-1", "0.1"));
  tell(router, submit_list{{"S-1"},
                           {buy("O-2", "0.1", "SOL").order,
                            buy("O-3", "0.1", "ETH").order}});
  tell(router, buy("P-1", "0.1", "BTC", "S-2"));
  tell(router, buy("Q-1", "0.1", "BTC", "S-3")); // Has no account.
  tell(router, buy("O-2", "0.1", "BTC"));        // In use, at another client.
  BOOST_TEST(first.log->requests.size() == 2u);
  BOOST_TEST(first_sol.log->requests.size() == 1u);
  BOOST_TEST(second.log->requests.size() == 1u);
  tell(router, cancel_order{{"S-1"}, {"O-2"}});
  BOOST_TEST(first_sol.log->requests.size() == 2u);
  reply(first_sol, 0, element_status::resting);
  BOOST_TEST(heard->event_names()
             == "order_submitted order_submitted order_submitted order_denied "
                "order_accepted");
  BOOST_TEST(numbers_of(*heard) == "1 2 3 4 5");
  BOOST_TEST(other_heard->event_names() == "order_submitted");
  // A strategy without an account hears that there is no such order.
  tell(router, caf::subscribe_atom_v, strategy_id{"S-3"}, other);
  tell(router, cancel_order{{"S-3"}, {"Q-1"}});
  BOOST_TEST(other_heard->event_names()
             == "order_submitted order_cancel_rejected");
}

BOOST_FIXTURE_TEST_CASE(the_monitor_prints_all_strategies_events,
                        examples_fixture) {
  const auto venue = make_client();
  std::vector<std::string> lines;
  own(sys.spawn(print_all, venue.client,
                [&lines](const std::string& line) { lines.push_back(line); }));
  tell(venue.client, caf::subscribe_atom_v, strategy_id{"S-1"}, strategy);
  tell(venue.client, caf::subscribe_atom_v, strategy_id{"S-2"}, strategy);
  get_ready(venue);
  tell(venue.client, buy("O-1", "0.1"));
  tell(venue.client, buy("P-1", "0.1", "ETH", "S-2"));
  fill_report stranger;
  stranger.instrument = "SOL";
  stranger.oid = {77};
  stranger.time_ms = now_ms();
  user_stream_update update;
  update.fills.push_back(stranger);
  update.warnings.emplace_back("strange");
  tell(venue.client, update);
  BOOST_REQUIRE_EQUAL(lines.size(), 5u);
  const auto has = [&lines](std::size_t i, std::string_view text) {
    return lines[i].find(text) != std::string::npos;
  };
  BOOST_TEST(has(0, R"("stream":"up")"));
  BOOST_TEST(has(1, R"("event":"order_submitted","strategy":"S-1")"));
  BOOST_TEST(has(2, R"("event":"order_submitted","strategy":"S-2")"));
  BOOST_TEST(
    (has(3, R"("report":"fill")") || has(3, R"("warning":"strange")")));
  BOOST_TEST(
    (has(4, R"("report":"fill")") || has(4, R"("warning":"strange")")));
}

BOOST_AUTO_TEST_SUITE_END()
