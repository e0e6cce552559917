// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/connector.hpp"
#include "hlx/actors/event_stream/receiver_options.hpp"
#include "hlx/actors/interfaces.hpp"
#include "hlx/actors/node_security.hpp"
#include "hlx/actors/remote_execution_client/link_plan.hpp"
#include "hlx/actors/wall_clock.hpp"

#include <caf/expected.hpp>
#include <caf/fwd.hpp>

#include <cstdint>

namespace hlx {

/// What one strategy says about the execution client in another process.
struct remote_client_options {
  node_address at;           ///< Where `publish` listens.
  node_security security;    ///< As it was loaded with load_nodes.
  receiver_options receiver; ///< `strategy` has no default.
  /// The last event that the strategy handled for good in an earlier life.
  std::uint64_t last_handled = 0;
  /// Whether the strategy says by acknowledge_events what it has handled. If
  /// not, an event counts as handled when it is sent to the strategy.
  bool strategy_acknowledges = false;
  /// How long the connection may take, with the proof of who it is. An attempt
  /// that takes longer has failed.
  std::int64_t dial_ms = 1'200;
  /// How long cancels that are not answered are kept when the strategy has
  /// ended, so that they can leave when the link comes back.
  std::int64_t linger_ms = 60'000;
  /// When to connect.
  link_plan_options plan;
};

struct remote_client_dependencies {
  connector_actor connector;
  wall_clock clock;
};

/// Starts a REMOTE EXECUTION CLIENT: for one strategy it stands for the
/// execution client of another process. It connects when the strategy
/// subscribes, again and again with back-off, and hands on the same events as
/// a local client would, each once, with link_up and link_down between them.
/// Commands that are given while the link is down are held or fail, as the
/// receiver's option says; cancels are always held. Never blocks. Ends with
/// the strategy, after the cancels that it still holds. A second strategy that
/// subscribes takes over; the first one is told so by event_stream_ended.
///
/// An error is a sentence that names the option (text_of).
caf::expected<remote_client_actor> remote_execution_client(
  caf::actor_system& system, const remote_client_options& options);

/// The same with neighbours of the caller's choice, and options that are right.
remote_client_actor spawn_remote_client(
  caf::actor_system& system, const remote_client_options& options,
  const remote_client_dependencies& dependencies);

} // namespace hlx
