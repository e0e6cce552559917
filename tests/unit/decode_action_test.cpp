// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_action.hpp"
#include "hlx/messages/wire/encode_action.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;

namespace {

std::string error_of(std::string_view text,
                     const wire::decode_options& options = {}) {
  const auto decoded = wire::decode_action(text, options);
  return decoded.ok() ? "" : decoded.error().text;
}

/// One order action whose order is `order`.
std::string with_order(std::string_view order) {
  std::string result = R"({"type":"order","orders":[)";
  return result.append(order).append(R"(],"grouping":"na"})");
}

std::string with_price(std::string_view price) {
  std::string order = R"({"a":0,"b":true,"p":)";
  order.append(price).append(
    R"(,"s":"1","r":false,"t":{"limit":{"tif":"Gtc"}}})");
  return with_order(order);
}

std::string reencoded(std::string_view text) {
  auto decoded = wire::decode_action(text);
  if (!decoded)
    BOOST_FAIL(decoded.error().text);
  std::string result;
  std::visit([&](const auto& x) { wire::append_json(result, x); }, *decoded);
  return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(decode_action_suite)

BOOST_AUTO_TEST_CASE(an_error_names_the_key_and_the_place) {
  BOOST_TEST(error_of(with_price(R"("abc")"))
             == R"(action.orders[0].p: "abc" is not a plain decimal)");
  BOOST_TEST(error_of(with_price(R"("0.123456789")"))
             == "action.orders[0].p: \"0.123456789\" is more than 8 fraction "
                "digits");
  BOOST_TEST(error_of(with_price("50000"))
             == "action.orders[0].p: expected a decimal string, got a number");
  BOOST_TEST(error_of(with_price(R"("-1")"))
             == R"(action.orders[0].p: "-1" is negative)");
}

BOOST_AUTO_TEST_CASE(decimals_that_are_not_plain_are_refused) {
  for (const auto* text :
       {"\"\"", "\"1e5\"", "\"1E5\"", "\"+1\"", "\".5\"", "\"1.\"", "\" 1\"",
        "\"NaN\"", "\"Infinity\"", "\"0x10\"", "\"1,5\"", "null", "true",
        "\"92233720368.54775808\"", "\"99999999999999999999\""})
    BOOST_TEST(error_of(with_price(text)).starts_with("action.orders[0].p: "),
               text);
  BOOST_TEST(error_of(with_price("\"-0\"")).empty());
  BOOST_TEST(error_of(with_price("\"1.000000000\"")).empty());
}

BOOST_AUTO_TEST_CASE(unknown_missing_and_repeated_keys_are_errors) {
  BOOST_TEST(error_of(R"({"type":"noop","x":1})")
             == R"(action: key "x" is unknown)");
  BOOST_TEST(error_of(R"({"type":"twapCancel","a":1})")
             == R"(action: key "t" is missing)");
  BOOST_TEST(error_of(R"({"type":"twapCancel","a":1,"a":1,"t":2})")
             == R"(action: key "a" comes twice)");
  BOOST_TEST(error_of(R"({"type":"noop","type":"noop"})")
             == R"(action: key "type" comes twice)");
  BOOST_TEST(error_of(R"({"type":"dummy","num":1})")
             == R"(action: type "dummy" is unknown)");
  BOOST_TEST(error_of(R"({"num":1})") == R"(action: key "type" is missing)");
  BOOST_TEST(error_of(R"([1])") == "action: expected an object, got an array");
}

BOOST_AUTO_TEST_CASE(an_unknown_key_of_an_order_is_ignored_when_asked_for) {
  const auto text =
    with_order(R"({"a":0,"b":true,"p":"1","s":"1","r":false,"x":[{}],)"
               R"("t":{"limit":{"tif":"Gtc","y":1}}})");
  BOOST_TEST(error_of(text).starts_with("action.orders[0].t.limit: key \"y\""));
  const wire::decode_options lenient{.ignore_unknown_order_keys = true};
  BOOST_TEST(error_of(text, lenient).empty());
  // Only inside the order.
  BOOST_TEST(error_of(R"({"type":"noop","x":1})", lenient)
             == R"(action: key "x" is unknown)");
  BOOST_TEST(
    error_of(with_order(R"({"a":0,"a":0,"b":true,"p":"1","s":"1","r":false,)"
                        R"("t":{"limit":{"tif":"Gtc"}}})"),
             lenient)
    == R"(action.orders[0]: key "a" comes twice)");
}

BOOST_AUTO_TEST_CASE(words_are_listed_when_one_is_unknown) {
  const auto text = with_order(
    R"({"a":0,"b":true,"p":"1","s":"1","r":false,"t":{"limit":{"tif":"gtc"}}})");
  BOOST_TEST(error_of(text)
             == "action.orders[0].t.limit.tif: \"gtc\" is not one of Gtc, Ioc, "
                "Alo, FrontendMarket");
}

BOOST_AUTO_TEST_CASE(an_order_is_a_limit_or_a_trigger_not_both) {
  const auto with_kind = [](std::string_view kind) {
    std::string order = R"({"a":0,"b":true,"p":"1","s":"1","r":false,"t":)";
    return with_order(order.append(kind).append("}"));
  };
  BOOST_TEST(error_of(with_kind("{}"))
             == R"(action.orders[0].t: key "limit" is missing)");
  BOOST_TEST(error_of(with_kind(R"({"limit":{"tif":"Gtc"},"trigger":)"
                                R"({"isMarket":true,"triggerPx":"1",)"
                                R"("tpsl":"tp"}})"))
             == R"(action.orders[0].t: key "limit" is unknown)");
}

BOOST_AUTO_TEST_CASE(integers_keep_to_their_range) {
  const auto with_oid = [](std::string_view oid) {
    std::string text = R"({"type":"cancel","cancels":[{"a":0,"o":)";
    return text.append(oid).append("}]}");
  };
  BOOST_TEST(error_of(with_oid("18446744073709551615")).empty());
  for (const auto* text : {"18446744073709551616", "-1", "1.0", "1e3", "1e300",
                           "\"1\"", "340282366920938463463374607431768211456"})
    BOOST_TEST(error_of(with_oid(text)).starts_with("action.cancels[0].o: "),
               text);
  BOOST_TEST(error_of(R"({"type":"twapCancel","a":4294967296,"t":0})")
             == "action.a: \"4294967296\" is not an integer from 0 to "
                "4294967295");
  BOOST_TEST(
    error_of(R"({"type":"updateIsolatedMargin","asset":0,"isBuy":true,)"
             R"("ntli":-9223372036854775808})")
      .empty());
  BOOST_TEST(
    !error_of(R"({"type":"updateIsolatedMargin","asset":0,"isBuy":true,)"
              R"("ntli":9223372036854775808})")
       .empty());
}

BOOST_AUTO_TEST_CASE(addresses_may_lack_their_prefix_and_cloids_may_not) {
  const auto reserve = [](std::string_view who) {
    std::string text = R"({"type":"reserveRequestWeight","weight":1,)"
                       R"("destination":")";
    return text.append(who).append("\"}");
  };
  constexpr auto canonical = "0xabcdef0000000000000000000000000000000001";
  BOOST_TEST(reencoded(reserve("ABCDEF0000000000000000000000000000000001"))
             == reserve(canonical));
  BOOST_TEST(
    !error_of(reserve("0XABCDEF0000000000000000000000000000000001")).empty());
  BOOST_TEST(!error_of(reserve("0xabcdef")).empty());
  const auto cancel = [](std::string_view cloid) {
    std::string text = R"({"type":"cancelByCloid","cancels":[{"asset":1,)"
                       R"("cloid":")";
    return text.append(cloid).append("\"}]}");
  };
  BOOST_TEST(error_of(cancel("0xABCDEF00000000000000000000000001")).empty());
  BOOST_TEST(error_of(cancel("ABCDEF00000000000000000000000001"))
             == "action.cancels[0].cloid: \"ABCDEF00000000000000000000000001\" "
                "is not 0x and 32 hex digits");
}

BOOST_AUTO_TEST_CASE(null_is_absent_for_an_optional_key) {
  BOOST_TEST(reencoded(R"({"type":"scheduleCancel","time":null})")
             == R"({"type":"scheduleCancel"})");
  BOOST_TEST(
    reencoded(R"({"type":"cancel","cancels":[{"a":1,"o":2}],"f":false})")
    == R"({"type":"cancel","cancels":[{"a":1,"o":2}]})");
  // And it stays null where the venue hashes a null.
  constexpr auto twap = R"({"type":"twapOrder","twap":{"a":0,"b":true,)"
                        R"("s":"1","r":false,"m":5,"t":true},)"
                        R"("details":{"t":null,"s":null}})";
  BOOST_TEST(reencoded(twap) == twap);
}

BOOST_AUTO_TEST_CASE(a_user_signed_action_names_its_networks) {
  const auto action = [](std::string_view chain, std::string_view id) {
    std::string text = R"({"type":"usdSend","hyperliquidChain":")";
    text.append(chain).append(R"(","signatureChainId":")").append(id);
    return text.append(R"(","destination":"0x0","amount":"1","time":1})");
  };
  BOOST_TEST(error_of(action("Mainnet", "0x66eee")).empty());
  BOOST_TEST(error_of(action("mainnet", "0x66eee"))
             == "action: hyperliquidChain \"mainnet\" is not one of Mainnet, "
                "Testnet");
  for (const auto* id : {"", "0x", "66eee", "0xzz", "421614"})
    BOOST_TEST(!error_of(action("Mainnet", id)).empty(), id);
}

BOOST_AUTO_TEST_CASE(hostile_texts_are_errors) {
  const std::string brackets(1U << 20U, '[');
  BOOST_TEST(error_of(brackets).starts_with("not JSON: "));
  std::string braces;
  for (int i = 0; i < 100000; ++i)
    braces += "{\"a\":";
  BOOST_TEST(error_of(braces).starts_with("not JSON: "));
  const std::string long_text(1U << 20U, 'x');
  const auto error = error_of(with_price('"' + long_text + '"'));
  BOOST_TEST(error.starts_with("action.orders[0].p: "));
  BOOST_TEST(error.size() < wire::excerpt_max + 100);
  BOOST_TEST(error_of("{\"" + long_text + "\":1,\"type\":\"noop\"}").size()
             < wire::excerpt_max + 100);
  BOOST_TEST(error_of(with_price("\"\xff\xfe\"")).starts_with("not JSON: "));
  BOOST_TEST(error_of("{\"type\":\"noop\"}{}").starts_with("not JSON: "));
  BOOST_TEST(error_of(std::string_view{"{\"type\":\"noop\"}\0x", 17})
               .starts_with("not JSON: "));
  BOOST_TEST(error_of("").starts_with("not JSON: "));
}

BOOST_AUTO_TEST_SUITE_END()
