// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_desk.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::venue;

namespace {

constexpr std::int64_t slice_ms = 30'000;

struct twap_desk : desk {
  static twap_order_action twap(bool is_buy, std::string_view size,
                                std::uint64_t minutes = 5) {
    return {.asset = btc,
            .is_buy = is_buy,
            .size = decimal<quantity>(size),
            .minutes = minutes};
  }

  /// "activated 0, finished 0.1": the statuses with what was executed.
  std::string history() const {
    std::string result;
    for (const auto& x : v.twap_history(alice))
      result += (result.empty() ? "" : ", ") + x.status + ' '
                + to_string(x.state.executed);
    return result;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_twap_suite, twap_desk)

BOOST_AUTO_TEST_CASE(a_twap_trades_a_slice_every_half_minute) {
  quote(order_side::sell, "10", "60010");
  BOOST_TEST(act(alice, twap(true, "0.1")) == "success");
  BOOST_TEST(v.twaps(alice).at(0).id == 1u);
  run();
  BOOST_TEST(position(alice) == "0.01");
  const auto fill = v.fills(alice).at(0);
  BOOST_TEST(fill.twap_id.value() == 1u);
  BOOST_TEST(to_string(fill.hash) == to_string(bytes32{}));
  BOOST_TEST(v.order_status(alice, fill.oid).value().status == "filled");
  run(slice_ms - 1000);
  BOOST_TEST(position(alice) == "0.01");
  run(2000);
  BOOST_TEST(position(alice) == "0.02");
  BOOST_TEST(to_string(v.twaps(alice).at(0).executed_notional) == "1200.2");
  run(9 * slice_ms);
  BOOST_TEST(position(alice) == "0.1");
  BOOST_TEST(v.twaps(alice).empty());
  BOOST_TEST(history() == "activated 0, finished 0.1");
  v.check_invariants();
}

BOOST_AUTO_TEST_CASE(a_twap_catches_up_with_three_times_the_even_size) {
  act(alice, twap(true, "0.1"));
  run(5 * slice_ms);
  BOOST_TEST(position(alice) == "0");
  quote(order_side::sell, "10", "60010");
  run(slice_ms);
  BOOST_TEST(position(alice) == "0.03");
}

BOOST_AUTO_TEST_CASE(a_slice_pays_at_most_three_percent_more_than_the_mark) {
  quote(order_side::sell, "10", "61801");
  act(alice, twap(true, "0.1"));
  run(1000);
  BOOST_TEST(position(alice) == "0");
  quote(order_side::sell, "10", "61800");
  run(slice_ms);
  BOOST_TEST(position(alice) == "0.02");
}

BOOST_AUTO_TEST_CASE(random_slices_add_up_to_the_whole) {
  quote(order_side::buy, "10", "59990");
  auto action = twap(false, "0.1");
  action.randomize = true;
  act(alice, action);
  run(11 * slice_ms);
  BOOST_TEST(position(alice) == "-0.1");
  const auto all = v.fills(alice);
  BOOST_TEST(all.size() == 10u);
  bool uneven = false;
  for (const auto& fill : all) {
    BOOST_TEST(fill.size.raw >= decimal_scale * 6 / 1000);
    BOOST_TEST(fill.size.raw <= decimal_scale * 14 / 1000);
    uneven |= fill.size.raw != decimal_scale / 100;
  }
  BOOST_TEST(uneven);
}

BOOST_AUTO_TEST_CASE(a_canceled_twap_trades_no_more) {
  quote(order_side::sell, "10", "60010");
  act(alice, twap(true, "0.1"));
  run();
  BOOST_TEST(act(alice, twap_cancel_action{btc, 1}) == "success");
  run(slice_ms);
  BOOST_TEST(position(alice) == "0.01");
  BOOST_TEST(history() == "activated 0, terminated 0.01");
  BOOST_TEST(act(alice, twap_cancel_action{btc, 1})
             == "error TWAP was never placed, already canceled, or filled.");
  BOOST_TEST(act(bob, twap_cancel_action{btc, 2})
             == "error TWAP was never placed, already canceled, or filled.");
}

BOOST_AUTO_TEST_CASE(a_twap_out_of_bounds_is_refused) {
  BOOST_TEST(act(alice, twap(true, "0.1", 4))
             == "error Invalid TWAP duration: 4 min(s)");
  BOOST_TEST(act(alice, twap(true, "0.1", 10'081))
             == "error Invalid TWAP duration: 10081 min(s)");
  BOOST_TEST(act(alice, twap(true, "0.001"))
             == "error TWAP order value too small. Min is $100.");
  BOOST_TEST(act(alice, twap(true, "0.000001"))
             == "error Order has invalid size.");
  auto reducing_twap = twap(true, "0.1");
  reducing_twap.reduce_only = true;
  BOOST_TEST(act(alice, reducing_twap)
             == "error Reduce-only TWAP order would increase position.");
  BOOST_TEST(v.twap_history(alice).empty());
}

BOOST_AUTO_TEST_CASE(a_twap_starts_and_stops_at_its_prices) {
  quote(order_side::sell, "10", "60010");
  auto action = twap(true, "0.1");
  action.details =
    twap_details{.trigger = twap_trigger{decimal<price>("60100"), true},
                 .stop_price = decimal<price>("60500")};
  act(alice, action);
  run(slice_ms);
  BOOST_TEST(history() == "waitingForTrigger 0");
  set_mark("BTC", "60100");
  run();
  BOOST_TEST(position(alice) == "0.01");
  set_mark("BTC", "60500");
  run(slice_ms);
  BOOST_TEST(position(alice) == "0.01");
  BOOST_TEST(history() == "waitingForTrigger 0, activated 0, stopped 0.01");
}

BOOST_AUTO_TEST_CASE(funding_moves_money_from_long_to_short) {
  place(bob, sell("1", "60000"));
  place(alice, buy("1", "60000"));
  const auto before = v.clearinghouse(alice).total.account_value;
  BOOST_TEST(v.settle_funding("BTC", decimal<amount>("0.0001"), now));
  run(0);
  BOOST_TEST(to_string(v.fundings(alice).at(0).usdc) == "-6");
  BOOST_TEST(to_string(v.fundings(bob).at(0).usdc) == "6");
  const auto after = v.clearinghouse(alice);
  BOOST_TEST(to_string(before - after.total.account_value) == "6");
  BOOST_TEST(to_string(after.positions.at(0).funding_paid) == "6");
  BOOST_TEST(to_string(after.positions.at(0).funding_paid_in_all) == "6");
  BOOST_TEST(!v.settle_funding("BTC", decimal<amount>("0.05"), now));
  BOOST_TEST(!v.settle_funding("PURR/USDC", decimal<amount>("0.01"), now));
  v.check_invariants();
}

BOOST_AUTO_TEST_CASE(isolated_margin_can_be_topped_up_to_a_leverage) {
  act(alice, update_leverage_action{btc, false, 10});
  place(bob, sell("0.1", "60000"));
  place(alice, buy("0.1", "60000"));
  BOOST_TEST(
    act(alice, top_up_isolated_only_margin_action{btc, decimal<amount>("5")})
    == "done");
  const auto held = v.clearinghouse(alice).positions.at(0);
  BOOST_TEST(to_string(held.margin_used) == "1200");
  BOOST_TEST(
    act(alice, top_up_isolated_only_margin_action{eth, decimal<amount>("5")})
    == "err Position does not use isolated margin.");
  v.check_invariants();
}

BOOST_AUTO_TEST_CASE(a_spot_token_can_be_sent) {
  v.fund_spot(alice, "PURR", decimal<amount>("10"), now);
  const user_signed_domain domain{"Testnet", "0x66eee"};
  BOOST_TEST(act(alice, spot_send_action{domain, to_string(bob), "PURR:0xc4bf",
                                         "4", nonce + 1})
             == "done");
  BOOST_TEST(to_string(v.spot_balances(bob).at(0).total) == "4");
  BOOST_TEST(v.ledger(bob).back().kind == "spotTransfer");
  BOOST_TEST(
    act(alice, spot_send_action{domain, to_string(bob), "PURR", "7", nonce + 1})
    == "err Insufficient balance for transfer.");
  v.check_invariants();
}

BOOST_AUTO_TEST_CASE(a_unified_account_refuses_class_transfers) {
  BOOST_TEST(act(alice, agent_set_abstraction_action{"u"}) == "done");
  BOOST_TEST(v.abstraction(alice) == "unifiedAccount");
  const user_signed_domain domain{"Testnet", "0x66eee"};
  BOOST_TEST(
    act(alice, usd_class_transfer_action{domain, "1", false, nonce + 1})
    == "err Action disabled when unified account is active");
  BOOST_TEST(act(alice, agent_set_abstraction_action{"x"})
             == "err Invalid abstraction.");
  BOOST_TEST(v.abstraction(bob) == "default");
}

BOOST_AUTO_TEST_CASE(a_twap_of_tokens_waits_for_its_price_too) {
  v.fund_spot(alice, "USDC", decimal<amount>("1000"), now);
  twap_order_action twap{.asset = purr,
                         .is_buy = true,
                         .size = decimal<quantity>("2000"),
                         .minutes = 5};
  twap.details =
    twap_details{.trigger = twap_trigger{
                   .trigger_price = decimal<price>("0.25"), .above = true}};
  act(alice, l1_action{twap});
  BOOST_TEST(v.twap_history(alice).back().status == "waitingForTrigger");
  set_mark("PURR/USDC", "0.24");
  BOOST_TEST(v.twap_history(alice).back().status == "waitingForTrigger");
  set_mark("PURR/USDC", "0.25");
  BOOST_TEST(v.twap_history(alice).back().status == "activated");
}

BOOST_AUTO_TEST_SUITE_END()
