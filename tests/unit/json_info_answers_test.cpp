// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_info.hpp"
#include "tests/unit/golden_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::wire;

namespace {

template <class Answer>
Answer read(const info_query_body& query, const std::string& body) {
  auto answer = decode_info(query, 200, body);
  if (const auto* failed = std::get_if<failed_answer>(&answer))
    BOOST_FAIL(failed->reason);
  return std::get<Answer>(std::move(answer));
}

std::string reason_of(const info_query_body& query, const std::string& body) {
  const auto answer = decode_info(query, 200, body);
  BOOST_REQUIRE_MESSAGE(std::holds_alternative<failed_answer>(answer), body);
  return std::get<failed_answer>(answer).reason;
}

const auto master =
  parse_bytes<address>("0x14791697260e4c9a71f18484c9f997b308e59325");

} // namespace

BOOST_AUTO_TEST_SUITE(json_info_answers_suite)

BOOST_AUTO_TEST_CASE(fills_by_time_come_oldest_first) {
  const auto body = golden_frame("user_fills_by_time");
  const auto answer = read<fills_answer>(fills_query{}, body);
  BOOST_TEST(answer.warnings.empty());
  BOOST_REQUIRE(answer.fills.size() == 2u);
  BOOST_TEST(answer.fills[0].trade_id.value == 1u);
  BOOST_TEST(answer.fills[0].commission.value.raw == 362'700);
  BOOST_TEST(answer.fills[1].trade_id.value == 2u);
  BOOST_TEST((answer.fills[1].liquidity == liquidity_side::taker));
}

BOOST_AUTO_TEST_CASE(a_broken_fill_leaves_its_neighbour_alone) {
  const auto answer =
    read<fills_answer>(fills_query{}, with(golden_frame("user_fills_by_time"),
                                           "\"83959.0\"", "[83959]"));
  BOOST_REQUIRE(answer.fills.size() == 1u);
  BOOST_TEST(answer.fills[0].trade_id.value == 2u);
  BOOST_REQUIRE(answer.warnings.size() == 1u);
  BOOST_TEST(answer.warnings[0].starts_with(
    "userFillsByTime element 0: \"px\" has the wrong type: {"));
  BOOST_TEST(read<fills_answer>(fills_query{}, "[7]").warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_book_tells_its_best_prices) {
  const auto body = golden_frame("l2_book");
  const auto book = read<book_answer>(book_query{"BTC"}, body);
  BOOST_TEST(book.instrument == "BTC");
  BOOST_TEST((book.best_bid == price{8'375'700'000'000}));
  BOOST_TEST((book.best_ask == price{8'375'800'000'000}));
  BOOST_TEST(book.time_ms.value() == 1'790'358'617'881);
  const auto empty =
    read<book_answer>(book_query{"BTC"}, R"({"levels":[[],[]]})");
  BOOST_TEST(empty.instrument == "BTC");
  BOOST_TEST(!empty.best_bid.has_value());
  BOOST_TEST(!empty.best_ask.has_value());
  BOOST_TEST(!empty.time_ms.has_value());
}

BOOST_AUTO_TEST_CASE(a_book_says_whose_it_is_whatever_was_asked) {
  BOOST_TEST(read<book_answer>(book_query{"BTC"},
                               R"({"coin":"ETH","time":5,"levels":[[],[]]})")
               .instrument
             == "ETH");
}

BOOST_AUTO_TEST_CASE(a_book_that_cannot_be_read_is_a_failure) {
  BOOST_TEST(reason_of(book_query{"XYZ"}, "null")
             == "the venue has no book of XYZ");
  for (const std::string body :
       {R"({"levels":[[]]})", R"({"levels":[[{"px":7}],[]]})",
        R"({"levels":[[{"px":"-1"}],[]]})", R"({"levels":[{},[]]})"})
    BOOST_TEST(reason_of(book_query{"BTC"}, body)
               == "l2Book: the answer has no known shape: " + body);
}

BOOST_AUTO_TEST_CASE(mids_are_sorted_and_a_broken_one_is_a_warning) {
  const auto body = golden_frame("all_mids");
  const auto answer = read<mids_answer>(mids_query{}, body);
  BOOST_TEST(answer.warnings.empty());
  BOOST_REQUIRE(answer.mids.size() == 3u);
  BOOST_TEST(answer.mids[0].first == "#31");
  BOOST_TEST(answer.mids[1].first == "@107");
  BOOST_TEST(answer.mids[2].first == "BTC");
  BOOST_TEST(answer.mids[2].second.raw == 8'375'750'000'000);
  const auto broken =
    read<mids_answer>(mids_query{}, with(body, "\"41.2\"", "41.2"));
  BOOST_TEST(broken.mids.size() == 2u);
  BOOST_REQUIRE(broken.warnings.size() == 1u);
  BOOST_TEST(broken.warnings[0] == "allMids: no price of @107: 41.2");
}

BOOST_AUTO_TEST_CASE(the_venue_tells_its_time) {
  const auto answer = read<exchange_status_answer>(
    exchange_status_query{}, golden_frame("exchange_status"));
  BOOST_TEST(answer.time_ms == 1790360864964);
  reason_of(exchange_status_query{}, R"({"time":18446744073709551616})");
}

BOOST_AUTO_TEST_CASE(a_role_names_the_account_behind_an_agent) {
  const auto agent =
    read<user_role_answer>(user_role_query{}, golden_frame("user_role_agent"));
  BOOST_TEST(agent.role == "agent");
  BOOST_TEST((agent.master == master));
  const auto sub = read<user_role_answer>(
    user_role_query{}, golden_frame("user_role_sub_account"));
  BOOST_TEST(sub.role == "subAccount");
  BOOST_TEST((sub.master == master));
  const auto missing =
    read<user_role_answer>(user_role_query{}, R"({"role":"missing"})");
  BOOST_TEST(missing.role == "missing");
  BOOST_TEST(!missing.master.has_value());
  reason_of(user_role_query{}, R"({"role":"agent","data":{"user":"0x12"}})");
}

BOOST_AUTO_TEST_CASE(positions_come_with_sign_and_account_value) {
  const auto body = golden_frame("clearinghouse_state");
  const auto answer = read<positions_answer>(positions_query{}, body);
  BOOST_TEST(answer.time_ms == 1790360864964);
  BOOST_TEST(answer.account_value.value.raw == 3'825'270'000'000);
  BOOST_REQUIRE(answer.positions.size() == 1u);
  BOOST_TEST(answer.positions[0].instrument == "BTC");
  BOOST_TEST(answer.positions[0].size.value.raw == 450'000'000);
  const auto shorted = read<positions_answer>(
    positions_query{}, with(body, R"("szi":"4.5")", R"("szi":"-4.5")"));
  BOOST_TEST(shorted.positions[0].size.value.raw == -450'000'000);
  const auto broken = read<positions_answer>(
    positions_query{}, with(body, R"("szi":"4.5")", R"("szi":4.5)"));
  BOOST_TEST(broken.positions.empty());
  BOOST_TEST(broken.warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_address_budget_is_told) {
  const auto answer = read<rate_limit_answer>(rate_limit_query{},
                                              golden_frame("user_rate_limit"));
  BOOST_TEST(answer.requests_used == 97459u);
  BOOST_TEST(answer.requests_cap == 97457u);
  reason_of(rate_limit_query{}, R"({"nRequestsUsed":-1,"nRequestsCap":1})");
}

BOOST_AUTO_TEST_CASE(every_query_survives_an_answer_of_another_shape) {
  const info_query_body queries[] = {open_orders_query{},
                                     fills_query{},
                                     order_status_query{venue_order_id{1}},
                                     book_query{"BTC"},
                                     mids_query{},
                                     exchange_status_query{},
                                     user_role_query{},
                                     positions_query{},
                                     rate_limit_query{}};
  for (const auto& query : queries)
    for (const std::string body : {"7", "\"text\"", "true", "", "{", "[", "]"})
      reason_of(query, body);
}

BOOST_AUTO_TEST_SUITE_END()
