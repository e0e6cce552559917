// SPDX-License-Identifier: BSD-3-Clause
#include "tests/bench/memory.hpp"

#include "tests/bench/desk.hpp"

#include <malloc.h>

namespace hlx::bench {

namespace {

/// Bytes that are allocated now, by any means.
double heap_bytes() {
  const auto x = ::mallinfo2();
  return static_cast<double>(x.uordblks) + static_cast<double>(x.hblkhd);
}

double bytes_per_open_order() {
  constexpr std::size_t orders = 100'000;
  const auto before = heap_bytes();
  desk trading;
  trading.fill_book(orders);
  trading.expect_open(orders);
  return (heap_bytes() - before) / orders;
}

void end_orders(desk& trading, std::size_t count) {
  constexpr std::size_t portion = 1'000;
  for (std::size_t done = 0; done < count; done += portion)
    for (auto& order : trading.script(portion)) {
      trading.open(order);
      trading.fill(order);
    }
  trading.expect_open(0);
}

double bytes_grown_by_ended_orders() {
  desk trading;
  end_orders(trading, 100'000);
  const auto before = heap_bytes();
  end_orders(trading, 900'000);
  return heap_bytes() - before;
}

} // namespace

memory_use measure_memory() {
  return {bytes_per_open_order(), bytes_grown_by_ended_orders()};
}

} // namespace hlx::bench
