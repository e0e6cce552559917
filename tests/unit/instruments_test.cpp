// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/instruments.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;

namespace {

struct instruments_fixture {
  instrument_table table = default_instruments();
  const instrument& btc = *table.find("BTC");
  const instrument& sol = *table.find("SOL");

  static price px(std::string_view text) { return parse<price>(text).value(); }

  static std::string rounded(const instrument& x, std::string_view text,
                             order_side side, price_rounding rounding) {
    const auto result = round_price(x, px(text), side, rounding);
    return result ? to_string(*result) : "none";
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(instruments_suite, instruments_fixture)

BOOST_AUTO_TEST_CASE(five_significant_figures_bind_unless_the_price_is_whole) {
  BOOST_TEST(is_price_on_grid(sol, px("155.23")));
  BOOST_TEST(!is_price_on_grid(sol, px("155.234")));
  BOOST_TEST(is_price_on_grid(btc, px("123456")));
  BOOST_TEST(!is_price_on_grid(btc, px("12345.6")));
  BOOST_TEST(is_price_on_grid(btc, px("1234.5")));
  BOOST_TEST(!is_price_on_grid(btc, px("0.05")));
  BOOST_TEST(!is_price_on_grid(btc, px("0")));
}

BOOST_AUTO_TEST_CASE(passive_prices_move_away_from_the_market) {
  using enum price_rounding;
  BOOST_TEST(rounded(sol, "155.234", order_side::buy, passive) == "155.23");
  BOOST_TEST(rounded(sol, "155.234", order_side::sell, passive) == "155.24");
  BOOST_TEST(rounded(sol, "155.234", order_side::buy, aggressive) == "155.24");
  BOOST_TEST(rounded(sol, "155.234", order_side::sell, aggressive) == "155.23");
  BOOST_TEST(rounded(sol, "99.9999", order_side::sell, passive) == "100");
  BOOST_TEST(rounded(btc, "0.01", order_side::buy, passive) == "none");
}

BOOST_AUTO_TEST_CASE(sizes_have_at_most_the_size_decimals) {
  BOOST_TEST(is_size_on_grid(btc, {1000}));
  BOOST_TEST(!is_size_on_grid(btc, {100}));
  BOOST_TEST(round_size_down(sol, {123'456'789}).raw == 123'000'000);
}

BOOST_AUTO_TEST_CASE(an_outcome_costs_less_than_one) {
  const instrument x{.name = "#70", .kind = market_kind::outcome};
  using enum price_rounding;
  BOOST_TEST(is_price_on_grid(x, px("0.12345")));
  BOOST_TEST(!is_price_on_grid(x, px("0.123456")));
  BOOST_TEST(!is_price_on_grid(x, px("1")));
  BOOST_TEST(rounded(x, "0.999999", order_side::buy, passive) == "0.99999");
  BOOST_TEST(rounded(x, "0.999999", order_side::sell, passive) == "none");
  BOOST_TEST(rounded(x, "1.5", order_side::buy, passive) == "none");
}

BOOST_AUTO_TEST_CASE(a_spot_pair_is_found_by_its_index_too) {
  table.add({.name = "PURR/USDC", .asset = 10'000, .kind = market_kind::spot});
  BOOST_TEST(table.find("@0")->name == "PURR/USDC");
  BOOST_TEST(table.find("@1") == nullptr);
  BOOST_TEST(table.find("@") == nullptr);
  BOOST_TEST(table.find("@0x") == nullptr);
  BOOST_TEST(table.find("@90000") == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
