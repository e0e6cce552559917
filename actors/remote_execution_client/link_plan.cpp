// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/remote_execution_client/link_plan.hpp"

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
  if (up_since_ms_ && now_ms - *up_since_ms_ >= options_.steady_ms)
    retry_.reset();
  up_since_ms_.reset();
  overdue_ms_.reset();
  due_ms_ = now_ms + retry_.next_ms();
}

} // namespace hlx
