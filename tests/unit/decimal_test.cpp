// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/decimal.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;

namespace {

decimal_error error_of(std::string_view text) {
  std::int64_t raw = 0;
  return parse_decimal(text, raw);
}

std::string normalised(std::string_view text) {
  std::int64_t raw = 0;
  BOOST_REQUIRE(parse_decimal(text, raw) == decimal_error::none);
  return decimal_text(raw);
}

} // namespace

BOOST_AUTO_TEST_SUITE(decimal_suite)

BOOST_AUTO_TEST_CASE(text_survives_without_trailing_zeros) {
  BOOST_TEST(normalised("0") == "0");
  BOOST_TEST(normalised("-0") == "0");
  BOOST_TEST(normalised("100.0") == "100");
  BOOST_TEST(normalised("0.00076000") == "0.00076");
  BOOST_TEST(normalised("0.00000001") == "0.00000001");
  BOOST_TEST(normalised("-1.5") == "-1.5");
  BOOST_TEST(normalised("92233720368.54775807") == "92233720368.54775807");
}

BOOST_AUTO_TEST_CASE(a_ninth_digit_is_an_error_unless_it_is_zero) {
  BOOST_TEST((error_of("0.123456789") == decimal_error::too_many_digits));
  BOOST_TEST(normalised("0.123456780") == "0.12345678");
}

BOOST_AUTO_TEST_CASE(what_is_not_a_plain_decimal_is_refused) {
  for (const auto* text : {"", "-", ".", "1.", ".5", "1e5", "+1", " 1", "1 ",
                           "NaN", "0x1", "1.2.3", "--1"})
    BOOST_TEST((error_of(text) == decimal_error::malformed), text);
}

BOOST_AUTO_TEST_CASE(beyond_64_bits_is_out_of_range) {
  BOOST_TEST((error_of("92233720368.54775808") == decimal_error::out_of_range));
  BOOST_TEST((error_of("99999999999999999999") == decimal_error::out_of_range));
}

BOOST_AUTO_TEST_CASE(rounded_reading_keeps_what_it_cannot_hold_as_inexact) {
  std::int64_t raw = 0;
  bool exact = true;
  parse_decimal_rounded("1.5197585293", decimal_rounding::nearest, raw, exact);
  BOOST_TEST(raw == 151975853);
  BOOST_TEST(!exact);
  parse_decimal_rounded("0.000000001", decimal_rounding::up, raw, exact);
  BOOST_TEST(raw == 1);
  parse_decimal_rounded("-0.000000019", decimal_rounding::up, raw, exact);
  BOOST_TEST(raw == -1);
}

BOOST_AUTO_TEST_SUITE_END()
