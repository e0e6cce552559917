// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/event_stream/stream_publisher.hpp"
#include "hlx/actors/execution_client/account_desk.hpp"
#include "hlx/actors/execution_client/dispatch/dispatch_state.hpp"
#include "hlx/actors/execution_client/receiver_table.hpp"
#include "hlx/actors/execution_client/restart_plan.hpp"
#include "hlx/actors/interfaces.hpp"
#include "hlx/actors/session_tap.hpp"
#include "hlx/actors/wall_clock.hpp"

#include <caf/actor_system_config.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace hlx {

/// How the execution client gets its children; called again after one died.
/// A factory that throws counts as a child that died at once.
struct execution_client_dependencies {
  std::function<http_submitter_actor(caf::actor_system&, venue_report_actor)>
    submitter;
  std::function<websocket_reader_actor(caf::actor_system&, venue_report_actor)>
    reader;
};

struct execution_client_settings {
  dispatch_options dispatch;
  stream_options streams;
  instrument_table instruments;
  account_holder holder;
  wall_clock clock;
  std::vector<std::string> warnings; ///< Of the start, for the first listener.
  std::shared_ptr<session_tap> tap;  ///< May be nullptr.
};

/// The EXECUTION CLIENT as its own actor sees it.
using execution_client_self =
  execution_client_actor::extend<caf::reacts_to<timer_due>>;

/// Private to the actor: the decisions, who is to hear of them, and what has
/// been handed out and not answered.
struct execution_client_state {
  static inline const char* name = "hlx.execution-client";

  /// A child and when it is to be started again.
  template <class Handle>
  struct child {
    Handle handle;
    restart_plan plan;
    std::uint64_t restarts = 0;
  };

  /// Who hears the events of one strategy: one of the two, or nobody.
  struct subscriber {
    strategy_actor plain;
    event_receiver_actor stream;
    bool has_stream = false; ///< Events are kept for whoever opens it next.
    bool silence_reported = false;
  };

  /// Most warnings that are kept for the first listener.
  static constexpr std::size_t early_warnings_max = 100;

  execution_client_state() = default;

  execution_client_settings settings;
  execution_client_dependencies dependencies;
  std::optional<dispatch_state> dispatch;
  effects out;
  std::optional<stream_publisher> streams;
  publisher_effects stream_out;

  child<http_submitter_actor> submitter;
  child<websocket_reader_actor> reader;
  std::set<request_id> unanswered_requests;
  std::set<query_id> unanswered_queries;

  std::optional<account_desk> desk;
  std::map<request_id, caf::typed_response_promise<account_result>> promises;

  std::map<strategy_id, subscriber> strategies;
  receiver_table<caf::actor_addr, event_receiver_actor> receivers;
  std::vector<report_listener_actor> listeners;
  std::vector<monitor_actor> monitors;
  std::deque<client_warning> early_warnings;

  std::optional<std::int64_t> armed_ms;   ///< The tick that is on its way.
  std::optional<std::int64_t> stop_by_ms; ///< Set while stopping.
  caf::error stop_reason;
  bool stream_is_up = false;

  std::uint64_t events = 0;
  std::uint64_t undelivered_events = 0;
  std::uint64_t warnings = 0;
};

/// The EXECUTION CLIENT. Owns the dispatch state, starts and monitors both
/// children, and stops them before it stops itself: end it by `send_exit` with
/// `user_shutdown`, never with `kill`. Orders stay as they are at the venue.
execution_client_self::behavior_type execution_client(
  execution_client_self::stateful_pointer<execution_client_state> self,
  execution_client_settings settings,
  execution_client_dependencies dependencies);

} // namespace hlx
