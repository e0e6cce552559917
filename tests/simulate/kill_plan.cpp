// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/kill_plan.hpp"

#include "tests/venue/api/faults.hpp"

#include <algorithm>

namespace hlx::simulate {

kill_plan::kill_plan(std::uint64_t count, std::int64_t length_ms,
                     std::uint64_t seed) {
  seeded_random random{seed};
  moments_.reserve(static_cast<std::size_t>(count));
  for (std::uint64_t i = 0; i < count; ++i)
    moments_.push_back(static_cast<std::int64_t>(
      random.below(static_cast<std::uint64_t>(length_ms) + 1)));
  std::sort(moments_.begin(), moments_.end());
}

std::optional<std::int64_t> kill_plan::next_ms() const {
  if (done_ == moments_.size())
    return std::nullopt;
  return moments_[done_];
}

bool kill_plan::take(std::int64_t elapsed_ms) {
  const auto next = next_ms();
  if (!next || *next > elapsed_ms)
    return false;
  ++done_;
  return true;
}

} // namespace hlx::simulate
