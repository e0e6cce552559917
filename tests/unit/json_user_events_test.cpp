// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_frame.hpp"
#include "tests/unit/golden_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::wire;

BOOST_AUTO_TEST_SUITE(json_user_events_suite)

BOOST_AUTO_TEST_CASE(fills_of_the_channel_user_are_live_fills) {
  frame_decoder decoder;
  const auto& frame = decoder.decode(golden_frame("user_events_fills"));
  BOOST_TEST((frame.kind == frame_kind::user_events));
  BOOST_TEST(frame.update.warnings.empty());
  BOOST_TEST(!frame.update.snapshot);
  BOOST_REQUIRE(frame.update.fills.size() == 1u);
  BOOST_TEST(frame.update.fills[0].oid.value == 315452584853u);
  BOOST_TEST(frame.update.fills[0].trade_id.value == 99u);
  BOOST_TEST(!frame.update.fills[0].cloid.has_value());
}

BOOST_AUTO_TEST_CASE(events_that_hlx_does_not_need_are_ignored) {
  frame_decoder decoder;
  for (const auto* name :
       {"user_events_funding", "user_events_non_user_cancel"}) {
    const auto& frame = decoder.decode(golden_frame(name));
    BOOST_TEST((frame.kind == frame_kind::user_events), name);
    BOOST_TEST((frame.update == user_stream_update{}), name);
  }
}

BOOST_AUTO_TEST_CASE(an_event_of_an_unknown_name_is_a_warning) {
  frame_decoder decoder;
  const auto& frame =
    decoder.decode(R"({"channel":"user","data":{"eclipse":[]}})");
  BOOST_REQUIRE(frame.update.warnings.size() == 1u);
  BOOST_TEST(frame.update.warnings[0]
             == "unknown user event: "
                R"({"channel":"user","data":{"eclipse":[]}})");
}

BOOST_AUTO_TEST_SUITE_END()
