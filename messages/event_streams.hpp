// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/commands.hpp"
#include "hlx/messages/events.hpp"
#include "hlx/messages/ids.hpp"
#include "hlx/messages/signing/signature.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Between the EXECUTION CLIENT and the receiver of one strategy's events:
/// every event once and in order, every command at most once, through broken
/// links and crashes of the receiver. Event numbers are those of
/// event_header.sequence.
namespace hlx {

/// Longest name of a strategy, in bytes.
constexpr std::size_t strategy_name_max = 200;

/// What happens to a strategy's open orders when it is gone.
enum class absence_policy : std::uint8_t {
  keep,       ///< Nothing.
  cancel_all, ///< All are canceled.
};

/// What a strategy wants to happen when its receiver has ended or cannot be
/// reached, and for how long it has to be gone before that. A receiver that
/// comes back within the time changes nothing.
struct absence_terms {
  absence_policy policy = absence_policy::keep;
  std::int64_t after_ms = 0;

  friend bool operator==(const absence_terms&, const absence_terms&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 absence_terms& x) {
    return inspect_fields(f, "hlx::absence_terms", field("policy", x.policy),
                          field("after_ms", x.after_ms));
  }
};

/// STRATEGY -> EXECUTION CLIENT. Send my events from the one after
/// `last_handled` on. The events up to it are forgotten. Answered by
/// event_stream_opened or event_stream_ended.
struct open_event_stream {
  strategy_id strategy;
  /// Grows with each try of one receiver: a repeat of a try changes nothing.
  std::uint64_t attempt = 0;
  std::uint64_t last_handled = 0; ///< 0: none yet.
  /// The session that this receiver had last; 0: none.
  std::uint64_t previous_session = 0;
  /// How many events may be on their way, not acknowledged.
  std::uint64_t window = 1'000;
  absence_terms absence;
  /// What the receiver takes the client to trade; absent: anything. One that
  /// does not fit is an error.
  std::optional<signing::network> network;
  std::optional<address> account;

  friend bool operator==(const open_event_stream&,
                         const open_event_stream&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 open_event_stream& x) {
    return inspect_fields(
      f, "hlx::open_event_stream", field("strategy", x.strategy),
      field("attempt", x.attempt), field("last_handled", x.last_handled),
      field("previous_session", x.previous_session), field("window", x.window),
      field("absence", x.absence), field("network", x.network),
      field("account", x.account));
  }
};

/// EXECUTION CLIENT -> STRATEGY. The stream is open under the number
/// `session`, which is new for each; event_batches follow.
struct event_stream_opened {
  strategy_id strategy;
  std::uint64_t attempt = 0; ///< The one that it answers.
  std::uint64_t session = 0;
  std::uint64_t last_event = 0;   ///< The newest there is.
  std::uint64_t last_command = 0; ///< The newest numbered_command taken.
  /// No other receiver had the stream since `previous_session`: commands that
  /// were not answered then can be sent again under their numbers.
  bool continued = false;
  /// The venue's stream is up, reconciled, and no event is missing. Else
  /// stream_changed comes behind the events before that.
  bool ready = false;

  friend bool operator==(const event_stream_opened&,
                         const event_stream_opened&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 event_stream_opened& x) {
    return inspect_fields(
      f, "hlx::event_stream_opened", field("strategy", x.strategy),
      field("attempt", x.attempt), field("session", x.session),
      field("last_event", x.last_event), field("last_command", x.last_command),
      field("continued", x.continued), field("ready", x.ready));
  }
};

/// EXECUTION CLIENT -> STRATEGY. The next events, in order, mostly one. An
/// empty one answers a probe.
struct event_batch {
  strategy_id strategy;
  std::uint64_t session = 0;
  /// The last one sent, those in here included.
  std::uint64_t last_sent = 0;
  std::vector<order_event> events;

  friend bool operator==(const event_batch&, const event_batch&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, event_batch& x) {
    return inspect_fields(f, "hlx::event_batch", field("strategy", x.strategy),
                          field("session", x.session),
                          field("last_sent", x.last_sent),
                          field("events", x.events));
  }
};

/// STRATEGY -> EXECUTION CLIENT. The events up to `last_handled` are handled
/// for good, and can be forgotten.
struct acknowledge_events {
  strategy_id strategy;
  std::uint64_t session = 0;
  std::uint64_t last_handled = 0;
  bool probe = false; ///< Answered by an empty event_batch.

  friend bool operator==(const acknowledge_events&,
                         const acknowledge_events&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 acknowledge_events& x) {
    return inspect_fields(
      f, "hlx::acknowledge_events", field("strategy", x.strategy),
      field("session", x.session), field("last_handled", x.last_handled),
      field("probe", x.probe));
  }
};

/// Why a stream ended, or was not opened.
enum class stream_end : std::uint8_t {
  taken_over,       ///< Another receiver of the same strategy came.
  log_full,         ///< Too many events were not acknowledged.
  future_number,    ///< The number named is above the newest event's.
  forgotten_number, ///< Events after the number named are forgotten.
  unknown_strategy, ///< Not one of those that the client serves.
  wrong_network,
  wrong_account,
  bad_request, ///< An option is out of its bounds.
};

/// EXECUTION CLIENT -> STRATEGY. Nothing more comes on this stream. The events
/// that are there, to open another one: `first_event` to `last_event`; none
/// when the first is above the last.
struct event_stream_ended {
  strategy_id strategy;
  std::uint64_t attempt = 0; ///< The one that opened it, or failed to.
  std::uint64_t session = 0; ///< 0: it was not opened.
  stream_end why = stream_end::taken_over;
  std::string reason; ///< A sentence.
  std::uint64_t first_event = 0;
  std::uint64_t last_event = 0;

  friend bool operator==(const event_stream_ended&,
                         const event_stream_ended&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 event_stream_ended& x) {
    return inspect_fields(
      f, "hlx::event_stream_ended", field("strategy", x.strategy),
      field("attempt", x.attempt), field("session", x.session),
      field("why", x.why), field("reason", x.reason),
      field("first_event", x.first_event), field("last_event", x.last_event));
  }
};

/// STRATEGY -> EXECUTION CLIENT. A command of the strategy whose stream is
/// open as `session`, executed at most once. Answered by command_answer.
struct numbered_command {
  strategy_id strategy;
  std::uint64_t session = 0;
  std::uint64_t number = 0; ///< From 1 without gaps, for the strategy for ever.
  strategy_command command;

  friend bool operator==(const numbered_command&,
                         const numbered_command&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 numbered_command& x) {
    return inspect_fields(
      f, "hlx::numbered_command", field("strategy", x.strategy),
      field("session", x.session), field("number", x.number),
      field("command", x.command));
  }
};

/// What became of a numbered_command.
enum class command_fate : std::uint8_t {
  executed,  ///< Its effects come as events.
  refused,   ///< It will not be executed; the number is used.
  gap,       ///< One before it is missing: send again from `next_number` on.
  forgotten, ///< It was answered long ago, and the answer is forgotten.
};

/// EXECUTION CLIENT -> STRATEGY. To a repeat the same answer as the first time.
struct command_answer {
  strategy_id strategy;
  std::uint64_t session = 0;
  std::uint64_t number = 0;
  command_fate fate = command_fate::executed;
  std::string reason;            ///< A sentence, unless executed.
  std::uint64_t next_number = 0; ///< The one that is expected next.

  friend bool operator==(const command_answer&,
                         const command_answer&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 command_answer& x) {
    return inspect_fields(
      f, "hlx::command_answer", field("strategy", x.strategy),
      field("session", x.session), field("number", x.number),
      field("fate", x.fate), field("reason", x.reason),
      field("next_number", x.next_number));
  }
};

} // namespace hlx
