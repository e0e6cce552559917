// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/json.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx::wire;

namespace {

std::string as_json(std::string_view text) {
  std::string result;
  append_json_string(result, text);
  return result;
}

std::string error_of(std::string_view text) {
  const auto result = parse_json(text);
  BOOST_TEST(!result.value.has_value());
  return result.error;
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_suite)

BOOST_AUTO_TEST_CASE(a_tree_keeps_order_repeats_and_the_text_of_numbers) {
  const std::string text =
    R"({"b":[1.50,-0,1e3,18446744073709551616],"a":null,"b":true,"":{}})";
  const auto result = parse_json(text);
  BOOST_REQUIRE(result.value.has_value());
  BOOST_TEST(result.value->dump() == text);
  BOOST_TEST(result.consumed == text.size());
  BOOST_TEST(result.value->find("b")->is_array());
  BOOST_TEST((result.value->find("c") == nullptr));
}

BOOST_AUTO_TEST_CASE(integers_are_read_in_their_range_only) {
  const auto value = [](std::string_view text) {
    return *parse_json(text).value;
  };
  BOOST_TEST((value("18446744073709551615").as_u64() == 18446744073709551615u));
  BOOST_TEST(!value("18446744073709551616").as_u64().has_value());
  BOOST_TEST(!value("-1").as_u64().has_value());
  BOOST_TEST(!value("1.0").as_u64().has_value());
  BOOST_TEST(!value("1e3").as_u64().has_value());
  BOOST_TEST(!value("\"1\"").as_u64().has_value());
  BOOST_TEST((value("-9223372036854775808").as_i64() == INT64_MIN));
  BOOST_TEST(!value("9223372036854775808").as_i64().has_value());
}

BOOST_AUTO_TEST_CASE(errors_name_the_place) {
  BOOST_TEST(error_of("{\"a\":}") == "at byte 5: Invalid value.");
  BOOST_TEST(error_of("") == "at byte 0: The document is empty.");
  BOOST_TEST(error_of("1 2")
             == "at byte 2: The document root must not be followed by other "
                "values.");
  BOOST_TEST(error_of(std::string_view("1\0"
                                       "2",
                                       3))
               .starts_with("at byte 1"));
  BOOST_TEST(error_of("\"\\udc00\"").find("encoding") != std::string::npos);
  BOOST_TEST(error_of("\"\\ud800\"") != "");
  BOOST_TEST(error_of("\"\xFF\"").find("encoding") != std::string::npos);
  const std::string deep(json_depth_max + 1, '[');
  BOOST_TEST(error_of(deep).find("Nested deeper than 64 levels")
             != std::string::npos);
  BOOST_TEST(error_of(std::string(1u << 20, '[')) != "");
  const std::string fits =
    std::string(json_depth_max, '[') + std::string(json_depth_max, ']');
  BOOST_TEST(parse_json(fits).value.has_value());
}

BOOST_AUTO_TEST_CASE(what_follows_the_first_value_can_be_left_alone) {
  const auto result = parse_json("{\"a\":1}{]", json_trailing::ignored);
  BOOST_REQUIRE(result.value.has_value());
  BOOST_TEST(result.consumed == 7u);
}

BOOST_AUTO_TEST_CASE(strings_are_escaped_and_made_utf8) {
  BOOST_TEST(as_json("a\"b\\c\n\t\x01") == R"("a\"b\\c\n\t\u0001")");
  BOOST_TEST(as_json("\xE2\x82\xBF") == "\"\xE2\x82\xBF\"");
  BOOST_TEST(as_json("\xFFx\xE2\x82")
             == "\"\xEF\xBF\xBDx\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

BOOST_AUTO_TEST_CASE(utf8_is_told_from_what_only_looks_like_it) {
  for (const std::string_view good :
       {"", "plain", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
        "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80",
        "\xF4\x8F\xBF\xBF"}) {
    BOOST_TEST(is_utf8(good), good);
    const auto long_text =
      std::string(100, 'x') + std::string{good} + std::string(100, 'y');
    BOOST_TEST(is_utf8(long_text), good);
  }
  for (const std::string_view bad :
       {"\x80", "\xC1\xBF", "\xC2", "\xC2x", "\xE0\x9F\xBF", "\xED\xA0\x80",
        "\xE2\x82", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
        "\xFF"}) {
    BOOST_TEST(!is_utf8(bad));
    const auto long_text =
      std::string(100, 'x') + std::string{bad} + std::string(100, 'y');
    BOOST_TEST(!is_utf8(long_text));
  }
}

BOOST_AUTO_TEST_CASE(an_excerpt_is_short_and_whole) {
  BOOST_TEST(excerpt("short") == "short");
  const std::string long_text(excerpt_max + 1, 'x');
  BOOST_TEST(excerpt(long_text)
             == std::string(excerpt_max, 'x') + "... (1001 bytes)");
  // The character that the cut would split is left out.
  const auto split = std::string(excerpt_max - 1, 'x') + "\xE2\x82\xBF";
  BOOST_TEST(excerpt(split)
             == std::string(excerpt_max - 1, 'x') + "... (1002 bytes)");
  BOOST_TEST(excerpt("a\xFFz") == "a\xEF\xBF\xBDz");
}

BOOST_AUTO_TEST_SUITE_END()
