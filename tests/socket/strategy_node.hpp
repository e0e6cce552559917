// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/nodes.hpp"
#include "hlx/actors/remote_execution_client/remote_execution_client.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/send.hpp>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace hlx::test {

/// What a strategy of another process has heard, in order. Shared between its
/// thread and the test's.
class linked_log {
public:
  using predicate = std::function<bool(const linked_log&)>;

  /// Only inside a predicate, and when nothing more can come.
  std::vector<order_event> events;
  std::vector<link_up> ups;
  std::vector<link_down> downs;
  std::vector<event_stream_ended> ended;
  std::vector<failed_command> failed;

  void hear(const link_up& x) { keep(ups, x); }
  void hear(const link_down& x) { keep(downs, x); }
  void hear(const event_stream_ended& x) { keep(ended, x); }
  void hear(const failed_command& x) { keep(failed, x); }
  void hear(const stream_changed&) {}
  template <class Event>
  void hear(const Event& x) {
    keep(events, order_event{x});
  }

  /// Waits until it holds, at most so long; how long it took, or -1.
  std::int64_t wait(const predicate& holds, std::int64_t limit_ms);

  /// The reason of the last link_down.
  std::string last_down();

private:
  template <class List, class T>
  void keep(List& list, const T& x) {
    const std::lock_guard guard{mutex_};
    list.push_back(x);
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
};

/// The strategies' side of a link, in the test's process: strategies that only
/// listen, and their remote execution clients.
class strategy_node {
public:
  strategy_node(const node_security& security, remote_client_options options);
  ~strategy_node();
  strategy_node(const strategy_node&) = delete;
  strategy_node& operator=(const strategy_node&) = delete;

  /// One more strategy, with a remote execution client of its own; what it
  /// hears.
  std::shared_ptr<linked_log> also(const node_security& security,
                                   remote_client_options options);

  /// Submits an order; by default for an instrument that there is not, which is
  /// one event.
  void submit(const std::string& id, const std::string& instrument = "NONE");

  template <class Command>
  void give(const Command& x) {
    caf::anon_send(client_, x);
  }

  std::shared_ptr<linked_log> log = std::make_shared<linked_log>();

private:
  remote_client_actor start(const node_security& security,
                            remote_client_options options,
                            const std::shared_ptr<linked_log>& heard);

  caf::actor_system_config config_;
  std::unique_ptr<caf::actor_system> system_;
  remote_client_actor client_; ///< Of the first one.
  std::vector<linked_strategy_actor> strategies_;
};

} // namespace hlx::test
