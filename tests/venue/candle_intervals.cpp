// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/candle_intervals.hpp"

#include "hlx/messages/assert.hpp"

#include <algorithm>
#include <chrono>

namespace hlx::venue {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t day_ms = 24 * hour_ms;

/// As long as those of candle_intervals, but for the month.
constexpr std::array<std::int64_t, candle_intervals.size() - 1> lengths_ms{
  minute_ms, 3 * minute_ms, 5 * minute_ms, 15 * minute_ms, 30 * minute_ms,
  hour_ms,   2 * hour_ms,   4 * hour_ms,   8 * hour_ms,    12 * hour_ms,
  day_ms,    3 * day_ms,    7 * day_ms};

std::int64_t month_start_ms(std::chrono::year_month month) {
  const std::chrono::sys_days day{month / std::chrono::day{1}};
  return std::chrono::milliseconds{day.time_since_epoch()}.count();
}

candle_bounds month_of(std::int64_t time_ms) {
  using namespace std::chrono;
  const sys_time<milliseconds> time{milliseconds{time_ms}};
  const year_month_day date{floor<days>(time)};
  const year_month month{date.year(), date.month()};
  return {month_start_ms(month), month_start_ms(month + months{1}) - 1};
}

} // namespace

std::optional<std::size_t> find_candle_interval(std::string_view name) {
  const auto* const found =
    std::find(candle_intervals.begin(), candle_intervals.end(), name);
  if (found == candle_intervals.end())
    return std::nullopt;
  return static_cast<std::size_t>(found - candle_intervals.begin());
}

candle_bounds bounds_of(std::size_t interval, std::int64_t time_ms) {
  HLX_ASSERT(interval < candle_intervals.size());
  HLX_ASSERT(time_ms >= 0);
  if (interval == lengths_ms.size())
    return month_of(time_ms);
  const auto length = lengths_ms[interval];
  const auto start = time_ms - time_ms % length;
  return {start, start + length - 1};
}

} // namespace hlx::venue
