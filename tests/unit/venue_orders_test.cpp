// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_desk.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::venue;

BOOST_FIXTURE_TEST_SUITE(venue_orders_suite, desk)

BOOST_AUTO_TEST_CASE(the_better_price_trades_first_and_then_the_older_order) {
  place(bob,
        {sell("0.01", "60020"), sell("0.01", "60010"), sell("0.01", "60010")});
  BOOST_TEST(place(alice, buy("0.025", "60020")) == "filled 0.025@60012 1004");
  BOOST_TEST(fills(bob)
             == "1002 sell 0.01@60010 maker fee 0.090015 Open Short, "
                "1003 sell 0.01@60010 maker fee 0.090015 Open Short, "
                "1001 sell 0.005@60020 maker fee 0.045015 Open Short");
  BOOST_TEST(open(bob) == "1001 0.005/0.01");
}

BOOST_AUTO_TEST_CASE(an_immediate_order_drops_what_does_not_match) {
  place(bob, sell("0.01", "60000"));
  BOOST_TEST(place(alice, ioc(buy("0.03", "60000")))
             == "filled 0.01@60000 1002");
  BOOST_TEST(statuses(alice) == "open 1002 0.03, filled 1002 0.02");
  BOOST_TEST(open(alice) == "");
}

BOOST_AUTO_TEST_CASE(the_dropped_rest_can_be_reported_as_zero) {
  v.config().partial_ioc_reports_zero = true;
  place(bob, sell("0.01", "60000"));
  place(alice, ioc(buy("0.03", "60000")));
  BOOST_TEST(statuses(alice) == "open 1002 0.03, filled 1002 0");
}

BOOST_AUTO_TEST_CASE(a_market_order_without_liquidity_says_so) {
  using enum wire_time_in_force;
  BOOST_TEST(place(alice, with_tif(buy("0.01", "60000"), frontend_market))
             == "error No liquidity available for market order. asset=0");
  BOOST_TEST(statuses(alice) == "marketOrderNoLiquidityRejected 1001 0.01");
}

BOOST_AUTO_TEST_CASE(own_orders_count_as_crossing_for_post_only) {
  place(alice, sell("0.01", "60000"));
  BOOST_TEST(place(alice, alo(buy("0.01", "60000")))
             == "error Post only order would have immediately matched, bbo "
                "was None@60000.0. asset=0");
  BOOST_TEST(open(alice) == "1001 0.01/0.01");
}

BOOST_AUTO_TEST_CASE(static_errors_place_nothing) {
  BOOST_TEST(place(alice, std::vector<wire_order>{})
             == "error Orders are empty.");
  BOOST_TEST(place(alice, buy("0", "60000")) == "error Order has zero size.");
  BOOST_TEST(place(alice, buy("0.01", "0"))
             == "error Order has invalid price.");
  BOOST_TEST(place(alice, buy("0.01", "1.23"))
             == "error Order has invalid price.");
  BOOST_TEST(place(alice, buy("0.01", "60000", 77))
             == "error Order has invalid asset.");
  BOOST_TEST(place(alice, buy("92000000000", "60000"))
             == "error Order has invalid size.");
  BOOST_TEST(place(alice, buy("1000000", "60000"))
             == "error Order value too large. Max is $300000000.");
  BOOST_TEST(place(alice, with_tif(sell("1000000000", "1", sol),
                                   wire_time_in_force::frontend_market))
             == "error Order value too large. Max is $300000000.");
  BOOST_TEST(v.order_history(alice).empty());
}

BOOST_AUTO_TEST_CASE(prices_off_the_grid_or_far_away_leave_a_record) {
  BOOST_TEST(place(alice, buy("0.01", "12345.6"))
             == "error Price must be divisible by tick size. asset=0");
  BOOST_TEST(statuses(alice) == "tickRejected 1001 0.01");
  BOOST_TEST(place(alice, buy("0.01", "12000"))
             == "error Price too far from oracle asset=0");
  BOOST_TEST(statuses(alice) == "oracleRejected 1002 0.01");
  BOOST_TEST(place(alice, buy("0.001", "12001")) == "resting 1003");
  BOOST_TEST(place(alice, alo(sell("0.001", "300000"))) == "resting 1004");
  BOOST_TEST(place(alice, alo(sell("0.001", "300001")))
             == "error Price too far from oracle asset=0");
}

BOOST_AUTO_TEST_CASE(only_the_whole_position_may_be_closed_under_the_minimum) {
  place(bob, {sell("0.0005", "60000"), buy("0.001", "59000")});
  place(alice, buy("0.0005", "60000"));
  BOOST_TEST(place(alice, ioc(sell("0.0004", "59000")))
             == "filled 0.0004@59000 1004");
  BOOST_TEST(position(alice) == "0.0001");
  BOOST_TEST(place(alice, ioc(sell("0.00005", "59000")))
             == "error Order must have minimum value of $10. asset=0");
  BOOST_TEST(place(alice, reducing(ioc(sell("0.00005", "59000"))))
             == "error Order must have minimum value of $10. asset=0");
  BOOST_TEST(place(alice, ioc(sell("0.0001", "59000")))
             == "filled 0.0001@59000 1007");
}

BOOST_AUTO_TEST_CASE(a_reduce_only_order_larger_than_a_tiny_rest_closes_it) {
  place(bob, {sell("0.0005", "60000"), buy("0.001", "59000")});
  place(alice, buy("0.0005", "60000"));
  place(alice, ioc(sell("0.0004", "59000")));
  BOOST_TEST(place(alice, reducing(ioc(sell("0.01", "59000"))))
             == "filled 0.0001@59000 1005");
  BOOST_TEST(position(alice) == "0");
}

BOOST_AUTO_TEST_CASE(a_resting_reduce_only_order_shrinks_with_the_position) {
  place(bob, {sell("0.05", "60000"), buy("0.05", "59000")});
  place(alice, buy("0.05", "60000"));
  place(alice, reducing(sell("0.08", "62000")));
  BOOST_TEST(open(alice) == "1004 0.05/0.08");
  place(alice, ioc(sell("0.03", "59000")));
  BOOST_TEST(statuses(alice) == "open 1005 0.03, filled 1005 0");
  BOOST_TEST(open(alice) == "1004 0.02/0.08");
}

BOOST_AUTO_TEST_CASE(the_older_of_too_many_reduce_only_orders_goes) {
  place(bob, sell("0.05", "60000"));
  place(alice, buy("0.05", "60000"));
  place(alice, reducing(sell("0.03", "62000")));
  place(alice, reducing(sell("0.03", "62000")));
  BOOST_TEST(statuses(alice) == "open 1004 0.03, reduceOnlyCanceled 1003 0.03");
  BOOST_TEST(open(alice) == "1004 0.03/0.03");
}

BOOST_AUTO_TEST_CASE(a_reduce_only_order_goes_when_a_maker_fill_closes) {
  quote(order_side::sell, "0.02", "60000");
  place(alice, buy("0.02", "60000"));
  place(alice, sell("0.02", "61000"));
  place(alice, reducing(sell("0.01", "62000")));
  BOOST_TEST(place(bob, buy("0.02", "61000")) == "filled 0.02@61000 1005");
  BOOST_TEST(statuses(alice) == "filled 1003 0, reduceOnlyCanceled 1004 0.01");
}

BOOST_AUTO_TEST_CASE(the_average_price_is_cut_to_the_price_grid) {
  place(bob, {sell("0.01", "60000"), sell("0.02", "60001")});
  BOOST_TEST(place(alice, buy("0.03", "60001")) == "filled 0.03@60000.6 1003");
}

BOOST_AUTO_TEST_CASE(a_position_that_flips_is_one_fill) {
  place(bob, {sell("0.01", "60000"), buy("0.03", "59000")});
  place(alice, buy("0.01", "60000"));
  place(alice, sell("0.03", "59000"));
  BOOST_TEST(fills(alice)
             == "1004 sell 0.03@59000 taker fee 0.7965 Long > Short");
  const auto& fill = blocks.at(0).fills.at(0);
  BOOST_TEST(to_string(fill.start_position) == "0.01");
  BOOST_TEST(to_string(fill.closed_pnl) == "-10");
  BOOST_TEST(position(alice) == "-0.02");
}

BOOST_AUTO_TEST_CASE(the_newest_live_order_owns_a_cloid) {
  place(alice, named(buy("0.01", "59000"), 5));
  place(alice, named(buy("0.01", "58000"), 5));
  BOOST_TEST(cancel_named(alice, 5) == "success");
  BOOST_TEST(open(alice) == "1001 0.01/0.01");
  BOOST_TEST(v.order_status(alice, cloid_of(5), now).value().oid.value
             == 1002u);
  BOOST_TEST(cancel_named(alice, 5) == "success");
  BOOST_TEST(open(alice) == "");
}

BOOST_AUTO_TEST_CASE(the_cloid_index_may_lag) {
  v.config().cloid_visibility_delay_ms = 500;
  place(alice, named(buy("0.01", "59000"), 5));
  const auto placed = now;
  BOOST_TEST(!v.order_status(alice, cloid_of(5), placed + 499));
  BOOST_TEST(v.order_status(alice, venue_order_id{1001}).has_value());
  run(1000);
  batch_modify(alice, venue_order_id{1001}, named(buy("0.01", "58000"), 5));
  BOOST_TEST(v.order_status(alice, cloid_of(5), now).value().oid.value
             == 1001u);
  BOOST_TEST(v.order_status(alice, cloid_of(5), now + 500).value().oid.value
             == 1002u);
}

BOOST_AUTO_TEST_CASE(a_cancel_of_another_market_or_account_is_refused) {
  place(alice, buy("0.01", "59000"));
  BOOST_TEST(cancel(alice, 1001, eth)
             == "error Order was never placed, already canceled, or filled. "
                "asset=1");
  BOOST_TEST(cancel(bob, 1001)
             == "error Order was never placed, already canceled, or filled. "
                "asset=0");
  BOOST_TEST(cancel(alice, 1001) == "success");
}

BOOST_AUTO_TEST_CASE(another_accounts_order_is_unknown) {
  place(alice, buy("0.01", "59000"));
  BOOST_TEST(!v.order_status(bob, venue_order_id{1001}));
}

BOOST_AUTO_TEST_CASE(the_two_thousand_newest_records_are_kept) {
  place(alice, buy("0.01", "59000"));
  for (int i = 0; i < 20; ++i)
    place(alice, std::vector<wire_order>(100, ioc(buy("0.01", "59000"))));
  BOOST_TEST(v.order_history(alice).size() == 2000u);
  BOOST_TEST(v.order_history(alice).front().oid.value == 3001u);
  // Alive, it is known all the same.
  BOOST_TEST(v.order_status(alice, venue_order_id{1001}).has_value());
  cancel(alice, 1001);
  BOOST_TEST(v.order_status(alice, venue_order_id{1001})->status == "canceled");
  BOOST_TEST(!v.order_status(alice, venue_order_id{1002}));
}

BOOST_AUTO_TEST_CASE(a_thousand_open_orders_are_the_most) {
  v.fund(alice, decimal<amount>("1000000"), now);
  for (int i = 0; i < 10; ++i)
    place(alice, std::vector<wire_order>(100, buy("0.001", "59000")));
  BOOST_TEST(place(alice, buy("0.001", "59000"))
             == "error Too many open orders. asset=0");
  BOOST_TEST(statuses(alice) == "tooManyOpenOrdersRejected 2001 0.001");
}

BOOST_AUTO_TEST_CASE(a_halted_venue_places_nothing_but_cancels) {
  place(alice, buy("0.01", "59000"));
  v.set_halted(true);
  BOOST_TEST(place(alice, buy("0.01", "59000")) == "error Trading is halted.");
  BOOST_TEST(modify(alice, venue_order_id{1001}, buy("0.01", "58000"))
             == "err Trading is halted.");
  BOOST_TEST(cancel(alice, 1001) == "success");
}

BOOST_AUTO_TEST_CASE(after_an_upgrade_only_post_only_orders_are_taken) {
  v.set_post_only(true);
  BOOST_TEST(place(alice, {alo(buy("0.01", "59000")), buy("0.01", "59000")})
             == "resting 1001; error Only post-only orders allowed "
                "immediately after a network upgrade");
  BOOST_TEST(modify(alice, venue_order_id{1001}, buy("0.01", "58000"))
             == "done");
}

BOOST_AUTO_TEST_CASE(delisting_cancels_the_orders_of_the_coin) {
  place(alice, {buy("0.01", "59000"), buy("0.1", "2900", eth)});
  v.delist("BTC", now);
  run();
  BOOST_TEST(statuses(alice) == "delistedCanceled 1001 0.01");
  BOOST_TEST(v.instruments().find("BTC")->delisted);
  BOOST_TEST(open(alice) == "1002 0.1/0.1");
  BOOST_TEST(place(alice, buy("0.01", "59000"))
             == "error Order has invalid asset.");
}

BOOST_AUTO_TEST_CASE(the_fills_of_a_pair_of_orders_have_one_trade_id) {
  place(bob, {sell("0.01", "60000"), sell("0.01", "60000")});
  place(alice, buy("0.02", "60000"));
  const auto& all = blocks.at(0).fills;
  BOOST_REQUIRE(all.size() == 4u);
  BOOST_TEST(all.at(0).tid.value == all.at(1).tid.value);
  BOOST_TEST(all.at(2).tid.value == all.at(3).tid.value);
  BOOST_TEST(all.at(0).tid.value != all.at(2).tid.value);
  BOOST_TEST(all.at(0).tid.value < (std::uint64_t{1} << 50));
}

BOOST_AUTO_TEST_CASE(public_data_follows_the_book) {
  place(bob,
        {sell("0.01", "60010"), sell("0.02", "60010"), buy("0.01", "60000")});
  BOOST_TEST(blocks.at(0).changed_books == std::vector<asset_id>{btc},
             boost::test_tools::per_element());
  const auto book = v.book(btc, 5);
  BOOST_TEST(to_string(book.asks.at(0).size) == "0.03");
  BOOST_TEST(book.asks.at(0).orders == 2u);
  BOOST_TEST(to_string(book.bids.at(0).level_price) == "60000");
  BOOST_TEST(to_string(v.mid(btc)) == "60005");
  BOOST_TEST(to_string(v.mid(eth)) == "3000");
  place(alice, buy("0.015", "60010"));
  BOOST_TEST(v.recent_trades(btc).size() == 2u);
  BOOST_TEST((blocks.at(0).trades.at(0).buyer == alice));
}

BOOST_AUTO_TEST_SUITE_END()
