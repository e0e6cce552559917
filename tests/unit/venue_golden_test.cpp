// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_desk.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::venue;

namespace {

constexpr auto never_placed =
  "error Order was never placed, already canceled, or filled. asset=0";

/// The status that orderStatus by cloid tells; "unknownOid" without a record.
std::string status_of(const desk& d, std::uint8_t id) {
  const auto record = d.v.order_status(d.alice, cloid_of(id), d.now);
  return record ? record->status : "unknownOid";
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_golden_suite, desk)

BOOST_AUTO_TEST_CASE(an_order_rests_and_is_canceled_by_cloid) {
  BOOST_TEST(place(alice, named(alo(buy("0.01", "65000")), 7))
             == "resting 1001");
  BOOST_TEST(statuses(alice) == "open 1001 0.01");
  BOOST_TEST(cancel_named(alice, 7) == "success");
  BOOST_TEST(statuses(alice) == "canceled 1001 0.01");
  BOOST_TEST(open(alice) == "");
}

BOOST_AUTO_TEST_CASE(an_immediate_order_is_filled_at_once) {
  BOOST_TEST(place(bob, sell("0.01", "65001")) == "resting 1001");
  BOOST_TEST(place(alice, ioc(buy("0.01", "65100")))
             == "filled 0.01@65001 1002");
  BOOST_TEST(statuses(alice) == "open 1002 0.01, filled 1002 0");
  BOOST_TEST(statuses(bob) == "filled 1001 0");
  BOOST_TEST(fills(alice)
             == "1002 buy 0.01@65001 taker fee 0.292504 Open Long");
  BOOST_TEST(fills(bob)
             == "1001 sell 0.01@65001 maker fee 0.097501 Open Short");
  const auto& both = blocks.at(0).fills;
  BOOST_TEST(both.at(0).tid.value == both.at(1).tid.value);
  BOOST_TEST(to_string(both.at(0).hash) == to_string(both.at(1).hash));
  BOOST_TEST(both.at(0).time_ms == both.at(1).time_ms);
}

BOOST_AUTO_TEST_CASE(what_does_not_cross_rests_under_the_same_oid) {
  place(bob, sell("0.5", "61000"));
  BOOST_TEST(place(alice, buy("2", "61000")) == "filled 0.5@61000 1002");
  BOOST_TEST(statuses(alice) == "open 1002 2");
  BOOST_TEST(open(alice) == "1002 1.5/2");
  // The record is as it was when the status changed.
  BOOST_TEST(
    to_string(v.order_status(alice, venue_order_id{1002}).value().remaining)
    == "2");
}

BOOST_AUTO_TEST_CASE(a_crossing_post_only_order_is_refused_with_the_bbo) {
  quote(order_side::buy, "1", "64999");
  quote(order_side::sell, "1", "65000");
  BOOST_TEST(place(alice, named(alo(buy("0.01", "65000")), 4))
             == "error Post only order would have immediately matched, bbo "
                "was 64999.0@65000.0. asset=0");
  BOOST_TEST(statuses(alice) == "badAloPxRejected 1003 0.01");
  BOOST_TEST(status_of(*this, 4) == "badAloPxRejected");
}

BOOST_AUTO_TEST_CASE(the_orders_of_a_batch_do_not_depend_on_each_other) {
  BOOST_TEST(place(alice, {buy("0.01", "59000"), buy("0.0001", "59000"),
                           ioc(buy("0.01", "59000"))})
             == "resting 1001; "
                "error Order must have minimum value of $10. asset=0; "
                "error Order could not immediately match against any resting "
                "orders. asset=0");
  BOOST_TEST(statuses(alice)
             == "open 1001 0.01, minTradeNtlRejected 1002 0.0001, "
                "iocCancelRejected 1003 0.01");
}

BOOST_AUTO_TEST_CASE(one_malformed_order_answers_the_whole_batch) {
  BOOST_TEST(place(alice, {named(buy("0.01", "59000"), 1),
                           buy("0.000001", "59000"), buy("0.02", "59000")})
             == "error Order has invalid size.");
  BOOST_TEST(statuses(alice) == "");
  BOOST_TEST(status_of(*this, 1) == "unknownOid");
  const exchange_submission again{
    .action = noop_action{}, .nonce = nonce, .signer = alice};
  BOOST_TEST(act(again)
             == "err Invalid nonce: duplicate nonce " + std::to_string(nonce));
}

BOOST_AUTO_TEST_CASE(a_modify_opens_anew_and_then_cancels) {
  place(alice, named(alo(buy("0.01", "65000")), 1));
  BOOST_TEST(
    batch_modify(alice, venue_order_id{1001}, named(buy("0.01", "65010"), 1))
    == "resting 1002");
  BOOST_TEST(statuses(alice) == "open 1002 0.01, canceled 1001 0.01");
  BOOST_TEST(v.order_status(alice, cloid_of(1), now).value().oid.value
             == 1002u);
}

BOOST_AUTO_TEST_CASE(a_modify_into_the_market_leaves_no_order) {
  place(alice, alo(buy("0.01", "65000")));
  place(bob, sell("0.01", "65005"));
  BOOST_TEST(modify(alice, venue_order_id{1001}, alo(buy("0.01", "65010")))
             == "err Error placing new order during modify: Post only order "
                "would have immediately matched, bbo was None@65005.0.");
  BOOST_TEST(statuses(alice)
             == "canceled 1001 0.01, badAloPxRejected 1003 0.01");
  BOOST_TEST(open(alice) == "");
}

BOOST_AUTO_TEST_CASE(a_filled_order_cannot_be_modified) {
  place(alice, buy("0.01", "65000"));
  place(bob, sell("0.01", "65000"));
  BOOST_TEST(modify(alice, venue_order_id{1001}, buy("0.01", "64000"))
             == "err Cannot modify canceled or filled order");
  BOOST_TEST(batch_modify(alice, venue_order_id{1001}, buy("0.01", "64000"))
             == "error Cannot modify canceled or filled order");
}

BOOST_AUTO_TEST_CASE(a_cancel_that_comes_after_the_fill_is_refused) {
  place(alice, buy("0.01", "65000"));
  place(bob, sell("0.01", "65000"));
  BOOST_TEST(cancel(alice, 1001) == never_placed);
}

BOOST_AUTO_TEST_CASE(a_noop_of_the_same_nonce_kills_an_order_in_flight) {
  const exchange_submission order{
    .action = order_action{.orders = {ioc(buy("0.01", "65000"))}},
    .nonce = 1'700'000'000'500,
    .signer = alice};
  const exchange_submission noop{
    .action = noop_action{}, .nonce = 1'700'000'000'500, .signer = alice};
  const auto first = std::get<ticket>(v.submit(order, now));
  const auto second = std::get<ticket>(v.submit(noop, now));
  run();
  BOOST_TEST(reply_of(second) == "done");
  BOOST_TEST(reply_of(first)
             == "err Invalid nonce: duplicate nonce 1700000000500");
}

BOOST_AUTO_TEST_CASE(an_unknown_signer_is_named) {
  BOOST_TEST(place(address_of(0xee), buy("0.01", "65000"))
             == "err User or API Wallet "
                "0xaa000000000000000000000000000000000000ee does not exist.");
}

BOOST_AUTO_TEST_CASE(a_reduce_only_order_is_cut_to_the_position) {
  place(bob, {buy("1", "60000"), sell("0.02", "61000")});
  BOOST_TEST(place(alice, reducing(ioc(sell("0.05", "60000"))))
             == "error Reduce only order would increase position. asset=0");
  place(alice, buy("0.02", "61000"));
  BOOST_TEST(place(alice, reducing(ioc(sell("0.05", "60000"))))
             == "filled 0.02@60000 1005");
  BOOST_TEST(position(alice) == "0");
}

BOOST_AUTO_TEST_CASE(a_resting_reduce_only_order_goes_with_the_position) {
  place(bob, {buy("0.05", "60000"), sell("0.05", "61000")});
  place(alice, buy("0.05", "61000"));
  place(alice, reducing(sell("0.02", "62000")));
  BOOST_TEST(place(alice, ioc(sell("0.05", "60000")))
             == "filled 0.05@60000 1005");
  BOOST_TEST(statuses(alice)
             == "open 1005 0.05, filled 1005 0, "
                "reduceOnlyCanceled 1004 0.02");
  BOOST_TEST(blocks.at(0).venue_cancels.empty());
}

BOOST_AUTO_TEST_CASE(a_trade_with_oneself_cancels_the_resting_order) {
  place(alice, sell("0.01", "61000"));
  place(bob, sell("0.01", "61001"));
  BOOST_TEST(place(alice, buy("0.02", "61001")) == "filled 0.01@61001 1003");
  BOOST_TEST(statuses(alice) == "open 1003 0.02, selfTradeCanceled 1001 0.01");
  BOOST_TEST(open(alice) == "1003 0.01/0.02");
  BOOST_TEST(blocks.at(0).venue_cancels.size() == 1u);
}

BOOST_AUTO_TEST_CASE(take_profit_and_stop_loss_wait_for_their_parent) {
  using enum trigger_kind;
  const auto tp =
    reducing(triggered(sell("0.01", "60500"), take_profit, "61000"));
  const auto sl =
    reducing(triggered(sell("0.01", "58000"), stop_loss, "59000"));
  BOOST_TEST(
    place(alice, {buy("0.01", "60000"), tp, sl}, order_grouping::normal_tpsl)
    == "resting 1001; waitingForFill; waitingForFill");
  BOOST_TEST(statuses(alice) == "open 1001 0.01");
  place(bob, sell("0.01", "60000"));
  BOOST_TEST(statuses(alice)
             == "filled 1001 0, open 1002 0.01, open 1003 0.01");
  quote(order_side::buy, "1", "60900");
  set_mark("BTC", "61000");
  BOOST_TEST(statuses(alice)
             == "triggered 1002 0.01, filled 1002 0, "
                "siblingFilledCanceled 1003 0.01");
  BOOST_TEST(position(alice) == "0");
}

BOOST_AUTO_TEST_CASE(an_expired_action_costs_five_and_its_nonce) {
  const exchange_submission late{
    .action = order_action{.orders = {buy("0.01", "60000")}},
    .nonce = 1'700'000'000'700,
    .expires_after_ms = 1'700'000'000'000,
    .signer = alice};
  BOOST_TEST(act(late) == "err Action already expired");
  BOOST_TEST(act(late) == "err Invalid nonce: duplicate nonce 1700000000700");
  BOOST_TEST(v.rate_limit(alice).requests_used == 5u);
}

BOOST_AUTO_TEST_CASE(more_than_200_items_are_refused_for_nothing) {
  cancel_action many;
  many.cancels.resize(201);
  BOOST_TEST(act(alice, many) == "err Signed action over weight limit of 200.");
  BOOST_TEST(v.rate_limit(alice).requests_used == 0u);
}

BOOST_AUTO_TEST_CASE(every_cancel_of_a_batch_is_charged) {
  cancel_action many;
  for (std::uint64_t oid = 1; oid <= 200; ++oid)
    many.cancels.push_back({btc, {oid}});
  std::string expected = never_placed;
  for (int i = 1; i < 200; ++i)
    expected += std::string{"; "} + never_placed;
  BOOST_TEST(act(alice, many) == expected);
  BOOST_TEST(v.rate_limit(alice).requests_used == 200u);
}

BOOST_AUTO_TEST_SUITE_END()
