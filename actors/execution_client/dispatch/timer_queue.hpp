// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/order_table.hpp"

#include <cstdint>
#include <optional>
#include <queue>
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
    heap_.push({due_ms, ++sequence_, order, kind});
  }

  bool empty() const { return heap_.empty(); }
  const entry& top() const { return heap_.top(); }
  void pop() { heap_.pop(); }

private:
  struct later {
    bool operator()(const entry& a, const entry& b) const {
      if (a.due_ms != b.due_ms)
        return a.due_ms > b.due_ms;
      return a.sequence > b.sequence;
    }
  };

  std::priority_queue<entry, std::vector<entry>, later> heap_;
  std::uint64_t sequence_ = 0;
};

} // namespace hlx
