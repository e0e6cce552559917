// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/frame_fixture.hpp"

using namespace hlx;
using namespace hlx::wire;

BOOST_FIXTURE_TEST_SUITE(json_error_frame_suite, frame_fixture)

BOOST_AUTO_TEST_CASE(an_error_keeps_its_text) {
  const auto& frame = golden("error");
  BOOST_TEST((frame.kind == frame_kind::error));
  BOOST_TEST(frame.text
             == "Already subscribed: {\"type\":\"orderUpdates\",\"user\":"
                "\"0x14791697260e4c9a71f18484c9f997b308e59325\"}");
  BOOST_TEST(frame.update.warnings.empty());
}

BOOST_AUTO_TEST_CASE(an_error_without_a_text_is_one_warning_that_quotes_it) {
  for (const auto* data : {"7", "null", "{\"code\":7}", "[\"text\"]", "\"\""})
    check_given_up(std::string{R"({"channel":"error","data":)"} + data + '}',
                   "error without a text");
  check_given_up(R"({"channel":"error"})", "error without a text");
}

BOOST_AUTO_TEST_SUITE_END()
