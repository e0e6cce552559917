// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace hlx::venue {

/// How long candles are: minutes, hours, days, weeks, and months of the
/// calendar.
inline constexpr std::array<std::string_view, 14> candle_intervals{
  "1m", "3m", "5m",  "15m", "30m", "1h", "2h",
  "4h", "8h", "12h", "1d",  "3d",  "1w", "1M"};

/// The position of the name in candle_intervals, or nothing.
std::optional<std::size_t> find_candle_interval(std::string_view name);

/// The first and the last millisecond of a candle.
struct candle_bounds {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
};

/// The candle that a time is in. Months are those of UTC; all else is counted
/// from the epoch.
candle_bounds bounds_of(std::size_t interval, std::int64_t time_ms);

} // namespace hlx::venue
