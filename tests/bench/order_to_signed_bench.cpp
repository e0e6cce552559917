// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/actions.hpp"
#include "hlx/messages/signing/keccak.hpp"
#include "hlx/messages/signing/secret_key.hpp"
#include "hlx/messages/signing/signer.hpp"
#include "hlx/messages/wire/encode_request.hpp"
#include "tests/bench/benches.hpp"

#include <benchmark/benchmark.h>

#include <string>

namespace hlx::bench {

namespace {

/// A limit order by its client order id -> the body of the HTTP request: cloid,
/// MessagePack, hashes, signature, JSON.
void sign_order(benchmark::State& state) {
  auto key = signing::secret_key::from_hex(std::string(64, '7'));
  const signing::signer signer{std::move(*key)};
  std::string name = "S-1-20261125-00000001";
  wire_order order;
  order.limit_price = parse<price>("56730").value();
  order.size = parse<quantity>("0.0002").value();
  order_action action;
  action.orders.push_back(order);
  l1_action typed{std::move(action)};
  wire::action_terms terms{.nonce = 1'764'000'000'000,
                           .vault = std::nullopt,
                           .expires_after_ms = 1'764'000'005'000};
  wire::byte_buffer scratch;
  std::string body;
  for (auto _ : state) {
    ++terms.nonce;
    ++name.back();
    std::get<order_action>(typed).orders[0].cloid =
      signing::cloid_of(client_order_id{name});
    const auto signature = signing::sign_action(
      signer, signing::network::testnet, scratch, typed, terms);
    body.clear();
    wire::append_exchange_request(body, typed, terms, signature);
    benchmark::DoNotOptimize(body.data());
  }
}

} // namespace

std::vector<std::string> register_order_to_signed() {
  benchmark::RegisterBenchmark("order_to_signed", sign_order);
  return {"order_to_signed"};
}

} // namespace hlx::bench
