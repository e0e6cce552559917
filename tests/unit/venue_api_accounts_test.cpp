// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_api_fixture.hpp"
#include "tests/venue/api/control.hpp"

using namespace hlx;
using namespace hlx::venue;

namespace {

struct accounts_fixture : api_fixture {
  std::string command(const std::string& body) {
    return control(api, body, now_ms).body;
  }

  /// Hears one stream of alice, its first frame included.
  std::vector<std::string> subscribe(session_id id, std::string_view type,
                                     std::string_view more = {}) {
    auto text = R"({"method":"subscribe","subscription":{"type":")"
                + std::string{type} + R"(","user":")" + alice.user() + '"'
                + std::string{more} + "}}";
    return say(id, text);
  }

  void liquidity() {
    command(R"({"book":{"coin":"BTC","side":"sell","px":"60010","sz":"10"}})");
  }

  std::string twap(std::string_view size = "0.1") {
    return act(alice, R"({"type":"twapOrder","twap":{"a":0,"b":true,"s":")"
                        + std::string{size}
                        + R"(","r":false,"m":5,"t":false}})");
  }
};

const std::string twap_state =
  R"("side":"B","sz":"0.1","executedSz":"0.0","executedNtl":"0.0","minutes":5,)"
  R"("reduceOnly":false,"randomize":false,"timestamp":)";

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_api_accounts_suite, accounts_fixture)

BOOST_AUTO_TEST_CASE(a_twap_is_told_by_reply_streams_and_queries) {
  liquidity();
  const auto id = listen({});
  for (const auto* type : {"userTwapHistory", "userTwapSliceFills",
                           "twapStates", "userEvents", "userFills"})
    subscribe(id, type);
  BOOST_TEST(twap()
             == R"({"status":"ok","response":{"type":"twapOrder","data":)"
                R"({"status":{"running":{"twapId":1}}}}})");
  run(200);
  std::string all;
  for (const auto& frame : heard(id))
    all += frame + '\n';
  BOOST_TEST(contains(all, R"({"channel":"userTwapHistory","data":{"user":")"
                             + alice.user() + R"(","history":[{"time":)"));
  BOOST_TEST(contains(all, R"({"status":"activated"},"twapId":1}]}})"));
  BOOST_TEST(contains(all, twap_state));
  BOOST_TEST(contains(all, R"({"channel":"userTwapSliceFills","data":{"user":")"
                             + alice.user()
                             + R"(","twapSliceFills":[{"fill":{"coin":"BTC")"));
  BOOST_TEST(contains(all, R"("feeToken":"USDC","twapId":1},"twapId":1}]}})"));
  BOOST_TEST(contains(all, R"({"channel":"twapStates","data":{"dex":"",)"));
  BOOST_TEST(contains(all, R"("executedSz":"0.01","executedNtl":"600.1")"));
  BOOST_TEST(contains(all, R"({"channel":"user","data":{"twapHistory":[)"));
  BOOST_TEST(contains(all, R"({"channel":"user","data":{"twapSliceFills":[)"));
  const auto user = R"("user":")" + alice.user() + R"("})";
  BOOST_TEST(contains(info(R"({"type":"userTwapSliceFills",)" + user),
                      R"([{"fill":{"coin":"BTC","px":"60010.0","sz":"0.01")"));
  BOOST_TEST(contains(info(R"({"type":"twapHistory",)" + user),
                      R"("status":{"status":"activated"},"twapId":1}])"));
  BOOST_TEST(
    contains(info(R"({"type":"userFills",)" + user), R"("twapId":1}])"));
  BOOST_TEST(act(alice, R"({"type":"twapCancel","a":0,"t":1})")
             == R"({"status":"ok","response":{"type":"twapCancel","data":)"
                R"({"status":"success"}}})");
  BOOST_TEST(
    act(alice, R"({"type":"twapCancel","a":0,"t":1})")
    == R"({"status":"ok","response":{"type":"twapCancel","data":{"status":)"
       R"({"error":"TWAP was never placed, already canceled, or filled."}}}})");
  BOOST_TEST(
    twap("0.001")
    == R"({"status":"ok","response":{"type":"twapOrder","data":{"status":)"
       R"({"error":"TWAP order value too small. Min is $100."}}}})");
}

BOOST_AUTO_TEST_CASE(funding_is_told_by_streams_and_queries) {
  act(bob, order_json(limit_fields(0, false, "60000", "1", "Gtc")));
  act(alice, order_json(limit_fields(0, true, "60000", "1", "Gtc")));
  const auto id = listen({});
  subscribe(id, "userFundings");
  subscribe(id, "userEvents");
  BOOST_TEST(command(R"({"funding":{"coin":"BTC","rate":"0.0001"}})")
             == R"({"ok":true})");
  const auto told = heard(id);
  const auto fields = R"({"time":)" + std::to_string(now_ms)
                      + R"(,"coin":"BTC","usdc":"-6.0","szi":"1.0",)"
                        R"("fundingRate":"0.0001","nSamples":null})";
  BOOST_REQUIRE(told.size() == 2u);
  BOOST_TEST(told[0]
             == R"({"channel":"user","data":{"funding":)" + fields + "}}");
  BOOST_TEST(told[1]
             == R"({"channel":"userFundings","data":{"user":")" + alice.user()
                  + R"(","fundings":[)" + fields + "]}}");
  const auto query =
    R"({"type":"userFunding","user":")" + alice.user() + R"(","startTime":)";
  BOOST_TEST(contains(info(query + "0}"),
                      R"("delta":{"type":"funding","coin":"BTC","usdc":)"
                      R"("-6.0","szi":"1.0","fundingRate":"0.0001",)"
                      R"("nSamples":null}}])"));
  BOOST_TEST(info(query + std::to_string(now_ms + 1) + "}") == "[]");
  BOOST_TEST(contains(
    info(R"({"type":"clearinghouseState","user":")" + alice.user() + R"("})"),
    R"("cumFunding":{"allTime":"6.0","sinceOpen":"6.0",)"));
  BOOST_TEST(
    command(R"({"funding":{"coin":"BTC","rate":"0.05"}})")
    == R"({"error":"funding: no such perp, or no rate from -0.04 to 0.04 as a )"
       R"(decimal string"})");
}

BOOST_AUTO_TEST_CASE(money_that_moves_without_a_trade_is_told) {
  const auto id = listen({});
  const auto first = subscribe(id, "userNonFundingLedgerUpdates");
  BOOST_TEST(contains(first.at(1), R"("isSnapshot":true,)"
                                   R"("nonFundingLedgerUpdates":[{"time":)"));
  BOOST_TEST(contains(first.at(1),
                      R"("delta":{"type":"deposit","usdc":"100000.0"}}]}})"));
  command(R"({"fund":{"user":")" + alice.user() + R"(","usdc":"5"}})");
  const auto told = heard(id);
  BOOST_REQUIRE(told.size() == 1u);
  BOOST_TEST(
    contains(told[0], R"("delta":{"type":"deposit","usdc":"5.0"}}]}})"));
  BOOST_TEST(!contains(told[0], "isSnapshot"));
  BOOST_TEST(contains(info(R"({"type":"userNonFundingLedgerUpdates","user":")"
                           + alice.user() + R"(","startTime":0})"),
                      R"("delta":{"type":"deposit","usdc":"5.0"}}])"));
}

BOOST_AUTO_TEST_CASE(sent_assets_and_deposits_in_vaults_are_told) {
  const auto vault =
    api.books().create_vault(alice.key.signer_address(), "v", now_ms);
  const auto id = listen({R"({"type":"userNonFundingLedgerUpdates","user":")"
                          + bob.user() + R"("})"});
  const auto address_text = to_string(vault);
  act(bob, R"({"type":"vaultTransfer","vaultAddress":")" + address_text
             + R"(","isDeposit":true,"usd":250000000})");
  BOOST_TEST(
    contains(heard(id).at(0), R"("delta":{"type":"vaultDeposit","vault":")"
                                + address_text + R"(","usdc":"250.0"})"));
  BOOST_TEST(
    contains(info(R"({"type":"vaultDetails","vaultAddress":")" + address_text
                  + R"(","user":")" + bob.user() + R"("})"),
             R"("followerState":{"user":")" + bob.user()
               + R"(","vaultEquity":"250.0"},"followers":[{"user":")"
               + bob.user() + R"(","vaultEquity":"250.0"}])"));
  BOOST_TEST(
    info(R"({"type":"userVaultEquities","user":")" + bob.user() + R"("})")
    == R"([{"vaultAddress":")" + address_text + R"(","equity":"250.0"}])");
  act(bob, R"({"type":"agentSendAsset","destination":")" + bob.user()
             + R"(","sourceDex":"","destinationDex":"spot","token":"USDC",)"
               R"("amount":"5","fromSubAccount":"","nonce":1})");
  BOOST_TEST(
    contains(heard(id).at(0),
             R"("delta":{"type":"send","user":")" + bob.user()
               + R"(","destination":")" + bob.user()
               + R"(","sourceDex":"","destinationDex":"spot",)"
                 R"("token":"USDC","amount":"5.0","usdcValue":"5.0",)"));
}

BOOST_AUTO_TEST_CASE(states_for_front_ends_tell_agents_and_vaults) {
  const auto vault =
    api.books().create_vault(alice.key.signer_address(), "deep", now_ms);
  const address agent{{0xab}};
  api.books().approve_agent(alice.key.signer_address(), agent, "");
  act(alice, R"({"type":"vaultTransfer","vaultAddress":")" + to_string(vault)
               + R"(","isDeposit":true,"usd":70000000})");
  const auto state = [&](std::string_view type, const std::string& user) {
    return say(listen({}), R"({"method":"subscribe","subscription":{"type":")"
                             + std::string{type} + R"(","user":")" + user
                             + R"("}})")
      .at(1);
  };
  for (const auto* const type : {"webData2", "webData3"}) {
    const auto told = state(type, alice.user());
    BOOST_TEST(contains(told, R"("agentAddress":")" + to_string(agent)
                                + R"(","agentValidUntil":null)"));
    BOOST_TEST(contains(told, R"("isVault":false)"));
    BOOST_TEST(contains(
      told, R"("totalVaultEquity":"70.0","leadingVaults":[{"address":")"
              + to_string(vault) + R"(","name":"deep"}])"));
    BOOST_TEST(contains(state(type, to_string(vault)), R"("isVault":true)"));
    BOOST_TEST(contains(state(type, bob.user()),
                        R"("agentAddress":null,"agentValidUntil":null)"));
  }
}

BOOST_AUTO_TEST_CASE(a_liquidation_tells_what_was_held) {
  act(bob, order_json(limit_fields(0, false, "60000", "0.5", "Gtc")));
  act(alice, order_json(limit_fields(0, true, "60000", "0.5", "Gtc")));
  const auto id = listen({});
  subscribe(id, "userEvents");
  subscribe(id, "userNonFundingLedgerUpdates");
  command(R"({"liquidate":{"user":")" + alice.user() + R"("}})");
  std::string told;
  for (const auto& text : heard(id))
    told += text;
  BOOST_TEST(contains(told, R"("liquidated_ntl_pos":"30000.0")"));
  BOOST_TEST(contains(told, R"("liquidatedNtlPos":"30000.0")"));
}

BOOST_AUTO_TEST_CASE(states_for_front_ends_come_whole_and_again) {
  const auto id = listen({});
  for (const auto& [type, start] :
       {std::pair{"webData2", R"({"channel":"webData2","data":{"clearinghous)"},
        std::pair{"webData3", R"({"channel":"webData3","data":{"userState":{)"},
        std::pair{
          "allDexsClearinghouseState",
          R"({"channel":"allDexsClearinghouseState","data":{"user":)"}}) {
    const auto first = subscribe(id, type);
    BOOST_TEST(contains(first.at(1), start));
    BOOST_TEST(wire::parse_json(first.at(1)).value.has_value());
  }
  BOOST_TEST(
    contains(subscribe(id, "activeAssetData", R"(,"coin":"BTC")").at(1),
             R"({"channel":"activeAssetData","data":{"user":")"));
  command(R"({"fund":{"user":")" + alice.user() + R"(","usdc":"5"}})");
  BOOST_TEST(heard(id).size() == 4u);
  command(R"({"mark":{"coin":"BTC","px":"60001"}})");
  const auto told = heard(id);
  BOOST_REQUIRE(told.size() == 1u);
  BOOST_TEST(contains(told[0], R"("markPx":"60001.0")"));
}

BOOST_AUTO_TEST_CASE(a_hit_resting_order_is_notified) {
  const auto id = listen({});
  subscribe(id, "notification");
  act(alice, order_json(limit_fields(0, true, "60000", "0.5", "Gtc")));
  act(bob, order_json(limit_fields(0, false, "60000", "0.5", "Ioc")));
  const auto told = heard(id);
  BOOST_REQUIRE(told.size() == 1u);
  BOOST_TEST(told[0]
             == R"({"channel":"notification","data":{"notification":)"
                R"("Resting order filled: Bought 0.5 BTC at $60000"}})");
}

BOOST_AUTO_TEST_CASE(market_streams_take_their_parameters) {
  liquidity();
  for (int i = 1; i < 8; ++i)
    command(R"({"book":{"coin":"BTC","side":"sell","px":")"
            + std::to_string(60010 + i) + R"(","sz":"1"}})");
  const auto id = listen({});
  const auto fast = say(id, R"({"method":"subscribe","subscription":)"
                            R"({"type":"l2Book","coin":"BTC","fast":true}})");
  BOOST_TEST(contains(fast.at(0), R"("mantissa":null,"fast":true})"));
  const auto book = wire::parse_json(fast.at(1)).value.value();
  BOOST_TEST(book.find("data")->find("levels")->items()[1].items().size()
             == 5u);
  const auto spot = say(id, R"({"method":"subscribe","subscription":)"
                            R"({"type":"activeAssetCtx","coin":"PURR/USDC"}})");
  BOOST_TEST(contains(spot.at(1), R"({"channel":"activeSpotAssetCtx","data":)"
                                  R"({"coin":"PURR/USDC","ctx":{"prevDayPx")"));
}

BOOST_AUTO_TEST_CASE(an_answer_weighs_by_its_rows) {
  for (int i = 0; i < 41; ++i)
    act(alice, order_json(limit_fields(0, true, "59000", "0.01", "Alo")));
  const auto before = api.counters().ip_weight;
  info(R"({"type":"historicalOrders","user":")" + alice.user() + R"("})");
  BOOST_TEST(api.counters().ip_weight - before == 22);
  info(R"({"type":"openOrders","user":")" + alice.user() + R"("})");
  BOOST_TEST(api.counters().ip_weight - before == 42);
}

BOOST_AUTO_TEST_CASE(limits_can_be_switched_on) {
  BOOST_TEST(command(R"({"limits":true})") == R"({"ok":true})");
  const auto query = R"({"type":"userRole","user":")" + alice.user() + R"("})";
  int answered = 0;
  for (int i = 0; i < 25; ++i) {
    const auto id = post("/info", query);
    run(0);
    answered += replies[id].status == 200;
    if (replies[id].status != 200) {
      BOOST_TEST(replies[id].status == 429);
      BOOST_TEST(replies[id].text == "null");
    }
  }
  BOOST_TEST(answered == 20);
  BOOST_TEST(command(R"({"limits":false})") == R"({"ok":true})");
  BOOST_TEST(info(query) == R"({"role":"user"})");
}

BOOST_AUTO_TEST_CASE(a_scheduled_cancel_needs_volume_and_cancels_all) {
  const auto schedule = [&](std::int64_t at_ms) {
    return act(alice, R"({"type":"scheduleCancel","time":)"
                        + std::to_string(at_ms) + "}");
  };
  BOOST_TEST(
    schedule(now_ms + 10'000)
    == refused("Cannot set scheduled cancel time until enough volume traded. "
               "Required: $1000000. Traded: $0.00."));
  BOOST_TEST(command(R"({"schedule_cancel_volume":0})") == R"({"ok":true})");
  BOOST_TEST(contains(schedule(now_ms + 4'000), "at least 5 seconds"));
  BOOST_TEST(schedule(now_ms + 10'000)
             == R"({"status":"ok","response":{"type":"default"}})");
  act(alice, order_json(limit_fields(0, true, "59000", "0.01", "Gtc")));
  const auto id = listen_to(alice);
  run(12'000);
  const auto told = heard(id);
  BOOST_REQUIRE(told.size() == 1u);
  BOOST_TEST(contains(told[0], R"("status":"scheduledCancel")"));
}

BOOST_AUTO_TEST_CASE(a_perp_can_be_listed_while_it_trades) {
  const std::string list = R"({"list":{"coin":"NEW","sz_decimals":2,)"
                           R"("max_leverage":10,"px":"5"}})";
  BOOST_TEST(command(list) == R"({"ok":true})");
  BOOST_TEST(contains(command(list), "listed already"));
  BOOST_TEST(contains(info(R"({"type":"meta"})"),
                      R"({"szDecimals":2,"name":"NEW","maxLeverage":10,)"));
  BOOST_TEST(act(alice, order_json(limit_fields(3, true, "5", "10", "Gtc")))
             == statuses(resting(1001)));
  BOOST_TEST(
    contains(info(R"({"type":"openOrders","user":")" + alice.user() + R"("})"),
             R"({"coin":"NEW","side":"B","limitPx":"5.0")"));
}

BOOST_AUTO_TEST_CASE(a_builders_dex_begins_with_its_first_perp) {
  BOOST_TEST(info(R"({"type":"perpDexs"})") == "[null]");
  const auto list = [&](const std::string& coin) {
    return command(R"({"list":{"coin":")" + coin
                   + R"(","sz_decimals":3,"max_leverage":10,"px":"200"}})");
  };
  BOOST_TEST(list("xyz:AAPL") == R"({"ok":true})");
  BOOST_TEST(list("xyz:TSLA") == R"({"ok":true})");
  BOOST_TEST(list("abc:GOLD") == R"({"ok":true})");
  for (const auto* coin : {"xyz:AAPL", "xyz:", ":X", "a:b:c"})
    BOOST_TEST(contains(list(coin), "error"), coin);
  const auto dexes = info(R"({"type":"perpDexs"})");
  BOOST_TEST(dexes.starts_with(R"([null,{"name":"xyz",)"));
  BOOST_TEST(contains(dexes, R"({"name":"abc",)"));
  BOOST_TEST(
    contains(info(R"({"type":"meta","dex":"xyz"})"),
             R"({"szDecimals":3,"name":"xyz:TSLA","maxLeverage":10,)"));
  BOOST_TEST(!contains(info(R"({"type":"meta"})"), "xyz:"));
  BOOST_TEST(contains(info(R"({"type":"allPerpMetas"})"), "abc:GOLD"));
  BOOST_TEST(info(R"({"type":"allMids","dex":"xyz"})")
             == R"({"xyz:AAPL":"200.0","xyz:TSLA":"200.0"})");
}

BOOST_AUTO_TEST_CASE(a_builders_perp_is_traded_under_its_own_ids) {
  for (const auto* coin : {"xyz:AAPL", "abc:GOLD", "abc:OIL"})
    command(R"({"list":{"coin":")" + std::string{coin}
            + R"(","sz_decimals":3,"max_leverage":10,"px":"200"}})");
  const auto session = listen_to(alice);
  act(bob, order_json(limit_fields(120'001, false, "200", "1", "Gtc")));
  act(alice, order_json(limit_fields(120'001, true, "200", "0.4", "Gtc")));
  act(alice, order_json(limit_fields(110'000, true, "199", "0.1", "Gtc")));
  const auto told = heard(session);
  BOOST_REQUIRE(!told.empty());
  BOOST_TEST(contains(told[0], R"("coin":"abc:OIL")"));
  const auto ask = [&](const std::string& type, const std::string& dex) {
    return info(R"({"type":")" + type + R"(","user":")" + alice.user()
                + R"(","dex":")" + dex + R"("})");
  };
  BOOST_TEST(contains(ask("clearinghouseState", "abc"), R"("szi":"0.4")"));
  BOOST_TEST(
    contains(ask("clearinghouseState", "xyz"), R"("assetPositions":[])"));
  BOOST_TEST(contains(ask("clearinghouseState", ""), R"("assetPositions":[])"));
  BOOST_TEST(contains(ask("openOrders", "xyz"), R"("coin":"xyz:AAPL")"));
  BOOST_TEST(ask("openOrders", "") == "[]");
}

BOOST_AUTO_TEST_CASE(no_more_is_opened_than_the_cap_lets) {
  BOOST_TEST(command(R"({"open_interest_max":{"coin":"BTC","sz":"0.5"}})")
             == R"({"ok":true})");
  act(bob, order_json(limit_fields(0, false, "60000", "0.5", "Gtc")));
  act(alice, order_json(limit_fields(0, true, "60000", "0.5", "Gtc")));
  constexpr std::string_view capped =
    R"({"error":"Order would increase open interest while open interest is )"
    R"(capped. asset=0"})";
  const auto session = listen_to(alice);
  BOOST_TEST(
    act(alice, order_json(limit_fields(0, true, "59000", "0.1", "Gtc")))
    == statuses(capped));
  BOOST_TEST(contains(heard(session).at(0),
                      R"("status":"positionIncreaseAtOpenInterestCapReject)"));
  BOOST_TEST(
    act(alice, order_json(limit_fields(0, false, "61000", "0.6", "Gtc")))
    == statuses(capped));
  BOOST_TEST(contains(heard(session).at(0),
                      R"("status":"positionFlipAtOpenInterestCapRejected")"));
  BOOST_TEST(
    act(alice, order_json(limit_fields(0, false, "61000", "0.5", "Gtc")))
    == statuses(resting(1005)));
}

BOOST_AUTO_TEST_CASE(oids_can_have_gaps) {
  BOOST_TEST(command(R"({"oid_gap":1000000})") == R"({"ok":true})");
  const auto oid_of = [&] {
    const auto reply = wire::parse_json(
      act(alice, order_json(limit_fields(0, true, "59000", "0.01", "Gtc"))));
    return reply.value->find("response")
      ->find("data")
      ->find("statuses")
      ->items()[0]
      .find("resting")
      ->find("oid")
      ->as_u64()
      .value();
  };
  const auto first = oid_of();
  const auto second = oid_of();
  BOOST_TEST(second > first + 1);
}

BOOST_AUTO_TEST_CASE(what_may_be_traded_is_told_for_each_side) {
  const auto told = [&] {
    return info(R"({"type":"activeAssetData","coin":"BTC","user":")"
                + alice.user() + R"("})");
  };
  BOOST_TEST(contains(told(), R"("maxTradeSzs":["33.33333","33.33333"],)"
                              R"("availableToTrade":["100000.0","100000.0"])"));
  command(R"({"book":{"coin":"BTC","side":"sell","px":"60000","sz":"1"}})");
  act(alice, order_json(limit_fields(0, true, "60000", "1", "Ioc")));
  BOOST_TEST(contains(told(), R"("maxTradeSzs":["32.32433","33.32433"],)"
                              R"("availableToTrade":["96973.0","99973.0"])"));
}

BOOST_AUTO_TEST_SUITE_END()
