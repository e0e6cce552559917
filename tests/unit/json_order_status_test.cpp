// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_info.hpp"
#include "tests/unit/golden_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::wire;

namespace {

info_answer_body answer_of(const std::string& body, int http_status = 200) {
  return decode_info(order_status_query{venue_order_id{1}}, http_status, body);
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_order_status_suite)

BOOST_AUTO_TEST_CASE(a_known_order_comes_with_word_and_time) {
  const auto body = answer_of(golden_frame("order_status"));
  BOOST_REQUIRE(std::holds_alternative<order_status_answer>(body));
  const auto& answer = std::get<order_status_answer>(body);
  BOOST_TEST(answer.warnings.empty());
  BOOST_REQUIRE(answer.order.has_value());
  BOOST_TEST(answer.order->oid.value == 62014449551u);
  BOOST_TEST(answer.order->status_word == "reduceOnlyCanceled");
  BOOST_TEST((answer.order->status == venue_order_status::canceled_by_venue));
  BOOST_TEST(answer.order->status_ms == 1791318606747);
  BOOST_TEST(answer.order->placed_ms == 1791318000000);
  BOOST_TEST(answer.order->original_quantity.value.raw == 5'000'000);
}

BOOST_AUTO_TEST_CASE(an_unknown_oid_is_an_answer_without_an_order) {
  const auto body = answer_of(R"({"status":"unknownOid"})");
  BOOST_REQUIRE(std::holds_alternative<order_status_answer>(body));
  BOOST_TEST(!std::get<order_status_answer>(body).order.has_value());
}

BOOST_AUTO_TEST_CASE(an_unknown_word_is_kept_and_warned_of) {
  const auto body = answer_of(
    with(golden_frame("order_status"), "reduceOnlyCanceled", "lunar"));
  const auto& answer = std::get<order_status_answer>(body);
  BOOST_TEST((answer.order->status == venue_order_status::unknown));
  BOOST_REQUIRE(answer.warnings.size() == 1u);
  BOOST_TEST(answer.warnings[0].starts_with(
    "orderStatus element 0: unknown status \"lunar\": {"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_a_failure_that_says_why) {
  const std::pair<std::string, std::string> cases[] = {
    {R"({"status":"order"})",
     R"(orderStatus: the answer has no known shape: {"status":"order"})"},
    {R"({"status":"order","order":{"order":{}}})",
     R"(orderStatus element 0: "coin" is missing: {"order":{}})"},
    {R"({"status":"order","order":[]})",
     "orderStatus element 0: is not an object: []"},
    {"null", "orderStatus: the answer has no known shape: null"}};
  for (const auto& [body, reason] : cases) {
    const auto answer = answer_of(body);
    BOOST_REQUIRE(std::holds_alternative<failed_answer>(answer));
    BOOST_TEST(std::get<failed_answer>(answer).reason == reason);
  }
  const auto limited = answer_of("null", 429);
  BOOST_TEST(std::get<failed_answer>(limited).reason
             == "orderStatus: HTTP 429: null");
}

BOOST_AUTO_TEST_SUITE_END()
