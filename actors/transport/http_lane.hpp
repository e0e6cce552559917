// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/transport/event_loop.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace hlx::transport {

/// How a POST ended.
struct http_result {
  std::uint64_t id = 0;  ///< As given to post().
  bool complete = false; ///< There is a status and the whole body.
  bool written = false;  ///< A byte of the body may have left.
  int status = 0;
  std::string body;
  std::string failure; ///< Why it is not complete.
};

/// One keep-alive connection that carries one request at a time.
class http_lane {
public:
  /// `loop` is open and outlives the lane. `on_result` is called once for each
  /// post(), never inside post(). Throws std::runtime_error.
  http_lane(event_loop& loop, endpoint to, std::string name,
            std::function<void(http_result)> on_result);
  ~http_lane();

  /// Whether a request can start.
  bool is_idle() const noexcept;

  /// Whether there is a connection to reuse.
  bool is_warm() const noexcept;

  /// Sends a request; unanswered after `timeout_ms` it fails and the
  /// connection is closed. Only when idle.
  void post(std::uint64_t id, std::string_view path, std::string_view body,
            std::int64_t timeout_ms);

  /// Fails the request in flight and closes the connection.
  void abandon();

  /// The same, unless its body may have left: then nothing happens.
  void abandon_unwritten();

  /// Connections made so far.
  std::uint64_t connections() const noexcept;

  struct parts;

private:
  std::unique_ptr<parts> parts_;
};

} // namespace hlx::transport
