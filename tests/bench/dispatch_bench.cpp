// SPDX-License-Identifier: BSD-3-Clause
#include "tests/bench/benches.hpp"
#include "tests/bench/desk.hpp"
#include "tests/bench/stopwatch.hpp"

#include <benchmark/benchmark.h>

#include <stdexcept>

namespace hlx::bench {

namespace {

constexpr std::size_t batch = 64;

/// Measures a part of what happens on a desk, and checks what it caused.
class session {
public:
  explicit session(desk& trading) : desk_(trading) {}

  desk& trading() { return desk_; }

  /// Measures f(order) of every order; each is to cause so many effects.
  template <class Orders, class F>
  void measure(Orders& orders, std::size_t effects_each, F f) {
    const auto before = desk_.effects_left();
    watch_.start();
    for (auto& order : orders)
      f(order);
    watch_.stop();
    if (desk_.effects_left() - before != effects_each * orders.size())
      throw std::logic_error("not the events that were to be measured");
  }

  double taken() { return watch_.take_seconds(); }

private:
  desk& desk_;
  stopwatch watch_;
};

/// The desk of a benchmark lives as long as the program, as a trading process
/// does: windows and tables are at their working size.
template <class Measure>
void measure(benchmark::State& state, Measure f) {
  static desk trading;
  while (state.KeepRunningBatch(batch)) {
    auto orders = trading.script(batch);
    session x{trading};
    f(x, orders);
    trading.expect_open(0);
    state.SetIterationTime(x.taken());
  }
}

/// Submitted, accepted, filled three times, the last one terminal: 5 events and
/// a request.
void order_life(benchmark::State& state) {
  measure(state, [](session& x, auto& orders) {
    x.measure(orders, 6, [&](auto& order) {
      x.trading().open(order);
      x.trading().fill(order);
    });
  });
}

/// The leg that a modify placed is reported open: order_updated.
void replacement(benchmark::State& state) {
  measure(state, [](session& x, auto& orders) {
    for (auto& order : orders) {
      x.trading().open(order);
      x.trading().modify(order);
    }
    x.measure(orders, 1,
              [&](auto& order) { x.trading().report(order.replacement); });
    for (const auto& order : orders) {
      x.trading().reply(order.modified);
      x.trading().report(order.canceled);
    }
  });
}

/// The old leg of a modify is reported canceled after its replacement: stale.
void stale_cancel(benchmark::State& state) {
  measure(state, [](session& x, auto& orders) {
    for (auto& order : orders) {
      x.trading().open(order);
      x.trading().modify(order);
      x.trading().report(order.replacement);
      x.trading().reply(order.modified);
    }
    x.measure(orders, 0,
              [&](auto& order) { x.trading().report(order.old_canceled); });
    for (const auto& order : orders)
      x.trading().report(order.canceled);
  });
}

/// A trade of an open order is reported a second time.
void duplicate_trade(benchmark::State& state) {
  measure(state, [](session& x, auto& orders) {
    for (auto& order : orders) {
      x.trading().open(order);
      x.trading().report(order.fills.front());
    }
    x.measure(orders, 0,
              [&](auto& order) { x.trading().report(order.fills.front()); });
    for (const auto& order : orders)
      x.trading().fill(order);
  });
}

} // namespace

std::vector<std::string> register_dispatch() {
  benchmark::RegisterBenchmark("order_life", order_life)->UseManualTime();
  benchmark::RegisterBenchmark("replacement", replacement)->UseManualTime();
  benchmark::RegisterBenchmark("stale_cancel", stale_cancel)->UseManualTime();
  benchmark::RegisterBenchmark("duplicate_trade", duplicate_trade)
    ->UseManualTime();
  return {"order_life", "replacement", "stale_cancel", "duplicate_trade"};
}

} // namespace hlx::bench
