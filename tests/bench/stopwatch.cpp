// SPDX-License-Identifier: BSD-3-Clause
#include "tests/bench/stopwatch.hpp"

#include <algorithm>
#include <ctime>
#include <vector>

namespace hlx::bench {

stopwatch::stopwatch() {
  static const std::int64_t overhead_ns = [] {
    std::vector<std::int64_t> costs;
    for (int i = 0; i < 1'001; ++i) {
      const auto before = now_ns();
      costs.push_back(now_ns() - before);
    }
    std::nth_element(costs.begin(), costs.begin() + 500, costs.end());
    return costs[500];
  }();
  overhead_ns_ = overhead_ns;
}

double stopwatch::take_seconds() {
  const auto taken = total_ns_;
  total_ns_ = 0;
  return static_cast<double>(taken) * 1e-9;
}

std::int64_t stopwatch::now_ns() {
  timespec x{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &x);
  return static_cast<std::int64_t>(x.tv_sec) * 1'000'000'000 + x.tv_nsec;
}

} // namespace hlx::bench
