// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/http_submitter/submit_queue.hpp"

#include <utility>
#include <variant>

namespace hlx {

namespace {

std::optional<exchange_request> take(std::deque<exchange_request>& from) {
  if (from.empty())
    return std::nullopt;
  std::optional<exchange_request> result{std::move(from.front())};
  from.pop_front();
  return result;
}

} // namespace

bool is_cancel(const l1_action& action) {
  return std::holds_alternative<cancel_action>(action)
         || std::holds_alternative<cancel_by_cloid_action>(action);
}

bool submit_queue::push(const exchange_request& request) {
  auto& queue = is_cancel(request.action) ? cancels_ : others_;
  if (queue.size() >= size_max_)
    return false;
  queue.push_back(request);
  return true;
}

std::optional<exchange_request> submit_queue::pop(bool orders_may_leave) {
  if (auto cancel = take(cancels_))
    return cancel;
  return orders_may_leave ? take(others_) : std::nullopt;
}

std::optional<exchange_request> submit_queue::pop_expired(std::int64_t now_ms) {
  for (auto* queue : {&cancels_, &others_})
    if (!queue->empty() && queue->front().deadline_ms <= now_ms)
      return take(*queue);
  return std::nullopt;
}

std::optional<std::int64_t> submit_queue::next_deadline_ms() const {
  std::optional<std::int64_t> result;
  for (const auto* queue : {&cancels_, &others_})
    if (!queue->empty() && (!result || queue->front().deadline_ms < *result))
      result = queue->front().deadline_ms;
  return result;
}

} // namespace hlx
