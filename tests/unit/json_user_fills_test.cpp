// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_frame.hpp"
#include "tests/unit/golden_text.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

using namespace hlx;
using namespace hlx::wire;

namespace {

struct fixture {
  frame_decoder decoder;

  const user_stream_update& update_of(const std::string& frame) {
    const auto& result = decoder.decode(frame);
    BOOST_TEST((result.kind == frame_kind::user_fills));
    return result.update;
  }

  const user_stream_update& live_with(const std::string& from,
                                      const std::string& to) {
    return update_of(with(golden_frame("user_fills_live"), from, to));
  }

  /// The only fill becomes a warning that says `what`.
  void check_broken(const std::string& from, const std::string& to,
                    const std::string& what) {
    const auto& update = live_with(from, to);
    BOOST_TEST_CONTEXT(from << " -> " << to) {
      BOOST_TEST(update.fills.empty());
      BOOST_REQUIRE(update.warnings.size() == 1u);
      BOOST_TEST(update.warnings[0].starts_with("userFills element 0: " + what
                                                + ": {\"coin\":"),
                 update.warnings[0]);
    }
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(json_user_fills_suite, fixture)

BOOST_AUTO_TEST_CASE(a_live_fill_is_read_whole) {
  const auto& update = update_of(golden_frame("user_fills_live"));
  BOOST_TEST(update.warnings.empty());
  BOOST_TEST(!update.snapshot);
  BOOST_REQUIRE(update.fills.size() == 1u);
  fill_report fill;
  fill.instrument = "BTC";
  fill.side = order_side::buy;
  fill.oid = {556657630900};
  fill.trade_id = {1};
  fill.last_price = price{8'395'900'000'000};
  fill.last_quantity = quantity{30'000};
  fill.liquidity = liquidity_side::maker;
  fill.commission = amount{-362'700};
  fill.commission_currency = "USDC";
  fill.start_position = amount{-30'000};
  fill.closed_pnl = amount{-125'000'000};
  fill.time_ms = 1790357200000;
  BOOST_TEST((update.fills[0] == fill));
}

BOOST_AUTO_TEST_CASE(a_position_of_ten_digits_is_rounded_and_the_fill_kept) {
  const auto& update = update_of(golden_frame("user_fills_snapshot"));
  BOOST_TEST(update.snapshot);
  BOOST_REQUIRE(update.fills.size() == 1u);
  const auto& fill = update.fills[0];
  BOOST_TEST(fill.start_position.value.raw == 151'975'853);
  BOOST_TEST(fill.start_position.text == "1.5197585293");
  BOOST_TEST(fill.closed_pnl.value.raw == 8'662'649'561);
  BOOST_TEST(fill.closed_pnl.text.empty());
  BOOST_TEST((fill.liquidity == liquidity_side::taker));
  BOOST_TEST(
    (fill.cloid == parse_bytes<cloid>("0x00112233445566778899aabbccddeeff")));
  BOOST_REQUIRE(update.warnings.size() == 1u);
  BOOST_TEST(update.warnings[0].starts_with(
    "userFills element 0: \"startPosition\" rounded"));
}

BOOST_AUTO_TEST_CASE(a_fee_is_rounded_up_also_a_rebate) {
  const auto& paid = live_with("\"-0.003627\"", "\"0.000000001\"");
  BOOST_REQUIRE(paid.fills.size() == 1u);
  BOOST_TEST(paid.fills[0].commission.value.raw == 1);
  BOOST_TEST(paid.fills[0].commission.text == "0.000000001");
  BOOST_TEST(paid.warnings.size() == 1u);
  const auto& rebate = live_with("\"-0.003627\"", "\"-0.000000019\"");
  BOOST_TEST(rebate.fills[0].commission.value.raw == -1);
}

BOOST_AUTO_TEST_CASE(a_position_beyond_64_bits_is_no_reason_to_drop_a_fill) {
  const auto& update = live_with("\"-0.0003\"", "\"-123456789012345678901.5\"");
  BOOST_REQUIRE(update.fills.size() == 1u);
  BOOST_TEST(update.fills[0].start_position.value.raw
             == -std::numeric_limits<std::int64_t>::max());
  BOOST_TEST(update.fills[0].start_position.text == "-123456789012345678901.5");
  BOOST_TEST(update.warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_fee_in_no_currency_is_warned_of_and_the_fill_kept) {
  const auto& update = live_with(",\"feeToken\":\"USDC\"", "");
  BOOST_TEST(update.fills.size() == 1u);
  BOOST_REQUIRE(update.warnings.size() == 1u);
  BOOST_TEST(update.warnings[0].starts_with(
    "userFills element 0: \"feeToken\" is missing"));
}

BOOST_AUTO_TEST_CASE(a_broken_fill_is_a_warning) {
  check_broken("\"px\":\"83959.0\"", "\"px\":83959",
               "\"px\" has the wrong type");
  check_broken("\"px\":\"83959.0\",", "", "\"px\" is missing");
  check_broken("\"sz\":\"0.0003\"", "\"sz\":\"-0.0003\"", "\"sz\" is negative");
  check_broken("\"sz\":\"0.0003\"", "\"sz\":\"\"",
               "\"sz\" is not a plain decimal");
  check_broken("\"crossed\":false", "\"crossed\":\"false\"",
               "\"crossed\" has the wrong type");
  check_broken("\"crossed\":false", "\"crossed\":{\"crossed\":true}",
               "\"crossed\" has the wrong type");
  check_broken("\"tid\":1,", "\"tid\":18446744073709551616,",
               "\"tid\" has the wrong type");
  check_broken("\"tid\":1,", "", "\"tid\" is missing");
  check_broken("\"oid\":556657630900", "\"oid\":\"556657630900\"",
               "\"oid\" has the wrong type");
  check_broken("\"side\":\"B\"", "\"side\":\"buy\"",
               "\"side\" is neither B nor A");
  check_broken("\"fee\":\"-0.003627\"", "\"fee\":\"NaN\"",
               "\"fee\" is not a plain decimal");
  check_broken("\"time\":1790357200000", "\"time\":-1",
               "\"time\" has the wrong type");
}

BOOST_AUTO_TEST_CASE(a_snapshot_that_is_newest_first_is_put_in_order) {
  auto frame = golden_frame("user_fills_live");
  const auto begin = frame.find("{\"coin\"");
  const auto fill = frame.substr(begin, frame.rfind("]}}") - begin);
  const auto later = with(with(fill, "1790357200000", "1790357200001"),
                          "\"tid\":1", "\"tid\":3");
  const auto earlier = with(fill, "\"tid\":1", "\"tid\":2");
  frame = with(frame, fill, later + "," + earlier + "," + fill);
  frame = with(frame, "\"fills\"", "\"isSnapshot\":true,\"fills\"");
  const auto& update = update_of(frame);
  BOOST_REQUIRE(update.fills.size() == 3u);
  BOOST_TEST(update.fills[0].trade_id.value == 1u);
  BOOST_TEST(update.fills[1].trade_id.value == 2u);
  BOOST_TEST(update.fills[2].trade_id.value == 3u);
}

BOOST_AUTO_TEST_CASE(the_snapshot_flag_may_come_last_and_must_be_a_boolean) {
  const auto& last = live_with("}]}}", "}],\"isSnapshot\":true}}");
  BOOST_TEST(last.snapshot);
  BOOST_TEST(last.warnings.empty());
  const auto& live = live_with("}]}}", "}],\"isSnapshot\":false}}");
  BOOST_TEST(!live.snapshot);
  const auto& broken = live_with("}]}}", "}],\"isSnapshot\":\"yes\"}}");
  BOOST_TEST(!broken.snapshot);
  BOOST_TEST(broken.fills.size() == 1u);
  BOOST_TEST(broken.warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(data_of_another_shape_is_a_warning) {
  for (const std::string data :
       {"[]", "null", "{}", "{\"fills\":{}}", "{\"fills\":null}"}) {
    const auto& update =
      update_of("{\"channel\":\"userFills\",\"data\":" + data + "}");
    BOOST_TEST(update.fills.empty());
    BOOST_TEST(update.warnings.size() == 1u, data);
  }
}

BOOST_AUTO_TEST_SUITE_END()
