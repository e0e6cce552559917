// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/execution_client.hpp"
#include "hlx/messages/signing/keccak.hpp"
#include "tests/kit/deterministic_system.hpp"
#include "tests/kit/empty_venue.hpp"
#include "tests/kit/scripted_actors.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace hlx;

namespace {

/// The client between stand-ins: what it asks for is kept, and nothing is
/// answered unless the test does.
struct shell_fixture : kit::deterministic_system {
  std::shared_ptr<kit::heard> log = std::make_shared<kit::heard>();
  std::vector<http_submitter_actor> submitters;
  std::vector<websocket_reader_actor> readers;
  int failing_starts = 0; ///< Of the submitter, to come.
  strategy_actor strategy = own(sys.spawn(kit::recording_strategy, log));
  report_listener_actor listener = own(sys.spawn(kit::recording_listener, log));
  execution_client_self client;

  shell_fixture() {
    execution_client_settings settings;
    settings.instruments = default_instruments();
    execution_client_dependencies dependencies;
    dependencies.submitter = [this](caf::actor_system&,
                                    const venue_report_actor&) {
      if (failing_starts > 0) {
        --failing_starts;
        throw std::runtime_error("no such file");
      }
      submitters.push_back(own(sys.spawn(kit::recording_submitter, log)));
      return submitters.back();
    };
    dependencies.reader = [this](caf::actor_system&,
                                 const venue_report_actor&) {
      readers.push_back(own(sys.spawn(kit::mute_reader)));
      return readers.back();
    };
    client = own(sys.spawn(execution_client, settings, dependencies));
    self->send(client, caf::subscribe_atom_v, strategy_id{"S-1"}, strategy);
    self->send(client, caf::subscribe_atom_v, listener);
    run();
  }

  template <class Message>
  void tell(Message message) {
    self->send(client, std::move(message));
    run();
  }

  /// The stream is up and the venue knows of no order and no fill.
  void get_ready() {
    tell(stream_up{now_ms()});
    for (int round = 0; round < 5 && !log->queries.empty(); ++round)
      for (const auto& query : std::exchange(log->queries, {}))
        tell(info_answer{query.query, kit::empty_answer(query, now_ms())});
    BOOST_REQUIRE(status().ready);
  }

  client_status status() {
    client_status result;
    auto handle = self->request(client, caf::infinite, status_request{});
    run();
    handle.receive([&](const client_status& x) { result = x; },
                   [](const caf::error& e) { BOOST_FAIL(caf::to_string(e)); });
    return result;
  }

  submit_order order(const std::string& id) {
    submit_order result{{"S-1"}, {}};
    result.order.client_order_id.value = id;
    result.order.instrument = "BTC";
    result.order.quantity = *parse<quantity>("0.01");
    result.order.price = *parse<price>("50000");
    return result;
  }

  request_outcome resting(request_id request, std::uint64_t oid) {
    request_outcome result;
    result.request = request;
    result.delivery = request_delivery::answered;
    result.reply.kind = reply_kind::statuses;
    result.reply.elements.push_back({element_status::resting, {oid}});
    return result;
  }

  order_status_report report(const std::string& id, std::uint64_t oid,
                             venue_order_status what, std::string word) {
    order_status_report result;
    result.instrument = "BTC";
    result.oid = {oid};
    result.cloid = signing::cloid_of({id});
    result.limit_price = *parse<price>("50000");
    result.original_quantity = *parse<quantity>("0.01");
    result.remaining_quantity = result.original_quantity;
    result.placed_ms = now_ms();
    result.status_ms = now_ms();
    result.status = what;
    result.status_word = std::move(word);
    return result;
  }

  void kill(const auto& actor) {
    caf::anon_send_exit(actor, caf::exit_reason::kill);
    run();
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(execution_client_suite, shell_fixture)

BOOST_AUTO_TEST_CASE(commands_leave_as_requests_and_come_back_as_events) {
  get_ready();
  tell(order("O-1"));
  BOOST_REQUIRE_EQUAL(log->requests.size(), 1u);
  BOOST_TEST(log->event_names() == "order_submitted");
  BOOST_TEST(status().unanswered_requests == 1u);
  tell(resting(log->requests[0].request, 77));
  BOOST_TEST(log->event_names() == "order_submitted order_accepted");
  BOOST_TEST(status().unanswered_requests == 0u);
  BOOST_TEST(status().open_orders == 1u);
  user_stream_update update;
  update.orders.push_back(
    report("O-1", 77, venue_order_status::canceled_by_venue, "marginCanceled"));
  tell(update);
  BOOST_TEST(log->event_names()
             == "order_submitted order_accepted order_canceled");
  BOOST_TEST(status().events == 3u);
}

BOOST_AUTO_TEST_CASE(reply_and_frame_race_without_a_second_event) {
  get_ready();
  tell(order("O-1"));
  user_stream_update update;
  update.orders.push_back(report("O-1", 77, venue_order_status::open, "open"));
  self->send(client, update);
  self->send(client, resting(log->requests.at(0).request, 77));
  deliver<user_stream_update>(self, client);
  deliver<order_accepted>(client, strategy);
  deliver<request_outcome>(self, client);
  BOOST_TEST(!sched.has_job());
}

BOOST_AUTO_TEST_CASE(deadlines_follow_the_actor_clock) {
  get_ready();
  tell(order("O-1"));
  request_outcome unknown;
  unknown.request = log->requests.at(0).request;
  tell(unknown);
  log->queries.clear();
  advance(6'999);
  BOOST_TEST(log->queries.empty());
  // Five seconds after it was sent it expires, by the venue's clock for sure
  // two later.
  advance(2'001);
  BOOST_TEST(!log->queries.empty());
}

BOOST_AUTO_TEST_CASE(strangers_are_told_raw_to_every_listener) {
  const auto other_log = std::make_shared<kit::heard>();
  const auto other = own(sys.spawn(kit::recording_listener, other_log));
  self->send(client, caf::subscribe_atom_v, other);
  run();
  get_ready();
  user_stream_update update;
  update.orders.push_back(
    report("not ours", 99, venue_order_status::open, "open"));
  update.orders.back().cloid.reset();
  tell(update);
  BOOST_TEST(log->statuses.size() == 1u);
  BOOST_TEST(other_log->statuses.size() == 1u);
  BOOST_TEST(log->events.empty());
}

BOOST_AUTO_TEST_CASE(a_monitor_hears_every_strategy_and_strangers_once) {
  const auto all = std::make_shared<kit::heard>();
  const auto monitor = own(sys.spawn(kit::recording_monitor, all));
  const monitoring_actor view = client;
  for (int i = 0; i < 2; ++i) // A repeated subscription changes nothing.
    self->send(view, caf::subscribe_atom_v, monitor);
  get_ready();
  tell(order("O-1"));
  auto others = order("P-1");
  others.strategy = {"S-2"}; // Has no subscriber.
  tell(others);
  user_stream_update update;
  update.orders.push_back(report("X-1", 5, venue_order_status::open, "open"));
  tell(update);
  BOOST_REQUIRE_EQUAL(all->event_names(), "order_submitted order_submitted");
  BOOST_TEST(header_of(all->events[0]).strategy.value == "S-1");
  BOOST_TEST(header_of(all->events[1]).strategy.value == "S-2");
  BOOST_TEST(log->event_names() == "order_submitted");
  BOOST_TEST(all->statuses.size() == 1u);
  BOOST_TEST(all->streams.size() == 1u);
  BOOST_TEST(all->warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_monitor_that_ends_is_forgotten) {
  const auto all = std::make_shared<kit::heard>();
  const auto monitor = sys.spawn(kit::recording_monitor, all);
  self->send(client, caf::subscribe_atom_v, monitor);
  get_ready();
  kill(monitor);
  tell(order("O-1"));
  BOOST_TEST(all->events.empty());
  BOOST_TEST(log->event_names() == "order_submitted");
}

BOOST_AUTO_TEST_CASE(warnings_from_before_wait_for_the_first_listener) {
  kill(listener);
  user_stream_update update;
  update.warnings = {"first", "second"};
  tell(update);
  BOOST_TEST(log->warnings.empty());
  const auto other_log = std::make_shared<kit::heard>();
  const auto other = own(sys.spawn(kit::recording_listener, other_log));
  self->send(client, caf::subscribe_atom_v, other);
  run();
  BOOST_REQUIRE_EQUAL(other_log->warnings.size(), 2u);
  BOOST_TEST(other_log->warnings[0].text.find("first") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(events_of_a_strategy_that_is_gone_are_counted_and_warned) {
  get_ready();
  kill(strategy);
  BOOST_TEST(log->was_warned("strategy S-1 ended"));
  tell(order("O-1"));
  tell(order("O-2"));
  BOOST_TEST(status().undelivered_events == 2u);
  BOOST_TEST(log->was_warned("strategy S-1 has no subscriber"));
  const auto successor = own(sys.spawn(kit::recording_strategy, log));
  self->send(client, caf::subscribe_atom_v, strategy_id{"S-1"}, successor);
  tell(order("O-3"));
  BOOST_REQUIRE_EQUAL(log->events.size(), 1u);
  BOOST_TEST(header_of(log->events[0]).sequence == 3u);
}

BOOST_AUTO_TEST_CASE(a_strategy_that_is_stopped_is_no_reason_to_warn) {
  get_ready();
  log->warnings.clear();
  caf::anon_send_exit(strategy, caf::exit_reason::user_shutdown);
  run();
  BOOST_TEST(log->warnings.empty());
  BOOST_TEST(status().strategies == 0u);
}

BOOST_AUTO_TEST_CASE(a_dead_submitter_leaves_its_requests_unknown) {
  get_ready();
  tell(order("O-1"));
  tell(order("O-2"));
  kill(submitters.at(0));
  BOOST_TEST(submitters.size() == 2u);
  BOOST_TEST(status().unanswered_requests == 0u);
  BOOST_TEST(status().submitter_restarts == 1u);
  BOOST_TEST(log->was_warned("the HTTP submitter ended"));
  // Neither accepted nor rejected: nobody knows yet.
  BOOST_TEST(log->event_names() == "order_submitted order_submitted");
  tell(order("O-3"));
  BOOST_TEST(log->requests.size() == 3u);
  tell(resting(log->requests[2].request, 77));
  log->queries.clear();
  advance(9'000);
  BOOST_TEST(!log->queries.empty()); // So the venue is asked.
}

BOOST_AUTO_TEST_CASE(a_submitter_that_keeps_dying_is_restarted_less_often) {
  for (int i = 0; i < 4; ++i) {
    kill(submitters.back());
    advance(1'000);
  }
  BOOST_TEST(submitters.size() == 5u);
  const auto before = now_ms();
  kill(submitters.back());
  while (submitters.size() == 5u)
    advance(100);
  BOOST_TEST(now_ms() - before == 800);
}

BOOST_AUTO_TEST_CASE(a_submitter_that_cannot_start_is_tried_again) {
  get_ready();
  failing_starts = 2;
  kill(submitters.at(0));
  BOOST_TEST(log->was_warned("cannot start the HTTP submitter: no such file"));
  tell(order("O-1"));
  // Not sent, and tried once more in vain: the order was never placed.
  BOOST_TEST(log->event_names() == "order_submitted order_rejected");
  advance(1'000);
  BOOST_TEST(submitters.size() == 2u);
  tell(order("O-2"));
  BOOST_TEST(log->requests.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_dead_reader_is_a_stream_that_is_down) {
  get_ready();
  log->streams.clear();
  kill(readers.at(0));
  BOOST_TEST(readers.size() == 2u);
  BOOST_REQUIRE_EQUAL(log->streams.size(), 1u);
  BOOST_TEST(!log->streams[0].up);
  BOOST_TEST(!status().ready);
  tell(order("O-1"));
  BOOST_TEST(log->requests.empty());
  get_ready();
  BOOST_TEST(log->requests.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_stop_ends_the_children_first_and_hears_them_out) {
  get_ready();
  tell(order("O-1"));
  self->monitor(client);
  self->send_exit(client, caf::exit_reason::user_shutdown);
  deliver<caf::exit_msg>(self, client);
  tell(order("O-2"));
  BOOST_TEST(log->requests.size() == 1u);
  bool ended = false;
  self->receive([&](const caf::down_msg& x) {
    ended = x.reason == caf::exit_reason::user_shutdown;
  });
  BOOST_TEST(ended);
}

BOOST_AUTO_TEST_CASE(an_outcome_that_comes_during_the_stop_still_counts) {
  get_ready();
  tell(order("O-1"));
  self->send_exit(client, caf::exit_reason::user_shutdown);
  self->send(client, resting(log->requests.at(0).request, 77));
  run();
  BOOST_TEST(log->event_names() == "order_submitted order_accepted");
}

BOOST_AUTO_TEST_SUITE_END()
