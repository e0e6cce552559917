// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/event_stream/command_log.hpp"
#include "hlx/actors/event_stream/event_log.hpp"
#include "hlx/actors/event_stream/stream_effects.hpp"
#include "hlx/actors/event_stream/stream_options.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace hlx {

/// The event stream of one strategy at the side of the execution client: who
/// receives it, how far it is sent and acknowledged, and since when nobody is
/// there. A part of stream_publisher.
class strategy_stream {
public:
  strategy_stream(strategy_id strategy, const stream_options& options);

  /// Opens the stream; the request's own options have been checked. `session`
  /// is what it will be called, `last_event` the strategy's newest event. True
  /// when the receiver is now this one.
  bool open(receiver_id receiver, const open_event_stream& request,
            std::uint64_t session, std::uint64_t last_event, bool ready,
            std::int64_t now_ms, publisher_effects& out);

  /// The receiver gets the events as plain messages, which the caller sends.
  void open_plain(receiver_id receiver, const absence_terms& absence,
                  std::int64_t now_ms, publisher_effects& out);

  /// The strategy's next event. False when it is not for a stream.
  bool publish(order_event& event, std::int64_t now_ms, publisher_effects& out);

  /// The receiver is told behind the events that are there.
  void venue_stream_changed(const stream_changed& x, publisher_effects& out);

  void acknowledge(receiver_id from, const acknowledge_events& x,
                   std::int64_t now_ms, publisher_effects& out);

  /// True when the command is to be executed.
  bool take(receiver_id from, numbered_command& x, const std::string& refusal,
            std::int64_t now_ms, publisher_effects& out);

  /// The receiver has ended or cannot be reached. Without a reason it ended as
  /// it was meant to, and nobody is warned.
  void gone(receiver_id receiver, const std::string& reason,
            std::int64_t now_ms, publisher_effects& out);

  /// When the absence policy is to be carried out, Unix ms.
  std::optional<std::int64_t> deadline_ms() const;

  /// Carries the absence policy out.
  void absence_due(std::int64_t now_ms, publisher_effects& out);

private:
  bool is_open() const { return session_ != 0; }

  bool is_repeat(receiver_id receiver, std::uint64_t attempt) const;
  bool can_come_back(receiver_id receiver, const open_event_stream& request,
                     publisher_effects& out) const;
  void refuse(receiver_id receiver, const open_event_stream& request,
              event_stream_ended error, publisher_effects& out) const;
  bool can_start_at(receiver_id receiver, const open_event_stream& request,
                    publisher_effects& out) const;
  void attach(receiver_id receiver, const absence_terms& absence);
  void take_over(receiver_id successor, std::int64_t now_ms,
                 publisher_effects& out);
  void send_opened(publisher_effects& out) const;
  void send_change(publisher_effects& out);
  void send_batch(std::uint64_t until, publisher_effects& out);
  void send_events(publisher_effects& out);
  void end(stream_end why, std::string reason, publisher_effects& out);
  void leave(std::int64_t now_ms);
  event_stream_ended ended(stream_end why, std::string reason) const;
  std::string numbers() const;
  bool is_stale(receiver_id from, std::uint64_t session,
                publisher_effects& out) const;
  void warn(std::string text, std::int64_t now_ms,
            publisher_effects& out) const;

  strategy_id strategy_;
  std::size_t log_max_;
  event_log log_;
  command_log commands_;

  receiver_id receiver_; ///< 0: nobody.
  bool is_plain_ = true;
  std::uint64_t session_ = 0; ///< 0: no stream is open.
  std::uint64_t attempt_ = 0;
  std::uint64_t window_ = 0;
  std::uint64_t acknowledged_ = 0;
  std::uint64_t sent_ = 0;
  bool continued_ = false;
  bool told_ready_ = false; ///< The state of the venue's stream.
  /// That state has changed after so many events.
  std::optional<stream_changed> change_;
  std::uint64_t changed_after_ = 0;
  /// The first session of the receiver that had the stream last.
  std::uint64_t owned_since_ = 0;
  /// Receivers and their tries, so that a try that comes twice is known.
  std::deque<std::pair<receiver_id, std::uint64_t>> tries_;
  /// Why the last stream ended without a successor.
  stream_end last_end_ = stream_end::taken_over;
  std::string last_reason_;

  absence_terms absence_;
  std::optional<std::int64_t> gone_since_ms_;
  bool absence_done_ = false;
  bool loss_reported_ = false; ///< While nobody is there.
};

} // namespace hlx
