// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/replay_script.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

using namespace hlx;
using namespace hlx::simulate;

namespace {

/// The cloid of "O-1", from an independent Keccak-256.
constexpr auto cloid_of_o1 = "0xc9396ad17bd1bbff0f8cc148c8f56baf";

script parsed(std::string_view text) {
  auto result = parse_script(text);
  for (const auto& error : result.errors)
    BOOST_ERROR("line " << error.line << ": " << error.text);
  BOOST_REQUIRE(result.error_count == 0);
  return result.value;
}

template <class Step>
Step only(std::string_view text) {
  auto lines = parsed(text).lines;
  BOOST_REQUIRE(lines.size() == 1);
  BOOST_REQUIRE(std::holds_alternative<Step>(lines[0].step));
  return std::get<Step>(lines[0].step);
}

template <class Command>
Command only_command(std::string_view text) {
  auto command = only<script_command>(text);
  BOOST_REQUIRE(std::holds_alternative<Command>(command));
  return std::get<Command>(command);
}

/// All errors as "line: text", one a line.
std::string errors_of(std::string_view text) {
  std::ostringstream out;
  for (const auto& error : parse_script(text).errors)
    out << error.line << ": " << error.text << '\n';
  return out.str();
}

/// The one error of a one-line script.
std::string error_of(std::string_view text) {
  const auto result = parse_script(text);
  BOOST_REQUIRE(result.error_count == 1);
  BOOST_REQUIRE(result.errors[0].line == 1);
  return result.errors[0].text;
}

std::string submit_with(std::string_view order_fields) {
  return R"({"at":1,"command":"submit","strategy":"S","order":{)"
         R"("client_order_id":"A","instrument":"BTC",)"
         + std::string{order_fields} + "}}";
}

} // namespace

BOOST_AUTO_TEST_SUITE(replay_script_suite)

BOOST_AUTO_TEST_CASE(an_empty_script_has_the_documented_defaults) {
  const auto result = parsed("# nothing\n\n  \r\n");
  BOOST_TEST(result.lines.empty());
  const auto& config = result.config;
  BOOST_TEST(to_string(config.account)
             == "0x14791697260e4c9a71f18484c9f997b308e59325");
  BOOST_TEST(
    to_string(config.private_key)
    == "0x0123456789012345678901234567890123456789012345678901234567890123");
  BOOST_TEST(
    (config.dispatch.unseen_leg_fill == unseen_leg_fill_policy::promote));
  BOOST_TEST(config.dispatch.action_timeout_ms == 5'000);
  BOOST_TEST(config.dispatch.round_prices);
  BOOST_TEST(to_string(config.dispatch.market_slippage) == "0.01");
  BOOST_TEST(config.dispatch.trade_window == 10'000U);
  BOOST_TEST(config.dispatch.ended_orders == 10'000U);
  BOOST_TEST(!config.dispatch.budget.enabled);
}

BOOST_AUTO_TEST_CASE(every_option_of_the_config_is_read) {
  const auto config =
    parsed(R"({"at":5,"config":{)"
           R"("account":"0x00000000000000000000000000000000000000AA",)"
           R"("private_key":"0x)"
           R"(00000000000000000000000000000000)"
           R"(00000000000000000000000000000001",)"
           R"("unseen_leg_fill":"buffer","action_timeout_ms":700,)"
           R"("price_rounding":false,"market_slippage":"0.05",)"
           R"("trade_window":3,"ended_orders":2,"limits":true,)"
           R"("dead_man_switch_ms":20000,"builder":{"address":)"
           R"("0x00000000000000000000000000000000000000bb","fee":7}}})")
      .config;
  BOOST_TEST(to_string(config.account)
             == "0x00000000000000000000000000000000000000aa");
  BOOST_TEST(config.private_key.bytes[31] == 1);
  BOOST_TEST(
    (config.dispatch.unseen_leg_fill == unseen_leg_fill_policy::buffer));
  BOOST_TEST(config.dispatch.action_timeout_ms == 700);
  BOOST_TEST(!config.dispatch.round_prices);
  BOOST_TEST(to_string(config.dispatch.market_slippage) == "0.05");
  BOOST_TEST(config.dispatch.trade_window == 3U);
  BOOST_TEST(config.dispatch.ended_orders == 2U);
  BOOST_TEST(config.dispatch.budget.enabled);
  BOOST_TEST(config.dispatch.dead_man_switch_ms == 20'000);
  BOOST_REQUIRE(config.dispatch.builder.has_value());
  BOOST_TEST(config.dispatch.builder->builder.bytes[19] == 0xbb);
  BOOST_TEST(config.dispatch.builder->fee == 7U);
}

BOOST_AUTO_TEST_CASE(a_submit_is_read_with_its_defaults) {
  const auto command = only_command<submit_order>(
    R"({"at":1790000000000,"command":"submit","strategy":"S-1","order":{)"
    R"("client_order_id":"O-1","instrument":"BTC","side":"buy",)"
    R"("type":"limit","quantity":"0.0002","price":"56730"}})");
  order_terms expected;
  expected.client_order_id = {"O-1"};
  expected.instrument = "BTC";
  expected.quantity = {20'000};
  expected.price = price{5'673'000'000'000};
  BOOST_TEST((command == submit_order{{"S-1"}, expected}));
}

BOOST_AUTO_TEST_CASE(a_submit_is_read_with_every_field) {
  const auto order =
    only_command<submit_order>(
      submit_with(R"("side":"sell","type":"stop_limit","quantity":"1",)"
                  R"("price":"2.5","time_in_force":"gtd","post_only":true,)"
                  R"("reduce_only":true,"trigger_price":"3",)"
                  R"("expire_at":1790000000000)"))
      .order;
  BOOST_TEST((order.side == order_side::sell));
  BOOST_TEST((order.type == order_type::stop_limit));
  BOOST_TEST((order.time_in_force == time_in_force::gtd));
  BOOST_TEST(order.post_only);
  BOOST_TEST(order.reduce_only);
  BOOST_TEST(order.trigger_price.value().raw == 300'000'000);
  BOOST_TEST(order.expire_at_ms.value() == 1'790'000'000'000);
}

BOOST_AUTO_TEST_CASE(the_other_commands_are_read) {
  const auto list = only_command<submit_list>(
    R"({"at":1,"command":"submit_list","strategy":"S","grouping":"normalTpsl",)"
    R"("orders":[{"client_order_id":"A","instrument":"BTC","side":"buy",)"
    R"("type":"limit","quantity":"1","price":"2"},)"
    R"({"client_order_id":"B","instrument":"BTC","side":"sell",)"
    R"("type":"stop_market","quantity":"1","price":null,)"
    R"("trigger_price":"1"}]})");
  BOOST_TEST(list.orders.size() == 2U);
  BOOST_TEST(list.orders[1].client_order_id.value == "B");
  BOOST_TEST((list.grouping == order_grouping::normal_tpsl));
  BOOST_TEST((only_command<modify_order>(
                R"({"at":1,"command":"modify","client_order_id":"A",)"
                R"("quantity":"0.5"})")
              == modify_order{{""}, {"A"}, quantity{50'000'000}, {}}));
  BOOST_TEST((only_command<cancel_order>(
                R"({"at":1,"command":"cancel","client_order_id":"A",)"
                R"("strategy":"S-2"})")
              == cancel_order{{"S-2"}, {"A"}}));
  BOOST_TEST((only_command<cancel_orders>(
                R"({"at":1,"command":"cancel_list","client_order_ids":)"
                R"(["A","B"]})")
              == cancel_orders{{""}, {{"A"}, {"B"}}}));
  BOOST_TEST((
    only_command<cancel_all>(R"({"at":1,"command":"cancel_all","strategy":"S",)"
                             R"("instrument":"BTC"})")
    == cancel_all{{"S"}, "BTC"}));
  BOOST_TEST((only_command<cancel_all>(
                R"({"at":1,"command":"cancel_all","strategy":"S"})")
              == cancel_all{{"S"}, {}}));
  BOOST_TEST((only_command<query_order>(
                R"({"at":1,"command":"query","client_order_id":"A"})")
              == query_order{{""}, {"A"}}));
}

BOOST_AUTO_TEST_CASE(replies_and_failures_are_read) {
  const auto reply =
    only<reply_step>(R"({"at":1,"reply":3,"status":200,"body":{"a":1.50}})");
  BOOST_TEST(reply.request == 3U);
  BOOST_TEST(reply.status == 200U);
  BOOST_TEST(reply.body == R"({"a":1.50})");
  BOOST_TEST(
    only<reply_step>(R"({"at":1,"reply":3,"status":502,"body":"<html>"})").body
    == "<html>");
  BOOST_TEST(
    only<reply_step>(R"({"at":1,"reply":3,"status":429,"body":null})").body
    == "null");
  BOOST_TEST(
    (only<failure_step>(R"({"at":1,"reply":2,"failure":"not_sent"})").failure
     == request_failure::not_sent));
  BOOST_TEST(
    (only<failure_step>(R"({"at":1,"reply":2,"failure":"closed_after_send"})")
       .failure
     == request_failure::closed_after_send));
}

BOOST_AUTO_TEST_CASE(answers_to_queries_and_reasons_are_read) {
  const auto answer =
    only<answer_step>(R"({"at":1,"answer":3,"status":429,"body":null})");
  BOOST_TEST(answer.query == 3U);
  BOOST_TEST(answer.status == 429U);
  BOOST_TEST(answer.body == "null");
  BOOST_TEST(
    only<answer_step>(R"({"at":1,"answer":3,"failure":"too late"})").failure
    == "too late");
  BOOST_TEST(
    only<failure_step>(R"({"at":1,"reply":2,"failure":"timeout","reason":"r"})")
      .reason
    == "r");
  BOOST_TEST(
    only<stream_step>(R"({"at":1,"stream":"disconnected","reason":"r"})").reason
    == "r");
  BOOST_TEST(parsed(R"({"at":1,"config":{"recorded":true}})").config.recorded);
  BOOST_TEST(
    error_of(R"({"at":1,"answer":0,"status":200,"body":{}})")
    == "answer: 0 is not allowed (allowed: an integer from 1 to 1000000000)");
  BOOST_TEST(error_of(R"({"at":1,"answer":1,"failure":""})")
             == "failure: must not be empty");
}

BOOST_AUTO_TEST_CASE(
  names_are_replaced_in_every_string_of_what_the_venue_says) {
  const auto frame =
    only<frame_step>(R"x({"at":1,"frame":{"c":["$cloid(O-1)",)x"
                     R"x({"$account":"x$account$account y"}],"d":"5$"}})x");
  const std::string account = "0x14791697260e4c9a71f18484c9f997b308e59325";
  BOOST_TEST(frame.text
             == R"({"c":[")" + std::string{cloid_of_o1} + R"(",{")" + account
                  + R"(":"x)" + account + account + R"( y"}],"d":"5$"})");
  BOOST_TEST(only<frame_step>(R"x({"at":1,"frame":"{$cloid(O-1)"})x").text
             == "{" + std::string{cloid_of_o1});
}

BOOST_AUTO_TEST_CASE(numbers_of_a_frame_keep_their_text) {
  BOOST_TEST(
    only<frame_step>(
      R"({"at":1,"frame":{"oid": 123456789012345678901234567890, "x":1e9}})")
      .text
    == R"({"oid":123456789012345678901234567890,"x":1e9})");
}

BOOST_AUTO_TEST_CASE(info_answers_are_kept_by_type) {
  const auto info = only<info_step>(
    R"x({"at":1,"info":{"userFillsByTime":[{"cloid":"$cloid(O-1)"}],)x"
    R"x("allMids":null,"orderStatus":{"$cloid(O-1)":)x"
    R"x({"status":"unknownOid"},"0077":{"status":"order"}}}})x");
  BOOST_TEST(info.answers.size() == 2U);
  BOOST_TEST(info.answers.at("userFillsByTime")
             == R"([{"cloid":")" + std::string{cloid_of_o1} + R"("}])");
  BOOST_TEST(info.answers.at("allMids") == "null");
  const auto& table = info.order_status.value();
  BOOST_TEST(!table.every);
  BOOST_TEST(table.by_id.at(cloid_of_o1) == R"({"status":"unknownOid"})");
  BOOST_TEST(table.by_id.at("77") == R"({"status":"order"})");
}

BOOST_AUTO_TEST_CASE(an_order_status_with_a_status_is_for_every_id) {
  const auto info = only<info_step>(
    R"({"at":1,"info":{"orderStatus":{"status":"unknownOid"}}})");
  BOOST_TEST(info.order_status.value().every.value()
             == R"({"status":"unknownOid"})");
}

BOOST_AUTO_TEST_CASE(streams_metas_and_pauses_are_read) {
  BOOST_TEST(only<stream_step>(R"({"at":1,"stream":"connected"})").connected);
  BOOST_TEST(
    !only<stream_step>(R"({"at":1,"stream":"disconnected"})").connected);
  only<advance_step>(R"({"at":1,"advance":true})");
  const auto all =
    parsed(R"({"at":1,"outcomeMeta":{},"meta":{"universe":[]},"spotMeta":{}})");
  BOOST_REQUIRE(all.lines.size() == 3U);
  const auto kind = [&](std::size_t line) {
    return std::get<meta_step>(all.lines[line].step).kind;
  };
  BOOST_TEST((kind(0) == listing_kind::perps));
  BOOST_TEST((kind(1) == listing_kind::spot));
  BOOST_TEST((kind(2) == listing_kind::outcomes));
  BOOST_TEST(errors_of(R"({"at":1,"meta":{},"advance":true})") != "");
}

BOOST_AUTO_TEST_CASE(every_bad_line_is_reported_with_its_number) {
  BOOST_TEST(errors_of("# comment\n"
                       "{\"at\":5,\"advance\":true}\n"
                       "{\"at\":4,\"advance\":true}\n"
                       "\n"
                       "{\"at\":6,\"advance\":false}\n")
             == "3: at: 4 is earlier than the line before it, at 5\n"
                "5: advance: must be true\n");
}

BOOST_AUTO_TEST_CASE(what_is_not_json_is_refused) {
  BOOST_TEST(error_of("{\"at\":1,}").find("Missing a name")
             != std::string::npos);
  BOOST_TEST(error_of("{\"at\":1,\"advance\":true} x").find("must not be")
             != std::string::npos);
  BOOST_TEST(error_of("{\"at\":1,\"frame\":\"\xff\"}").find("Invalid encoding")
             != std::string::npos);
  BOOST_TEST(error_of("{\"at\":1,\"frame\":\"\\ud800\"}").find("surrogate")
             != std::string::npos);
  BOOST_TEST(error_of(std::string("{\"at\":1,\"frame\":{}}\0x", 21))
             == "the line has a zero byte");
  BOOST_TEST(error_of("[]") == "the line: must be an object, not an array");
}

BOOST_AUTO_TEST_CASE(deep_nesting_is_an_error) {
  const auto frame = [](std::size_t depth) {
    return R"({"at":1,"frame":{"x":)" + std::string(depth, '[')
           + std::string(depth, ']') + "}}";
  };
  BOOST_TEST(parse_script(frame(62)).error_count == 0U);
  BOOST_TEST(error_of(frame(63)).find("Nested deeper than 64 levels")
             != std::string::npos);
  BOOST_TEST(error_of(R"({"at":1,"frame":)" + std::string(1'000'000, '['))
               .find("Nested deeper than 64 levels")
             != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_megabyte_in_a_command_is_an_error) {
  const std::string text(1U << 20U, 'x');
  BOOST_TEST(error_of(R"({"at":1,"command":"cancel","client_order_id":")" + text
                      + R"("})")
             == "client_order_id: has 1048576 bytes (allowed: at most 65536)");
}

BOOST_AUTO_TEST_CASE(a_line_is_of_exactly_one_kind) {
  BOOST_TEST(
    error_of(R"({"at":1})")
    == "a line must have one of config, meta, spotMeta, outcomeMeta, info, "
       "command, reply, frame, stream, answer, advance");
  BOOST_TEST(
    error_of(R"({"at":1,"frame":{},"advance":true})")
    == "a line must have one of config, meta, spotMeta, outcomeMeta, info, "
       "command, reply, frame, stream, answer, advance, not frame, advance "
       "together");
  BOOST_TEST(error_of(R"({"frame":{}})") == "at: is missing");
}

BOOST_AUTO_TEST_CASE(unknown_and_repeated_names_are_errors) {
  BOOST_TEST(error_of(R"({"at":1,"frame":{},"status":200})")
             == R"("status" is not known here (allowed: at, frame))");
  BOOST_TEST(error_of(R"({"at":1,"at":2,"frame":{}})") == "at: stands twice");
  BOOST_TEST(error_of(submit_with(R"("side":"buy","type":"limit",)"
                                  R"("quantity":"1","prise":"2")"))
               .find(R"(order."prise" is not known here (allowed: client_ord)")
             == 0U);
  BOOST_TEST(error_of(R"({"at":1,"config":{"limit":true}})")
               .find(R"(config."limit" is not known here)")
             == 0U);
  BOOST_TEST(error_of(R"({"at":1,"info":{"orders":[]}})")
               .find(R"(info."orders" is not known here)")
             == 0U);
}

BOOST_AUTO_TEST_CASE(unknown_words_are_errors_that_say_what_is_allowed) {
  BOOST_TEST(error_of(R"({"at":1,"command":"sell"})")
             == R"(command: "sell" is unknown (allowed: submit, submit_list, )"
                R"(modify, cancel, cancel_list, cancel_all, query))");
  BOOST_TEST(error_of(submit_with(R"("side":"long")"))
             == R"(order.side: "long" is unknown (allowed: buy, sell))");
  BOOST_TEST(error_of(submit_with(R"("side":"buy","type":"stop")"))
             == R"(order.type: "stop" is unknown (allowed: market, limit, )"
                R"(stop_market, stop_limit, market_if_touched, )"
                R"(limit_if_touched))");
  BOOST_TEST(error_of(submit_with(R"("side":"buy","type":"limit",)"
                                  R"("quantity":"1","time_in_force":"fok")"))
             == R"(order.time_in_force: "fok" is unknown (allowed: gtc, ioc, )"
                R"(alo, gtd))");
  BOOST_TEST(
    error_of(R"({"at":1,"stream":"up"})")
    == R"(stream: "up" is unknown (allowed: connected, disconnected))");
  BOOST_TEST(
    error_of(R"({"at":1,"reply":1,"failure":"lost"})")
    == R"(failure: "lost" is unknown (allowed: timeout, closed_after_send, )"
       R"(not_sent))");
}

BOOST_AUTO_TEST_CASE(null_is_no_word_and_no_option) {
  const auto config = [](std::string_view member) {
    return error_of(R"({"at":1,"config":{)" + std::string{member} + ":null}}");
  };
  BOOST_TEST(config(R"("account")")
             == "config.account: must be a string, not null (allowed: 0x and "
                "40 hex digits)");
  BOOST_TEST(config(R"("private_key")")
             == "config.private_key: must be a string, not null (allowed: 0x "
                "and 64 hex digits)");
  BOOST_TEST(config(R"("unseen_leg_fill")")
             == "config.unseen_leg_fill: must be a string, not null (allowed: "
                "promote, buffer)");
  BOOST_TEST(config(R"("market_slippage")")
               .starts_with("config.market_slippage: must be a decimal in "
                            "quotes, not null (allowed: "));
  BOOST_TEST(error_of(submit_with(R"("side":"buy","type":"limit",)"
                                  R"("quantity":"1","time_in_force":null)"))
             == "order.time_in_force: must be a string, not null (allowed: "
                "gtc, ioc, alo, gtd)");
}

BOOST_AUTO_TEST_CASE(decimals_are_texts_with_at_most_eight_fraction_digits) {
  const auto error = [](std::string_view quantity) {
    return error_of(submit_with(R"("side":"buy","type":"limit","quantity":)"
                                + std::string{quantity}));
  };
  const std::string allowed =
    " (allowed: digits, optionally a point and at most 8 digits, in quotes)";
  BOOST_TEST(error("1")
             == "order.quantity: must be a decimal in quotes, not a number"
                  + allowed);
  BOOST_TEST(error(R"("0.123456789")")
             == R"(order.quantity: "0.123456789": more than 8 fraction digits)"
                  + allowed);
  BOOST_TEST(error(R"("0.123456780")")
             == R"(order.quantity: "0.123456780": more than 8 fraction digits)"
                  + allowed);
  BOOST_TEST(error(R"("1e3")")
             == R"(order.quantity: "1e3": not a plain decimal)" + allowed);
  BOOST_TEST(error(R"("99999999999999999999")")
             == R"(order.quantity: "99999999999999999999": out of range)"
                  + allowed);
}

BOOST_AUTO_TEST_CASE(integers_are_integers_within_their_bounds) {
  const std::string allowed =
    " is not allowed (allowed: an integer from 0 to 9000000000000)";
  for (const auto* at :
       {"-1", "1.0", "1e3", "9000000000001", "123456789012345678901234567890"})
    BOOST_TEST(error_of(R"({"at":)" + std::string{at} + R"(,"advance":true})")
               == "at: " + std::string{at} + allowed);
  BOOST_TEST(error_of(R"({"at":"1","advance":true})")
             == "at: must be an integer, not a string (allowed: an integer "
                "from 0 to 9000000000000)");
  BOOST_TEST(error_of(R"({"at":1,"reply":0,"status":200,"body":{}})")
               .find("reply: 0 is not allowed")
             == 0U);
}

BOOST_AUTO_TEST_CASE(a_config_stands_on_the_first_line_only) {
  BOOST_TEST(errors_of("{\"at\":1,\"advance\":true}\n"
                       "{\"at\":1,\"config\":{}}\n")
             == "2: config stands on the first line only\n");
}

BOOST_AUTO_TEST_CASE(an_option_of_the_config_is_absent_or_has_a_value) {
  for (const std::string name : {"account", "private_key", "market_slippage"})
    BOOST_TEST(error_of(R"({"at":1,"config":{")" + name + R"(":null}})")
                 .starts_with("config." + name + ": must be a "));
}

BOOST_AUTO_TEST_CASE(a_key_that_cannot_sign_is_an_error) {
  BOOST_TEST(error_of(R"({"at":1,"config":{"private_key":"0x)"
                      + std::string(64, '0') + R"("}})")
             == "config.private_key: the private key is no number that the "
                "curve allows");
  BOOST_TEST(error_of(R"({"at":1,"config":{"private_key":"0x01"}})")
             == R"(config.private_key: "0x01" is not allowed (allowed: 0x and )"
                R"(64 hex digits))");
}

BOOST_AUTO_TEST_CASE(a_strategy_has_a_name) {
  BOOST_TEST(error_of(R"({"at":1,"command":"cancel_all"})")
             == "strategy: is missing");
  BOOST_TEST(error_of(R"({"at":1,"command":"cancel","strategy":"",)"
                      R"("client_order_id":"A"})")
             == "strategy: must not be empty");
}

BOOST_AUTO_TEST_CASE(a_bad_name_or_key_says_what_is_allowed) {
  BOOST_TEST(error_of(R"({"at":1,"frame":"$cloid(O-1"})")
             == R"x("$cloid(O-1": $cloid( needs a ) (allowed: $cloid(ID)))x");
  BOOST_TEST(error_of(R"({"at":1,"info":{"orderStatus":{"O-1":{}}}})")
               .find(R"(info.orderStatus: "O-1" is no key)")
             == 0U);
  BOOST_TEST(error_of(R"({"at":1,"info":{"orderStatus":{"7":{},"07":{}}}})")
             == R"(info.orderStatus: "07" stands twice)");
}

BOOST_AUTO_TEST_CASE(errors_beyond_the_bound_are_counted) {
  std::string text;
  for (int i = 0; i < 30; ++i)
    text += "x\n";
  const auto result = parse_script(text);
  BOOST_TEST(result.errors.size() == 20U);
  BOOST_TEST(result.error_count == 30U);
}

BOOST_AUTO_TEST_SUITE_END()
