// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace hlx::bench {

struct memory_use {
  /// Of the heap, the allocator's own share included, for each of 100,000
  /// accepted orders with ids of 20 characters.
  double bytes_per_open_order = 0;
  /// What the heap grew by while the last 900,000 of 1,000,000 orders ended.
  double bytes_grown_by_ended_orders = 0;
};

memory_use measure_memory();

} // namespace hlx::bench
