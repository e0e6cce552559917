// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/transport/event_loop.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace hlx::transport {

/// Numbers the sockets of one server, from 1; never used twice.
using connection_id = std::uint64_t;

/// Numbers the HTTP requests of one server, from 1; never used twice.
using http_request_id = std::uint64_t;

struct http_request {
  http_request_id id = 0;
  connection_id connection = 0;
  std::string method; ///< "GET", "POST", ...
  std::string path;
  std::string content_type; ///< Empty when there is none.
  std::string body;
};

struct socket_server_options {
  std::uint16_t port = 0; ///< 0 picks one.
  std::string address = "127.0.0.1";
  std::string ws_path = "/ws";
  /// PEM files; both set: TLS, both empty: plain.
  std::string certificate_file;
  std::string key_file;
  std::size_t message_bytes_max = 8 * 1024 * 1024;
  /// What may wait for a slow reader before its connection is dropped.
  std::size_t queue_bytes_max = 64 * 1024 * 1024;
};

/// What the server tells, on the loop's thread. Calls back into the server
/// are allowed in all of them.
struct socket_server_callbacks {
  std::function<void(http_request)> on_http;
  std::function<void(connection_id)> on_ws_open;
  std::function<void(connection_id, std::string_view)> on_ws_text;
  /// The socket is gone. Only for connections that on_ws_open announced.
  std::function<void(connection_id)> on_ws_close;
};

/// HTTP/1.1 with keep-alive and WebSocket on one port.
class socket_server {
public:
  /// Listens at once. Throws std::runtime_error with the reason: the port is
  /// in use, a certificate cannot be read. `loop` is open and outlives it.
  socket_server(event_loop& loop, socket_server_options options,
                socket_server_callbacks callbacks);
  /// Closes the loop.
  ~socket_server();

  /// Where it listens.
  std::uint16_t port() const noexcept;

  /// Answers a request, at any time. False when its connection is gone.
  bool respond(http_request_id request, int status,
               std::string_view content_type, std::string_view body);

  /// Drops the connection of a request instead of answering it.
  bool drop_request(http_request_id request);

  /// Queues a text frame. False when the connection is gone.
  bool ws_send(connection_id connection, std::string_view text);

  /// Sends what is queued, then a close frame, then closes.
  bool ws_close(connection_id connection, std::uint16_t code = 1000,
                std::string_view reason = {});

  /// Closes without a word; what is queued is lost.
  bool drop(connection_id connection);

  /// Sockets accepted so far: how a test sees that connections are reused.
  std::uint64_t accepted() const noexcept;

  struct parts;

private:
  std::unique_ptr<parts> parts_;
};

} // namespace hlx::transport
