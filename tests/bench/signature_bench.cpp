// SPDX-License-Identifier: BSD-3-Clause
#include "tests/bench/benches.hpp"

#include <benchmark/benchmark.h>
#include <secp256k1.h>
#include <secp256k1_recovery.h>

#include <array>
#include <cstdint>

namespace hlx::bench {

namespace {

void sign(benchmark::State& state) {
  auto* context = secp256k1_context_create(SECP256K1_CONTEXT_SIGN);
  std::array<unsigned char, 32> key{};
  std::array<unsigned char, 32> digest{};
  key.fill(0x5a);
  secp256k1_ecdsa_recoverable_signature signature;
  std::uint64_t failed = 0;
  for (auto _ : state) {
    ++digest[0]; // a new message and so a new nonce each time
    if (secp256k1_ecdsa_sign_recoverable(context, &signature, digest.data(),
                                         key.data(), nullptr, nullptr)
        != 1)
      ++failed;
    benchmark::DoNotOptimize(signature);
  }
  secp256k1_context_destroy(context);
  if (failed > 0)
    state.SkipWithError("libsecp256k1 did not sign");
}

} // namespace

std::vector<std::string> register_signature() {
  benchmark::RegisterBenchmark("signature", sign);
  return {"signature"};
}

} // namespace hlx::bench
