// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/order_table.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace hlx {

/// What is due when, earliest first, in the order of arming when at the same
/// time. An entry whose order has armed another time meanwhile is stale.
class timer_queue {
public:
  struct entry {
    std::int64_t due_ms = 0;
    std::uint64_t sequence = 0;
    order_ref order;
    order_timer kind = order_timer::resolve;
  };

  void push(std::int64_t due_ms, order_ref order, order_timer kind) {
    heap_.push_back({due_ms, ++sequence_, order, kind});
    std::push_heap(heap_.begin(), heap_.end(), later{});
  }

  bool empty() const { return heap_.empty(); }
  const entry& top() const { return heap_.front(); }

  void pop() {
    std::pop_heap(heap_.begin(), heap_.end(), later{});
    heap_.pop_back();
  }

  /// Whether stale entries may have piled up: worth a `drop_stale`.
  bool is_crowded() const { return heap_.size() >= crowd_; }

  /// Drops every entry of which `is_current` says no.
  template <class F>
  void drop_stale(F is_current) {
    std::erase_if(heap_, [&](const entry& x) { return !is_current(x); });
    std::make_heap(heap_.begin(), heap_.end(), later{});
    crowd_ = std::max(crowd_min, 2 * heap_.size());
  }

private:
  struct later {
    bool operator()(const entry& a, const entry& b) const {
      if (a.due_ms != b.due_ms)
        return a.due_ms > b.due_ms;
      return a.sequence > b.sequence;
    }
  };

  static constexpr std::size_t crowd_min = 1'024;

  std::vector<entry> heap_;
  std::size_t crowd_ = crowd_min;
  std::uint64_t sequence_ = 0;
};

} // namespace hlx
