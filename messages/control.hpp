// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/inspect.hpp"

#include <cstdint>
#include <string>

/// Between actors, apart from orders: questions about their state, timers.
namespace hlx {

/// ANYONE -> EXECUTION CLIENT, HTTP SUBMITTER or WEBSOCKET READER. Answered by
/// the actor's own status.
struct status_request {
  friend bool operator==(const status_request&,
                         const status_request&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 status_request&) {
    return inspect_fields(f, "hlx::status_request");
  }
};

/// How the execution client is.
struct client_status {
  bool ready = false;     ///< The stream is up and reconciled.
  bool stream_up = false; ///< As the reader last said.
  bool stopping = false;
  std::uint64_t open_orders = 0;
  std::uint64_t unanswered_requests = 0;
  std::uint64_t unanswered_queries = 0;
  std::uint64_t strategies = 0;         ///< Subscribed and alive.
  std::uint64_t events = 0;             ///< Order events sent so far.
  std::uint64_t undelivered_events = 0; ///< Their strategy had no subscriber.
  std::uint64_t warnings = 0;
  std::uint64_t submitter_restarts = 0;
  std::uint64_t reader_restarts = 0;

  friend bool operator==(const client_status&, const client_status&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 client_status& x) {
    return inspect_fields(
      f, "hlx::client_status", field("ready", x.ready),
      field("stream_up", x.stream_up), field("stopping", x.stopping),
      field("open_orders", x.open_orders),
      field("unanswered_requests", x.unanswered_requests),
      field("unanswered_queries", x.unanswered_queries),
      field("strategies", x.strategies), field("events", x.events),
      field("undelivered_events", x.undelivered_events),
      field("warnings", x.warnings),
      field("submitter_restarts", x.submitter_restarts),
      field("reader_restarts", x.reader_restarts));
  }
};

/// How the HTTP submitter is.
struct submitter_status {
  std::uint64_t queued = 0;      ///< Waiting for a lane.
  std::uint64_t on_the_wire = 0; ///< Written, no answer yet.
  std::uint64_t answered = 0;
  std::uint64_t not_sent = 0;
  std::uint64_t unknown = 0;
  std::uint64_t late = 0;        ///< Answers after the outcome was unknown.
  std::uint64_t connections = 0; ///< Opened so far.
  std::uint64_t posted = 0;      ///< Requests that left by the WebSocket.
  bool post_up = false;          ///< Whether that socket is up.

  friend bool operator==(const submitter_status&,
                         const submitter_status&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 submitter_status& x) {
    return inspect_fields(
      f, "hlx::submitter_status", field("queued", x.queued),
      field("on_the_wire", x.on_the_wire), field("answered", x.answered),
      field("not_sent", x.not_sent), field("unknown", x.unknown),
      field("late", x.late), field("connections", x.connections),
      field("posted", x.posted), field("post_up", x.post_up));
  }
};

/// How the WebSocket reader is.
struct reader_status {
  bool up = false;                 ///< Every subscription is acknowledged.
  std::uint64_t connections = 0;   ///< Attempts so far.
  std::uint64_t interruptions = 0; ///< Times that an up stream went down.
  std::uint64_t frames = 0;
  std::uint64_t warnings = 0;
  std::string last_failure; ///< Why the last connection ended.

  friend bool operator==(const reader_status&, const reader_status&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 reader_status& x) {
    return inspect_fields(
      f, "hlx::reader_status", field("up", x.up),
      field("connections", x.connections),
      field("interruptions", x.interruptions), field("frames", x.frames),
      field("warnings", x.warnings), field("last_failure", x.last_failure));
  }
};

/// An actor to itself: a deadline that it armed has come.
struct timer_due {
  std::int64_t deadline_ms = 0; ///< Unix ms.

  friend bool operator==(const timer_due&, const timer_due&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, timer_due& x) {
    return inspect_fields(f, "hlx::timer_due",
                          field("deadline_ms", x.deadline_ms));
  }
};

} // namespace hlx
