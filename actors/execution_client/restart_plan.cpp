// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/restart_plan.hpp"

#include <algorithm>

namespace hlx {

namespace {

constexpr std::int64_t delay_min_ms = 100;
constexpr std::int64_t delay_max_ms = 10'000;

/// One that lived as long is not part of a series of deaths.
constexpr std::int64_t steady_life_ms = 60'000;

} // namespace

void restart_plan::died(std::int64_t now_ms) {
  if (now_ms - started_ms_ >= steady_life_ms)
    young_deaths_ = 0;
  auto delay_ms = young_deaths_ == 0 ? 0 : delay_min_ms;
  for (int i = 1; i < young_deaths_ && delay_ms < delay_max_ms; ++i)
    delay_ms *= 2;
  ++young_deaths_;
  start_at_ms_ = now_ms + std::min(delay_ms, delay_max_ms);
}

void restart_plan::failed_to_start(std::int64_t now_ms) {
  young_deaths_ = std::max(young_deaths_, 1);
  died(now_ms);
}

} // namespace hlx
