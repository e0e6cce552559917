// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/instruments.hpp"

#include <boost/test/unit_test.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <string>

using namespace hlx;

namespace {

/// Any market with any number of size decimals that it can have.
instrument any_instrument() {
  instrument result;
  result.kind = *rc::gen::element(market_kind::perp, market_kind::builder_perp,
                                  market_kind::spot, market_kind::outcome);
  const bool is_perp = result.kind == market_kind::perp
                       || result.kind == market_kind::builder_perp;
  result.size_decimals = result.kind == market_kind::outcome
                           ? 0
                           : *rc::gen::inRange(0, is_perp ? 7 : 9);
  return result;
}

/// Prices of every magnitude, most of them off every grid.
price any_price() {
  std::int64_t scale = 1;
  for (int i = *rc::gen::inRange(0, 16); i > 0; --i)
    scale *= 10;
  return price{*rc::gen::inRange<std::int64_t>(1, 1'000) * scale
               + *rc::gen::inRange<std::int64_t>(0, scale)};
}

/// The venue's rule, read off the digits of the text.
bool venue_takes(const instrument& x, price p) {
  const auto text = to_string(p);
  const auto dot = text.find('.');
  if (x.kind == market_kind::outcome && p.raw >= decimal_scale)
    return false;
  if (dot == std::string::npos)
    return true;
  const auto decimals = text.size() - dot - 1;
  auto digits = text;
  digits.erase(dot, 1);
  digits.erase(0, digits.find_first_not_of('0'));
  return digits.size() <= 5
         && decimals <= static_cast<std::size_t>(max_price_decimals(x));
}

void check(const char* what, auto property) {
  BOOST_TEST(rc::check(what, property));
}

} // namespace

BOOST_AUTO_TEST_SUITE(instruments_property_suite)

BOOST_AUTO_TEST_CASE(the_grid_is_the_venues) {
  check("a price is on the grid when its digits say so", [] {
    const auto x = any_instrument();
    const auto p = any_price();
    RC_ASSERT(is_price_on_grid(x, p) == venue_takes(x, p));
  });
}

BOOST_AUTO_TEST_CASE(a_rounded_price_is_taken_and_on_the_right_side) {
  check("rounding", [] {
    const auto x = any_instrument();
    const auto p = any_price();
    const auto side = *rc::gen::element(order_side::buy, order_side::sell);
    const auto how =
      *rc::gen::element(price_rounding::passive, price_rounding::aggressive);
    const auto rounded = round_price(x, p, side, how);
    if (!rounded)
      RC_DISCARD("no legal price in that direction");
    RC_ASSERT(venue_takes(x, *rounded));
    const bool up =
      (side == order_side::buy) == (how == price_rounding::aggressive);
    RC_ASSERT((up ? *rounded >= p : *rounded <= p));
    RC_ASSERT(round_price(x, *rounded, side, how) == rounded);
  });
}

BOOST_AUTO_TEST_CASE(nothing_legal_lies_between_a_price_and_its_roundings) {
  check("nearest", [] {
    const auto x = any_instrument();
    const auto p = any_price();
    if (x.kind == market_kind::outcome && p.raw >= decimal_scale)
      RC_DISCARD("no price of an outcome");
    const auto below =
      round_price(x, p, order_side::buy, price_rounding::passive);
    const auto above =
      round_price(x, p, order_side::sell, price_rounding::passive);
    const auto from = below ? below->raw : 0;
    const auto to = above ? above->raw : p.raw + 1;
    if (to - from < 2)
      RC_DISCARD("nothing between");
    const price between{*rc::gen::inRange(from + 1, to)};
    RC_ASSERT(!venue_takes(x, between));
  });
}

BOOST_AUTO_TEST_CASE(a_rounded_size_is_the_largest_that_fits) {
  check("sizes", [] {
    const auto x = any_instrument();
    const quantity q{*rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000'000)};
    const auto rounded = round_size_down(x, q);
    std::int64_t unit = decimal_scale;
    for (int i = 0; i < x.size_decimals; ++i)
      unit /= 10;
    RC_ASSERT(is_size_on_grid(x, rounded));
    RC_ASSERT(rounded <= q);
    RC_ASSERT(q.raw - rounded.raw < unit);
  });
}

BOOST_AUTO_TEST_SUITE_END()
