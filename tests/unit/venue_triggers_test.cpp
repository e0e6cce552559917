// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_desk.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::venue;
using enum trigger_kind;

namespace {

struct trigger_desk : desk {
  /// Alice is long 0.02 BTC, and there is a bid of the house far below.
  void open_long() {
    quote(order_side::sell, "0.02", "60000");
    place(alice, buy("0.02", "60000"));
    quote(order_side::buy, "1", "58000");
  }

  std::string condition(std::uint64_t oid) const {
    return v.order_status(alice, venue_order_id{oid}).value().trigger_condition;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_triggers_suite, trigger_desk)

BOOST_AUTO_TEST_CASE(a_stop_rests_outside_the_book_and_fires_on_the_mark) {
  open_long();
  BOOST_TEST(
    place(alice, reducing(triggered(sell("0.02", "57000"), stop_loss, "59000")))
    == "resting 1004");
  BOOST_TEST(statuses(alice) == "open 1004 0.02");
  BOOST_TEST(condition(1004) == "Price below 59000");
  BOOST_TEST(v.book(btc, 1).asks.empty());
  set_mark("BTC", "59001");
  BOOST_TEST(statuses(alice) == "");
  set_mark("BTC", "59000");
  BOOST_TEST(statuses(alice) == "triggered 1004 0.02, filled 1004 0");
  BOOST_TEST(fills(alice) == "1004 sell 0.02@58000 taker fee 0.522 Close Long");
  BOOST_TEST(condition(1004) == "Triggered");
}

BOOST_AUTO_TEST_CASE(a_stop_limit_rests_once_it_has_fired) {
  open_long();
  place(alice, triggered(sell("0.02", "59500"), stop_loss, "59000", false));
  set_mark("BTC", "59000");
  BOOST_TEST(statuses(alice) == "triggered 1004 0.02");
  BOOST_TEST(to_string(v.book(btc, 1).asks.at(0).level_price) == "59500");
  BOOST_TEST(v.open_orders(alice).at(0).status == "triggered");
  BOOST_TEST(cancel(alice, 1004) == "success");
}

BOOST_AUTO_TEST_CASE(a_fast_cancel_does_not_reach_a_trigger_order) {
  place(alice, {triggered(buy("0.01", "62000"), stop_loss, "61000"),
                buy("0.01", "59000")});
  BOOST_TEST(act(alice, cancel_action{.cancels = {{btc, {1001}}, {btc, {1002}}},
                                      .fast = true})
             == "error Order was never placed, already canceled, or filled. "
                "asset=0; success");
}

BOOST_AUTO_TEST_CASE(the_kinds_fire_on_their_sides) {
  place(alice, {triggered(sell("0.001", "59000"), take_profit, "61000"),
                triggered(buy("0.001", "59000"), take_profit, "59000"),
                triggered(buy("0.001", "62000"), stop_loss, "61000")});
  BOOST_TEST(condition(1001) == "Price above 61000");
  BOOST_TEST(condition(1002) == "Price below 59000");
  BOOST_TEST(condition(1003) == "Price above 61000");
}

BOOST_AUTO_TEST_CASE(a_trigger_that_is_met_already_is_refused) {
  BOOST_TEST(place(alice, triggered(buy("0.01", "61000"), stop_loss, "60000"))
             == "error Invalid TP/SL price. asset=0");
  BOOST_TEST(statuses(alice) == "badTriggerPxRejected 1001 0.01");
}

BOOST_AUTO_TEST_CASE(a_fired_market_order_without_liquidity_is_refused) {
  place(alice, triggered(buy("0.01", "62000"), stop_loss, "61000"));
  set_mark("BTC", "61000");
  BOOST_TEST(statuses(alice)
             == "triggered 1001 0.01, "
                "marketOrderNoLiquidityRejected 1001 0.01");
  BOOST_TEST(open(alice) == "");
}

BOOST_AUTO_TEST_CASE(a_fired_order_needs_margin) {
  place(alice, triggered(buy("100", "62000"), stop_loss, "61000", false));
  set_mark("BTC", "61000");
  BOOST_TEST(statuses(alice)
             == "triggered 1001 100, perpMarginRejected 1001 100");
}

BOOST_AUTO_TEST_CASE(a_fired_reduce_only_order_without_position_is_refused) {
  place(alice, reducing(triggered(buy("0.01", "62000"), stop_loss, "61000")));
  set_mark("BTC", "61000");
  BOOST_TEST(statuses(alice)
             == "triggered 1001 0.01, reduceOnlyRejected 1001 0.01");
}

BOOST_AUTO_TEST_CASE(children_go_with_their_parent) {
  const auto child =
    reducing(triggered(sell("0.01", "58000"), stop_loss, "59000"));
  place(alice, {buy("0.01", "59500"), child}, order_grouping::normal_tpsl);
  BOOST_TEST(v.open_orders(alice).at(0).children.at(0).value == 1002u);
  BOOST_TEST(v.open_orders(alice).at(1).parent.value().value == 1001u);
  set_mark("BTC", "58500"); // A waiting child does not fire.
  BOOST_TEST(statuses(alice) == "");
  BOOST_TEST(cancel(alice, 1001) == "success");
  BOOST_TEST(statuses(alice) == "canceled 1001 0.01, canceled 1002 0.01");
}

BOOST_AUTO_TEST_CASE(a_canceled_parent_takes_its_children_out_of_the_batch) {
  const auto child =
    reducing(triggered(sell("0.01", "58000"), stop_loss, "59000"));
  place(alice, {buy("0.01", "59500"), child}, order_grouping::normal_tpsl);
  BOOST_TEST(
    act(alice, cancel_action{.cancels = {{btc, {1001}}, {btc, {1002}}}})
    == "success; error Order was never placed, already canceled, or "
       "filled. asset=0");
}

BOOST_AUTO_TEST_CASE(children_of_a_filled_parent_are_active_at_once) {
  quote(order_side::sell, "0.01", "60000");
  BOOST_TEST(
    place(alice,
          {buy("0.01", "60000"),
           reducing(triggered(sell("0.01", "58000"), stop_loss, "59000"))},
          order_grouping::normal_tpsl)
    == "filled 0.01@60000 1002; waitingForTrigger");
  BOOST_TEST(statuses(alice)
             == "open 1002 0.01, filled 1002 0, open 1003 0.01");
}

BOOST_AUTO_TEST_CASE(a_child_whose_trigger_is_met_fires_on_activation) {
  quote(order_side::buy, "1", "58000");
  place(alice,
        {buy("0.01", "59500"),
         reducing(triggered(sell("0.01", "57000"), stop_loss, "59000"))},
        order_grouping::normal_tpsl);
  set_mark("BTC", "58900");
  BOOST_TEST(place(bob, sell("0.01", "59500")) == "filled 0.01@59500 1004");
  BOOST_TEST(statuses(alice)
             == "filled 1002 0, open 1003 0.01, triggered 1003 0.01, "
                "filled 1003 0");
  BOOST_TEST(position(alice) == "0");
}

BOOST_AUTO_TEST_CASE(a_parent_that_lost_its_margin_half_filled_lets_them_go) {
  place(alice,
        {buy("0.02", "60000"),
         reducing(triggered(sell("0.02", "58000"), stop_loss, "59000"))},
        order_grouping::normal_tpsl);
  place(bob, sell("0.01", "60000"));
  v.drop_margin(alice, decimal<amount>("-580"), now);
  place(bob, sell("0.01", "60000"));
  BOOST_TEST(statuses(alice) == "marginCanceled 1001 0.01, open 1002 0.02");
}

BOOST_AUTO_TEST_CASE(children_of_a_refused_parent_are_refused) {
  BOOST_TEST(
    place(alice,
          {ioc(buy("0.01", "60000")),
           reducing(triggered(sell("0.01", "58000"), stop_loss, "59000"))},
          order_grouping::normal_tpsl)
    == "error Order could not immediately match against any resting "
       "orders. asset=0; error Order could not immediately match "
       "against any resting orders. asset=0");
  BOOST_TEST(open(alice) == "");
}

BOOST_AUTO_TEST_CASE(groups_have_a_shape) {
  const auto stop = triggered(sell("0.01", "58000"), stop_loss, "59000");
  BOOST_TEST(place(alice, {buy("0.01", "59500")}, order_grouping::normal_tpsl)
             == "error Unexpected number of trigger orders");
  BOOST_TEST(
    place(alice, {buy("0.01", "59500"), stop}, order_grouping::normal_tpsl)
    == "error TP/SL orders must be reduce only");
  BOOST_TEST(place(alice, {buy("0.01", "59500")}, order_grouping::position_tpsl)
             == "error Unexpected number of trigger orders");
}

BOOST_AUTO_TEST_CASE(a_position_stop_follows_the_position) {
  open_long();
  auto stop = reducing(triggered(sell("0", "57000"), stop_loss, "59000"));
  BOOST_TEST(place(alice, {stop}, order_grouping::position_tpsl)
             == "waitingForTrigger");
  BOOST_TEST(statuses(alice) == "open 1004 0");
  BOOST_TEST(v.open_orders(alice).at(0).is_position_tpsl);
  place(alice, ioc(sell("0.005", "58000")));
  set_mark("BTC", "58900");
  BOOST_TEST(statuses(alice) == "triggered 1004 0, filled 1004 0");
  BOOST_TEST(fills(alice)
             == "1004 sell 0.015@58000 taker fee 0.3915 Close Long");
}

BOOST_AUTO_TEST_CASE(a_position_stop_goes_with_the_position) {
  open_long();
  place(alice, {reducing(triggered(sell("0", "57000"), stop_loss, "59000"))},
        order_grouping::position_tpsl);
  place(alice, ioc(sell("0.02", "58000")));
  BOOST_TEST(statuses(alice)
             == "open 1005 0.02, filled 1005 0, reduceOnlyCanceled 1004 0");
}

BOOST_AUTO_TEST_CASE(a_position_stop_needs_a_position) {
  BOOST_TEST(
    place(alice, {reducing(triggered(sell("0", "57000"), stop_loss, "59000"))},
          order_grouping::position_tpsl)
    == "error Reduce only order would increase position. asset=0");
}

BOOST_AUTO_TEST_CASE(a_trigger_order_is_replaced_only_with_always_place) {
  const auto stop = triggered(buy("0.01", "62000"), stop_loss, "61000");
  place(alice, stop);
  BOOST_TEST(batch_modify(alice, venue_order_id{1001}, buy("0.01", "59000"))
             == "error Attempted to modify to invalid new order");
  BOOST_TEST(batch_modify(alice, venue_order_id{1001},
                          triggered(buy("0.01", "63000"), stop_loss, "62000"),
                          true)
             == "resting 1002");
  BOOST_TEST(condition(1002) == "Price above 62000");
}

BOOST_AUTO_TEST_SUITE_END()
