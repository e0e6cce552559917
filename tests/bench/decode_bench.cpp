// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_exchange.hpp"
#include "hlx/messages/wire/decode_frame.hpp"
#include "tests/bench/benches.hpp"

#include <benchmark/benchmark.h>

#include <string>

namespace hlx::bench {

namespace {

constexpr const char* order_update =
  R"({"channel":"orderUpdates","data":[{"order":{"coin":"ETH","side":"B",)"
  R"("limitPx":"2080.0","sz":"0.01","oid":315452584853,)"
  R"("timestamp":1770524603232,"origSz":"0.01",)"
  R"("cloid":"0x00112233445566778899aabbccddeeff"},"status":"open",)"
  R"("statusTimestamp":1770524603232}]})";

constexpr const char* fill =
  R"({"coin":"ETH","px":"2080.0","sz":"0.01","side":"B",)"
  R"("time":1770524603232,"startPosition":"0.0","dir":"Open Long",)"
  R"("closedPnl":"0.0","hash":"0xaa84000000000000000000000000000000000000)"
  R"(000000000000000000000000","oid":315452584853,"crossed":true,)"
  R"("fee":"0.00936","tid":246814713305894,)"
  R"("cloid":"0x00112233445566778899aabbccddeeff","feeToken":"USDC",)"
  R"("twapId":null})";

constexpr const char* reply =
  R"({"status":"ok","response":{"type":"order","data":{"statuses":[)"
  R"({"resting":{"oid":311642020084,)"
  R"("cloid":"0x00112233445566778899aabbccddeeff"}}]}}})";

std::string fills_frame(int fills) {
  std::string text =
    R"({"channel":"userFills","data":{"user":)"
    R"("0x14791697260e4c9a71f18484c9f997b308e59325","fills":[)";
  for (int i = 0; i < fills; ++i) {
    if (i > 0)
      text += ',';
    text += fill;
  }
  return text + "]}}";
}

void decode_frame(benchmark::State& state, const std::string& text,
                  std::size_t reports) {
  wire::frame_decoder decoder;
  while (state.KeepRunning()) {
    const auto& update = decoder.decode(text).update;
    if (update.orders.size() + update.fills.size() != reports)
      state.SkipWithError("the frame was not understood");
  }
}

void decode_reply(benchmark::State& state) {
  while (state.KeepRunning())
    if (wire::decode_exchange(200, reply).elements.size() != 1)
      state.SkipWithError("the reply was not understood");
}

} // namespace

std::vector<std::string> register_decode() {
  benchmark::RegisterBenchmark(
    "decode_order_update",
    [](benchmark::State& state) { decode_frame(state, order_update, 1); });
  benchmark::RegisterBenchmark("decode_fill", [](benchmark::State& state) {
    decode_frame(state, fills_frame(1), 1);
  });
  benchmark::RegisterBenchmark("decode_2000_fills",
                               [](benchmark::State& state) {
                                 decode_frame(state, fills_frame(2000), 2000);
                               });
  benchmark::RegisterBenchmark("decode_reply", decode_reply);
  return {"decode_order_update", "decode_fill", "decode_2000_fills",
          "decode_reply"};
}

} // namespace hlx::bench
