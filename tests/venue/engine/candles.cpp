// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/candles.hpp"

#include "tests/venue/engine/account.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace hlx::venue {

namespace {

/// Does not leave what can be counted.
template <class Decimal>
Decimal sum_of(Decimal a, Decimal b) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  return {a.raw > most - b.raw ? most : a.raw + b.raw};
}

} // namespace

void add_trade(candle_series& all, const trade_record& trade) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto& candles = all[i];
    if (candles.empty() || candles.back().end_ms < trade.time_ms) {
      const auto [start_ms, end_ms] = bounds_of(i, trade.time_ms);
      candles.push_back({.start_ms = start_ms,
                         .end_ms = end_ms,
                         .first = trade.trade_price,
                         .high = trade.trade_price,
                         .low = trade.trade_price});
      if (candles.size() > candles_max)
        candles.pop_front();
    }
    auto& x = candles.back();
    x.last = trade.trade_price;
    x.high = std::max(x.high, trade.trade_price);
    x.low = std::min(x.low, trade.trade_price);
    x.volume = sum_of(x.volume, trade.size);
    x.notional =
      sum_of(x.notional, notional_amount(trade.trade_price, trade.size));
    ++x.trades;
  }
}

day_summary day_before(const candle_series& all, std::int64_t time_ms) {
  constexpr std::int64_t day_ms = 86'400'000;
  day_summary result;
  const auto& minutes = all.front();
  const auto first =
    std::partition_point(minutes.begin(), minutes.end(), [&](const candle& x) {
      return x.start_ms <= time_ms - day_ms;
    });
  if (first != minutes.begin())
    result.previous = std::prev(first)->last;
  std::for_each(first, minutes.end(), [&](const candle& x) {
    result.volume = sum_of(result.volume, x.volume);
    result.notional = sum_of(result.notional, x.notional);
  });
  return result;
}

} // namespace hlx::venue
