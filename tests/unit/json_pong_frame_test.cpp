// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/frame_fixture.hpp"

using namespace hlx;
using namespace hlx::wire;

BOOST_FIXTURE_TEST_SUITE(json_pong_frame_suite, frame_fixture)

BOOST_AUTO_TEST_CASE(a_pong_is_known_and_says_nothing_more) {
  const auto& frame = golden("pong");
  BOOST_TEST((frame.kind == frame_kind::pong));
  BOOST_TEST((frame.update == user_stream_update{}));
}

BOOST_AUTO_TEST_CASE(a_zero_byte_does_not_end_a_frame) {
  auto text = golden_frame("pong");
  text.push_back('\0');
  const auto& frame = decoder.decode(text + "{}");
  BOOST_TEST((frame.kind == frame_kind::unknown));
  BOOST_TEST(frame.update.warnings.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
