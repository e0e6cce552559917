// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/json_text.hpp"
#include "tests/scenario/script_lines.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

/// Everything that the venue is known to send besides answers and news of
/// orders: tables, one run of the real client actor a row. An order rests when
/// the frame comes, and many of them name it.
using namespace hlx::scenario;

namespace {

struct frame_row {
  std::string_view frame;        ///< As in a script: an object, or a raw text.
  std::string_view warning = {}; ///< What is told of it; empty: nothing.
};

// -- channels -----------------------------------------------------------------

constexpr frame_row channel_frames[]{
  {R"({"channel":"pong"})"},
  {R"("Websocket connection established.")"},
  {R"({"channel":"openOrders","data":{"dex":"","user":"$account",)"
   R"("orders":[]}})"},
  {R"({"channel":"clearinghouseState","data":{"dex":"","user":"$account",)"
   R"("clearinghouseState":{"marginSummary":{"accountValue":"38252.7",)"
   R"("totalNtlPos":"377667.0","totalRawUsd":"-339414.3",)"
   R"("totalMarginUsed":"37766.7"},"crossMarginSummary":{)"
   R"("accountValue":"38252.7","totalNtlPos":"377667.0",)"
   R"("totalRawUsd":"-339414.3","totalMarginUsed":"37766.7"},)"
   R"("crossMaintenanceMarginUsed":"4720.8375","withdrawable":"486.0",)"
   R"("assetPositions":[{"type":"oneWay","position":{"coin":"BTC",)"
   R"("szi":"4.5","leverage":{"type":"cross","value":10},)"
   R"("entryPx":"81285.0","positionValue":"377667.0",)"
   R"("unrealizedPnl":"11884.306507","returnOnEquity":"0.3249007326",)"
   R"("liquidationPx":"74501.802790436","marginUsed":"37766.7",)"
   R"("maxLeverage":40,"cumFunding":{"allTime":"982.43637",)"
   R"("sinceOpen":"982.43637","sinceChange":"0.0"}}}],)"
   R"("time":1790360864964}}})"},
  {R"({"channel":"spotState","data":{"user":"$account","spotState":{)"
   R"("balances":[{"coin":"USDC","token":0,"total":"14.625485",)"
   R"("hold":"0.0","entryNtl":"0.0"}]}}})"},
  {R"({"channel":"allDexsClearinghouseState","data":{"user":"$account",)"
   R"("clearinghouseStates":[["",{"assetPositions":[],)"
   R"("time":1790360864964}]]}})"},
  {R"({"channel":"userHistoricalOrders","data":{"user":"$account",)"
   R"("isSnapshot":true,"orderHistory":[{"order":{"coin":"BTC","side":"B",)"
   R"("limitPx":"65000.0","sz":"0.02","oid":1001,)"
   R"("timestamp":1790000000390,"origSz":"0.02","triggerCondition":"N/A",)"
   R"("isTrigger":false,"triggerPx":"0.0","children":[],)"
   R"("isPositionTpsl":false,"reduceOnly":false,"orderType":"Limit",)"
   R"x("tif":"Gtc","cloid":"$cloid(O-1)"},"status":"canceled",)x"
   R"("statusTimestamp":1790000000990}]}})"},
  {R"({"channel":"userTwapSliceFills","data":{"user":"$account",)"
   R"("isSnapshot":true,"twapSliceFills":[{"fill":{"coin":"BTC",)"
   R"("px":"65000.0","sz":"0.01","side":"B","time":1790000000900,)"
   R"("oid":1001,"tid":1},"twapId":77738308}]}})"},
  {R"({"channel":"userTwapHistory","data":{"user":"$account",)"
   R"("isSnapshot":true,"history":[{"time":1790000000,"state":{)"
   R"("coin":"BTC","user":"$account","side":"B","sz":"1.5",)"
   R"("executedSz":"0.0","executedNtl":"0.0","minutes":30,)"
   R"("reduceOnly":false,"randomize":true,"timestamp":1790000000900,)"
   R"("stopPx":null,"trigger":null},"status":{"status":"activated"},)"
   R"("twapId":77738308}]}})"},
  {R"({"channel":"twapStates","data":{"dex":"","user":"$account",)"
   R"("states":[[77738308,{"coin":"BTC","user":"$account","side":"B",)"
   R"("sz":"1.5","executedSz":"0.0","executedNtl":"0.0","minutes":30,)"
   R"("reduceOnly":false,"randomize":true,"timestamp":1790000000900,)"
   R"("stopPx":null,"trigger":null}]]}})"},
  {R"({"channel":"activeAssetData","data":{"user":"$account",)"
   R"("coin":"BTC","leverage":{"type":"cross","value":20},)"
   R"("maxTradeSzs":["1.2","1.3"],"availableToTrade":["100.0","105.0"],)"
   R"("markPx":"83757.0"}})"},
  {R"({"channel":"notification","data":{"notification":)"
   R"("Resting order filled: Bought 0.0063 ETH at $1907.6"}})"},
  {R"({"channel":"userFundings","data":{"user":"$account",)"
   R"("isSnapshot":true,"fundings":[{"time":1790000000900,"coin":"BTC",)"
   R"("usdc":"-1.0","szi":"1.0","fundingRate":"0.0000125",)"
   R"("nSamples":null}]}})"},
  {R"({"channel":"userNonFundingLedgerUpdates","data":{"user":"$account",)"
   R"("isSnapshot":true,"nonFundingLedgerUpdates":[{"time":1790000000900,)"
   R"("hash":"0x00","delta":{"type":"deposit","usdc":"100.0"}}]}})"},
  {R"({"channel":"webData2","data":{"clearinghouseState":{},)"
   R"("openOrders":[],"user":"$account"}})"},
  {R"({"channel":"webData3","data":{"userState":{"agentAddress":null,)"
   R"("agentValidUntil":null,"cumLedger":"0.0",)"
   R"("serverTime":1790000000900,"isVault":false,"user":"$account"},)"
   R"("perpDexStates":[]}})"},
  {R"({"channel":"bbo","data":{"coin":"BTC","time":1790358617881,)"
   R"("bbo":[{"px":"83757.0","sz":"22.61305","n":81},null]}})"},
  {R"({"channel":"l2Book","data":{"coin":"BTC","time":1,"levels":[[],[]]}})"},
  {R"({"channel":"trades","data":[{"coin":"BTC","side":"B",)"
   R"("px":"65000.0","sz":"0.02","time":1790000000900,"hash":"0x00",)"
   R"("tid":1,"users":["$account","$account"]}]})"},
  {R"({"channel":"allMids","data":{"mids":{"BTC":"83757.5"}}})"},
  {R"({"channel":"candle","data":{"t":1790000000000,"s":"BTC","i":"1m"}})"},
  {R"({"channel":"activeAssetCtx","data":{"coin":"BTC","ctx":{}}})"},
  {R"({"channel":"activeSpotAssetCtx","data":{"coin":"PURR/USDC",)"
   R"("ctx":{}}})"},
  {R"({"channel":"fastAssetCtxs","data":{}})"},
  {R"({"channel":"allDexsAssetCtxs","data":{"ctxs":[["",[]]]}})"},
  {R"({"channel":"spotAssetCtxs","data":[]})"},
  {R"({"channel":"outcomeMetaUpdates","data":{}})"},
  {R"({"channel":"frobnicated","data":{}})", R"(channel "frobnicated")"},
  // What is subscribed to, or answers a request, but says nothing.
  {R"({"channel":"orderUpdates","data":[]})"},
  {R"({"channel":"orderUpdates","data":17})", "orderUpdates without a list"},
  {R"({"channel":"userFills","data":{}})", "userFills without a list"},
  {R"({"channel":"openOrders","data":{"user":"$account"}})",
   "openOrders without a list"},
  {R"({"channel":"subscriptionResponse","data":{"method":"subscribe",)"
   R"("subscription":{"type":"orderUpdates","user":"$account"}}})"},
  {R"({"channel":"subscriptionResponse","data":{}})",
   "subscriptionResponse without a subscription"},
  {R"({"channel":"post","data":{"id":5,"response":{"type":"error",)"
   R"("payload":"422 Unprocessable Entity"}}})",
   "a reply to a post came on the user stream"},
  {R"({"channel":"post","data":{"id":5}})", "post reply without id or payload"},
  {R"({"data":[]})", "frame names no channel"},
  {R"("{\"channel\":")", "frame is not JSON"},
  {R"("[]")", "frame names no channel"},
  {R"("")", "frame is not JSON"},
};

// -- variants of the channel user ---------------------------------------------

constexpr frame_row user_events[]{
  {R"({"channel":"user","data":{"funding":{"time":1,"coin":"BTC",)"
   R"("usdc":"-1.0","szi":"1","fundingRate":"0.1","nSamples":null}}})"},
  {R"({"channel":"user","data":{"fills":[]}})"},
  {R"({"channel":"user","data":{"liquidation":{"lid":1,)"
   R"("liquidator":"0x0000000000000000000000000000000000000001",)"
   R"("liquidated_user":"$account","liquidated_ntl_pos":"1300.0",)"
   R"("liquidated_account_value":"12.0"}}})"},
  // Never the only source: the status comes by orderUpdates.
  {R"({"channel":"user","data":{"nonUserCancel":[{"coin":"BTC",)"
   R"("oid":1001}]}})"},
  {R"({"channel":"user","data":{"twapHistory":[{"time":1790000000,)"
   R"("state":{"coin":"BTC","user":"$account","side":"B","sz":"1.5",)"
   R"("executedSz":"0.0","executedNtl":"0.0","minutes":30,)"
   R"("reduceOnly":false,"randomize":true,"timestamp":1790000000900,)"
   R"("stopPx":null,"trigger":null},"status":{"status":"activated"},)"
   R"("twapId":77738308}]}})"},
  {R"({"channel":"user","data":{"twapSliceFills":[{"fill":{)"
   R"("coin":"BTC","px":"65000.0","sz":"0.01","side":"B",)"
   R"("time":1790000000900,"oid":1001,"tid":1},"twapId":77738308}]}})"},
  {R"({"channel":"user","data":{"surprise":[{"oid":1001}]}})",
   "unknown user event"},
  {R"({"channel":"user","data":{}})", "unknown user event"},
};

// -- error frames -------------------------------------------------------------

struct error_row {
  std::string_view text;
  bool is_told = true;
};

constexpr error_row error_frames[]{
  {R"(Already subscribed: {"type":"orderUpdates","user":"$account"})", false},
  {R"(Already subscribed: {"type":"userFills","user":"$account"})", false},
  {R"(Already subscribed: {"type":"bbo","coin":"BTC"})"},
  {R"(Already unsubscribed: {"type":"bbo","coin":"BTC"})"},
  {R"(Invalid subscription {"type":"bbo","coin":"NONE"})"},
  {"Cannot subscribe to more than 1000 channels."},
  {"Cannot track more than 15 total users."},
  {"too many pending post requests id=5"},
  {R"(Error parsing JSON into valid websocket request: {"method":"x"})"},
  {"Something that nobody has heard of."},
};

/// The frame comes to the resting order, which goes on.
std::vector<hlx::wire::json> run_frame(const std::string& frame) {
  auto out = run(resting_then({at(1'000, R"("frame":)" + frame)}));
  BOOST_TEST(heard(out) == "accepted 1001", frame);
  BOOST_TEST(count(out, "info") == 0U, frame);
  BOOST_TEST(count(out, "request") == 1U, frame);
  return out;
}

/// The warnings, with "; " between.
std::string warnings(const std::vector<hlx::wire::json>& out) {
  std::string result;
  for (const auto& line : out)
    if (const auto* text = line.find("warning"))
      result.append(result.empty() ? "" : "; ").append(text->text());
  return result;
}

void check_frame(const frame_row& row) {
  const auto out = run_frame(std::string{row.frame});
  BOOST_TEST(count(out, "warning") == (row.warning.empty() ? 0U : 1U),
             row.frame);
  BOOST_TEST(warnings(out).find(row.warning) != std::string::npos,
             row.frame << ": " << warnings(out));
}

} // namespace

BOOST_AUTO_TEST_SUITE(venue_frames_suite)

BOOST_AUTO_TEST_CASE(a_channel_that_is_not_used_is_no_news) {
  for (const auto& row : channel_frames)
    check_frame(row);
}

BOOST_AUTO_TEST_CASE(an_event_of_the_user_but_its_fills_is_no_news) {
  for (const auto& row : user_events)
    check_frame(row);
}

BOOST_AUTO_TEST_CASE(every_error_frame_is_told_verbatim_or_does_no_harm) {
  for (const auto& row : error_frames) {
    std::string frame = R"({"channel":"error","data":)";
    hlx::wire::append_json_string(frame, row.text);
    const auto told = warnings(run_frame(frame + "}"));
    BOOST_TEST(told.empty() == !row.is_told, row.text);
    if (row.is_told && row.text.find('$') == std::string_view::npos)
      BOOST_TEST(told
                 == "the venue complains on the user stream: "
                      + std::string{row.text});
  }
}

BOOST_AUTO_TEST_SUITE_END()
