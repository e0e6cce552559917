// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_api_fixture.hpp"

using namespace hlx;
using namespace hlx::venue;

namespace {

std::string subscribe(std::string_view wanted) {
  return R"({"method":"subscribe","subscription":)" + std::string{wanted} + "}";
}

std::string acknowledged(std::string_view wanted,
                         std::string_view method = "subscribe") {
  return R"({"channel":"subscriptionResponse","data":{"method":")"
         + std::string{method} + R"(","subscription":)" + std::string{wanted}
         + "}}";
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_api_streams, api_fixture)

BOOST_AUTO_TEST_CASE(a_subscription_is_acknowledged_before_its_snapshot) {
  const auto id = listen({});
  const auto told = say(
    id, subscribe(R"({"type":"userFills","user":")" + alice.user() + R"("})"));
  BOOST_REQUIRE(told.size() == 2);
  BOOST_TEST(told[0]
             == acknowledged(R"({"type":"userFills","user":")" + alice.user()
                             + R"(","aggregateByTime":false})"));
  BOOST_TEST(told[1]
             == R"({"channel":"userFills","data":{"user":")" + alice.user()
                  + R"(","isSnapshot":true,"fills":[]}})");
}

BOOST_AUTO_TEST_CASE(order_updates_start_without_a_snapshot) {
  act(alice, order_json(limit_fields(0, true, "55000", "0.01", "Gtc")));
  const auto id = listen({});
  const auto told = say(id, subscribe(R"({"type":"orderUpdates","user":")"
                                      + alice.user() + R"("})"));
  BOOST_TEST(told.size() == 1u);
}

BOOST_AUTO_TEST_CASE(g20_a_second_subscription_to_the_same_is_an_error) {
  const auto id = listen({});
  const std::string wanted = R"({"type":"trades","coin":"BTC"})";
  BOOST_TEST(say(id, subscribe(wanted)).front() == acknowledged(wanted));
  const auto again = say(id, subscribe(wanted));
  BOOST_REQUIRE(again.size() == 1);
  BOOST_TEST(
    again[0]
    == R"({"channel":"error","data":"Already subscribed: {\"type\":\"trades\",\"coin\":\"BTC\"}"})");
  const auto leave =
    R"({"method":"unsubscribe","subscription":)" + wanted + "}";
  BOOST_TEST(say(id, leave).front() == acknowledged(wanted, "unsubscribe"));
  BOOST_TEST(contains(say(id, leave).front(), "Already unsubscribed: {"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_understood_is_echoed_in_an_error) {
  const auto id = listen({});
  BOOST_TEST(
    say(id, "no json").front()
    == R"({"channel":"error","data":"Error parsing JSON into valid websocket request: no json"})");
  BOOST_TEST(contains(say(id, R"({"method":"dance"})").front(),
                      "Error parsing JSON into valid websocket request"));
  BOOST_TEST(
    contains(say(id, subscribe(R"({"type":"trades","coin":"NOPE"})")).front(),
             "Invalid subscription {"));
  BOOST_TEST(contains(say(id, std::string(1'000'000, '[')).front(),
                      "Error parsing JSON"));
  BOOST_TEST(contains(say(id, "\xff\xfe").front(), "Error parsing JSON"));
}

BOOST_AUTO_TEST_CASE(a_ping_is_answered_without_data) {
  const auto id = listen({});
  BOOST_TEST(say(id, R"({"method":"ping"})").front()
             == R"({"channel":"pong"})");
}

BOOST_AUTO_TEST_CASE(a_socket_that_hears_nothing_for_60_s_is_closed) {
  const auto id = listen({});
  run(30'000);
  say(id, R"({"method":"ping"})");
  run(59'999);
  BOOST_TEST(others.empty());
  run(1);
  BOOST_REQUIRE(others.size() == 1);
  BOOST_TEST((others[0].kind == output_kind::ws_close));
  BOOST_TEST(others[0].target == id);
  BOOST_TEST(api.open_sessions() == 0u);
}

BOOST_AUTO_TEST_CASE(a_post_carries_actions_and_info) {
  const auto id = listen({});
  const auto body =
    envelope(alice, order_json(limit_fields(0, true, "55000", "0.01", "Gtc")));
  api.ws_text(
    id,
    R"({"method":"post","id":256,"request":{"type":"action","payload":)" + body
      + "}}",
    now_ms);
  run(200);
  BOOST_TEST(
    heard(id).front()
    == R"({"channel":"post","data":{"id":256,"response":{"type":"action","payload":)"
         + statuses(resting(1001)) + "}}}");
  const auto told = say(
    id,
    R"({"method":"post","id":1,"request":{"type":"info","payload":{"type":"exchangeStatus"}}})");
  BOOST_TEST(contains(
    told.front(), R"("payload":{"type":"exchangeStatus","data":{"time":17)"));
  BOOST_TEST(
    say(
      id,
      R"({"method":"post","id":2,"request":{"type":"info","payload":{"type":"x"}}})")
      .front()
    == R"({"channel":"post","data":{"id":2,"response":{"type":"error","payload":"422 Unprocessable Entity: Failed to deserialize the JSON body into the target type"}}})");
}

BOOST_AUTO_TEST_CASE(the_101st_post_in_flight_is_refused_by_its_id) {
  const auto id = listen({});
  for (int i = 1; i <= 101; ++i)
    api.ws_text(id,
                R"({"method":"post","id":)" + std::to_string(i)
                  + R"(,"request":{"type":"action","payload":)"
                  + envelope(alice, R"({"type":"noop"})") + "}}",
                now_ms);
  auto told = heard(id);
  BOOST_REQUIRE(told.size() == 1);
  BOOST_TEST(
    told[0]
    == R"({"channel":"error","data":"too many pending post requests id=101"})");
  run(200);
  BOOST_TEST(heard(id).size() == 100u);
}

BOOST_AUTO_TEST_CASE(full_states_come_again_on_every_change) {
  const auto user = R"("user":")" + alice.user() + R"("})";
  const auto id = listen({R"({"type":"openOrders",)" + user,
                          R"({"type":"clearinghouseState",)" + user,
                          R"({"type":"spotState",)" + user,
                          R"({"type":"userHistoricalOrders",)" + user});
  act(alice, order_json(limit_fields(0, true, "55000", "0.01", "Gtc")));
  const auto told = heard(id);
  BOOST_REQUIRE(told.size() == 4);
  BOOST_TEST(contains(
    told[0], R"({"channel":"openOrders","data":{"dex":"","user":")"
               + alice.user() + R"(","orders":[{"coin":"BTC","side":"B")"));
  BOOST_TEST(
    contains(told[0], R"("orderType":"Limit","tif":"Gtc","cloid":null)"));
  BOOST_TEST(contains(
    told[1],
    R"({"channel":"clearinghouseState","data":{"dex":"","user":")"
      + alice.user()
      + R"(","clearinghouseState":{"marginSummary":{"accountValue":)"));
  BOOST_TEST(contains(told[2], R"("spotState":{"balances":[)"));
  BOOST_TEST(contains(told[3], R"("orderHistory":[{"order":{"coin":"BTC")"));
}

BOOST_AUTO_TEST_CASE(markets_tell_books_best_prices_trades_and_mids) {
  const auto id = listen(
    {R"({"type":"bbo","coin":"BTC"})", R"({"type":"l2Book","coin":"BTC"})",
     R"({"type":"trades","coin":"BTC"})", R"({"type":"allMids"})"});
  run(500);
  act(bob, order_json(limit_fields(0, false, "60000", "1", "Gtc")));
  auto told = heard(id);
  BOOST_REQUIRE(told.size() == 3);
  BOOST_TEST(
    contains(told[0], R"({"channel":"allMids","data":{"mids":{"BTC":)"));
  BOOST_TEST(
    contains(told[1], R"("bbo":[null,{"px":"60000.0","sz":"1.0","n":1}]}})"));
  BOOST_TEST(contains(
    told[2], R"("levels":[[],[{"px":"60000.0","sz":"1.0","n":1}]]}})"));
  act(bob, order_json(limit_fields(0, false, "60100", "1", "Gtc")));
  told = heard(id);
  BOOST_REQUIRE(told.size() == 1);
  BOOST_TEST(contains(told[0], "allMids"));
  run(500);
  told = heard(id);
  BOOST_REQUIRE(told.size() == 1);
  BOOST_TEST(contains(told[0], R"("px":"60100.0")"));
  act(alice, order_json(limit_fields(0, true, "60000", "0.5", "Ioc")));
  told = heard(id);
  const auto trade = std::find_if(told.begin(), told.end(), [](auto& x) {
    return contains(x, R"("channel":"trades")");
  });
  BOOST_REQUIRE(trade != told.end());
  BOOST_TEST(contains(*trade, R"("side":"B","px":"60000.0","sz":"0.5")"));
  BOOST_TEST(contains(*trade, R"("users":[")" + alice.user() + R"(",")"
                                + bob.user() + R"("])"));
}

BOOST_AUTO_TEST_CASE(the_fills_snapshot_is_oldest_first) {
  act(bob, order_json(limit_fields(0, false, "60000", "1", "Gtc")));
  act(alice, order_json(limit_fields(0, true, "60000", "0.5", "Ioc")));
  act(alice, order_json(limit_fields(0, true, "60000", "0.25", "Ioc")));
  const auto id = listen({});
  const auto told = say(
    id, subscribe(R"({"type":"userFills","user":")" + alice.user() + R"("})"));
  BOOST_TEST(told[1].find(R"("sz":"0.5")") < told[1].find(R"("sz":"0.25")"));
  const auto newest =
    info(R"({"type":"userFills","user":")" + alice.user() + R"("})");
  BOOST_TEST(newest.find(R"("sz":"0.25")") < newest.find(R"("sz":"0.5")"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(venue_api_info, api_fixture)

BOOST_AUTO_TEST_CASE(time_bounds_of_fills_are_inclusive_and_oldest_first) {
  act(bob, order_json(limit_fields(0, false, "60000", "1", "Gtc")));
  act(alice, order_json(limit_fields(0, true, "60000", "0.5", "Ioc")));
  const auto first = std::to_string(
    api.books().fills(alice.key.signer_address()).front().time_ms);
  act(alice, order_json(limit_fields(0, true, "60000", "0.25", "Ioc")));
  const auto count = [&](const std::string& bounds) {
    return wire::parse_json(info(R"({"type":"userFillsByTime","user":")"
                                 + alice.user() + R"(",)" + bounds + "}"))
      .value->items()
      .size();
  };
  BOOST_TEST(count(R"("startTime":)" + first) == 2u);
  BOOST_TEST(count(R"("startTime":)" + first + R"(,"endTime":)" + first) == 1u);
  BOOST_TEST(count(R"("startTime":0,"endTime":null)") == 2u);
  BOOST_TEST(count(R"("startTime":18446744073709551615)") == 0u);
}

BOOST_AUTO_TEST_CASE(fills_of_one_order_and_time_can_be_put_together) {
  act(bob, order_json(limit_fields(0, false, "60000", "0.1", "Gtc")));
  act(bob, order_json(limit_fields(0, false, "60010", "0.3", "Gtc")));
  act(alice, order_json(limit_fields(0, true, "60010", "0.4", "Ioc")));
  const auto text = info(R"({"type":"userFills","user":")" + alice.user()
                         + R"(","aggregateByTime":true})");
  BOOST_TEST(wire::parse_json(text).value->items().size() == 1u);
  BOOST_TEST(contains(text, R"("px":"60007.5","sz":"0.4")"));
}

BOOST_AUTO_TEST_CASE(positions_are_told_with_their_margin) {
  act(bob, order_json(limit_fields(0, false, "60000", "0.1", "Gtc")));
  act(alice, order_json(limit_fields(0, true, "60000", "0.1", "Ioc")));
  const auto text =
    info(R"({"type":"clearinghouseState","user":")" + alice.user() + R"("})");
  BOOST_TEST(contains(
    text,
    R"("assetPositions":[{"type":"oneWay","position":{"coin":"BTC","szi":"0.1","leverage":{"type":"cross","value":20},"entryPx":"60000.0","positionValue":"6000.0","unrealizedPnl":"0.0","returnOnEquity":"0.0","liquidationPx":)"));
  BOOST_TEST(contains(text, R"("marginUsed":"300.0","maxLeverage":40)"));
  BOOST_TEST(contains(text, R"("totalNtlPos":"6000.0")"));
}

BOOST_AUTO_TEST_CASE(roles_agents_and_fees_are_told) {
  trader agent{'3'};
  api.books().approve_agent(alice.key.signer_address(),
                            agent.key.signer_address(), "desk");
  BOOST_TEST(info(R"(["userRole",")" + alice.user() + R"("])")
             == R"({"role":"user"})");
  BOOST_TEST(info(R"({"type":"userRole","user":")" + agent.user() + R"("})")
             == R"({"role":"agent","data":{"user":")" + alice.user()
                  + R"("}})");
  trader nobody{'4'};
  BOOST_TEST(info(R"({"type":"userRole","user":")" + nobody.user() + R"("})")
             == R"({"role":"missing"})");
  BOOST_TEST(
    contains(info(R"({"type":"extraAgents","user":")" + alice.user() + R"("})"),
             R"([{"address":")" + agent.user() + R"(","name":"desk")"));
  BOOST_TEST(
    contains(info(R"({"type":"userFees","user":")" + alice.user() + R"("})"),
             R"("userCrossRate":"0.00045","userAddRate":"0.00015")"));
  BOOST_TEST(info(R"({"type":"subAccounts","user":")" + alice.user() + R"("})")
             == "null");
}

BOOST_AUTO_TEST_CASE(books_can_be_put_together_by_significant_figures) {
  for (const auto* px : {"59991", "59992", "58999"})
    act(bob, order_json(limit_fields(0, true, px, "1", "Gtc")));
  BOOST_TEST(contains(
    info(R"({"type":"l2Book","coin":"BTC","nSigFigs":4})"),
    R"("levels":[[{"px":"59990.0","sz":"2.0","n":2},{"px":"58990.0","sz":"1.0","n":1}],[]])"));
  BOOST_TEST(contains(info(R"({"type":"l2Book","coin":"BTC"})"),
                      R"([[{"px":"59992.0","sz":"1.0","n":1},)"));
  BOOST_TEST(info(R"({"type":"l2Book","coin":"NOPE"})") == "null");
  const auto id =
    post("/info", R"({"type":"l2Book","coin":"BTC","nSigFigs":1})");
  BOOST_TEST(replies[id].status == 500);
  BOOST_TEST(replies[id].text == "null");
}

BOOST_AUTO_TEST_CASE(wrong_queries_are_refused_by_status) {
  const auto status = [&](std::string_view body) {
    return replies[post("/info", body)].status;
  };
  BOOST_TEST(status(R"({"type":"nonsense"})") == 422);
  BOOST_TEST(status(R"({"type":"openOrders"})") == 422);
  BOOST_TEST(status(R"({"type":"openOrders","user":"0x12"})") == 422);
  BOOST_TEST(status(R"({"type":"orderStatus","user":")" + alice.user()
                    + R"(","oid":-1})")
             == 422);
  BOOST_TEST(status(R"({"type":"orderStatus","user":")" + alice.user()
                    + R"(","oid":99999999999999999999})")
             == 422);
  BOOST_TEST(status(R"({"type":"meta","dex":"nope"})") == 500);
  BOOST_TEST(status("[]") == 422);
  BOOST_TEST(status("[1,2]") == 422);
  BOOST_TEST(status("{") == 400);
  BOOST_TEST(status(std::string(1'000'000, '[')) == 400);
  BOOST_TEST(status(R"({"type":"meta","surplus":1})") == 200);
}

BOOST_AUTO_TEST_CASE(a_new_cloid_can_be_invisible_to_queries_for_a_while) {
  api.books().config().cloid_visibility_delay_ms = 700;
  const std::string cloid = "0x0000000000000000000000000000000b";
  act(alice, order_json(limit_fields(0, true, "55000", "0.01", "Gtc")
                        + R"(,"c":")" + cloid + R"(")"));
  const auto query = R"({"type":"orderStatus","user":")" + alice.user()
                     + R"(","oid":")" + cloid + R"("})";
  BOOST_TEST(info(query) == R"({"status":"unknownOid"})");
  run(1000);
  BOOST_TEST(contains(info(query), R"("status":"open")"));
}

BOOST_AUTO_TEST_SUITE_END()
