// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/waiting_room.hpp"

namespace hlx {

std::optional<int> waiting_room::enter(int connection, std::int64_t now_ms) {
  std::optional<int> result;
  if (waiting_.size() >= places_)
    result = take_oldest();
  waiting_.push_back({connection, now_ms + patience_ms_});
  return result;
}

void waiting_room::leave(int connection) {
  std::erase_if(waiting_,
                [=](const entry& x) { return x.connection == connection; });
}

std::optional<int> waiting_room::take_oldest() {
  if (waiting_.empty())
    return std::nullopt;
  const int result = waiting_.front().connection;
  waiting_.pop_front();
  return result;
}

std::vector<int> waiting_room::take_overdue(std::int64_t now_ms) {
  std::vector<int> result;
  while (!waiting_.empty() && waiting_.front().deadline_ms <= now_ms)
    result.push_back(*take_oldest());
  return result;
}

std::optional<std::int64_t> waiting_room::next_deadline_ms() const {
  if (waiting_.empty())
    return std::nullopt;
  return waiting_.front().deadline_ms;
}

} // namespace hlx
