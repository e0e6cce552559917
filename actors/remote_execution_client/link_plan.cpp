// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/remote_execution_client/link_plan.hpp"

#include <algorithm>

namespace hlx {

void link_plan::start(std::int64_t now_ms) {
  if (attempts_ == 0 && !due_ms_)
    due_ms_ = now_ms;
}

std::uint64_t link_plan::begin(std::int64_t now_ms) {
  due_ms_.reset();
  overdue_ms_ = now_ms + options_.patience_ms;
  return ++attempts_;
}

bool link_plan::is_overdue(std::int64_t now_ms) {
  if (!overdue_ms_ || *overdue_ms_ > now_ms)
    return false;
  overdue_ms_.reset();
  return true;
}

void link_plan::up(std::int64_t now_ms) {
  overdue_ms_.reset();
  up_since_ms_ = now_ms;
}

void link_plan::stop() {
  due_ms_.reset();
  overdue_ms_.reset();
  up_since_ms_.reset();
}

void link_plan::down(std::int64_t now_ms) {
  const bool steady =
    up_since_ms_ && now_ms - *up_since_ms_ >= options_.steady_ms;
  up_since_ms_.reset();
  overdue_ms_.reset();
  delay_ms_ = steady || delay_ms_ == 0
                ? options_.retry_delay_min_ms
                : std::min(2 * delay_ms_, options_.retry_delay_max_ms);
  // A linear congruential generator: no more is needed to spread attempts.
  random_ = random_ * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
  const auto half = static_cast<std::uint64_t>(delay_ms_ / 2 + 1);
  due_ms_ =
    now_ms + delay_ms_ - static_cast<std::int64_t>((random_ >> 33U) % half);
}

} // namespace hlx
