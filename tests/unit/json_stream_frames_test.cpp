// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_frame.hpp"
#include "tests/unit/golden_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::wire;

namespace {

struct fixture {
  frame_decoder decoder;

  const decoded_frame& golden(const std::string& name) {
    return decoder.decode(golden_frame(name));
  }

  void check_given_up(const std::string& frame, const std::string& why) {
    const auto& result = decoder.decode(frame);
    BOOST_TEST_CONTEXT(frame) {
      BOOST_TEST((result.kind == frame_kind::unknown));
      BOOST_REQUIRE(result.update.warnings.size() == 1u);
      BOOST_TEST(result.update.warnings[0] == why + ": " + frame);
    }
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(json_stream_frames_suite, fixture)

BOOST_AUTO_TEST_CASE(an_acknowledgement_names_what_was_subscribed) {
  const auto& frame = golden("subscription_response");
  BOOST_TEST((frame.kind == frame_kind::subscription_acknowledged));
  BOOST_TEST(frame.acknowledged.subscribed);
  BOOST_TEST(frame.acknowledged.type == "orderUpdates");
  BOOST_TEST(
    (frame.acknowledged.user
     == parse_bytes<address>("0x14791697260e4c9a71f18484c9f997b308e59325")));
}

BOOST_AUTO_TEST_CASE(an_unsubscription_of_a_coin_is_acknowledged_too) {
  const auto& frame = golden("subscription_response_book");
  BOOST_TEST((frame.kind == frame_kind::subscription_acknowledged));
  BOOST_TEST(!frame.acknowledged.subscribed);
  BOOST_TEST(frame.acknowledged.type == "l2Book");
  BOOST_TEST(frame.acknowledged.coin == "ETH");
  BOOST_TEST(!frame.acknowledged.user.has_value());
}

BOOST_AUTO_TEST_CASE(an_error_keeps_its_text) {
  const auto& frame = golden("error");
  BOOST_TEST((frame.kind == frame_kind::error));
  BOOST_TEST(frame.text
             == "Already subscribed: {\"type\":\"orderUpdates\",\"user\":"
                "\"0x14791697260e4c9a71f18484c9f997b308e59325\"}");
  BOOST_TEST(frame.update.warnings.empty());
}

BOOST_AUTO_TEST_CASE(pong_and_greeting_are_known) {
  BOOST_TEST((golden("pong").kind == frame_kind::pong));
  const auto& greeting = decoder.decode("Websocket connection established.");
  BOOST_TEST((greeting.kind == frame_kind::greeting));
  BOOST_TEST(greeting.update.warnings.empty());
}

BOOST_AUTO_TEST_CASE(a_post_reply_carries_the_text_that_http_would_have) {
  const auto& frame = golden("post_action");
  BOOST_TEST((frame.kind == frame_kind::post_reply));
  BOOST_TEST(frame.post.id == 256u);
  BOOST_TEST((frame.post.payload == post_payload::action));
  BOOST_TEST(frame.post.text
             == R"({"status":"ok","response":{"type":"order","data":)"
                R"({"statuses":[{"resting":{"oid":88383}}]}}})");
}

BOOST_AUTO_TEST_CASE(an_info_post_is_unwrapped) {
  const auto& frame = golden("post_info");
  BOOST_TEST((frame.post.payload == post_payload::info));
  BOOST_TEST(frame.post.text
             == R"({"coin":"ETH","time":1770524603232,"levels":[)"
                R"([{"px":"2079.9","sz":"1.5","n":1}],)"
                R"([{"px":"2080.1","sz":"2.0","n":2}]]})");
}

BOOST_AUTO_TEST_CASE(a_post_error_is_text) {
  const auto& frame = golden("post_error");
  BOOST_TEST(frame.post.id == 123u);
  BOOST_TEST((frame.post.payload == post_payload::error));
  BOOST_TEST(frame.post.text
             == "422 Unprocessable Entity: Failed to deserialize the JSON body "
                "into the target type");
}

BOOST_AUTO_TEST_CASE(a_post_reply_without_id_or_payload_is_a_warning) {
  check_given_up(R"({"channel":"post","data":{"id":-1,"response":)"
                 R"({"type":"action","payload":{}}}})",
                 "post reply without id or payload");
  check_given_up(R"({"channel":"post","data":{"id":1,"response":)"
                 R"({"type":"action"}}})",
                 "post reply without id or payload");
  check_given_up(R"({"channel":"post","data":{"id":1,"response":)"
                 R"({"type":"tea","payload":{}}}})",
                 "post reply without id or payload");
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
    const auto& frame = decoder.decode("{\"channel\":\"" + channel
                                       + "\",\"data\":{\"a\":[1,\"b\"]}}");
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
  check_given_up(R"({"channel":"subscriptionResponse","data":{}})",
                 "subscriptionResponse without a subscription");
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

BOOST_AUTO_TEST_CASE(a_zero_byte_does_not_end_a_frame) {
  auto text = golden_frame("pong");
  text.push_back('\0');
  const auto& frame = decoder.decode(text + "{}");
  BOOST_TEST((frame.kind == frame_kind::unknown));
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
