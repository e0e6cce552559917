// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/candle_intervals.hpp"
#include "tests/venue/records.hpp"

#include <array>
#include <deque>

namespace hlx::venue {

/// Candles of one length that are kept; the oldest go.
inline constexpr std::size_t candles_max = 5000;

/// The candles of one market, oldest first, by the position of their length in
/// candle_intervals. Times without a trade have none.
using candle_series = std::array<std::deque<candle>, candle_intervals.size()>;

/// The day before a time, by the minute.
day_summary day_before(const candle_series& all, std::int64_t time_ms);

/// Counts a trade in. Trades come in the order of their times.
void add_trade(candle_series& all, const trade_record& trade);

} // namespace hlx::venue
