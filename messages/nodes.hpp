// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/ids.hpp"
#include "hlx/messages/inspect.hpp"

#include <cstdint>
#include <string>

/// Between processes: how a strategy elsewhere gets its handle, and what it
/// hears of the link.
namespace hlx {

/// ANYONE -> RECEPTION. A handle for one strategy's commands, please. Answered
/// by it, or by an error that says which strategies there are.
struct order_entry_request {
  strategy_id strategy;

  friend bool operator==(const order_entry_request&,
                         const order_entry_request&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 order_entry_request& x) {
    return inspect_fields(f, "hlx::order_entry_request",
                          field("strategy", x.strategy));
  }
};

/// ANYONE -> RECEPTION. A handle that only listens, please. Answered by it.
struct order_watch_request {
  friend bool operator==(const order_watch_request&,
                         const order_watch_request&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 order_watch_request&) {
    return inspect_fields(f, "hlx::order_watch_request");
  }
};

/// REMOTE EXECUTION CLIENT -> STRATEGY. The execution client can be reached,
/// and the strategy's events go on where they were.
struct link_up {
  std::int64_t client_time_ms = 0; ///< Unix ms.
  /// The newest event that there was; those up to it come first.
  std::uint64_t last_event = 0;

  friend bool operator==(const link_up&, const link_up&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, link_up& x) {
    return inspect_fields(f, "hlx::link_up",
                          field("client_time_ms", x.client_time_ms),
                          field("last_event", x.last_event));
  }
};

/// REMOTE EXECUTION CLIENT -> STRATEGY. The execution client cannot be
/// reached; what it does meanwhile is told after link_up. Said again when the
/// reason changes.
struct link_down {
  std::int64_t client_time_ms = 0; ///< Unix ms.
  std::string reason;              ///< A sentence.

  friend bool operator==(const link_down&, const link_down&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, link_down& x) {
    return inspect_fields(f, "hlx::link_down",
                          field("client_time_ms", x.client_time_ms),
                          field("reason", x.reason));
  }
};

/// How the remote execution client is.
struct link_status {
  bool up = false;
  std::uint64_t attempts = 0; ///< To connect.
  std::uint64_t links = 0;    ///< That came up.
  std::string last_failure;   ///< Why the last attempt or link ended.

  friend bool operator==(const link_status&, const link_status&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, link_status& x) {
    return inspect_fields(
      f, "hlx::link_status", field("up", x.up), field("attempts", x.attempts),
      field("links", x.links), field("last_failure", x.last_failure));
  }
};

} // namespace hlx
