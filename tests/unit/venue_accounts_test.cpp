// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_desk.hpp"
#include "tests/venue/engine/account.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::venue;

namespace {

std::string fee(std::string_view at, std::string_view size, std::int64_t rate,
                int decimals) {
  return to_string(
    fee_amount(notional_amount(decimal<price>(at), decimal<quantity>(size)),
               rate, decimals));
}

struct accounts_desk : desk {
  std::string balance(const address& user, std::uint32_t token) const {
    for (const auto& x : v.spot_balances(user))
      if (x.token == token)
        return to_string(x.total) + " hold " + to_string(x.hold);
    return "none";
  }

  std::string set_leverage(std::uint64_t leverage, bool is_cross) {
    return act(alice, update_leverage_action{.asset = btc,
                                             .is_cross = is_cross,
                                             .leverage = leverage});
  }

  std::string cash(const address& user) const {
    return to_string(v.clearinghouse(user).cross.total_raw_usd);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_accounts_suite, accounts_desk)

// The three are fills that the venue charged.
BOOST_AUTO_TEST_CASE(fees_are_cut_as_the_venue_cuts_them) {
  BOOST_TEST(fee("83959", "0.0003", 144, 6) == "0.003627");
  BOOST_TEST(fee("81623", "0.00031", 144, 6) == "0.003643");
  BOOST_TEST(fee("83843", "0.31975", 672, 8) == "18.01551309");
}

BOOST_AUTO_TEST_CASE(a_negative_rate_is_a_rebate) {
  v.config().fees.perp_maker = -20;
  place(bob, sell("0.01", "60000"));
  place(alice, buy("0.01", "60000"));
  BOOST_TEST(fills(bob) == "1001 sell 0.01@60000 maker fee -0.012 Open Short");
}

BOOST_AUTO_TEST_CASE(the_entry_price_averages_what_opened_the_position) {
  place(bob, {sell("0.01", "60000"), sell("0.03", "61000")});
  place(alice, buy("0.04", "61000"));
  place(bob, buy("0.02", "60500"));
  const auto position = v.clearinghouse(alice).positions.at(0);
  BOOST_TEST(to_string(position.entry_price) == "60750");
  BOOST_TEST(to_string(position.size) == "0.04");
  place(alice, ioc(sell("0.02", "60500")));
  BOOST_TEST(to_string(blocks.at(0).fills.at(0).closed_pnl) == "-5");
  BOOST_TEST(to_string(v.clearinghouse(alice).positions.at(0).entry_price)
             == "60750");
}

BOOST_AUTO_TEST_CASE(the_clearinghouse_follows_the_mark) {
  v.config().fees = {};
  v.config().fees.perp_taker = 0;
  place(bob, sell("0.5", "60000"));
  place(alice, buy("0.5", "60000"));
  set_mark("BTC", "64000");
  const auto state = v.clearinghouse(alice);
  BOOST_TEST(to_string(state.cross.total_raw_usd) == "70000");
  BOOST_TEST(to_string(state.cross.account_value) == "102000");
  BOOST_TEST(to_string(state.cross.total_notional) == "32000");
  BOOST_TEST(to_string(state.cross.total_margin_used) == "1600");
  // Half of the margin at the largest leverage, 40.
  BOOST_TEST(to_string(state.cross_maintenance_margin_used) == "400");
  // A tenth of the notional is kept.
  BOOST_TEST(to_string(state.withdrawable) == "98800");
  BOOST_TEST(to_string(state.positions.at(0).unrealized_pnl) == "2000");
  BOOST_TEST(state.positions.at(0).leverage == 20);
}

BOOST_AUTO_TEST_CASE(a_short_is_liquidated_above_its_entry) {
  v.config().fees.perp_taker = 0;
  place(bob, buy("1", "60000"));
  place(alice, sell("1", "60000"));
  const auto at = *v.clearinghouse(alice).positions.at(0).liquidation_price;
  // 160000 of cash bear a buy back at p with p/80 of maintenance.
  BOOST_TEST(to_string(at) == "158024.69135802");
}

BOOST_AUTO_TEST_CASE(resting_orders_hold_margin) {
  BOOST_TEST(place(alice, buy("20", "60000")) == "resting 1001");
  BOOST_TEST(to_string(v.clearinghouse(alice).withdrawable) == "40000");
  BOOST_TEST(place(alice, buy("14", "60000"))
             == "error Insufficient margin to place order. asset=0");
  // Only one side can become a position.
  BOOST_TEST(place(alice, sell("33", "60001")) == "resting 1003");
  BOOST_TEST(to_string(v.clearinghouse(alice).withdrawable) == "998.35");
  BOOST_TEST(place(alice, sell("1", "60001"))
             == "error Insufficient margin to place order. asset=0");
}

BOOST_AUTO_TEST_CASE(a_sell_far_under_the_market_costs_what_the_mark_says) {
  quote(order_side::buy, "100", "59999");
  BOOST_TEST(place(alice, ioc(sell("34", "30000")))
             == "error Insufficient margin to place order. asset=0");
  BOOST_TEST(place(alice, ioc(sell("33", "30000"))) == "filled 33@59999 1003");
}

BOOST_AUTO_TEST_CASE(a_maker_without_margin_is_canceled_when_hit) {
  place(bob, sell("1", "60000"));
  quote(order_side::sell, "1", "60001");
  v.drop_margin(bob, decimal<amount>("100"), now);
  BOOST_TEST(place(alice, buy("1", "60001")) == "filled 1@60001 1003");
  BOOST_TEST(statuses(bob) == "marginCanceled 1001 1");
  BOOST_TEST(blocks.back().venue_cancels.at(0).oid.value == 1001u);
}

BOOST_AUTO_TEST_CASE(beneath_maintenance_everything_is_liquidated) {
  quote(order_side::sell, "30", "60000");
  place(alice, buy("30", "60000"));
  place(alice, buy("0.001", "50000"));
  set_mark("BTC", "57000");
  BOOST_TEST(statuses(alice) == "liquidatedCanceled 1003 0.001");
  BOOST_TEST(position(alice) == "0");
  const auto& fill = blocks.at(0).fills.at(0);
  BOOST_TEST(fill.direction == "Liquidated Cross Long");
  BOOST_TEST((fill.liquidation->liquidated_user == alice));
}

BOOST_AUTO_TEST_CASE(an_isolated_position_is_liquidated_alone) {
  set_leverage(20, false);
  quote(order_side::sell, "0.1", "60000");
  quote(order_side::sell, "1", "3000", eth);
  place(alice,
        {buy("0.1", "60000"), buy("1", "3000", eth), buy("0.001", "50000")});
  set_mark("BTC", "57000");
  BOOST_TEST(position(alice, btc) == "0");
  BOOST_TEST(position(alice, eth) == "1");
  BOOST_TEST(open(alice) == "1005 0.001/0.001");
  BOOST_TEST(blocks.at(0).fills.at(0).direction == "Liquidated Isolated Long");
}

BOOST_AUTO_TEST_CASE(a_liquidation_at_a_mark_off_the_grid_adds_up) {
  quote(order_side::buy, "0.00305", "60000");
  place(alice, sell("0.00305", "60000"));
  quote(order_side::sell, "0.00107", "60000");
  place(bob, buy("0.00107", "60000"));
  v.set_mark("BTC", decimal<price>("0.00000007"), now);
  v.liquidate(bob, now);
  v.liquidate(alice, now);
  run();
  BOOST_TEST(position(alice) == "0");
  BOOST_TEST(position(bob) == "0");
}

BOOST_AUTO_TEST_CASE(leverage_can_be_chosen_within_its_limits) {
  BOOST_TEST(set_leverage(41, true) == "err Invalid leverage value");
  BOOST_TEST(set_leverage(0, true) == "err Invalid leverage value");
  BOOST_TEST(set_leverage(40, true) == "done");
  BOOST_TEST(place(alice, buy("60", "60000")) == "resting 1001");
  BOOST_TEST(set_leverage(10, true)
             == "err Insufficient margin to change leverage.");
  BOOST_TEST(v.leverage(alice, btc).first == 40);
}

BOOST_AUTO_TEST_CASE(the_kind_of_margin_cannot_change_under_a_position) {
  place(bob, sell("0.01", "60000"));
  place(alice, buy("0.01", "60000"));
  BOOST_TEST(set_leverage(10, false)
             == "err Cannot switch leverage type with open position.");
  BOOST_TEST(
    act(alice, update_isolated_margin_action{.asset = btc, .micro_usdc = 1000})
    == "err Position does not use isolated margin.");
}

BOOST_AUTO_TEST_CASE(an_isolated_position_has_money_of_its_own) {
  v.config().fees.perp_taker = 0;
  set_leverage(10, false);
  quote(order_side::sell, "0.1", "60000");
  place(alice, buy("0.1", "60000"));
  BOOST_TEST(cash(alice) == "99400");
  auto position = v.clearinghouse(alice).positions.at(0);
  BOOST_TEST(to_string(position.isolated_raw_usd) == "-5400");
  BOOST_TEST(to_string(position.margin_used) == "600");
  BOOST_TEST(
    act(alice,
        update_isolated_margin_action{.asset = btc, .micro_usdc = 100'000'000})
    == "done");
  BOOST_TEST(cash(alice) == "99300");
  BOOST_TEST(
    act(alice,
        update_isolated_margin_action{.asset = btc, .micro_usdc = -100'000'001})
    == "err Insufficient margin available.");
  quote(order_side::buy, "0.1", "61000");
  place(alice, ioc(sell("0.05", "61000")));
  // Half of 700 and of the profit of 100 comes back.
  BOOST_TEST(cash(alice) == "99700");
  place(alice, ioc(sell("0.05", "61000")));
  BOOST_TEST(cash(alice) == "100100");
}

BOOST_AUTO_TEST_CASE(spot_orders_lock_and_move_balances) {
  v.fund_spot(alice, "USDC", decimal<amount>("1000"), now);
  v.fund_spot(bob, "PURR", decimal<amount>("500"), now);
  BOOST_TEST(place(bob, sell("100", "0.2", purr)) == "resting 1001");
  BOOST_TEST(balance(bob, 1) == "500 hold 100");
  BOOST_TEST(place(bob, sell("401", "0.2", purr))
             == "error Insufficient spot balance asset=10000");
  BOOST_TEST(statuses(bob) == "insufficientSpotBalanceRejected 1002 401");
  BOOST_TEST(place(alice, buy("150", "0.2", purr)) == "filled 100@0.2 1003");
  BOOST_TEST(fills(alice) == "1003 buy 100@0.2 taker fee 0.07 Buy");
  BOOST_TEST(fills(bob) == "1001 sell 100@0.2 maker fee 0.008 Sell");
  BOOST_TEST(balance(alice, 0) == "980 hold 10");
  BOOST_TEST(balance(alice, 1) == "99.93 hold 0");
  BOOST_TEST(balance(bob, 0) == "19.992 hold 0");
  BOOST_TEST(blocks.at(0).fills.at(0).fee_token == "PURR");
}

BOOST_AUTO_TEST_CASE(spot_has_texts_of_its_own) {
  v.fund_spot(alice, "USDC", decimal<amount>("1000"), now);
  BOOST_TEST(place(alice, buy("10", "0.2", purr))
             == "error Order must have minimum value of 10 USDC. asset=10000");
  BOOST_TEST(place(alice, buy("100", "0.04", purr))
             == "error Order price cannot be more than 80% away from the "
                "reference price");
  BOOST_TEST(place(alice, buy("1000000", "0.2", purr))
             == "error Insufficient spot balance asset=10000");
}

BOOST_AUTO_TEST_CASE(immediate_spot_buys_are_cut_to_what_can_be_paid) {
  v.fund_spot(alice, "USDC", decimal<amount>("100"), now);
  quote(order_side::sell, "1000", "0.3", purr);
  BOOST_TEST(place(alice, ioc(buy("1000", "0.3", purr)))
             == "filled 333@0.3 1002");
}

BOOST_AUTO_TEST_CASE(money_moves_between_perps_and_spot) {
  const auto transfer = [&](std::string sum, bool to_perp) {
    return act(alice, user_signed_action{usd_class_transfer_action{
                        .sum = std::move(sum), .to_perp = to_perp}});
  };
  BOOST_TEST(transfer("40", false) == "done");
  BOOST_TEST(balance(alice, 0) == "40 hold 0");
  BOOST_TEST(cash(alice) == "99960");
  BOOST_TEST(transfer("41", true) == "err Insufficient balance for transfer.");
  BOOST_TEST(transfer("-1", true) == "err Invalid amount.");
  BOOST_TEST(transfer("x", true) == "err Invalid amount.");
  BOOST_TEST(transfer("40", true) == "done");
  BOOST_TEST(cash(alice) == "100000");
}

BOOST_AUTO_TEST_CASE(money_can_be_sent_and_withdrawn) {
  const auto to = to_string(address_of(9));
  BOOST_TEST(act(alice, user_signed_action{usd_send_action{.destination = to,
                                                           .sum = "10.5"}})
             == "done");
  BOOST_TEST(cash(address_of(9)) == "10.5");
  BOOST_TEST(act(alice, user_signed_action{withdraw_action{.destination = to,
                                                           .sum = "1000000"}})
             == "err Insufficient balance for withdrawal.");
  BOOST_TEST(act(alice, user_signed_action{withdraw_action{.destination = to,
                                                           .sum = "9.5"}})
             == "done");
  BOOST_TEST(cash(alice) == "99980");
}

BOOST_AUTO_TEST_CASE(what_is_not_simulated_says_so) {
  BOOST_TEST(act(alice, trailing_stop_action{})
             == "err Action is not simulated: trailingStop");
}

BOOST_AUTO_TEST_CASE(a_dead_mans_switch_needs_volume) {
  const auto at = static_cast<std::uint64_t>(now) + 10'000;
  BOOST_TEST(act(alice, schedule_cancel_action{.time_ms = at})
             == "err Cannot set scheduled cancel time until enough volume "
                "traded. Required: $1000000. Traded: $0.00.");
}

BOOST_AUTO_TEST_CASE(a_dead_mans_switch_cancels_everything) {
  v.config().schedule_cancel_volume = 0;
  place(alice, {buy("0.01", "59000"), buy("0.1", "2900", eth)});
  const auto at = static_cast<std::uint64_t>(now) + 10'000;
  BOOST_TEST(act(alice, schedule_cancel_action{.time_ms = at}) == "done");
  run(9'800);
  BOOST_TEST(statuses(alice) == "");
  BOOST_TEST(*v.next_block_ms() == static_cast<std::int64_t>(at));
  run();
  BOOST_TEST(statuses(alice)
             == "scheduledCancel 1001 0.01, scheduledCancel 1002 0.1");
  BOOST_TEST(act(alice, schedule_cancel_action{.time_ms = at})
             == "err Scheduled cancel time must be at least 5 seconds in the "
                "future.");
}

BOOST_AUTO_TEST_CASE(control_operations_have_limits) {
  BOOST_TEST(!v.fund(alice, decimal<amount>("0"), now));
  BOOST_TEST(!v.fund(alice, decimal<amount>("1000000000"), now));
  BOOST_TEST(!v.fund_spot(alice, "NOPE", decimal<amount>("1"), now));
  BOOST_TEST(!v.set_mark("NOPE", decimal<price>("1"), now));
  BOOST_TEST(!v.set_mark("BTC", decimal<price>("10000001"), now));
  v.fund(alice, decimal<amount>("100000000"), now);
  place(alice, buy("5000", "59000"));
  BOOST_TEST(!v.set_mark("BTC", decimal<price>("10000000"), now));
  BOOST_TEST(v.set_mark("BTC", decimal<price>("8000000"), now));
  BOOST_TEST(!v.add_book_order("BTC", order_side::buy, decimal<price>("1.23"),
                               decimal<quantity>("1"), now));
  BOOST_TEST(!v.add_book_order("BTC", order_side::buy,
                               decimal<price>("12345.6"),
                               decimal<quantity>("1"), now));
}

BOOST_AUTO_TEST_CASE(what_may_be_traded_is_taken_and_not_a_lot_more) {
  const auto check = [&](order_side side, std::string_view size,
                         std::string_view lot_more, std::string_view margin) {
    const auto room = v.room_to_trade(alice, btc, side);
    BOOST_TEST(to_string(room.size) == size);
    BOOST_TEST(to_string(room.margin) == margin);
    BOOST_TEST(place(alice, limit(side, lot_more, "60000"))
               == "error Insufficient margin to place order. asset=0");
    const auto taken = place(alice, limit(side, size, "60000"));
    BOOST_TEST(taken.starts_with("resting "));
    cancel(alice, std::stoull(taken.substr(taken.find(' '))));
  };
  check(order_side::buy, "33.33333", "33.33334", "100000");
  check(order_side::sell, "33.33333", "33.33334", "100000");
  // The position takes 3000; the fee was 27.
  quote(order_side::sell, "1", "60000");
  BOOST_TEST(place(alice, buy("1", "60000")).starts_with("filled 1@60000"));
  check(order_side::buy, "32.32433", "32.32434", "96973");
  check(order_side::sell, "33.32433", "33.32434", "99973");
}

BOOST_AUTO_TEST_CASE(an_order_that_closes_leaves_less_to_be_closed) {
  quote(order_side::sell, "1", "60000");
  place(alice, buy("1", "60000"));
  place(alice, sell("1", "60000"));
  BOOST_TEST(to_string(v.room_to_trade(alice, btc, order_side::sell).size)
             == "32.32433");
  const auto stranger = address_of(7);
  for (const auto side : {order_side::buy, order_side::sell})
    BOOST_TEST(to_string(v.room_to_trade(stranger, btc, side).size) == "0");
}

BOOST_AUTO_TEST_SUITE_END()
