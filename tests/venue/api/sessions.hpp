// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/api/faults.hpp"
#include "tests/venue/api/subscriptions.hpp"
#include "tests/venue/venue.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hlx::venue {

/// Names one WebSocket.
using session_id = std::uint64_t;

/// A frame for one WebSocket.
struct stream_frame {
  session_id session = 0;
  std::string_view channel; ///< Its lag is per channel.
  std::string text;
  bool late = false; ///< Behind what comes after it.
};

/// The frames of one block.
struct block_frames {
  std::vector<stream_frame> user;   ///< orderUpdates, userFills, user, ..
  std::vector<stream_frame> market; ///< trades, bbo, l2Book, allMids.
};

// Of all connections together: all clients are one IP address.
inline constexpr std::size_t subscriptions_max = 1000;
inline constexpr std::size_t users_max = 15;
inline constexpr std::size_t posts_in_flight_max = 100;

/// A connection to which nothing was sent for so long is closed.
inline constexpr std::int64_t idle_close_ms = 60'000;

/// Least time between two full books of one subscription.
inline constexpr std::int64_t book_interval_ms = 500;

/// One WebSocket: what it subscribed to, and what it waits for.
struct session {
  struct stream_state {
    subscription wanted;
    bool book_changed = false;     ///< Of l2Book: a push is owed.
    std::int64_t last_push_ms = 0; ///< Of l2Book.
    std::string last_text;         ///< Of bbo: what was sent last.
  };

  std::vector<stream_state> streams;
  std::size_t posts_in_flight = 0;
  std::int64_t last_sent_ms = 0;
  std::map<std::string_view, std::int64_t> lag_until_ms; ///< By channel.
};

/// One moment by both clocks of the venue.
struct moment {
  std::int64_t now_ms = 0;   ///< That of the connections.
  std::int64_t books_ms = 0; ///< That of the books, which may be ahead.
};

/// All WebSockets, and what the venue's streams tell them. The user streams of
/// a block come in the venue's order: orderUpdates, userFills, user, the rest.
class session_table {
public:
  void open(session_id id, std::int64_t now_ms);
  void close(session_id id);

  /// The session, or nullptr when it is gone.
  session* find(session_id id);

  std::size_t size() const { return sessions_.size(); }

  /// Of all sessions.
  std::size_t posts_in_flight() const;

  /// What a subscription is answered with: an acknowledgement and snapshots,
  /// or an error. `faults` may split a snapshot.
  std::vector<stream_frame> subscribe(session_id id, const wire::json& wanted,
                                      const venue& books, fault_plan& faults,
                                      const moment& now);

  std::vector<stream_frame> unsubscribe(session_id id, const wire::json& wanted,
                                        const venue& books);

  /// What one block tells. `faults` may permute the entries of orderUpdates,
  /// set some apart, change their words, and add fields.
  block_frames tell(const block_output& block, const venue& books,
                    fault_plan& faults);

  /// Books whose push is due.
  std::vector<stream_frame> due_books(const venue& books, const moment& now);

  /// Sessions to which nothing was sent for too long.
  std::vector<session_id> idle(std::int64_t now_ms) const;

  /// When due_books or idle has something next.
  std::optional<std::int64_t> next_due_ms() const;

private:
  std::size_t subscriptions() const;

  /// The users that are subscribed to, the wanted one included.
  std::size_t users_with(const subscription& wanted) const;

  std::map<session_id, session> sessions_;
};

/// {"channel":"error","data":text}
std::string error_frame(std::string_view text);

} // namespace hlx::venue
