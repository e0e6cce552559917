// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/topology.hpp"
#include "tests/kit/certificates.hpp"
#include "tests/kit/scripted_actors.hpp"
#include "tests/socket/relayed_events.hpp"
#include "tests/venue/venue_server.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>

using namespace hlx;
using namespace std::chrono_literals;

namespace {

struct config : caf::actor_system_config {
  config() { hlx::add_message_types(*this); }
};

struct topology_fixture {
  config cfg;
  caf::actor_system system{cfg};
  caf::scoped_actor self{system};
  venue::simulated_venue_actor venue;
  std::uint16_t port = 0;
  execution_client_actor client;
  strategy_actor strategy;

  ~topology_fixture() {
    if (client)
      BOOST_TEST(stop(system, client));
    if (strategy)
      self->send_exit(strategy, caf::exit_reason::user_shutdown);
    if (venue)
      self->send_exit(venue, caf::exit_reason::user_shutdown);
  }

  void start_venue(venue::venue_server_options options = {}) {
    options.venue.block_interval_ms = 5;
    venue = venue::spawn_simulated_venue(system, options);
    self->request(venue, caf::infinite, caf::get_atom_v)
      .receive([&](std::uint16_t x, std::uint16_t) { port = x; },
               [](const caf::error& e) { BOOST_FAIL(caf::to_string(e)); });
    control(R"({"fund":{"user":")" + to_string(signer())
            + R"(","usdc":"100000"}})");
  }

  std::string control(const std::string& request) {
    std::string result;
    self->request(venue, caf::infinite, caf::put_atom_v, request)
      .receive(
        [&](int status, const std::string& body) {
          BOOST_TEST(status == 200, request << ": " << body);
          result = body;
        },
        [](const caf::error& e) { BOOST_FAIL(caf::to_string(e)); });
    return result;
  }

  static address signer() { return kit::test_signer()->signer_address(); }

  client_options options() const {
    client_options result;
    result.url = "http://127.0.0.1:" + std::to_string(port);
    result.key = kit::test_signer();
    return result;
  }

  void start_client(const client_options& x) {
    auto started = spawn_execution_client(system, x);
    if (!started)
      BOOST_FAIL(text_of(started.error()));
    client = *started;
    strategy =
      system.spawn(test::relaying_strategy, caf::actor_cast<caf::actor>(self));
    self->send(client, caf::subscribe_atom_v, strategy_id{"S-1"}, strategy);
  }

  /// Why the client does not start; that must be known within seconds.
  std::string start_failure(const client_options& x) {
    const auto before = std::chrono::steady_clock::now();
    auto started = spawn_execution_client(system, x);
    BOOST_TEST((std::chrono::steady_clock::now() - before < 7s));
    if (!started)
      return text_of(started.error());
    client = *started;
    return {};
  }

  /// Waits for the next event; it must be a T.
  template <class T>
  T expect() {
    return test::expect<T>(self);
  }

  void submit(const std::string& id, std::string_view limit,
              std::string_view size) {
    submit_order command{{"S-1"}, {}};
    command.order.client_order_id.value = id;
    command.order.instrument = "BTC";
    command.order.quantity = *parse<quantity>(size);
    command.order.price = *parse<price>(limit);
    self->send(client, command);
  }

  std::string outcome_of(account_command_body body) {
    std::string result;
    self->request(client, 10s, account_command{std::move(body)})
      .receive(
        [&](const account_result& x) {
          result = std::string{to_string(x.outcome)} + ": " + x.reason;
        },
        [](const caf::error& e) { BOOST_FAIL(caf::to_string(e)); });
    return result;
  }

  void check_one_life() {
    submit("O-1", "50000", "0.01");
    BOOST_TEST(expect<order_submitted>().header.sequence == 1u);
    const auto accepted = expect<order_accepted>();
    BOOST_TEST(accepted.header.sequence == 2u);
    self->send(client, modify_order{{"S-1"},
                                    {"O-1"},
                                    *parse<quantity>("0.02"),
                                    *parse<price>("51000")});
    const auto updated = expect<order_updated>();
    BOOST_TEST(updated.venue_order_id.value > accepted.venue_order_id.value);
    control(R"({"book":{"coin":"BTC","side":"sell","px":"51000",)"
            R"("sz":"0.005"}})");
    BOOST_TEST(to_string(expect<order_filled>().cum_quantity) == "0.005");
    self->send(client, cancel_order{{"S-1"}, {"O-1"}});
    BOOST_TEST(expect<order_canceled>().header.sequence == 5u);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(topology_suite, topology_fixture)

BOOST_AUTO_TEST_CASE(an_order_lives_its_life_over_plain_sockets) {
  start_venue();
  start_client(options());
  expect<stream_changed>();
  check_one_life();
}

BOOST_AUTO_TEST_CASE(an_order_lives_its_life_over_tls) {
  kit::test_certificates certificates;
  start_venue({.certificate_file = certificates.certificate_file(),
               .key_file = certificates.key_file()});
  auto x = options();
  x.url = "https://localhost:" + std::to_string(port);
  x.ca_file = certificates.ca_file();
  x.own_thread = false;
  start_client(x);
  expect<stream_changed>();
  check_one_life();
}

BOOST_AUTO_TEST_CASE(an_order_lives_its_life_by_posts_over_tls) {
  kit::test_certificates certificates;
  start_venue({.certificate_file = certificates.certificate_file(),
               .key_file = certificates.key_file()});
  auto x = options();
  x.url = "https://localhost:" + std::to_string(port);
  x.ca_file = certificates.ca_file();
  x.submitter.path = submit_path::websocket;
  start_client(x);
  expect<stream_changed>();
  check_one_life();
}

BOOST_AUTO_TEST_CASE(a_vault_and_a_sub_account_are_traded_for_their_owner) {
  start_venue();
  for (const auto* const kind : {"vault", "sub_account"}) {
    const auto made = control(std::string{R"({")"} + kind + R"(":{"user":")"
                              + to_string(signer()) + R"(","name":"x"}})");
    const auto at = made.find("0x");
    BOOST_REQUIRE(at != std::string::npos);
    const auto text = made.substr(at, to_string(address{}).size());
    control(R"({"fund":{"user":")" + text + R"(","usdc":"100000"}})");
    auto x = options();
    x.account = parse_bytes<address>(text);
    start_client(x);
    expect<stream_changed>();
    check_one_life();
    BOOST_TEST(stop(system, client));
    client = execution_client_actor{};
  }
}

BOOST_AUTO_TEST_CASE(what_is_done_to_the_account_is_answered) {
  start_venue();
  start_client(options());
  BOOST_TEST(outcome_of(set_leverage{"BTC", 7, true}) == "done: ");
  BOOST_TEST(outcome_of(set_leverage{"BTC", 41, true})
             == "denied: the leverage of BTC must be 1 to 40, not 41");
  BOOST_TEST(outcome_of(move_isolated_margin{"BTC", *parse<amount>("1")})
             == "refused: Position does not use isolated margin.");
  BOOST_TEST(outcome_of(approve_agent{address{{0xbb}}, "bot"}) == "done: ");
  BOOST_TEST(
    outcome_of(approve_builder_fee{address{{0xcc}}, *parse<amount>("0.01")})
    == "done: ");
  BOOST_TEST(outcome_of(send_usd{address{{0xdd}}, *parse<amount>("5")})
             == "done: ");
  BOOST_TEST(outcome_of(transfer_between_wallets{*parse<amount>("5"), false})
             == "done: ");
}

BOOST_AUTO_TEST_CASE(several_clients_trade_in_one_process) {
  start_venue();
  start_client(options());
  expect<stream_changed>();
  auto second = options();
  second.key = std::make_shared<const signing::signer>(
    std::move(*signing::secret_key::from_hex(std::string(64, '7'))));
  control(R"({"fund":{"user":")" + to_string(second.key->signer_address())
          + R"(","usdc":"100000"}})");
  auto other = spawn_execution_client(system, second);
  if (!other)
    BOOST_FAIL(text_of(other.error()));
  self->send(*other, caf::subscribe_atom_v, strategy_id{"S-1"}, strategy);
  expect<stream_changed>();
  submit("O-1", "50000", "0.01");
  BOOST_TEST(expect<order_submitted>().header.sequence == 1u);
  expect<order_accepted>();
  // The same ids, another account: neither knows of the other.
  std::swap(client, *other);
  submit("O-1", "50000", "0.01");
  BOOST_TEST(expect<order_submitted>().header.sequence == 1u);
  expect<order_accepted>();
  BOOST_TEST(stop(system, client));
  client = *other;
}

BOOST_AUTO_TEST_CASE(an_agent_of_another_account_is_an_error_with_both) {
  start_venue();
  const address mine{{0xaa}};
  const address theirs{{0xbb}};
  for (const auto& x : {mine, theirs})
    control(R"({"fund":{"user":")" + to_string(x) + R"(","usdc":"1"}})");
  control(R"({"agent":{"user":")" + to_string(theirs) + R"(","agent":")"
          + to_string(signer()) + R"("}})");
  auto x = options();
  x.account = mine;
  const auto why = start_failure(x);
  BOOST_TEST(why
             == "the key's address " + to_string(signer())
                  + " is an agent of the account " + to_string(theirs)
                  + ", not of the account " + to_string(mine));
}

BOOST_AUTO_TEST_CASE(an_agent_signs_for_its_account) {
  start_venue();
  const auto* const account = "0x00000000000000000000000000000000000000aa";
  control(R"({"fund":{"user":")" + std::string{account}
          + R"(","usdc":"100000"}})");
  control(R"({"agent":{"user":")" + std::string{account} + R"(","agent":")"
          + to_string(signer()) + R"("}})");
  auto x = options();
  x.account = parse_bytes<address>(account);
  start_client(x);
  expect<stream_changed>();
  check_one_life();
}

BOOST_AUTO_TEST_CASE(a_bad_moment_of_the_venue_is_waited_out_at_the_start) {
  start_venue();
  for (const auto* fault : {"info_429", "info_500"}) {
    control(R"({"fault":{"name":")" + std::string{fault} + R"(","count":3}})");
    BOOST_TEST(start_failure(options()) == "");
    BOOST_REQUIRE(client);
    BOOST_TEST(stop(system, client));
    client = nullptr;
  }
  control(R"({"fault":{"name":"info_429","count":4}})");
  const auto why = start_failure(options());
  BOOST_TEST(why.find("HTTP 429") != std::string::npos, why);
}

BOOST_AUTO_TEST_CASE(a_venue_that_is_not_there_is_an_error) {
  start_venue();
  self->send_exit(venue, caf::exit_reason::user_shutdown);
  self->wait_for(venue);
  venue = nullptr;
  const auto why = start_failure(options());
  BOOST_TEST(
    why.find("http://127.0.0.1:" + std::to_string(port) + " cannot be reached")
      != std::string::npos,
    why);
}

BOOST_AUTO_TEST_CASE(a_certificate_that_does_not_fit_is_an_error) {
  kit::test_certificates certificates{"venue.invalid"};
  start_venue({.certificate_file = certificates.certificate_file(),
               .key_file = certificates.key_file()});
  auto x = options();
  x.url = "https://localhost:" + std::to_string(port);
  x.ca_file = certificates.ca_file();
  const auto mismatch = start_failure(x);
  BOOST_TEST(mismatch.find("hostname mismatch") != std::string::npos, mismatch);
  x.ca_file.clear();
  const auto unknown = start_failure(x);
  BOOST_TEST(unknown.find("certificate") != std::string::npos, unknown);
}

BOOST_AUTO_TEST_CASE(a_key_of_another_account_is_an_error) {
  start_venue();
  auto x = options();
  x.account = address{{0xaa}};
  control(R"({"fund":{"user":")" + to_string(*x.account) + R"(","usdc":"1"}})");
  const auto why = start_failure(x);
  BOOST_TEST(why.find(to_string(signer())) != std::string::npos, why);
  BOOST_TEST(why.find(to_string(*x.account)) != std::string::npos, why);
  BOOST_TEST(why.find("neither") != std::string::npos, why);
}

BOOST_AUTO_TEST_CASE(options_that_make_no_sense_are_errors) {
  auto x = options();
  x.url = "localhost";
  BOOST_TEST(start_failure(x).find("'localhost' does not begin with")
             != std::string::npos);
  x = options();
  x.key = nullptr;
  BOOST_TEST(start_failure(x) == "there is no key to sign with");
}

BOOST_AUTO_TEST_CASE(a_lost_user_stream_comes_back) {
  start_venue();
  auto x = options();
  x.link.retry_delay_min_ms = 10;
  start_client(x);
  BOOST_TEST(expect<stream_changed>().up);
  submit("O-1", "50000", "0.01");
  expect<order_submitted>();
  expect<order_accepted>();
  control(R"({"fault":{"name":"session_close","count":1}})");
  control(R"({"book":{"coin":"BTC","side":"sell","px":"50000","sz":"0.01"}})");
  int filled = 0;
  int changes = 0;
  while (filled < 1 || changes < 2)
    self->receive([&](const order_filled&) { ++filled; },
                  [&](const stream_changed&) { ++changes; },
                  caf::after(10s) >>
                    [&] { BOOST_FAIL("nothing within 10 s"); });
  BOOST_TEST(filled == 1);
}

BOOST_AUTO_TEST_CASE(a_stop_under_load_ends_everything) {
  start_venue();
  start_client(options());
  expect<stream_changed>();
  for (int i = 0; i < 200; ++i)
    submit("O-" + std::to_string(i), "50000", "0.01");
  expect<order_submitted>();
  BOOST_TEST(stop(system, client));
  client = nullptr;
}

BOOST_AUTO_TEST_SUITE_END()
