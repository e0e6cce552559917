// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/execution_client.hpp"
#include "hlx/actors/http_submitter/submitter_state.hpp"
#include "hlx/actors/interfaces.hpp"
#include "hlx/actors/websocket_reader/link_state.hpp"

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Stand-ins for the neighbours of the actor under test. What they hear or
/// send is shared with the test, which runs on the same thread.
namespace hlx::kit {

/// What was heard, each kind in the order of arrival.
struct heard {
  std::vector<order_event> events;
  std::vector<stream_changed> streams;
  std::vector<order_status_report> statuses;
  std::vector<fill_report> fills;
  std::vector<client_warning> warnings;
  std::vector<exchange_request> requests;
  std::vector<user_signed_request> user_signed;
  std::vector<info_query> queries;
  /// All but requests and queries, as JSON lines, in the order over all actors
  /// that share this: for comparison as a whole.
  std::string transcript;

  /// Whether one of the warnings has the text in it.
  bool was_warned(std::string_view text) const;

  void hear(const order_event& x);
  void hear(const stream_changed& x);
  void hear(const order_status_report& x);
  void hear(const fill_report& x);
  void hear(const client_warning& x);

  /// "order_submitted order_accepted ...", for whole-life comparisons.
  std::string event_names() const;
};

/// A STRATEGY that only listens.
strategy_actor::behavior_type recording_strategy(
  strategy_actor::pointer self, const std::shared_ptr<heard>& log);

/// A REPORT LISTENER that only listens.
report_listener_actor::behavior_type recording_listener(
  report_listener_actor::pointer self, const std::shared_ptr<heard>& log);

/// A MONITOR that only listens.
monitor_actor::behavior_type recording_monitor(
  monitor_actor::pointer self, const std::shared_ptr<heard>& log);

/// An HTTP SUBMITTER that keeps what it is given and answers nothing.
http_submitter_actor::behavior_type recording_submitter(
  http_submitter_actor::pointer self, const std::shared_ptr<heard>& log);

/// A WEBSOCKET READER that does nothing.
websocket_reader_actor::behavior_type mute_reader(
  websocket_reader_actor::pointer self);

/// How an exchange request ended, by the number of the request among those
/// that left, from 1.
struct scripted_reply {
  std::uint64_t number = 0;
  transmission_result result; ///< Its id is not looked at.
};

/// The venue of a SCRIPTED SUBMITTER.
struct scripted_venue {
  /// Called with each transmission as it leaves.
  std::function<void(const transmission&)> on_leave;
  /// The HTTP body that answers a query at once; without one, no answer.
  std::function<std::optional<std::string>(const info_query&)> on_query;
};

/// The submitter_state without sockets and without limits: a request leaves at
/// once, and is answered when the script says so. Timers follow the actor
/// clock.
using scripted_submitter_actor =
  http_submitter_actor::extend<caf::reacts_to<scripted_reply>,
                               caf::reacts_to<timer_due>>;

struct scripted_submitter_settings {
  submitter_options options;
  std::shared_ptr<const signing::signer> key;
  wall_clock clock;
  scripted_venue venue;
};

/// Options under which nothing waits for a slot.
submitter_options without_limits(submitter_options options);

scripted_submitter_actor spawn_scripted_submitter(
  caf::actor_system& system, venue_report_actor client,
  scripted_submitter_settings settings);

/// A frame as received.
struct scripted_frame {
  std::string text;
};

/// The connection is lost, or can be made again.
struct scripted_link {
  bool connected = false;
  std::string reason; ///< Why not.
};

/// The link_state without a socket: connections are made and subscriptions
/// acknowledged at once while the script's link is up, pings are answered.
using scripted_reader_actor =
  websocket_reader_actor::extend<caf::reacts_to<scripted_frame>,
                                 caf::reacts_to<scripted_link>,
                                 caf::reacts_to<timer_due>>;

struct scripted_reader_settings {
  link_options link;
  wall_clock clock;
};

scripted_reader_actor spawn_scripted_reader(caf::actor_system& system,
                                            venue_report_actor client,
                                            scripted_reader_settings settings);

/// A key for tests: 32 bytes of 0x01 0x23 ... repeated.
std::shared_ptr<const signing::signer> test_signer();

} // namespace hlx::kit

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(hlx::kit::scripted_reply)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(hlx::kit::scripted_frame)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(hlx::kit::scripted_link)
