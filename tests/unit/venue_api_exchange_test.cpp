// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_api_fixture.hpp"

using namespace hlx;
using namespace hlx::venue;

namespace {

const std::string cloid_x = "0x0000000000000000000000000000000a";
const std::string with_x = R"(,"c":")" + cloid_x + R"(")";
const std::string gone =
  R"({"error":"Order was never placed, already canceled, or filled. asset=0"})";

std::string by_cloid(std::string_view cloid) {
  return R"({"type":"cancelByCloid","cancels":[{"asset":0,"cloid":")"
         + std::string{cloid} + R"("}]})";
}

std::string cancels(std::size_t count) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i)
    list.append(i == 0 ? "" : ",").append(R"({"a":0,"o":7})");
  return R"({"type":"cancel","cancels":[)" + list + "]}";
}

std::string modify_of(std::uint64_t oid, const std::string& fields) {
  return R"({"type":"modify","oid":)" + std::to_string(oid) + R"(,"order":{)"
         + fields + "}}";
}

std::string batch_modify_of(std::uint64_t oid, const std::string& fields) {
  return R"({"type":"batchModify","modifies":[{"oid":)" + std::to_string(oid)
         + R"(,"order":{)" + fields + "}}]}";
}

std::string ioc(bool buy, std::string_view px, std::string_view sz) {
  return order_json(limit_fields(0, buy, px, sz, "Ioc"));
}

// Offers that much of BTC at 60000 as bob; the oid.
std::string offer(api_fixture& f, std::string_view sz) {
  return f.act(f.bob, order_json(limit_fields(0, false, "60000", sz, "Gtc")));
}

std::string used_requests(api_fixture& f, const trader& who) {
  const auto text =
    f.info(R"({"type":"userRateLimit","user":")" + who.user() + R"("})");
  const auto parsed = wire::parse_json(text);
  return parsed.value->find("nRequestsUsed")->text();
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_api_exchange, api_fixture)

BOOST_AUTO_TEST_CASE(g01_an_order_rests_and_is_canceled_by_cloid) {
  const auto session = listen_to(alice);
  BOOST_TEST(act(alice, order_json(limit_fields(0, true, "55000", "0.01", "Alo")
                                   + with_x))
             == statuses(resting(1001, cloid_x)));
  auto told = heard(session);
  BOOST_REQUIRE(told.size() == 1);
  const auto time = std::to_string(api.books().last_block_ms());
  BOOST_TEST(
    told[0]
    == R"({"channel":"orderUpdates","data":[{"order":{"coin":"BTC","side":"B","limitPx":"55000.0","sz":"0.01","oid":1001,"timestamp":)"
         + time + R"(,"origSz":"0.01","cloid":")" + cloid_x
         + R"("},"status":"open","statusTimestamp":)" + time + "}]}");
  BOOST_TEST(act(alice, by_cloid(cloid_x))
             == statuses(R"("success")", "cancel"));
  told = heard(session);
  BOOST_REQUIRE(told.size() == 1);
  BOOST_TEST(contains(told[0], R"("status":"canceled")"));
  BOOST_TEST(act(alice, by_cloid(cloid_x)) == statuses(gone, "cancel"));
}

BOOST_AUTO_TEST_CASE(g02_an_immediate_fill_is_told_to_both_sides) {
  offer(*this, "0.01");
  const auto takers = listen_to(alice);
  const auto makers = listen_to(bob);
  BOOST_TEST(
    act(alice, ioc(true, "60000", "0.01"))
    == statuses(
      R"({"filled":{"totalSz":"0.01","avgPx":"60000.0","oid":1002}})"));
  const auto taken = heard(takers);
  BOOST_REQUIRE(taken.size() == 2);
  BOOST_TEST(contains(taken[0], R"("sz":"0.01","oid":1002)"));
  BOOST_TEST(contains(taken[0], R"("status":"open")"));
  BOOST_TEST(contains(taken[0], R"("sz":"0.0","oid":1002)"));
  BOOST_TEST(contains(taken[0], R"("status":"filled")"));
  const auto fill = wire::parse_json(taken[1]).value.value();
  const auto& first = fill.find("data")->find("fills")->items().at(0);
  BOOST_TEST(first.find("dir")->text() == "Open Long");
  BOOST_TEST(first.find("crossed")->is_true());
  BOOST_TEST(first.find("fee")->text() == "0.27");
  BOOST_TEST(first.find("feeToken")->text() == "USDC");
  BOOST_TEST(first.find("twapId")->is_null());
  BOOST_TEST(!fill.find("data")->find("isSnapshot"));
  const auto made = heard(makers);
  BOOST_REQUIRE(made.size() == 2);
  BOOST_TEST(contains(made[0], R"("status":"filled")"));
  BOOST_TEST(contains(made[1], R"("crossed":false)"));
  BOOST_TEST(contains(made[1], R"("tid":)" + first.find("tid")->text()));
}

BOOST_AUTO_TEST_CASE(g03_what_a_gtc_order_does_not_match_rests_under_its_oid) {
  offer(*this, "0.5");
  const auto session = listen_to(alice);
  BOOST_TEST(
    act(alice, order_json(limit_fields(0, true, "60000", "1.5", "Gtc")))
    == statuses(
      R"({"filled":{"totalSz":"0.5","avgPx":"60000.0","oid":1002}})"));
  const auto open =
    info(R"({"type":"openOrders","user":")" + alice.user() + R"("})");
  BOOST_TEST(contains(open, R"("sz":"1.0","oid":1002)"));
  BOOST_TEST(contains(open, R"("origSz":"1.5")"));
  const auto status = info(R"({"type":"orderStatus","user":")" + alice.user()
                           + R"(","oid":1002})");
  BOOST_TEST(contains(status, R"("sz":"1.5","oid":1002)"));
  heard(session);
  act(bob, ioc(false, "60000", "0.1"));
  const auto told = heard(session);
  BOOST_REQUIRE(told.size() == 1);
  BOOST_TEST(contains(told[0], R"("channel":"userFills")"));
}

BOOST_AUTO_TEST_CASE(g04_a_crossing_post_only_order_is_refused_with_a_record) {
  offer(*this, "1");
  act(bob, order_json(limit_fields(0, true, "59990", "1", "Gtc")));
  const auto session = listen_to(alice);
  BOOST_TEST(
    act(alice,
        order_json(limit_fields(0, true, "60000", "0.01", "Alo") + with_x))
    == statuses(
      R"({"error":"Post only order would have immediately matched, bbo was 59990.0@60000.0. asset=0"})"));
  const auto told = heard(session);
  BOOST_REQUIRE(told.size() == 1);
  BOOST_TEST(contains(told[0], R"("oid":1003)"));
  BOOST_TEST(contains(told[0], R"("status":"badAloPxRejected")"));
  BOOST_TEST(contains(info(R"({"type":"orderStatus","user":")" + alice.user()
                           + R"(","oid":")" + cloid_x + R"("})"),
                      R"("status":"badAloPxRejected")"));
}

BOOST_AUTO_TEST_CASE(g05_orders_of_a_batch_fail_alone) {
  const auto orders = "{" + limit_fields(0, true, "55000", "0.01", "Gtc")
                      + "},{" + limit_fields(0, true, "55000", "0.0001", "Gtc")
                      + "},{" + limit_fields(0, true, "55000", "0.01", "Ioc")
                      + "}";
  BOOST_TEST(
    act(alice,
        R"({"type":"order","orders":[)" + orders + R"(],"grouping":"na"})")
    == statuses(
      resting(1001)
      + R"(,{"error":"Order must have minimum value of $10. asset=0"})"
        R"(,{"error":"Order could not immediately match against any resting orders. asset=0"})"));
}

BOOST_AUTO_TEST_CASE(g06_one_bad_size_refuses_the_batch_and_uses_the_nonce) {
  const auto orders = "{" + limit_fields(0, true, "55000", "0.01", "Gtc")
                      + with_x + "},{"
                      + limit_fields(0, true, "55000", "0.000001", "Gtc") + "}";
  const auto action =
    R"({"type":"order","orders":[)" + orders + R"(],"grouping":"na"})";
  BOOST_TEST(act(alice, action, {.nonce = 1'700'000'000'555})
             == statuses(R"({"error":"Order has invalid size."})"));
  BOOST_TEST(act(alice, R"({"type":"noop"})", {.nonce = 1'700'000'000'555})
             == refused("Invalid nonce: duplicate nonce 1700000000555"));
  BOOST_TEST(info(R"({"type":"orderStatus","user":")" + alice.user()
                  + R"(","oid":")" + cloid_x + R"("})")
             == R"({"status":"unknownOid"})");
}

BOOST_AUTO_TEST_CASE(g07_batch_modify_tells_the_new_oid_and_the_stream_both) {
  act(alice,
      order_json(limit_fields(0, true, "55000", "0.01", "Gtc") + with_x));
  const auto session = listen_to(alice);
  BOOST_TEST(
    act(alice, batch_modify_of(
                 1001, limit_fields(0, true, "55010", "0.01", "Gtc") + with_x))
    == statuses(resting(1002, cloid_x)));
  const auto told = heard(session);
  BOOST_REQUIRE(told.size() == 1);
  const auto opened = told[0].find(R"("oid":1002)");
  const auto canceled = told[0].find(R"("oid":1001)");
  BOOST_TEST(opened < canceled);
  BOOST_TEST(contains(told[0], R"("status":"canceled")"));
}

BOOST_AUTO_TEST_CASE(g08_a_modify_that_would_cross_leaves_no_order) {
  offer(*this, "1");
  act(alice, order_json(limit_fields(0, true, "55000", "0.01", "Alo")));
  const auto session = listen_to(alice);
  BOOST_TEST(
    act(alice, modify_of(1002, limit_fields(0, true, "60000", "0.01", "Alo")))
    == refused("Error placing new order during modify: Post only order would "
               "have immediately matched, bbo was None@60000.0."));
  const auto told = heard(session);
  BOOST_REQUIRE(told.size() == 1);
  BOOST_TEST(contains(told[0], R"("status":"canceled")"));
  BOOST_TEST(contains(told[0], R"("status":"badAloPxRejected")"));
  BOOST_TEST(info(R"({"type":"openOrders","user":")" + alice.user() + R"("})")
             == "[]");
}

BOOST_AUTO_TEST_CASE(g09_a_filled_order_cannot_be_modified) {
  offer(*this, "1");
  act(alice, ioc(true, "60000", "0.01"));
  const auto fields = limit_fields(0, true, "55000", "0.01", "Gtc");
  BOOST_TEST(act(alice, modify_of(1002, fields))
             == refused("Cannot modify canceled or filled order"));
  BOOST_TEST(
    act(alice, batch_modify_of(1002, fields))
    == statuses(R"({"error":"Cannot modify canceled or filled order"})"));
}

BOOST_AUTO_TEST_CASE(g10_a_cancel_of_a_filled_order_says_gone) {
  act(alice,
      order_json(limit_fields(0, true, "55000", "0.01", "Gtc") + with_x));
  act(bob, ioc(false, "55000", "0.01"));
  BOOST_TEST(act(alice, by_cloid(cloid_x)) == statuses(gone, "cancel"));
}

BOOST_AUTO_TEST_CASE(g11_a_noop_takes_the_nonce_of_an_order_in_flight) {
  const envelope_options same{.nonce = 1'700'000'000'777};
  BOOST_TEST(act(alice, R"({"type":"noop"})", same)
             == R"({"status":"ok","response":{"type":"default"}})");
  BOOST_TEST(
    act(alice, order_json(limit_fields(0, true, "55000", "0.01", "Gtc")), same)
    == refused("Invalid nonce: duplicate nonce 1700000000777"));
}

BOOST_AUTO_TEST_CASE(g12_a_hash_of_something_else_has_an_unknown_signer) {
  const auto reply =
    act(alice, order_json(limit_fields(0, true, "55000", "0.01", "Gtc")),
        {.signed_action =
           order_json(limit_fields(0, true, "55001", "0.01", "Gtc"))});
  BOOST_TEST(contains(reply, "User or API Wallet 0x"));
  BOOST_TEST(contains(reply, "does not exist."));
  BOOST_TEST(!contains(reply, alice.user()));
}

BOOST_AUTO_TEST_CASE(how_a_decimal_is_written_does_not_change_the_signer) {
  auto loose = order_json(limit_fields(0, true, "55000.00", "0.0100", "Gtc"));
  BOOST_TEST(act(alice, loose,
                 {.signed_action =
                    order_json(limit_fields(0, true, "55000", "0.01", "Gtc"))})
             == statuses(resting(1001)));
}

BOOST_AUTO_TEST_CASE(g13_reduce_only_orders_shrink_to_the_position) {
  offer(*this, "1");
  act(bob, order_json(limit_fields(0, true, "59000", "1", "Gtc")));
  act(alice, ioc(true, "60000", "0.02"));
  BOOST_TEST(
    act(alice, order_json(limit_fields(0, false, "59000", "0.05", "Ioc", true)))
    == statuses(
      R"({"filled":{"totalSz":"0.02","avgPx":"59000.0","oid":1004}})"));
  BOOST_TEST(
    act(alice, order_json(limit_fields(0, false, "59000", "0.05", "Ioc", true)))
    == statuses(
      R"({"error":"Reduce only order would increase position. asset=0"})"));
}

BOOST_AUTO_TEST_CASE(g14_a_closed_position_cancels_the_orders_that_reduce_it) {
  offer(*this, "1");
  act(bob, order_json(limit_fields(0, true, "59000", "1", "Gtc")));
  act(alice, ioc(true, "60000", "0.02"));
  act(alice, order_json(limit_fields(0, false, "61000", "0.02", "Gtc", true)));
  const auto session =
    listen({R"({"type":"orderUpdates","user":")" + alice.user() + R"("})",
            R"({"type":"userEvents","user":")" + alice.user() + R"("})"});
  act(alice, ioc(false, "59000", "0.02"));
  const auto told = heard(session);
  BOOST_REQUIRE(told.size() == 2);
  BOOST_TEST(contains(told[0], R"("status":"filled")"));
  BOOST_TEST(
    contains(told[0], R"("reduceOnly":true},"status":"reduceOnlyCanceled")"));
  BOOST_TEST(contains(told[1], R"({"channel":"user","data":{"fills":[)"));
  BOOST_TEST(!contains(told[1], "nonUserCancel"));
}

BOOST_AUTO_TEST_CASE(g15_an_own_resting_order_expires_instead_of_trading) {
  act(alice, order_json(limit_fields(0, false, "60000", "0.01", "Gtc")));
  offer(*this, "0.01");
  const auto session = listen_to(alice);
  BOOST_TEST(
    act(alice, ioc(true, "60000", "0.01"))
    == statuses(
      R"({"filled":{"totalSz":"0.01","avgPx":"60000.0","oid":1003}})"));
  const auto told = heard(session);
  BOOST_REQUIRE(told.size() == 2);
  BOOST_TEST(contains(told[0], R"("status":"selfTradeCanceled")"));
}

BOOST_AUTO_TEST_CASE(
  g16_children_wait_for_their_parent_and_end_with_each_other) {
  const auto trigger = [](const char* px, const char* kind) {
    return R"({"a":0,"b":false,"p":")" + std::string{px}
           + R"(","s":"0.01","r":true,"t":{"trigger":{"isMarket":true,"triggerPx":")"
           + px + R"(","tpsl":")" + kind + R"("}}})";
  };
  const auto action = R"({"type":"order","orders":[{)"
                      + limit_fields(0, true, "55000", "0.01", "Gtc") + "},"
                      + trigger("66000", "tp") + "," + trigger("50000", "sl")
                      + R"(],"grouping":"normalTpsl"})";
  BOOST_TEST(
    act(alice, action)
    == statuses(resting(1001) + R"(,"waitingForFill","waitingForFill")"));
  const auto front =
    info(R"({"type":"frontendOpenOrders","user":")" + alice.user() + R"("})");
  BOOST_TEST(contains(front, R"("children":[{"coin":"BTC","side":"A")"));
  const auto flat = wire::parse_json(
    info(R"({"type":"openOrders","user":")" + alice.user() + R"("})"));
  BOOST_TEST(flat.value->items().size() == 3u);
  BOOST_TEST(wire::parse_json(front).value->items().size() == 1u);
  const auto session = listen_to(alice);
  act(bob, ioc(false, "55000", "0.01"));
  auto told = heard(session);
  BOOST_REQUIRE(!told.empty());
  BOOST_TEST(contains(told[0], R"("status":"filled")"));
  api.books().add_book_order("BTC", order_side::buy, *parse<price>("66000"),
                             *parse<quantity>("1"), now_ms);
  api.books().set_mark("BTC", *parse<price>("66000"), now_ms);
  run(200);
  told = heard(session);
  BOOST_REQUIRE(!told.empty());
  BOOST_TEST(contains(told[0], R"("status":"triggered")"));
  BOOST_TEST(contains(told[0], R"("status":"siblingFilledCanceled")"));
}

BOOST_AUTO_TEST_CASE(g17_an_expired_action_uses_its_nonce_and_costs_five) {
  const envelope_options old{.nonce = 1'700'000'000'888,
                             .expires_after_ms = 1'699'999'999'000};
  const auto action = order_json(limit_fields(0, true, "55000", "0.01", "Gtc"));
  BOOST_TEST(used_requests(*this, alice) == "0");
  BOOST_TEST(act(alice, action, old) == refused("Action already expired"));
  BOOST_TEST(act(alice, action, {.nonce = 1'700'000'000'888})
             == refused("Invalid nonce: duplicate nonce 1700000000888"));
  BOOST_TEST(used_requests(*this, alice) == "5");
}

BOOST_AUTO_TEST_CASE(
  g18_g19_more_than_200_items_cost_nothing_and_200_cost_200) {
  BOOST_TEST(act(alice, cancels(201))
             == refused("Signed action over weight limit of 200."));
  BOOST_TEST(used_requests(*this, alice) == "0");
  const auto before = api.counters().ip_weight;
  const auto reply = act(alice, cancels(200));
  BOOST_TEST(api.counters().ip_weight - before == 6);
  BOOST_TEST(wire::parse_json(reply)
               .value->find("response")
               ->find("data")
               ->find("statuses")
               ->items()
               .size()
             == 200u);
  BOOST_TEST(used_requests(*this, alice) == "200");
}

BOOST_AUTO_TEST_CASE(bodies_of_the_wrong_shape_are_refused_as_on_the_venue) {
  const auto answer = [&](std::string_view body, std::string_view type) {
    const auto id = post("/exchange", body, type);
    run(0);
    return std::to_string(replies[id].status) + " " + replies[id].text;
  };
  const std::string json = "application/json";
  BOOST_TEST(answer("{}", "text/plain")
             == "415 Expected request with `Content-Type: application/json`");
  BOOST_TEST(answer("{", json)
             == "400 Failed to parse the request body as JSON");
  const std::string shape =
    "422 Failed to deserialize the JSON body into the target type";
  BOOST_TEST(answer("{}", json) == shape);
  const auto good =
    envelope(alice, order_json(limit_fields(0, true, "55000", "0.01", "Gtc")));
  auto extra = good;
  extra.insert(1, R"("surplus":1,)");
  BOOST_TEST(answer(extra, json) == shape);
  auto nine = good;
  nine.replace(nine.find("0.01"), 4, "0.010000001");
  BOOST_TEST(answer(nine, json) == shape);
  BOOST_TEST(answer(std::string(1'000'000, '['), json).substr(0, 3) == "400");
  const auto id =
    post("/exchange", good + " trailing", "application/x+json; charset=utf-8");
  run(200);
  BOOST_TEST(replies[id].text == statuses(resting(1001)));
}

BOOST_AUTO_TEST_CASE(an_impossible_signature_recovers_nobody) {
  auto body =
    envelope(alice, order_json(limit_fields(0, true, "55000", "0.01", "Gtc")));
  const auto r = body.find(R"("r":"0x)") + 7;
  body.replace(r, 64, std::string(64, '0'));
  const auto id = post("/exchange", body);
  run(0);
  BOOST_TEST(replies[id].text == refused("Unable to recover signer."));
}

BOOST_AUTO_TEST_CASE(actions_that_clients_send_unasked_are_refused_by_name) {
  const auto id = post(
    "/exchange",
    R"({"action":{"type":"setReferrer","code":"X"},"nonce":1,"signature":{"r":"0x1","s":"0x1","v":27}})");
  run(0);
  BOOST_TEST(replies[id].status == 200);
  BOOST_TEST(
    replies[id].text
    == refused("Action setReferrer is not part of the simulated venue."));
}

BOOST_AUTO_TEST_SUITE_END()
