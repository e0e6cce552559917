// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/frame_fixture.hpp"

using namespace hlx;
using namespace hlx::wire;

BOOST_FIXTURE_TEST_SUITE(json_post_frame_suite, frame_fixture)

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

BOOST_AUTO_TEST_SUITE_END()
