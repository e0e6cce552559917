// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/candles.hpp"

#include <algorithm>
#include <limits>

namespace hlx::venue {

namespace {

/// Does not leave what can be counted.
quantity sum_of(quantity a, quantity b) {
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
    ++x.trades;
  }
}

} // namespace hlx::venue
