// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/event_stream/strategy_stream.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace hlx {

/// The event streams of all strategies at the side of the execution client. A
/// plain value: no actor, no clock. Inputs come with the time `now_ms` (Unix
/// ms) and append to `out` what is to leave, in order.
///
/// What is not acknowledged is kept, and sent again to whoever opens the stream
/// next. A receiver gets at most its window beyond what it has acknowledged, so
/// it costs the others nothing to wait for it.
class stream_publisher {
public:
  explicit stream_publisher(stream_options options);

  /// Somebody wants the stream of a strategy whose newest event is number
  /// `last_event`. True when it gets it; else an event_stream_ended says why
  /// not, unless the request is a repeat. `ready`: the venue's stream is up.
  bool open(receiver_id receiver, const open_event_stream& request,
            std::uint64_t last_event, bool ready, std::int64_t now_ms,
            publisher_effects& out);

  /// Somebody wants the strategy's events as plain messages. They are not
  /// kept: publish() leaves them to the caller.
  void open_plain(receiver_id receiver, const strategy_id& strategy,
                  const absence_terms& absence, std::int64_t now_ms,
                  publisher_effects& out);

  /// The next event of its strategy. False, and nothing done, when it is not
  /// for a stream.
  bool publish(order_event& event, std::int64_t now_ms, publisher_effects& out);

  /// The venue's stream went down or came back. Each receiver is told behind
  /// the events before that.
  void venue_stream_changed(const stream_changed& x, publisher_effects& out);

  /// `from`: who sent it, if known.
  void acknowledge(receiver_id from, const acknowledge_events& x,
                   std::int64_t now_ms, publisher_effects& out);

  /// True when the command is to be executed, as it is then in `x`. `refusal`:
  /// a reason why none is executed now, else empty.
  bool take(receiver_id from, numbered_command& x, const std::string& refusal,
            std::int64_t now_ms, publisher_effects& out);

  /// The receiver has ended or cannot be reached. Without a reason it ended as
  /// it was meant to, and nobody is warned.
  void gone(receiver_id receiver, const std::string& reason,
            std::int64_t now_ms, publisher_effects& out);

  /// When `timers_due` has something to do, Unix ms; nothing when idle.
  std::optional<std::int64_t> next_deadline_ms() const { return earliest_ms_; }

  /// Carries out the absence policy of every strategy whose time has come.
  void timers_due(std::int64_t now_ms, publisher_effects& out);

private:
  template <class Change>
  bool change(strategy_stream& stream, Change change);
  void find_earliest();
  strategy_stream* find(const strategy_id& strategy);
  strategy_stream& find_or_add(const strategy_id& strategy);
  std::optional<event_stream_ended> check(const open_event_stream& x) const;

  stream_options options_;
  std::map<strategy_id, strategy_stream> streams_;
  std::optional<std::int64_t> earliest_ms_;
  std::uint64_t last_session_;
};

} // namespace hlx
