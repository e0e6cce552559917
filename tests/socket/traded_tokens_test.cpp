// SPDX-License-Identifier: BSD-3-Clause
#include "tests/socket/relayed_events.hpp"
#include "tests/venue/embedded_venue.hpp"

#include <caf/actor_system_config.hpp>
#include <caf/send.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>

/// What is traded token against token, by a client at the simulated venue.
using namespace hlx;
using namespace std::chrono_literals;

namespace {

struct config : caf::actor_system_config {
  config() { hlx::add_message_types(*this); }
};

struct tokens_fixture {
  config cfg;
  caf::actor_system system{cfg};
  caf::scoped_actor self{system};
  venue::embedded_venue venue{system, {.venue = {.block_interval_ms = 5}}};
  execution_client_actor client;
  strategy_actor strategy;

  tokens_fixture() {
    auto started = spawn_execution_client(system, venue.options());
    if (!started)
      BOOST_FAIL(text_of(started.error()));
    client = *started;
    strategy =
      system.spawn(test::relaying_strategy, caf::actor_cast<caf::actor>(self));
    self->send(client, caf::subscribe_atom_v, strategy_id{"S-1"}, strategy);
    expect<stream_changed>();
  }

  ~tokens_fixture() {
    BOOST_TEST(stop(system, client));
    self->send_exit(strategy, caf::exit_reason::user_shutdown);
  }

  void credit(std::string_view token, std::string_view total) {
    venue.control(R"({"spot":{"user":")"
                  + to_string(venue.options().key->signer_address())
                  + R"(","token":")" + std::string{token} + R"(","total":")"
                  + std::string{total} + R"("}})");
  }

  /// An order of the house.
  void quote(std::string_view coin, std::string_view side, std::string_view px,
             std::string_view sz) {
    std::string request{R"({"book":{"coin":")"};
    request.append(coin).append(R"(","side":")").append(side);
    request.append(R"(","px":")").append(px).append(R"(","sz":")").append(sz);
    venue.control(request.append(R"("}})"));
  }

  /// Waits for the next event; it must be a T.
  template <class T>
  T expect() {
    return test::expect<T>(self);
  }

  void submit(const std::string& id, const std::string& instrument,
              order_side side, std::string_view limit, std::string_view size) {
    submit_order command{{"S-1"}, {}};
    command.order.client_order_id.value = id;
    command.order.instrument = instrument;
    command.order.side = side;
    command.order.quantity = *parse<quantity>(size);
    command.order.price = *parse<price>(limit);
    self->send(client, command);
  }

  /// Submits again and again, under names that begin so, until the instrument
  /// is listed: the client asks for the list when it does not know it. Returns
  /// the name of the order that was submitted.
  std::string submit_when_listed(const std::string& prefix,
                                 const std::string& instrument,
                                 std::string_view limit,
                                 std::string_view size) {
    const auto give_up = std::chrono::steady_clock::now() + 10s;
    for (int i = 1; std::chrono::steady_clock::now() < give_up; ++i) {
      auto id = prefix + std::to_string(i);
      submit(id, instrument, order_side::buy, limit, size);
      bool denied = false;
      self->receive([&](const order_submitted&) {},
                    [&](const order_denied&) { denied = true; },
                    caf::after(10s) >>
                      [] { BOOST_FAIL("nothing within 10 s"); });
      if (!denied)
        return id;
    }
    BOOST_FAIL(instrument << " was never listed");
    return {};
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(traded_tokens_suite, tokens_fixture)

BOOST_AUTO_TEST_CASE(a_pair_without_a_name_is_traded_under_its_number) {
  credit("USDC", "1000");
  submit("O-1", "@1", order_side::buy, "1.2", "20");
  expect<order_submitted>();
  expect<order_accepted>();
  quote("@1", "sell", "1.2", "12");
  const auto filled = expect<order_filled>();
  BOOST_TEST(filled.instrument == "@1");
  BOOST_TEST(to_string(filled.cum_quantity) == "12");
  BOOST_TEST(filled.commission_currency == "HFUN");
  self->send(client, cancel_order{{"S-1"}, {"O-1"}});
  expect<order_canceled>();
  submit("O-2", "@1", order_side::sell, "1.3", "11");
  expect<order_submitted>();
  expect<order_accepted>();
  quote("@1", "buy", "1.3", "11");
  BOOST_TEST(expect<order_filled>().commission_currency == "USDC");
}

BOOST_AUTO_TEST_CASE(both_sides_of_an_outcome_are_traded) {
  credit("USDH", "1000");
  for (const auto* const coin : {"#0", "#1"}) {
    const auto id =
      submit_when_listed(std::string{coin} + '-', coin, "0.4", "100");
    expect<order_accepted>();
    quote(coin, "sell", "0.4", "60");
    const auto filled = expect<order_filled>();
    BOOST_TEST(filled.instrument == coin);
    BOOST_TEST(to_string(filled.cum_quantity) == "60");
    BOOST_TEST(filled.commission_currency == '+' + std::string{coin + 1});
    self->send(client, cancel_order{{"S-1"}, {id}});
    expect<order_canceled>();
    submit(id + "-sell", coin, order_side::sell, "0.9", "59");
    expect<order_submitted>();
    expect<order_accepted>();
    quote(coin, "buy", "0.9", "59");
    BOOST_TEST(expect<order_filled>().commission_currency == "USDH");
  }
}

BOOST_AUTO_TEST_CASE(a_settled_outcome_ends_the_orders_in_it) {
  credit("USDH", "1000");
  submit_when_listed("O-", "#0", "0.4", "100");
  expect<order_accepted>();
  venue.control(R"({"settle":{"outcome":0,"side":1}})");
  BOOST_TEST(expect<order_canceled>().reason == "outcomeSettledCanceled");
}

BOOST_AUTO_TEST_SUITE_END()
