// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/requests.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

namespace hlx {

/// Whether all that the action can do is end orders.
bool is_cancel(const l1_action& action);

/// Requests that wait for a connection: cancels first, each kind in the order
/// of arrival. Bounded: each kind holds at most `size_max`.
class submit_queue {
public:
  explicit submit_queue(std::size_t size_max) : size_max_(size_max) {}

  /// False when there is no room: the request was not taken.
  [[nodiscard]] bool push(const exchange_request& request);

  /// The request that is to leave next, if any: a cancel, or, when
  /// `orders_may_leave`, another.
  std::optional<exchange_request> pop(bool orders_may_leave);

  /// The next request whose deadline has passed, if any.
  std::optional<exchange_request> pop_expired(std::int64_t now_ms);

  /// When pop_expired gives something, Unix ms. Deadlines grow with the order
  /// of arrival, or are noticed late.
  std::optional<std::int64_t> next_deadline_ms() const;

  std::size_t size() const noexcept { return cancels_.size() + others_.size(); }

private:
  std::size_t size_max_;
  std::deque<exchange_request> cancels_;
  std::deque<exchange_request> others_;
};

} // namespace hlx
