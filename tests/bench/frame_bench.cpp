// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_frame.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/desk.hpp"
#include "tests/bench/stopwatch.hpp"

#include <benchmark/benchmark.h>

namespace hlx::bench {

namespace {

/// Few, so that the other open orders are what the name says.
constexpr std::size_t batch = 16;

/// A frame's text -> what it says -> the event.
void handle(desk& trading, wire::frame_decoder& decoder,
            const std::string& frame) {
  trading.report(decoder.decode(frame).update);
}

/// Decodes and dispatches one frame of each order while `others` are open.
template <class Prepare, class Frame>
void measure(benchmark::State& state, desk& trading, std::size_t others,
             Prepare prepare, Frame frame) {
  static stopwatch watch;
  wire::frame_decoder decoder;
  std::vector<std::string> frames(batch);
  while (state.KeepRunningBatch(batch)) {
    auto orders = trading.script(batch);
    for (std::size_t i = 0; i < batch; ++i) {
      prepare(trading, orders[i]);
      frames[i] = frame(orders[i]);
    }
    const auto effects_before = trading.effects_left();
    watch.start();
    for (const auto& text : frames)
      handle(trading, decoder, text);
    watch.stop();
    if (trading.effects_left() - effects_before != batch)
      state.SkipWithError("a frame did not cause one event");
    for (const auto& order : orders) {
      trading.reply(order.placed); // late where it came before
      trading.fill(order);         // those that are open still
    }
    trading.expect_open(others);
    state.SetIterationTime(watch.take_seconds());
  }
}

/// An order is reported open: order_accepted.
void order_update(benchmark::State& state, desk& trading, std::size_t others) {
  measure(
    state, trading, others,
    [](desk& x, scripted_order& order) { x.submit(order); },
    [](const scripted_order& order) { return frame_text(order.open); });
}

/// The trade that completes an order: order_filled.
void completing_fill(benchmark::State& state, desk& trading,
                     std::size_t others) {
  measure(
    state, trading, others,
    [](desk& x, scripted_order& order) {
      x.open(order);
      x.report(order.fills[0]);
      x.report(order.fills[1]);
    },
    [](const scripted_order& order) { return frame_text(order.fills[2]); });
}

/// A desk with so many open orders, made when it is first needed.
template <std::size_t Others>
desk& crowded_desk() {
  static desk trading;
  static const bool crowded = (trading.fill_book(Others), true);
  benchmark::DoNotOptimize(crowded);
  return trading;
}

template <std::size_t Others>
void add(std::vector<std::string>& names) {
  names.push_back("order_update_frame_" + std::to_string(Others));
  benchmark::RegisterBenchmark(names.back().c_str(), [](benchmark::State&
                                                          state) {
    order_update(state, crowded_desk<Others>(), Others);
  })->UseManualTime();
  names.push_back("completing_fill_frame_" + std::to_string(Others));
  benchmark::RegisterBenchmark(names.back().c_str(), [](benchmark::State&
                                                          state) {
    completing_fill(state, crowded_desk<Others>(), Others);
  })->UseManualTime();
}

} // namespace

std::vector<std::string> register_frames() {
  std::vector<std::string> names;
  add<10>(names);
  add<10'000>(names);
  return names;
}

} // namespace hlx::bench
