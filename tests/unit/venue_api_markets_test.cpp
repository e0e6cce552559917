// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_api_fixture.hpp"
#include "tests/venue/api/control.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::venue;

namespace {

struct markets_fixture : api_fixture {
  markets_fixture() {
    for (const auto* const token : {"USDC", "HFUN"})
      for (const auto* who : {&alice, &bob})
        api.books().fund_spot(who->key.signer_address(), token,
                              *parse<amount>("1000"), now_ms);
    run(1);
  }

  std::string command(const std::string& body) {
    return control(api, body, now_ms).body;
  }

  /// What the WebSocket heard, in one piece.
  std::string told(session_id id) {
    std::string result;
    for (const auto& frame : heard(id))
      result += frame + '\n';
    return result;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_api_markets_suite, markets_fixture)

BOOST_AUTO_TEST_CASE(a_pair_without_a_name_goes_by_its_number_everywhere) {
  const auto meta = info(R"({"type":"spotMeta"})");
  BOOST_TEST(contains(
    meta, R"({"tokens":[2,0],"name":"@1","index":1,"isCanonical":false})"));
  BOOST_TEST(contains(
    meta,
    R"({"tokens":[1,0],"name":"PURR/USDC","index":0,"isCanonical":true})"));
  BOOST_TEST(contains(meta, R"({"name":"HFUN","szDecimals":2,"weiDecimals":8,)"
                            R"("index":2,)"));
  const auto id = listen(
    {R"({"type":"trades","coin":"@1"})", R"({"type":"bbo","coin":"@1"})"});
  act(bob, order_json(limit_fields(10'001, false, "1.2", "30", "Gtc")));
  act(alice, order_json(limit_fields(10'001, true, "1.2", "10", "Ioc")));
  act(alice, order_json(limit_fields(10'001, true, "1", "10", "Alo")));
  const auto told = heard(id);
  BOOST_REQUIRE(told.size() == 4);
  BOOST_TEST(contains(told[2],
                      R"({"channel":"trades","data":[{"coin":"@1","side":"B",)"
                      R"("px":"1.2","sz":"10.0",)"));
  BOOST_TEST(
    contains(told[0], R"({"channel":"bbo","data":{"coin":"@1","time":)"));
  BOOST_TEST(contains(info(R"({"type":"allMids"})"), R"("@1":"1.1")"));
  BOOST_TEST(contains(info(R"({"type":"l2Book","coin":"@1"})"),
                      R"({"coin":"@1","time":)"));
  BOOST_TEST(
    contains(info(R"({"type":"userFills","user":")" + alice.user() + R"("})"),
             R"("dir":"Buy")"));
  BOOST_TEST(
    contains(info(R"({"type":"openOrders","user":")" + alice.user() + R"("})"),
             R"([{"coin":"@1","side":"B","limitPx":"1.0","sz":"10.0",)"));
  BOOST_TEST(contains(info(R"({"type":"spotMetaAndAssetCtxs"})"),
                      R"("coin":"@1","totalSupply")"));
}

BOOST_AUTO_TEST_CASE(candles_are_told_by_stream_and_query) {
  const auto id = listen({R"({"type":"candle","coin":"BTC","interval":"1h"})"});
  act(bob, order_json(limit_fields(0, false, "60000", "0.5", "Gtc")));
  BOOST_TEST(heard(id).empty());
  act(alice, order_json(limit_fields(0, true, "60000", "0.2", "Ioc")));
  const std::string candle =
    R"({"t":1699999200000,"T":1700002799999,"s":"BTC","i":"1h",)"
    R"("o":"60000.0","c":"60000.0","h":"60000.0","l":"60000.0","v":"0.2",)"
    R"("n":1})";
  BOOST_TEST(heard(id).at(0)
             == R"({"channel":"candle","data":)" + candle + '}');
  const auto query = [](std::string_view more) {
    return R"({"type":"candleSnapshot","req":{"coin":"BTC",)"
           + std::string{more} + "}}";
  };
  BOOST_TEST(info(query(R"("interval":"1h","startTime":1700000000000)"))
             == '[' + candle + ']');
  BOOST_TEST(info(query(R"("interval":"1h","startTime":1700002800000)"))
             == "[]");
  BOOST_TEST(info(query(R"("interval":"1h","startTime":0,)"
                        R"("endTime":1699999199999)"))
             == "[]");
  for (const auto* const wrong :
       {R"("interval":"1s","startTime":0)", R"("interval":"1h")"}) {
    const auto number = post("/info", query(wrong));
    BOOST_TEST(replies[number].status == 422);
  }
  BOOST_TEST(contains(say(id, R"({"method":"subscribe","subscription":)"
                              R"({"type":"candle","coin":"BTC",)"
                              R"("interval":"1s"}})")
                        .front(),
                      "Invalid subscription"));
}

BOOST_AUTO_TEST_CASE(a_book_is_put_together_by_the_steps_of_the_venue_only) {
  const auto offered = [&](const std::string& more) {
    const auto book = R"({"type":"l2Book","coin":"BTC")" + more + "}";
    const auto number = post("/info", book);
    const auto told =
      say(listen({}), R"({"method":"subscribe","subscription":)" + book + "}");
    const bool subscribed = contains(told.front(), "subscriptionResponse");
    BOOST_TEST(subscribed == (replies[number].status == 200), more);
    return subscribed;
  };
  for (const auto* const step : {"1", "2", "5", "null"})
    BOOST_TEST(offered(R"(,"nSigFigs":5,"mantissa":)" + std::string{step}));
  for (const auto* const step : {"0", "3", "4", "6"})
    BOOST_TEST(!offered(R"(,"nSigFigs":5,"mantissa":)" + std::string{step}));
  for (const auto* const figures : {"2", "3", "4", "null"}) {
    BOOST_TEST(offered(R"(,"nSigFigs":)" + std::string{figures}));
    BOOST_TEST(!offered(R"(,"mantissa":2,"nSigFigs":)" + std::string{figures}));
  }
  for (const auto* const figures : {"0", "1", "6"})
    BOOST_TEST(!offered(R"(,"nSigFigs":)" + std::string{figures}));
}

BOOST_AUTO_TEST_CASE(a_context_tells_funding_interest_and_the_last_day) {
  const auto context = [&] {
    const auto all = info(R"({"type":"metaAndAssetCtxs"})");
    const auto at = all.find(R"([{"funding")");
    return all.substr(at, all.find('}', at) - at);
  };
  BOOST_TEST(contains(context(), R"("funding":"0.0","openInterest":"0.0",)"));
  act(bob, order_json(limit_fields(0, false, "59000", "0.5", "Gtc")));
  act(alice, order_json(limit_fields(0, true, "59000", "0.2", "Ioc")));
  api.books().settle_funding("BTC", *parse<amount>("-0.0001"), now_ms);
  run(1);
  BOOST_TEST(contains(context(),
                      R"("funding":"-0.0001","openInterest":"0.2",)"
                      R"("prevDayPx":"60000.0","dayNtlVlm":"11800.0",)"));
  BOOST_TEST(contains(context(), R"("dayBaseVlm":"0.2")"));
  run(86'400'000);
  api.books().set_mark("BTC", *parse<price>("61000"), now_ms);
  run(1);
  BOOST_TEST(
    contains(context(), R"("prevDayPx":"59000.0","dayNtlVlm":"0.0",)"));
  act(bob, order_json(limit_fields(10'001, false, "1.2", "30", "Gtc")));
  act(alice, order_json(limit_fields(10'001, true, "1.2", "10", "Ioc")));
  BOOST_TEST(contains(info(R"({"type":"spotMetaAndAssetCtxs"})"),
                      R"("prevDayPx":"1.0","dayNtlVlm":"12.0",)"));
}

BOOST_AUTO_TEST_CASE(contexts_of_all_markets_come_again_on_every_change) {
  const auto id = listen({});
  const auto first = say(id, R"({"method":"subscribe","subscription":)"
                             R"({"type":"allDexsAssetCtxs"}})");
  BOOST_REQUIRE(first.size() == 2);
  BOOST_TEST(contains(first[1], R"({"channel":"allDexsAssetCtxs","data":)"
                                R"({"ctxs":[["",[{"funding":)"));
  BOOST_TEST(contains(say(id, R"({"method":"subscribe","subscription":)"
                              R"({"type":"spotAssetCtxs"}})")
                        .at(1),
                      R"({"channel":"spotAssetCtxs","data":[{"prevDayPx":)"));
  run(1000);
  BOOST_TEST(heard(id).empty());
  api.books().set_mark("ETH", *parse<price>("3001"), now_ms);
  run(1);
  BOOST_TEST(heard(id).size() == 2U);
}

BOOST_AUTO_TEST_CASE(rates_of_funding_are_told_by_their_time) {
  for (const auto* const rate : {"0.0001", "0.0002"}) {
    api.books().settle_funding("ETH", *parse<amount>(rate), now_ms);
    run(1000);
  }
  const auto query = [&](std::int64_t from_ms, std::int64_t until_ms) {
    return info(R"({"type":"fundingHistory","coin":"ETH","startTime":)"
                + std::to_string(from_ms) + R"(,"endTime":)"
                + std::to_string(until_ms) + '}');
  };
  const auto row = [](std::string_view rate, std::int64_t time_ms) {
    return R"({"coin":"ETH","fundingRate":")" + std::string{rate}
           + R"(","premium":"0.0","time":)" + std::to_string(time_ms) + '}';
  };
  BOOST_TEST(query(0, now_ms)
             == '[' + row("0.0001", now_ms - 2000) + ','
                  + row("0.0002", now_ms - 1000) + ']');
  BOOST_TEST(query(now_ms - 1999, now_ms)
             == '[' + row("0.0002", now_ms - 1000) + ']');
  BOOST_TEST(query(0, now_ms - 2001) == "[]");
  for (const auto& [wrong, status] :
       {std::pair{R"("coin":"ETH")", 422},
        std::pair{R"("coin":"@1","startTime":0)", 500}}) {
    const auto number =
      post("/info", R"({"type":"fundingHistory",)" + std::string{wrong} + '}');
    BOOST_TEST(replies[number].status == status);
  }
}

BOOST_AUTO_TEST_CASE(perps_of_which_no_more_may_be_held_are_named) {
  const auto* const query = R"({"type":"perpsAtOpenInterestCap"})";
  api.books().cap_open_interest("BTC", *parse<quantity>("0.2"));
  BOOST_TEST(info(query) == "[]");
  act(bob, order_json(limit_fields(0, false, "60000", "0.2", "Gtc")));
  act(alice, order_json(limit_fields(0, true, "60000", "0.2", "Ioc")));
  BOOST_TEST(info(query) == R"(["BTC"])");
}

BOOST_AUTO_TEST_CASE(a_settled_outcome_is_listed_no_more) {
  const auto settle = [&](std::string_view side) {
    std::string request{R"({"settle":{"outcome":0,"side":)"};
    return control(api, request.append(side).append("}}"), now_ms).body;
  };
  BOOST_TEST(contains(settle("2"), "no such outcome or side"));
  BOOST_TEST(settle("1") == R"({"ok":true})");
  BOOST_TEST(info(R"({"type":"outcomeMeta"})")
             == R"({"outcomes":[],"questions":[]})");
  BOOST_TEST(!contains(info(R"({"type":"allMids"})"), "#"));
}

BOOST_AUTO_TEST_CASE(a_pair_with_a_name_has_no_number) {
  BOOST_TEST(info(R"({"type":"l2Book","coin":"@0"})") == "null");
  const auto told = say(listen({}), R"({"method":"subscribe","subscription":)"
                                    R"({"type":"trades","coin":"@0"}})");
  BOOST_TEST(contains(told.front(), "Invalid subscription"));
}

BOOST_AUTO_TEST_CASE(an_outcome_goes_by_its_number_and_side_everywhere) {
  api.books().fund_spot(alice.key.signer_address(), "USDH",
                        *parse<amount>("100"), now_ms);
  api.books().fund_spot(bob.key.signer_address(), "+1", *parse<amount>("50"),
                        now_ms);
  BOOST_TEST(info(R"({"type":"outcomeMeta"})")
             == R"({"outcomes":[{"outcome":0,"name":"Outcome 0",)"
                R"("description":"","sideSpecs":[{"name":"Yes"},)"
                R"({"name":"No"}],"quoteToken":"USDH"}],"questions":[]})");
  BOOST_TEST(contains(info(R"({"type":"spotMeta"})"), R"({"name":"USDH",)"));
  BOOST_TEST(!contains(info(R"({"type":"spotMeta"})"), R"("#1")"));
  BOOST_TEST(!contains(info(R"({"type":"spotMeta"})"), R"("+1")"));
  const auto id = listen({R"({"type":"trades","coin":"#1"})"});
  const auto user = listen_to(alice);
  act(bob, order_json(limit_fields(100'000'001, false, "0.4", "50", "Gtc")));
  act(alice, order_json(limit_fields(100'000'001, true, "0.4", "40", "Ioc")));
  BOOST_TEST(contains(heard(id).at(0), R"({"channel":"trades","data":[)"
                                       R"({"coin":"#1","side":"B","px":"0.4",)"
                                       R"("sz":"40.0",)"));
  BOOST_TEST(contains(heard(user).at(1), R"("feeToken":"+1")"));
  BOOST_TEST(contains(info(R"({"type":"allMids"})"), R"("#0":"0.5")"));
  BOOST_TEST(contains(info(R"({"type":"l2Book","coin":"#1"})"),
                      R"([[],[{"px":"0.4","sz":"10.0","n":1}]])"));
  BOOST_TEST(contains(info(R"({"type":"spotClearinghouseState","user":")"
                           + alice.user() + R"("})"),
                      R"({"coin":"+1","total":"39.972","hold":"0.0",)"));
}

BOOST_AUTO_TEST_CASE(an_oracle_apart_from_the_mark_judges_prices_and_funding) {
  command(R"({"book":{"coin":"BTC","side":"sell","px":"60000","sz":"1"}})");
  act(alice, order_json(limit_fields(0, true, "60000", "1", "Ioc")));
  const auto id =
    listen({R"({"type":"activeAssetCtx","coin":"BTC"})",
            R"({"type":"userFundings","user":")" + alice.user() + R"("})"});
  BOOST_TEST(command(R"({"oracle":{"coin":"BTC","px":"12000"}})")
             == R"({"ok":true})");
  const auto context = told(id);
  BOOST_TEST(contains(context, R"("oraclePx":"12000.0","markPx":"60000.0")"));
  BOOST_TEST(
    contains(act(alice, order_json(limit_fields(0, true, "60001", "1", "Alo"))),
             "Price too far from oracle asset=0"));
  BOOST_TEST(
    contains(act(alice, order_json(limit_fields(0, true, "11900", "1", "Alo"))),
             "resting"));
  command(R"({"funding":{"coin":"BTC","rate":"0.0001"}})");
  BOOST_TEST(contains(told(id), R"("usdc":"-1.2")"));
  command(R"({"mark":{"coin":"BTC","px":"60100"}})");
  BOOST_TEST(contains(told(id), R"("oraclePx":"60100.0","markPx":"60100.0")"));
  for (const auto* const wrong :
       {R"({"oracle":{"coin":"PURR/USDC","px":"1"}})",
        R"({"oracle":{"coin":"NONE","px":"1"}})",
        R"({"oracle":{"coin":"BTC","px":"0"}})",
        R"({"oracle":{"coin":"BTC","px":"10000001"}})"})
    BOOST_TEST(contains(command(wrong), "no such perp, or not a price"));
}

BOOST_AUTO_TEST_SUITE_END()
