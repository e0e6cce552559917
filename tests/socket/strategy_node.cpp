// SPDX-License-Identifier: BSD-3-Clause
#include "tests/socket/strategy_node.hpp"

#include "hlx/actors/strategy.hpp"
#include "hlx/actors/topology.hpp"

#include <stdexcept>

namespace hlx::test {

std::int64_t linked_log::wait(const predicate& holds, std::int64_t limit_ms) {
  using namespace std::chrono;
  const auto start = steady_clock::now();
  std::unique_lock lock{mutex_};
  if (!changed_.wait_until(lock, start + milliseconds{limit_ms},
                           [&] { return holds(*this); }))
    return -1;
  return duration_cast<milliseconds>(steady_clock::now() - start).count();
}

std::string linked_log::last_down() {
  const std::lock_guard guard{mutex_};
  return downs.empty() ? "" : downs.back().reason;
}

strategy_node::strategy_node(const node_security& security,
                             remote_client_options options) {
  add_message_types(config_);
  if (const auto what = load_nodes(config_, {security}); !what.empty())
    throw std::runtime_error{what};
  system_ = std::make_unique<caf::actor_system>(config_);
  client_ = start(security, std::move(options), log);
}

strategy_node::~strategy_node() {
  for (const auto& strategy : strategies_)
    caf::anon_send_exit(strategy, caf::exit_reason::user_shutdown);
}

std::shared_ptr<linked_log> strategy_node::also(const node_security& security,
                                                remote_client_options options) {
  auto result = std::make_shared<linked_log>();
  start(security, std::move(options), result);
  return result;
}

remote_client_actor strategy_node::start(
  const node_security& security, remote_client_options options,
  const std::shared_ptr<linked_log>& heard) {
  options.security = security;
  auto client = remote_execution_client(*system_, options);
  if (!client)
    throw std::runtime_error{text_of(client.error())};
  strategies_.push_back(system_->spawn([heard]() {
    return handlers_of<linked_strategy_actor>(
      [heard](const auto& x) { heard->hear(x); });
  }));
  caf::anon_send(*client, caf::subscribe_atom_v, strategies_.back());
  return *client;
}

void strategy_node::submit(const std::string& id,
                           const std::string& instrument) {
  submit_order result;
  result.order.client_order_id.value = id;
  result.order.instrument = instrument;
  result.order.quantity = *parse<quantity>("1");
  result.order.price = *parse<price>("50000");
  give(result);
}

} // namespace hlx::test
