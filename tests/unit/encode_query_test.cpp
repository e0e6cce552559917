// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/encode_query.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::wire;

namespace {

const auto account =
  *parse_bytes<address>("0x14791697260e4c9a71f18484c9f997b308e59325");

std::string text_of(const info_query_body& query) {
  std::string result;
  append_info_query(result, query, account);
  return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(encode_query_suite)

BOOST_AUTO_TEST_CASE(queries_are_written_as_the_venue_reads_them) {
  const std::string user =
    R"("user":"0x14791697260e4c9a71f18484c9f997b308e59325")";
  BOOST_TEST(text_of(open_orders_query{})
             == R"({"type":"frontendOpenOrders",)" + user + R"(,"dex":""})");
  BOOST_TEST(text_of(open_orders_query{"xyz"})
             == R"({"type":"frontendOpenOrders",)" + user + R"(,"dex":"xyz"})");
  BOOST_TEST(text_of(fills_query{5, {}})
             == R"({"type":"userFillsByTime",)" + user + R"(,"startTime":5})");
  BOOST_TEST(text_of(fills_query{5, 9})
             == R"({"type":"userFillsByTime",)" + user
                  + R"(,"startTime":5,"endTime":9})");
  BOOST_TEST(text_of(order_status_query{venue_order_id{62014476975}})
             == R"({"type":"orderStatus",)" + user + R"(,"oid":62014476975})");
  BOOST_TEST(text_of(order_status_query{
               *parse_bytes<cloid>("0x00112233445566778899aabbccddeeff")})
             == R"({"type":"orderStatus",)" + user
                  + R"(,"oid":"0x00112233445566778899aabbccddeeff"})");
  BOOST_TEST(text_of(book_query{"BTC"}) == R"({"type":"l2Book","coin":"BTC"})");
  BOOST_TEST(text_of(mids_query{}) == R"({"type":"allMids"})");
  BOOST_TEST(text_of(mids_query{"xyz"}) == R"({"type":"allMids","dex":"xyz"})");
  BOOST_TEST(text_of(exchange_status_query{})
             == R"({"type":"exchangeStatus"})");
  BOOST_TEST(text_of(user_role_query{account})
             == R"({"type":"userRole",)" + user + "}");
  BOOST_TEST(text_of(positions_query{})
             == R"({"type":"clearinghouseState",)" + user + R"(,"dex":""})");
  BOOST_TEST(text_of(rate_limit_query{})
             == R"({"type":"userRateLimit",)" + user + "}");
}

BOOST_AUTO_TEST_CASE(instruments_are_asked_for_by_type_and_dex) {
  std::string text;
  append_instruments_query(text, "meta");
  append_instruments_query(text, "meta", "xyz");
  BOOST_TEST(text == R"({"type":"meta"}{"type":"meta","dex":"xyz"})");
}

BOOST_AUTO_TEST_CASE(subscriptions_name_user_or_coin) {
  std::string text;
  append_subscribe(text, {subscription_type::order_updates, account, {}});
  BOOST_TEST(text
             == R"({"method":"subscribe","subscription":)"
                R"({"type":"orderUpdates",)"
                R"("user":"0x14791697260e4c9a71f18484c9f997b308e59325"}})");
  text.clear();
  append_subscribe(text, {subscription_type::book, {}, "PURR/USDC"});
  BOOST_TEST(text
             == R"({"method":"subscribe","subscription":)"
                R"({"type":"l2Book","coin":"PURR/USDC"}})");
  text.clear();
  append_subscribe(text, {subscription_type::all_mids, {}, {}});
  BOOST_TEST(text
             == R"({"method":"subscribe","subscription":{"type":"allMids"}})");
}

BOOST_AUTO_TEST_SUITE_END()
