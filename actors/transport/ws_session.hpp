// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/transport/event_loop.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace hlx::transport {

struct ws_session_callbacks {
  std::function<void()> on_open;
  /// One whole text message. The text is the callee's to scribble in, and has
  /// a zero behind it.
  std::function<void(std::string& text)> on_text;
  /// The peer answered a ping of the WebSocket protocol.
  std::function<void()> on_pong;
  /// The connection is gone or could not be made; exactly once for each
  /// connect(). Never called inside connect() or close().
  std::function<void(std::string reason)> on_closed;
};

/// One WebSocket connection as a client, renewed by connect().
class ws_session {
public:
  /// `loop` is open and outlives the session. Throws std::runtime_error.
  ws_session(event_loop& loop, endpoint to, std::string path,
             ws_session_callbacks callbacks);
  ~ws_session();

  /// Starts an attempt. Only when there is neither connection nor attempt.
  void connect();

  /// Queues a text message; ignored while there is no connection.
  void send(std::string_view text);

  /// Drops the connection without a word, or the attempt.
  void close();

  bool is_open() const noexcept;

  /// Messages given to send() of which not a byte has left; on a connection
  /// that is gone: never will. Valid in on_closed, too.
  std::size_t unsent() const noexcept;

  struct parts;

private:
  std::unique_ptr<parts> parts_;
};

} // namespace hlx::transport
