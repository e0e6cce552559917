// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/events.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>

namespace hlx {

/// The newest events of one strategy, those after a number that is forgotten.
/// The numbers are the events' own; there are no gaps.
class event_log {
public:
  /// Empty; the first event to come is the one after `last`.
  explicit event_log(std::uint64_t last = 0) : forgotten_(last) {}

  /// The newest event that is not here any more; 0: none is missing.
  std::uint64_t forgotten() const { return forgotten_; }

  /// The newest event there was.
  std::uint64_t last() const { return forgotten_ + events_.size(); }

  std::size_t size() const { return events_.size(); }

  /// Adds the event after last().
  void append(order_event&& event);

  /// Forgets the events up to `number`, which is at most last().
  void forget(std::uint64_t number);

  /// An event that is here.
  const order_event& at(std::uint64_t number) const;

private:
  std::uint64_t forgotten_ = 0;
  std::deque<order_event> events_;
};

} // namespace hlx
