// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_frame.hpp"
#include "tests/unit/golden_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::wire;

namespace {

const auto known_cloid =
  parse_bytes<cloid>("0x00112233445566778899aabbccddeeff");

struct fixture {
  frame_decoder decoder;

  const user_stream_update& update_of(const std::string& frame) {
    const auto& result = decoder.decode(frame);
    BOOST_TEST((result.kind == frame_kind::order_updates));
    return result.update;
  }

  /// What remains of the two elements of a frame when the first is changed.
  const user_stream_update& update_with(const std::string& from,
                                        const std::string& to) {
    return update_of(
      with(golden_frame("order_updates_immediate_fill"), from, to));
  }

  /// The first element is a warning that says `what`, the second is read.
  void check_broken(const std::string& from, const std::string& to,
                    const std::string& what) {
    const auto& update = update_with(from, to);
    BOOST_TEST_CONTEXT(from << " -> " << to) {
      BOOST_REQUIRE(update.orders.size() == 1u);
      BOOST_TEST((update.orders[0].status == venue_order_status::filled));
      BOOST_REQUIRE(update.warnings.size() == 1u);
      BOOST_TEST(update.warnings[0].starts_with(
                   "orderUpdates element 0: " + what + ": {\"order\":"),
                 update.warnings[0]);
    }
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(json_order_updates_suite, fixture)

BOOST_AUTO_TEST_CASE(an_immediate_fill_is_open_and_then_filled) {
  const auto& update = update_of(golden_frame("order_updates_immediate_fill"));
  BOOST_TEST(update.warnings.empty());
  BOOST_TEST(!update.snapshot);
  BOOST_REQUIRE(update.orders.size() == 2u);
  order_status_report open;
  open.instrument = "ETH";
  open.side = order_side::buy;
  open.oid = {315452584853};
  open.cloid = known_cloid;
  open.limit_price = price{208'000'000'000};
  open.remaining_quantity = quantity{1'000'000};
  open.original_quantity = quantity{1'000'000};
  open.placed_ms = 1770524603232;
  open.status_ms = 1770524603232;
  open.status = venue_order_status::open;
  open.status_word = "open";
  BOOST_TEST((update.orders[0] == open));
  auto filled = open;
  filled.remaining_quantity = quantity{0};
  filled.status = venue_order_status::filled;
  filled.status_word = "filled";
  BOOST_TEST((update.orders[1] == filled));
}

BOOST_AUTO_TEST_CASE(a_modify_keeps_the_order_of_its_two_entries) {
  const auto& update = update_of(golden_frame("order_updates_modify"));
  BOOST_REQUIRE(update.orders.size() == 2u);
  BOOST_TEST(update.orders[0].oid.value == 1010u);
  BOOST_TEST(update.orders[0].status_word == "open");
  BOOST_TEST(update.orders[1].oid.value == 1001u);
  BOOST_TEST((update.orders[1].status == venue_order_status::canceled));
}

BOOST_AUTO_TEST_CASE(a_cancel_by_the_venue_keeps_its_word) {
  const auto& update =
    update_of(golden_frame("order_updates_reduce_only_canceled"));
  BOOST_TEST(update.warnings.empty());
  BOOST_REQUIRE(update.orders.size() == 1u);
  const auto& order = update.orders[0];
  BOOST_TEST((order.status == venue_order_status::canceled_by_venue));
  BOOST_TEST(order.status_word == "reduceOnlyCanceled");
  BOOST_TEST(order.reduce_only);
  BOOST_TEST(!order.cloid.has_value());
  BOOST_TEST(order.placed_ms == 1791318000000);
  BOOST_TEST(order.status_ms == 1791318606747);
}

BOOST_AUTO_TEST_CASE(an_unknown_word_is_read_by_its_ending_and_warned_of) {
  const std::pair<std::string, venue_order_status> words[] = {
    {"lunarCanceled", venue_order_status::canceled_by_venue},
    {"lunarCancel", venue_order_status::canceled_by_venue},
    {"lunarRejected", venue_order_status::rejected},
    {"lunar", venue_order_status::unknown},
    {"Open", venue_order_status::unknown}};
  for (const auto& [word, status] : words) {
    const auto& update = update_with("\"open\"", '"' + word + '"');
    BOOST_REQUIRE(update.orders.size() == 2u);
    BOOST_TEST((update.orders[0].status == status), word);
    BOOST_TEST(update.orders[0].status_word == word);
    BOOST_REQUIRE(update.warnings.size() == 1u);
    BOOST_TEST(update.warnings[0].find("unknown status \"" + word + '"')
               != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_broken_element_leaves_its_neighbour_alone) {
  check_broken("\"coin\":\"ETH\"", "\"coin\":7", "\"coin\" has the wrong type");
  check_broken("\"coin\":\"ETH\"", "\"coin\":{\"a\":[{\"oid\":5}]}",
               "\"coin\" has the wrong type");
  check_broken("\"coin\":\"ETH\",", "", "\"coin\" is missing");
  check_broken("\"coin\":\"ETH\"", "\"coin\":\"\"", "\"coin\" is empty");
  check_broken("\"side\":\"B\"", "\"side\":\"C\"",
               "\"side\" is neither B nor A");
  check_broken("\"2080.0\"", "2080.0", "\"limitPx\" has the wrong type");
  check_broken("\"2080.0\"", "\"-0.00000001\"", "\"limitPx\" is negative");
  check_broken("\"2080.0\"", "\"2e3\"", "\"limitPx\" is not a plain decimal");
  check_broken("\"2080.0\"", "\"92233720369\"", "\"limitPx\" is out of range");
  check_broken("\"sz\":\"0.01\"", "\"sz\":null", "\"sz\" has the wrong type");
  check_broken("\"sz\":\"0.01\"", "\"sz\":[[\"0.01\"],{\"sz\":\"1\"}]",
               "\"sz\" has the wrong type");
  check_broken("315452584853", "18446744073709551617",
               "\"oid\" has the wrong type");
  check_broken("315452584853", "-1", "\"oid\" has the wrong type");
  check_broken("315452584853", "1.5", "\"oid\" has the wrong type");
  check_broken("315452584853", "0", "\"oid\" is 0");
  check_broken("1770524603232", "18446744073709551615",
               "\"timestamp\" is out of range");
  check_broken("\"0x00112233445566778899aabbccddeeff\"", "\"0x0011\"",
               "\"cloid\" is not 0x and 32 hex digits");
  check_broken("\"status\":\"open\"", "\"status\":true",
               "\"status\" has the wrong type");
  check_broken("\"status\":\"open\",", "", "\"status\" is missing");
  check_broken(",\"statusTimestamp\":1770524603232", "",
               "\"statusTimestamp\" is missing");
}

BOOST_AUTO_TEST_CASE(a_number_beyond_a_double_costs_only_its_element) {
  check_broken("315452584853", "1e999", "\"oid\" has the wrong type");
  check_broken("315452584853", std::string(400, '9'),
               "\"oid\" has the wrong type");
}

BOOST_AUTO_TEST_CASE(an_element_that_is_no_object_is_a_warning) {
  for (const std::string element :
       {"null", "17", "\"a \\\" , ]\"", "[1,[2]]", "true", "-1.5"}) {
    const auto& update = update_with("[{", "[" + element + ",{");
    BOOST_TEST(update.orders.size() == 2u);
    BOOST_REQUIRE(update.warnings.size() == 1u);
    BOOST_TEST(update.warnings[0]
               == "orderUpdates element 0: is not an object: " + element);
  }
}

BOOST_AUTO_TEST_CASE(a_second_broken_element_is_named_by_its_place) {
  const auto& update = update_with("\"sz\":\"0.0\"", "\"sz\":\"?\"");
  BOOST_TEST(update.orders.size() == 1u);
  BOOST_REQUIRE(update.warnings.size() == 1u);
  BOOST_TEST(update.warnings[0].starts_with("orderUpdates element 1: \"sz\""));
}

BOOST_AUTO_TEST_CASE(more_digits_than_fit_are_rounded_and_kept_as_text) {
  const auto& update =
    update_with("\"sz\":\"0.01\"", "\"sz\":\"0.012345678912\"");
  BOOST_REQUIRE(update.orders.size() == 2u);
  BOOST_TEST(update.orders[0].remaining_quantity.value.raw == 1'234'568);
  BOOST_TEST(update.orders[0].remaining_quantity.text == "0.012345678912");
  BOOST_REQUIRE(update.warnings.size() == 1u);
  BOOST_TEST(update.warnings[0].find("\"sz\" rounded") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(unknown_members_are_ignored_whatever_they_hold) {
  const auto& update = update_with(
    "\"coin\"", "\"moon\":{\"oid\":[1,{\"coin\":null}]},\"star\":1e3,\"coin\"");
  BOOST_TEST(update.orders.size() == 2u);
  BOOST_TEST(update.orders[0].oid.value == 315452584853u);
  BOOST_TEST(update.warnings.empty());
}

BOOST_AUTO_TEST_CASE(escapes_and_blanks_and_any_order_of_members_are_read) {
  const auto& update = update_of(
    "\n{ \"data\" : [ {\"statusTimestamp\":2,\"order\":{\"coin\":\"\\u0045TH\","
    "\"oid\":7,\"origSz\":\"1\",\"timestamp\":1,\"sz\":\"1.0\","
    "\"limitPx\":\"3\",\"side\":\"A\"},\"status\":\"o\\u0070en\"}],"
    " \"channel\": \"orderUpdates\" } ");
  BOOST_TEST(update.warnings.empty());
  BOOST_REQUIRE(update.orders.size() == 1u);
  BOOST_TEST(update.orders[0].instrument == "ETH");
  BOOST_TEST((update.orders[0].status == venue_order_status::open));
  BOOST_TEST((update.orders[0].side == order_side::sell));
}

BOOST_AUTO_TEST_CASE(a_lone_surrogate_in_an_element_costs_only_it) {
  check_broken("\"ETH\"", "\"\\udc00\"", "\"coin\" is not UTF-8");
}

BOOST_AUTO_TEST_CASE(data_of_another_shape_is_a_warning) {
  for (const std::string data :
       {"{}", "null", "7", "\"x\"", "{\"order\":[]}"}) {
    const auto& update =
      update_of("{\"channel\":\"orderUpdates\",\"data\":" + data + "}");
    BOOST_TEST(update.orders.empty());
    BOOST_TEST(update.warnings.size() == 1u, data);
  }
  BOOST_TEST(update_of("{\"channel\":\"orderUpdates\"}").warnings.size() == 1u);
  BOOST_TEST(
    update_of("{\"channel\":\"orderUpdates\",\"data\":[]}").warnings.empty());
}

BOOST_AUTO_TEST_SUITE_END()
