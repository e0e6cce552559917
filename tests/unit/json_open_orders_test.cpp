// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_frame.hpp"
#include "hlx/messages/wire/decode_info.hpp"
#include "tests/unit/golden_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::wire;

namespace {

order_status_report parent_order() {
  order_status_report x;
  x.instrument = "ETH";
  x.side = order_side::sell;
  x.oid = {62014449551};
  x.limit_price = price{282'110'000'000};
  x.remaining_quantity = quantity{2'000'000};
  x.original_quantity = quantity{5'000'000};
  x.placed_ms = 1791318000000;
  x.status_ms = 1791318000000;
  x.status = venue_order_status::open;
  x.status_word = "open";
  return x;
}

open_orders_answer answer_of(const std::string& body) {
  auto answer = decode_info(open_orders_query{}, 200, body);
  BOOST_REQUIRE(std::holds_alternative<open_orders_answer>(answer));
  return std::get<open_orders_answer>(std::move(answer));
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_open_orders_suite)

BOOST_AUTO_TEST_CASE(the_channel_lists_open_orders) {
  frame_decoder decoder;
  const auto& frame = decoder.decode(golden_frame("open_orders"));
  BOOST_TEST((frame.kind == frame_kind::open_orders));
  BOOST_TEST(frame.update.snapshot);
  BOOST_TEST(frame.update.warnings.empty());
  auto expected = parent_order();
  expected.reduce_only = true;
  BOOST_REQUIRE(frame.update.orders.size() == 1u);
  BOOST_TEST((frame.update.orders[0] == expected));
}

BOOST_AUTO_TEST_CASE(children_follow_their_parent) {
  const auto answer = answer_of(golden_frame("frontend_open_orders"));
  BOOST_TEST(answer.warnings.empty());
  BOOST_REQUIRE(answer.orders.size() == 2u);
  BOOST_TEST((answer.orders[0] == parent_order()));
  BOOST_TEST(answer.orders[1].oid.value == 62014449552u);
  BOOST_TEST(answer.orders[1].is_trigger);
  BOOST_TEST(answer.orders[1].reduce_only);
  BOOST_TEST(answer.orders[1].cloid.has_value());
}

BOOST_AUTO_TEST_CASE(a_trigger_order_that_has_fired_says_so) {
  const auto text = golden_frame("frontend_open_orders");
  BOOST_TEST(!answer_of(text).orders[0].trigger_fired);
  const auto fired = answer_of(with(text, R"("triggerCondition":"N/A")",
                                    R"("triggerCondition":"Triggered")"));
  BOOST_TEST(fired.warnings.empty());
  BOOST_TEST(fired.orders[0].trigger_fired);
}

BOOST_AUTO_TEST_CASE(the_short_form_is_read_too) {
  const auto answer = answer_of(golden_frame("open_orders_answer"));
  BOOST_REQUIRE(answer.orders.size() == 1u);
  BOOST_TEST(answer.orders[0].remaining_quantity.value.raw == 90'000);
}

BOOST_AUTO_TEST_CASE(a_broken_parent_does_not_hide_its_child) {
  const auto answer =
    answer_of(with(golden_frame("frontend_open_orders"), "\"2821.1\"", "null"));
  BOOST_REQUIRE(answer.orders.size() == 1u);
  BOOST_TEST(answer.orders[0].oid.value == 62014449552u);
  BOOST_REQUIRE(answer.warnings.size() == 1u);
  BOOST_TEST(answer.warnings[0].starts_with(
    "frontendOpenOrders element 0: \"limitPx\" has the wrong type"));
}

BOOST_AUTO_TEST_CASE(what_is_no_list_is_a_failure_with_the_text) {
  const auto answer = decode_info(open_orders_query{}, 200, "{\"a\":1}");
  BOOST_REQUIRE(std::holds_alternative<failed_answer>(answer));
  BOOST_TEST(std::get<failed_answer>(answer).reason
             == "frontendOpenOrders: the answer has no known shape: {\"a\":1}");
}

BOOST_AUTO_TEST_SUITE_END()
