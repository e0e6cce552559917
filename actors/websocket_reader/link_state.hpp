// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/retry_delay.hpp"
#include "hlx/messages/control.hpp"
#include "hlx/messages/ids.hpp"
#include "hlx/messages/reports.hpp"
#include "hlx/messages/wire/decode_frame.hpp"
#include "hlx/messages/wire/encode_query.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hlx {

struct link_options {
  address account; ///< Whose user stream it is.
  /// False: a connection for posts. Nothing is subscribed to; it is up when it
  /// is open, and its frames are its owner's to read.
  bool user_stream = true;
  /// The venue closes what it has sent nothing to for 60 s.
  std::int64_t ping_period_ms = 15'000;
  /// Without frame and pong for as long the connection counts as dead.
  std::int64_t silence_max_ms = 30'000;
  /// How long connecting, and then subscribing, may take. 0: for ever.
  std::int64_t connect_timeout_ms = 10'000;
  std::int64_t subscribe_timeout_ms = 10'000;
  /// Delays between attempts double from one to the other, less a random part
  /// of up to a half. The venue takes 30 new connections a minute.
  std::int64_t retry_delay_min_ms = 500;
  std::int64_t retry_delay_max_ms = 15'000;
  /// A stream that was up for as long begins with the shortest delay again.
  std::int64_t steady_ms = 30'000;
  std::uint64_t seed = 1; ///< Of the random part.
};

/// Open a connection. Answered by connected() or closed().
struct link_connect {};

/// Send a text frame.
struct link_send {
  std::string text;
};

/// Drop the connection, or the attempt. Not answered by closed().
struct link_close {};

/// What an input caused, in the order in which it is to leave: for the socket
/// and for the execution client.
using link_output = std::variant<link_connect, link_send, link_close,
                                 user_stream_update, stream_up, stream_down>;
using link_outputs = std::vector<link_output>;

/// Keeps the user stream alive and decodes it. A value: no actor, no socket,
/// no clock. Says stream_up when every subscription is acknowledged, and
/// stream_down once after that when the connection is lost or silent.
class link_state {
public:
  explicit link_state(link_options options);

  /// Begins.
  void start(std::int64_t now_ms, link_outputs& out);

  void connected(std::int64_t now_ms, link_outputs& out);

  /// The connection is gone or could not be made.
  void closed(std::string_view reason, std::int64_t now_ms, link_outputs& out);

  void frame(std::string_view text, std::int64_t now_ms, link_outputs& out);

  /// A pong of the WebSocket protocol, or a frame that the owner reads.
  void pong(std::int64_t now_ms);

  /// Ends the delay before the next attempt.
  void retry_now(std::int64_t now_ms, link_outputs& out);

  /// When `timers_due` has something to do, Unix ms.
  std::optional<std::int64_t> next_deadline_ms() const;

  void timers_due(std::int64_t now_ms, link_outputs& out);

  bool is_up() const noexcept { return phase_ == phase::up; }

  const reader_status& status() const noexcept { return status_; }

private:
  enum class phase : std::uint8_t {
    idle,
    waiting,
    connecting,
    subscribing,
    up
  };

  void connect(std::int64_t now_ms, link_outputs& out);
  void come_up(std::int64_t now_ms, link_outputs& out);
  void lose(std::string_view reason, std::int64_t now_ms, link_outputs& out);
  void acknowledge(std::size_t subscription, std::int64_t now_ms,
                   link_outputs& out);
  void on_error(wire::decoded_frame& frame, std::int64_t now_ms,
                link_outputs& out);
  void forward(user_stream_update& update, link_outputs& out);
  void warn(std::string text, link_outputs& out);

  link_options options_;
  std::vector<wire::subscription> subscriptions_;
  std::vector<bool> acknowledged_;
  wire::frame_decoder decoder_;
  phase phase_ = phase::idle;
  std::int64_t phase_until_ms_ = 0; ///< Of waiting, connecting, subscribing.
  std::int64_t last_heard_ms_ = 0;
  std::int64_t next_ping_ms_ = 0;
  std::int64_t up_since_ms_ = 0;
  retry_delay retry_;
  reader_status status_;
};

} // namespace hlx
