// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/frame_fixture.hpp"

using namespace hlx;
using namespace hlx::wire;

BOOST_FIXTURE_TEST_SUITE(json_stream_frames_suite, frame_fixture)

BOOST_AUTO_TEST_CASE(the_greeting_of_some_servers_is_known) {
  const auto& greeting = decoder.decode("Websocket connection established.");
  BOOST_TEST((greeting.kind == frame_kind::greeting));
  BOOST_TEST(greeting.update.warnings.empty());
}

BOOST_AUTO_TEST_CASE(channels_without_use_are_ignored_without_a_warning) {
  for (const std::string channel : {"userFundings",
                                    "userNonFundingLedgerUpdates",
                                    "clearinghouseState",
                                    "spotState",
                                    "allDexsClearinghouseState",
                                    "userHistoricalOrders",
                                    "userTwapSliceFills",
                                    "userTwapHistory",
                                    "twapStates",
                                    "activeAssetData",
                                    "notification",
                                    "webData2",
                                    "webData3",
                                    "bbo",
                                    "l2Book",
                                    "trades",
                                    "allMids",
                                    "candle",
                                    "activeAssetCtx",
                                    "activeSpotAssetCtx",
                                    "fastAssetCtxs",
                                    "allDexsAssetCtxs",
                                    "spotAssetCtxs",
                                    "outcomeMetaUpdates"}) {
    const auto& frame = decoder.decode(R"({"channel":")" + channel
                                       + R"(","data":{"a":[1,"b"]}})");
    BOOST_TEST((frame.kind == frame_kind::known_unused), channel);
    BOOST_TEST((frame.update == user_stream_update{}), channel);
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_understood_is_one_warning_with_the_text) {
  check_given_up(R"({"channel":"moonPhases","data":{}})",
                 "unknown channel \"moonPhases\"");
  check_given_up(R"({"data":[]})", "frame names no channel");
  check_given_up(R"({"channel":7,"data":[]})", "frame names no channel");
  check_given_up(R"([{"channel":"pong"}])", "frame names no channel");
  check_given_up("null", "frame names no channel");
  check_given_up("", "frame is not JSON");
  check_given_up("Websocket connection lost.", "frame is not JSON");
  check_given_up(R"({"channel":"pong"} {})", "frame is not JSON");
  check_given_up(R"({"channel":"openOrders","data":{"orders":{}}})",
                 "openOrders without a list");
}

BOOST_AUTO_TEST_CASE(a_syntax_error_takes_everything_with_it) {
  auto text = golden_frame("order_updates_immediate_fill");
  text.pop_back();
  const auto& frame = decoder.decode(text);
  BOOST_TEST((frame.kind == frame_kind::unknown));
  BOOST_TEST(frame.update.orders.empty());
  BOOST_TEST(frame.update.warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(nothing_of_a_frame_remains_in_the_next) {
  golden("user_fills_snapshot");
  golden("post_action");
  golden("error");
  golden("subscription_response");
  const auto& frame = golden("pong");
  BOOST_TEST((frame.update == user_stream_update{}));
  BOOST_TEST((frame.post == post_answer{}));
  BOOST_TEST((frame.acknowledged == subscription_ack{}));
  BOOST_TEST(frame.text.empty());
}

BOOST_AUTO_TEST_SUITE_END()
