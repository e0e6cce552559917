// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/outbox.hpp"

#include <utility>

namespace hlx::venue {

void outbox::put(api_output output, std::int64_t due_ms) {
  waiting_.emplace(due_ms, std::move(output));
}

std::vector<api_output> outbox::take(std::int64_t now_ms) {
  const auto end = waiting_.upper_bound(now_ms);
  std::vector<api_output> result;
  for (auto i = waiting_.begin(); i != end; ++i)
    result.push_back(std::move(i->second));
  waiting_.erase(waiting_.begin(), end);
  return result;
}

std::optional<std::int64_t> outbox::next_due_ms() const {
  if (waiting_.empty())
    return std::nullopt;
  return waiting_.begin()->first;
}

} // namespace hlx::venue
