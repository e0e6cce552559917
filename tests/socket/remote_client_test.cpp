// SPDX-License-Identifier: BSD-3-Clause
#include "tests/socket/client_process.hpp"
#include "tests/socket/silent_port.hpp"
#include "tests/socket/strategy_node.hpp"
#include "tests/socket/tcp_relay.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <memory>

using namespace hlx;
using namespace hlx::test;

namespace {

linked_log::predicate are_up(std::size_t count) {
  return [count](const linked_log& x) { return x.ups.size() >= count; };
}

linked_log::predicate are_down(std::size_t count) {
  return [count](const linked_log& x) { return x.downs.size() >= count; };
}

linked_log::predicate have_come(std::size_t count) {
  return [count](const linked_log& x) { return x.events.size() >= count; };
}

/// How a link fails that cannot come up: the reason told first.
std::string failure(const node_security& security,
                    const remote_client_options& options) {
  const strategy_node node{security, options};
  BOOST_TEST(node.log->wait(are_down(1), notice_max_ms) >= 0);
  return node.log->last_down();
}

void check_part(const std::string& text, const std::string& part) {
  BOOST_TEST(text.find(part) != std::string::npos,
             "\"" << part << "\" is not in: " << text);
}

/// The stream ends, in time, for that reason.
void check_end(const strategy_node& node, stream_end why,
               const std::string& part) {
  const auto has_ended = [](const linked_log& x) { return !x.ended.empty(); };
  BOOST_REQUIRE(node.log->wait(has_ended, notice_max_ms) >= 0);
  BOOST_CHECK(node.log->ended[0].why == why);
  check_part(node.log->ended[0].reason, part);
}

} // namespace

BOOST_AUTO_TEST_SUITE(remote_client_suite)

BOOST_AUTO_TEST_CASE(no_event_is_lost_or_doubled_when_connections_break) {
  constexpr std::size_t orders = 200;
  constexpr std::size_t cuts = 5;
  const client_process client{secured_by(certificates())};
  tcp_relay relay{client.port};
  strategy_node node{secured_by(certificates()), strategy_at(relay.port())};
  for (std::size_t i = 1; i <= orders; ++i) {
    node.submit("O-" + std::to_string(i));
    if (i % (orders / cuts) != 0)
      continue;
    const auto round = i / (orders / cuts);
    BOOST_REQUIRE(node.log->wait(are_up(round), patience_ms) >= 0);
    relay.cut();
    BOOST_REQUIRE(node.log->wait(are_down(round), notice_max_ms) >= 0);
  }
  BOOST_REQUIRE(node.log->wait(have_come(orders), patience_ms) >= 0);
  node.submit("last");
  BOOST_REQUIRE(node.log->wait(have_come(orders + 1), patience_ms) >= 0);
  BOOST_REQUIRE(node.log->events.size() == orders + 1);
  for (std::size_t i = 0; i < orders; ++i) {
    const auto& header = header_of(node.log->events[i]);
    BOOST_TEST(header.sequence == i + 1);
    BOOST_TEST(header.client_order_id.value == "O-" + std::to_string(i + 1));
  }
  BOOST_TEST(node.log->failed.empty());
}

BOOST_AUTO_TEST_CASE(a_frozen_process_is_noticed_and_a_returned_one_resumed) {
  client_process client{secured_by(certificates())};
  strategy_node node{secured_by(certificates()), strategy_at(client.port)};
  BOOST_REQUIRE(node.log->wait(are_up(1), patience_ms) >= 0);
  client.send_signal(SIGSTOP);
  const auto noticed = node.log->wait(are_down(1), patience_ms);
  node.submit("held");
  // Several attempts fail in the meantime.
  BOOST_TEST(node.log->wait(are_up(2), notice_max_ms) == -1);
  client.send_signal(SIGCONT);
  const auto resumed = node.log->wait(are_up(2), patience_ms);
  BOOST_TEST_MESSAGE("noticed in ms: " << noticed << ", resumed: " << resumed);
  BOOST_TEST(noticed >= 0);
  BOOST_TEST(noticed <= notice_max_ms);
  BOOST_TEST(resumed >= 0);
  BOOST_TEST(resumed <= resume_max_ms);
  BOOST_TEST(node.log->wait(have_come(1), patience_ms) >= 0);
}

BOOST_AUTO_TEST_CASE(a_half_open_connection_is_noticed) {
  const client_process client{plaintext()};
  tcp_relay relay{client.port};
  strategy_node node{plaintext(), strategy_at(relay.port())};
  BOOST_REQUIRE(node.log->wait(are_up(1), patience_ms) >= 0);
  relay.set_silent(true);
  BOOST_TEST(node.log->wait(are_down(1), notice_max_ms) >= 0);
  relay.set_silent(false);
  BOOST_TEST(node.log->wait(are_up(2), notice_max_ms) >= 0);
}

BOOST_AUTO_TEST_CASE(a_killed_process_is_noticed_and_a_new_one_found) {
  auto client = std::make_unique<client_process>(secured_by(certificates()));
  const auto port = client->port;
  strategy_node node{secured_by(certificates()), strategy_at(port)};
  BOOST_REQUIRE(node.log->wait(are_up(1), patience_ms) >= 0);
  client->send_signal(SIGKILL);
  BOOST_TEST(node.log->wait(are_down(1), notice_max_ms) >= 0);
  check_part(node.log->last_down(), "is lost");
  client.reset();
  client = std::make_unique<client_process>(secured_by(certificates()), port);
  BOOST_TEST(node.log->wait(are_up(2), patience_ms) >= 0);
}

BOOST_AUTO_TEST_CASE(a_process_that_has_lost_the_events_ends_the_stream) {
  auto client = std::make_unique<client_process>(plaintext());
  const auto port = client->port;
  strategy_node node{plaintext(), strategy_at(port)};
  node.submit("O-1");
  BOOST_REQUIRE(node.log->wait(have_come(1), patience_ms) >= 0);
  client.reset();
  client = std::make_unique<client_process>(plaintext(), port);
  BOOST_REQUIRE(
    node.log->wait([](const linked_log& x) { return !x.ended.empty(); },
                   patience_ms)
    >= 0);
  BOOST_CHECK(node.log->ended[0].why == stream_end::future_number);
}

BOOST_AUTO_TEST_CASE(what_keeps_a_link_down_is_told_by_the_option) {
  const client_process secured{secured_by(certificates())};
  const client_process open{plaintext()};
  const kit::test_certificates foreign;
  check_part(failure(secured_by(foreign), strategy_at(secured.port)),
             "its certificate is refused (ca_file): ");
  auto unknown_here = secured_by(foreign);
  unknown_here.ca_file = certificates().ca_file();
  check_part(failure(unknown_here, strategy_at(secured.port)),
             "it refuses this side's certificate (certificate_file): ");
  check_part(failure(plaintext(), strategy_at(secured.port)),
             "it accepts connections and says nothing: one side may speak "
             "plaintext and the other one TLS");
  check_part(failure(secured_by(certificates()), strategy_at(open.port)),
             "it speaks plaintext, or something else than TLS: ");
  auto options = strategy_at(open.port);
  options.receiver.strategy.value = "S-9";
  BOOST_TEST(failure(plaintext(), options)
             == "receiver.strategy: there is no strategy S-9 here; there are "
                "S-1, S-2");
  options = strategy_at(1);
  BOOST_TEST(
    failure(plaintext(), options)
    == "at: the execution client at 127.0.0.1:1 cannot be reached: nobody "
       "listens there");
  options.at.host = "no-such-host.invalid";
  check_part(failure(secured_by(certificates()), options),
             "no-such-host.invalid:1 cannot be reached: the host is not known");
}

BOOST_AUTO_TEST_CASE(a_host_that_is_silent_holds_up_no_other_link) {
  const client_process client{plaintext()};
  const silent_port silent;
  strategy_node waiting{plaintext(), strategy_at(silent.number())};
  BOOST_REQUIRE(
    waiting.log->wait([](const linked_log& x) { return !x.downs.empty(); },
                      notice_max_ms)
    >= 0);
  check_part(waiting.log->last_down(), "it does not answer");
  const auto up = waiting.also(plaintext(), strategy_at(client.port));
  BOOST_TEST(up->wait(are_up(1), notice_max_ms) >= 0);
}

BOOST_AUTO_TEST_CASE(
  orders_of_a_strategy_that_is_cut_off_are_canceled_in_time) {
  client_process client{plaintext()};
  tcp_relay relay{client.port};
  auto options = strategy_at(relay.port());
  options.receiver.absence = {absence_policy::cancel_all, 100};
  const strategy_node node{plaintext(), options};
  BOOST_REQUIRE(node.log->wait(are_up(1), patience_ms) >= 0);
  relay.set_silent(true);
  BOOST_TEST(client.prints("strategy S-1 has been gone for 100 ms: all its "
                           "orders are canceled"));
}

BOOST_AUTO_TEST_CASE(a_client_of_another_account_ends_the_stream) {
  const client_process client{plaintext()};
  auto options = strategy_at(client.port);
  options.receiver.account.emplace().bytes[0] = 1;
  const strategy_node node{plaintext(), options};
  check_end(node, stream_end::wrong_account, "receiver.account: ");
}

BOOST_AUTO_TEST_CASE(events_that_are_acknowledged_are_not_there_for_another) {
  const client_process client{plaintext()};
  {
    strategy_node node{plaintext(), strategy_at(client.port)};
    node.submit("O-1");
    BOOST_REQUIRE(node.log->wait(have_come(1), patience_ms) >= 0);
    auto options = strategy_at(client.port);
    options.last_handled = 1;
    strategy_node second{plaintext(), options};
    BOOST_REQUIRE(second.log->wait(are_up(1), patience_ms) >= 0);
    check_end(node, stream_end::taken_over, "took over");
  }
  const strategy_node third{plaintext(), strategy_at(client.port)};
  check_end(third, stream_end::forgotten_number, "last_handled: ");
}

BOOST_AUTO_TEST_CASE(a_client_of_another_network_ends_the_stream) {
  const client_process client{plaintext()};
  auto options = strategy_at(client.port);
  options.receiver.network = signing::network::mainnet;
  const strategy_node node{plaintext(), options};
  check_end(node, stream_end::wrong_network, "receiver.network: ");
}

BOOST_AUTO_TEST_SUITE_END()
