// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_desk.hpp"
#include "tests/venue/candle_intervals.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::venue;

namespace {

std::string bounds(std::string_view interval, std::int64_t time_ms) {
  const auto [start, end] =
    bounds_of(find_candle_interval(interval).value(), time_ms);
  return std::to_string(start) + " to " + std::to_string(end);
}

struct candles_desk : desk {
  /// "open high low close volume trades" of each.
  std::string candles(std::string_view interval, std::int64_t from_ms = 0,
                      std::int64_t until_ms = 2'000'000'000'000) const {
    std::string result;
    for (const auto& x : v.candles(btc, find_candle_interval(interval).value(),
                                   from_ms, until_ms)) {
      result += result.empty() ? "" : "; ";
      for (const auto& p : {x.first, x.high, x.low, x.last})
        result += to_string(p) + ' ';
      result += to_string(x.volume) + ' ' + std::to_string(x.trades);
    }
    return result;
  }

  void trade(std::string_view at, std::string_view size) {
    quote(order_side::sell, size, at);
    place(alice, ioc(buy(size, at)));
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_candles_suite, candles_desk)

BOOST_AUTO_TEST_CASE(a_candle_ends_where_the_next_begins) {
  // Sunday, 12 November 2023, 22:13:20 UTC and some.
  const std::int64_t at = 1'699'827'200'123;
  BOOST_TEST(bounds("1m", at) == "1699827180000 to 1699827239999");
  BOOST_TEST(bounds("4h", at) == "1699819200000 to 1699833599999");
  BOOST_TEST(bounds("1d", at) == "1699747200000 to 1699833599999");
  BOOST_TEST(bounds("1M", at) == "1698796800000 to 1701388799999");
  BOOST_TEST(bounds("1M", 1'698'796'799'999)
             == "1696118400000 to 1698796799999");
  BOOST_TEST(!find_candle_interval("1s"));
  BOOST_TEST(!find_candle_interval(""));
}

BOOST_AUTO_TEST_CASE(candles_are_made_of_the_trades_in_their_time) {
  now = 1'700'000'040'000; // A minute begins.
  trade("60000", "0.01");
  trade("60200", "0.02");
  trade("59900", "0.03");
  now += 60'000;
  trade("60100", "0.04");
  now += 120'000;
  trade("60050", "0.05");
  BOOST_TEST(candles("1m")
             == "60000 60200 59900 59900 0.06 3; "
                "60100 60100 60100 60100 0.04 1; "
                "60050 60050 60050 60050 0.05 1");
  BOOST_TEST(candles("1h") == "60000 60200 59900 60050 0.15 5");
  BOOST_TEST(candles("1m", 1'700'000'099'999, 1'700'000'100'000)
             == "60000 60200 59900 59900 0.06 3; "
                "60100 60100 60100 60100 0.04 1");
  BOOST_TEST(candles("1m", 1'700'000'160'000, 1'700'000'219'999) == "");
  BOOST_TEST(v.candles(12'345, 0, 0, now).empty());
}

BOOST_AUTO_TEST_SUITE_END()
