// SPDX-License-Identifier: BSD-3-Clause
// A user's own unit test of a strategy: no venue, no socket, and a clock that
// stands still. The test speaks for the execution client.
#define BOOST_TEST_MODULE strategy
#include "hlx/actors/strategy.hpp"
#include "tests/kit/strategy_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>

namespace {

/// Buys low, and sells what it got a hundred dollars above.
hlx::strategy_actor::behavior_type flipper(
  hlx::strategy_actor::pointer self, const hlx::order_entry_actor& client) {
  const hlx::strategy_id me{"flipper"};
  self->send(client, caf::subscribe_atom_v, me, hlx::strategy_actor{self});
  const auto submit = [=](std::string id, hlx::order_side side,
                          hlx::quantity quantity, hlx::price price) {
    self->send(client, hlx::submit_order{me,
                                         {.client_order_id = {std::move(id)},
                                          .instrument = "BTC",
                                          .side = side,
                                          .quantity = quantity,
                                          .price = price}});
  };
  submit("buy", hlx::order_side::buy, *hlx::parse<hlx::quantity>("0.02"),
         *hlx::parse<hlx::price>("50000"));
  return hlx::on_events(
    [=](const hlx::order_filled& x) {
      const auto profit = *hlx::parse<hlx::price>("100");
      if (x.side == hlx::order_side::buy)
        submit("sell-" + to_string(x.trade_id), hlx::order_side::sell,
               x.last_quantity, {x.last_price.raw + profit.raw});
    },
    [=](const hlx::stream_changed& x) {
      if (!x.up)
        self->send(client, hlx::cancel_all{me, {}});
    });
}

// [begin strategy_test]
struct flipper_fixture : hlx::kit::strategy_fixture {
  flipper_fixture() { own(sys.spawn(flipper, client)); }
};

BOOST_FIXTURE_TEST_CASE(every_bought_lot_is_offered_higher, flipper_fixture) {
  BOOST_TEST(to_string(next<hlx::submit_order>().order.quantity) == "0.02");
  accepted("buy");
  BOOST_TEST(idle());
  filled("buy", "0.005", "49990");
  const auto offer = next<hlx::submit_order>().order;
  BOOST_TEST((offer.side == hlx::order_side::sell));
  BOOST_TEST(to_string(offer.quantity) == "0.005");
  BOOST_TEST(to_string(*offer.price) == "50090");
  filled(offer.client_order_id.value, "0.005", "50090");
  BOOST_TEST(idle());
}
// [end strategy_test]

BOOST_FIXTURE_TEST_CASE(nothing_stays_open_when_the_stream_is_down,
                        flipper_fixture) {
  next<hlx::submit_order>();
  stream(false);
  BOOST_TEST(next<hlx::cancel_all>().strategy.value == "flipper");
  canceled("buy");
  stream(true);
  BOOST_TEST(idle());
}

} // namespace
