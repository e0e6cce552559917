// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/signing/keccak.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/desk.hpp"
#include "tests/bench/stopwatch.hpp"

#include <benchmark/benchmark.h>

namespace hlx::bench {

namespace {

constexpr std::size_t batch = 64;

/// The desk of a benchmark lives as long as the program, as a trading process
/// does: windows and tables are at their working size.
template <class Measure>
void measure(benchmark::State& state, Measure f) {
  static desk trading;
  static stopwatch watch;
  while (state.KeepRunningBatch(batch)) {
    auto orders = trading.script(batch);
    f(trading, orders, watch);
    trading.expect_open(0);
    state.SetIterationTime(watch.take_seconds());
  }
}

/// Submitted, accepted, filled three times, the last one terminal. The time of
/// deriving the cloids is taken out: it counts as signing.
void order_life(benchmark::State& state) {
  stopwatch derivation;
  double taken = 0;
  measure(state, [&](desk& trading, auto& orders, stopwatch& watch) {
    derivation.start();
    for (const auto& order : orders)
      benchmark::DoNotOptimize(
        signing::cloid_of(order.submit.order.client_order_id));
    derivation.stop();
    taken = derivation.take_seconds();
    watch.start();
    for (auto& order : orders) {
      trading.open(order);
      trading.fill(order);
    }
    watch.stop();
    watch.leave_out(taken);
  });
}

/// The leg that a modify placed is reported open: order_updated.
void replacement(benchmark::State& state) {
  measure(state, [](desk& trading, auto& orders, stopwatch& watch) {
    for (auto& order : orders) {
      trading.open(order);
      trading.modify(order);
    }
    watch.start();
    for (const auto& order : orders)
      trading.report(order.replacement);
    watch.stop();
    for (const auto& order : orders)
      trading.report(order.canceled);
  });
}

/// The old leg of a modify is reported canceled after its replacement: stale.
void stale_cancel(benchmark::State& state) {
  measure(state, [](desk& trading, auto& orders, stopwatch& watch) {
    for (auto& order : orders) {
      trading.open(order);
      trading.modify(order);
      trading.report(order.replacement);
    }
    watch.start();
    for (const auto& order : orders)
      trading.report(order.old_canceled);
    watch.stop();
    for (const auto& order : orders)
      trading.report(order.canceled);
  });
}

/// A trade of an open order is reported a second time.
void duplicate_trade(benchmark::State& state) {
  measure(state, [](desk& trading, auto& orders, stopwatch& watch) {
    for (auto& order : orders) {
      trading.open(order);
      trading.report(order.fills.front());
    }
    watch.start();
    for (const auto& order : orders)
      trading.report(order.fills.front());
    watch.stop();
    for (const auto& order : orders)
      trading.fill(order);
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
