// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_exchange.hpp"
#include "tests/unit/golden_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::wire;

namespace {

exchange_reply golden_reply(const std::string& name) {
  return decode_exchange(200, golden_frame(name));
}

void check_unreadable(int http_status, const std::string& body,
                      const std::string& text,
                      reply_kind kind = reply_kind::unreadable) {
  const auto reply = decode_exchange(http_status, body);
  BOOST_TEST((reply.kind == kind));
  BOOST_TEST(reply.elements.empty());
  BOOST_TEST(reply.text == text);
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_exchange_reply_suite)

BOOST_AUTO_TEST_CASE(a_batch_has_one_element_for_each) {
  const auto reply = golden_reply("exchange_order_batch");
  BOOST_TEST((reply.kind == reply_kind::statuses));
  BOOST_REQUIRE(reply.elements.size() == 5u);
  element_outcome resting;
  resting.status = element_status::resting;
  resting.oid = {311642020084};
  resting.cloid = parse_bytes<cloid>("0x00112233445566778899aabbccddeeff");
  BOOST_TEST((reply.elements[0] == resting));
  element_outcome filled;
  filled.status = element_status::filled;
  filled.oid = {315445859529};
  filled.total_quantity = quantity{1'000'000};
  filled.average_price = price{208'020'000'000};
  BOOST_TEST((reply.elements[1] == filled));
  BOOST_TEST((reply.elements[2].status == element_status::error));
  BOOST_TEST(reply.elements[2].error
             == "Insufficient margin to place order. asset=0");
  BOOST_TEST((reply.elements[3].status == element_status::waiting_for_fill));
  BOOST_TEST((reply.elements[4].status == element_status::waiting_for_trigger));
}

BOOST_AUTO_TEST_CASE(a_cancel_succeeds_or_says_why_not) {
  const auto reply = golden_reply("exchange_cancel");
  BOOST_REQUIRE(reply.elements.size() == 2u);
  BOOST_TEST((reply.elements[0].status == element_status::success));
  BOOST_TEST((reply.elements[1].status == element_status::error));
  BOOST_TEST(reply.elements[1].error
             == "Order was never placed, already canceled, or filled. asset=0");
}

BOOST_AUTO_TEST_CASE(default_is_done_and_err_is_refused) {
  BOOST_TEST((golden_reply("exchange_default").kind == reply_kind::done));
  const auto refused = golden_reply("exchange_error");
  BOOST_TEST((refused.kind == reply_kind::refused));
  BOOST_TEST(refused.text
             == "User or API Wallet "
                "0x14791697260e4c9a71f18484c9f997b308e59325 does not exist.");
}

BOOST_AUTO_TEST_CASE(replies_about_one_thing_have_one_element) {
  const auto twap = golden_reply("exchange_twap_order");
  BOOST_REQUIRE(twap.elements.size() == 1u);
  BOOST_TEST((twap.elements[0].status == element_status::resting));
  BOOST_TEST(twap.elements[0].oid.value == 77738308u);
  const auto cancel = golden_reply("exchange_twap_cancel");
  BOOST_REQUIRE(cancel.elements.size() == 1u);
  BOOST_TEST((cancel.elements[0].status == element_status::success));
  const auto stop = golden_reply("exchange_trailing_stop");
  BOOST_REQUIRE(stop.elements.size() == 1u);
  BOOST_TEST(stop.elements[0].oid.value == 77738308u);
  const auto error = decode_exchange(
    200, R"({"status":"ok","response":{"type":"twapOrder","data":)"
         R"({"status":{"error":"TWAP order value too small."}}}})");
  BOOST_REQUIRE(error.elements.size() == 1u);
  BOOST_TEST(error.elements[0].error == "TWAP order value too small.");
}

BOOST_AUTO_TEST_CASE(an_unreadable_element_leaves_its_neighbours_alone) {
  const auto batch = golden_frame("exchange_order_batch");
  const std::pair<std::string, std::string> changes[] = {
    {R"({"resting":{"oid":311642020084)", R"({"resting":{"oid":1.5)"},
    {R"({"resting":{"oid":311642020084)",
     R"({"resting":{"oid":18446744073709551616)"},
    {R"({"resting":{"oid":311642020084)", R"({"resting":{"oid":0)"},
    {"0x00112233445566778899aabbccddeeff", "0x0011"},
    {R"("resting")", R"("resting?")"},
    {R"({"resting":{)", R"({"resting":7,"x":{)"}};
  for (const auto& [from, to] : changes) {
    const auto reply = decode_exchange(200, with(batch, from, to));
    BOOST_TEST((reply.kind == reply_kind::statuses));
    BOOST_REQUIRE(reply.elements.size() == 5u);
    BOOST_TEST((reply.elements[0].status == element_status::unreadable), to);
    BOOST_TEST(!reply.elements[0].error.empty());
    BOOST_TEST((reply.elements[1].status == element_status::filled));
  }
  const auto total = decode_exchange(200, with(batch, R"("0.01")", "0.01"));
  BOOST_TEST((total.elements[1].status == element_status::unreadable));
}

BOOST_AUTO_TEST_CASE(a_text_without_end_is_not_understood) {
  const std::string endless(1'000'000, 'x');
  const auto whole =
    decode_exchange(200, R"({"status":"err","response":")" + endless + "\"}");
  BOOST_TEST((whole.kind == reply_kind::unreadable));
  BOOST_TEST(whole.text.size() < 2'000u);
  const auto one =
    decode_exchange(200, R"({"status":"ok","response":{"type":"order","data":)"
                         R"({"statuses":[{"error":")"
                           + endless + "\"}]}}}");
  BOOST_REQUIRE(one.elements.size() == 1u);
  BOOST_TEST((one.elements[0].status == element_status::unreadable));
  BOOST_TEST(one.elements[0].error.size() < 2'000u);
}

BOOST_AUTO_TEST_CASE(http_400_415_and_422_refuse_with_their_text) {
  for (const int status : {400, 415, 422}) {
    const auto reply =
      decode_exchange(status, "Failed to parse the request body as JSON");
    BOOST_TEST((reply.kind == reply_kind::http_refused));
    BOOST_TEST(reply.text == "Failed to parse the request body as JSON");
  }
  BOOST_TEST(decode_exchange(422, "").text == "HTTP 422");
}

BOOST_AUTO_TEST_CASE(every_other_answer_says_nothing_about_the_action) {
  check_unreadable(429, "null", "HTTP 429: null", reply_kind::none);
  check_unreadable(502, "<html>", "HTTP 502: <html>", reply_kind::none);
  check_unreadable(404, "<html>", "HTTP 404: <html>");
  check_unreadable(201, R"({"status":"ok"})", R"(HTTP 201: {"status":"ok"})");
  check_unreadable(200, "null", "reply has no known shape: null");
  check_unreadable(200, "{}", "reply has no known shape: {}");
  for (const std::string body :
       {R"({"status":"err","response":{"a":1}})",
        R"({"status":"ok","response":"done"})",
        R"({"status":"ok","response":{"type":"order"}})",
        R"({"status":"ok","response":{"type":"order","data":{}}})",
        R"({"status":"ok","response":{"type":"order","data":{"statuses":{}}}})",
        R"({"status":"maybe","response":{"type":"default"}})",
        R"({"status":"ok","response":{"data":{"statuses":[]}}})"})
    check_unreadable(200, body, "reply has no known shape: " + body);
}

BOOST_AUTO_TEST_CASE(what_follows_the_reply_makes_it_unreadable) {
  const auto body = golden_frame("exchange_default");
  BOOST_TEST((decode_exchange(200, body + " \n").kind == reply_kind::done));
  const auto reply = decode_exchange(200, body + "x");
  BOOST_TEST((reply.kind == reply_kind::unreadable));
  BOOST_TEST(reply.text.starts_with("reply is not JSON, at byte 45: "),
             reply.text);
  const auto zero = decode_exchange(200, body + std::string(1, '\0') + "x");
  BOOST_TEST((zero.kind == reply_kind::unreadable));
}

BOOST_AUTO_TEST_CASE(a_post_error_is_read_as_its_http_status) {
  const auto refused = decode_post_error("422 Unprocessable Entity: Failed");
  BOOST_TEST((refused.kind == reply_kind::http_refused));
  BOOST_TEST(refused.text == "422 Unprocessable Entity: Failed");
  for (const auto* text : {"500 Internal Server Error", "429"})
    BOOST_TEST((decode_post_error(text).kind == reply_kind::none), text);
  for (const auto* text : {"timeout", "404 Not Found", ""})
    BOOST_TEST((decode_post_error(text).kind == reply_kind::unreadable),
               '"' << text << '"');
}

BOOST_AUTO_TEST_SUITE_END()
