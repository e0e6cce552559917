// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/encode_event.hpp"
#include "hlx/messages/wire/json.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::wire;

namespace {

event_header header() {
  event_header x;
  x.strategy = {"S-1"};
  x.client_order_id = {"O-1"};
  x.sequence = 3;
  x.client_time_ms = 50;
  x.venue_time_ms = 40;
  return x;
}

const std::string head =
  R"("strategy":"S-1","client_order_id":"O-1","sequence":3,"venue_time":40)";

std::string line_of(const order_event& event) {
  std::string result;
  append_event(result, 50, event);
  return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(encode_event_suite)

BOOST_AUTO_TEST_CASE(a_submitted_order_has_no_venue_time_yet) {
  order_submitted x;
  x.header = header();
  x.header.venue_time_ms.reset();
  x.quantity = quantity{20'000};
  x.price = price{5'673'000'000'000};
  BOOST_TEST(line_of(x)
             == R"({"at":50,"event":"order_submitted","strategy":"S-1",)"
                R"("client_order_id":"O-1","sequence":3,)"
                R"("quantity":"0.0002","price":"56730"})");
}

BOOST_AUTO_TEST_CASE(a_filled_order_tells_the_trade) {
  order_filled x;
  x.header = header();
  x.venue_order_id = {1001};
  x.trade_id = {77};
  x.instrument = "BTC";
  x.quantity = quantity{20'000};
  x.last_quantity = quantity{10'000};
  x.last_price = price{5'673'050'000'000};
  x.cum_quantity = quantity{10'000};
  x.liquidity = liquidity_side::taker;
  x.commission = amount{-5};
  x.commission_currency = "USDC";
  BOOST_TEST(line_of(x)
             == R"({"at":50,"event":"order_filled",)" + head
                  + R"(,"venue_order_id":1001,"quantity":"0.0002",)"
                    R"("last_quantity":"0.0001","last_price":"56730.5",)"
                    R"("cum_quantity":"0.0001","trade_id":77,)"
                    R"("liquidity":"taker","commission":"-0.00000005",)"
                    R"("commission_currency":"USDC"})");
}

BOOST_AUTO_TEST_CASE(due_post_only_is_there_only_when_true) {
  order_rejected x;
  x.header = header();
  x.reason = "tickRejected";
  const auto start = R"({"at":50,"event":"order_rejected",)" + head;
  BOOST_TEST(line_of(x) == start + R"(,"reason":"tickRejected"})");
  x.reason = "badAloPxRejected";
  x.due_post_only = true;
  BOOST_TEST(line_of(x)
             == start
                  + R"(,"reason":"badAloPxRejected","due_post_only":true})");
}

BOOST_AUTO_TEST_CASE(the_other_events_carry_what_applies) {
  order_denied denied{header(), "unknown instrument"};
  BOOST_TEST(line_of(denied)
             == R"({"at":50,"event":"order_denied",)" + head
                  + R"(,"reason":"unknown instrument"})");
  order_accepted accepted;
  accepted.header = header();
  accepted.venue_order_id = {18446744073709551615u};
  accepted.quantity = quantity{100'000'000};
  accepted.price = price{100'000'000};
  accepted.trigger_price = price{50'000'000};
  BOOST_TEST(line_of(accepted)
             == R"({"at":50,"event":"order_accepted",)" + head
                  + R"(,"venue_order_id":18446744073709551615,)"
                    R"("quantity":"1","price":"1","trigger_price":"0.5"})");
  order_updated updated;
  updated.header = header();
  updated.venue_order_id = {7};
  updated.quantity = quantity{100'000'000};
  BOOST_TEST(line_of(updated)
             == R"({"at":50,"event":"order_updated",)" + head
                  + R"(,"venue_order_id":7,"quantity":"1"})");
  order_triggered triggered{header(), {7}, price{50'000'000}};
  BOOST_TEST(line_of(triggered)
             == R"({"at":50,"event":"order_triggered",)" + head
                  + R"(,"venue_order_id":7,"trigger_price":"0.5"})");
  order_canceled canceled{header(), {7}, quantity{0}, "canceled"};
  BOOST_TEST(line_of(canceled)
             == R"({"at":50,"event":"order_canceled",)" + head
                  + R"(,"venue_order_id":7,"cum_quantity":"0",)"
                    R"("reason":"canceled"})");
  order_expired expired{header(), {}, quantity{0}};
  BOOST_TEST(line_of(expired)
             == R"({"at":50,"event":"order_expired",)" + head
                  + R"(,"cum_quantity":"0"})");
  order_modify_rejected modify;
  modify.header = header();
  modify.price = price{100'000'000};
  modify.reason = "superseded";
  BOOST_TEST(line_of(modify)
             == R"({"at":50,"event":"order_modify_rejected",)" + head
                  + R"(,"price":"1","reason":"superseded"})");
  order_cancel_rejected cancel{header(), "closing"};
  BOOST_TEST(line_of(cancel)
             == R"({"at":50,"event":"order_cancel_rejected",)" + head
                  + R"(,"reason":"closing"})");
}

BOOST_AUTO_TEST_CASE(raw_reports_keep_the_venues_word_and_digits) {
  order_status_report order;
  order.instrument = "ETH";
  order.side = order_side::sell;
  order.oid = {9};
  order.cloid = parse_bytes<cloid>("0x00112233445566778899aabbccddeeff");
  order.limit_price = price{100'000'000};
  order.original_quantity = quantity{1};
  order.original_quantity.text = "0.0000000123400";
  order.remaining_quantity = quantity{0};
  order.status_ms = 40;
  order.status_word = "marginCanceled";
  std::string line;
  append_report(line, 50, order);
  BOOST_TEST(line
             == R"({"at":50,"report":"order_status","instrument":"ETH",)"
                R"("side":"sell","venue_order_id":9,)"
                R"("cloid":"0x00112233445566778899aabbccddeeff",)"
                R"("quantity":"0.00000001234","remaining_quantity":"0",)"
                R"("price":"1","status":"marginCanceled","venue_time":40})");
  fill_report fill;
  fill.instrument = "ETH";
  fill.oid = {9};
  fill.trade_id = {8};
  fill.last_price = price{100'000'000};
  fill.last_quantity = quantity{200'000'000};
  fill.commission = amount{1};
  fill.commission_currency = "HYPE";
  fill.time_ms = 41;
  line.clear();
  append_report(line, 50, fill);
  BOOST_TEST(line
             == R"({"at":50,"report":"fill","instrument":"ETH","side":"buy",)"
                R"("venue_order_id":9,"last_quantity":"2","last_price":"1",)"
                R"("trade_id":8,"liquidity":"maker",)"
                R"("commission":"0.00000001","commission_currency":"HYPE",)"
                R"("venue_time":41})");
}

BOOST_AUTO_TEST_CASE(warnings_streams_requests_and_queries_have_their_lines) {
  std::string lines;
  append_warning(lines, 1, "odd \"text\"");
  lines += '\n';
  append_stream(lines, 2, true);
  lines += '\n';
  append_stream(lines, 3, false);
  lines += '\n';
  append_request(lines, 4, 1, noop_action{}, 1700000000000);
  lines += '\n';
  append_info(lines, 5, mids_query{}, {});
  BOOST_TEST(lines
             == R"({"at":1,"warning":"odd \"text\""})"
                "\n"
                R"({"at":2,"stream":"up"})"
                "\n"
                R"({"at":3,"stream":"down"})"
                "\n"
                R"({"at":4,"request":1,"action":{"type":"noop"},)"
                R"("nonce":1700000000000})"
                "\n"
                R"({"at":5,"info":{"type":"allMids"}})");
}

BOOST_AUTO_TEST_CASE(a_line_is_valid_json_whatever_the_texts_hold) {
  order_denied x{header(), {}};
  for (int byte = 0; byte < 256; ++byte)
    x.reason += static_cast<char>(byte);
  x.reason += "\xED\xA0\x80 \xF4\x90\x80\x80 \xC0\xAF \xE2\x82";
  x.header.client_order_id = {std::string("\0\x7F\xFF", 3)};
  const auto parsed = parse_json(line_of(x));
  BOOST_REQUIRE(parsed.value.has_value());
  const auto& reason = parsed.value->find("reason")->text();
  BOOST_TEST(reason.substr(0, 128) == x.reason.substr(0, 128));
  BOOST_TEST(parsed.value->find("client_order_id")->text()
             == std::string("\0\x7F\xEF\xBF\xBD", 5));
}

BOOST_AUTO_TEST_SUITE_END()
