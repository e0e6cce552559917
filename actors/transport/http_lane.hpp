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
  std::uint64_t id = 0;   ///< As given to post().
  bool complete = false;  ///< There is a status and the whole body.
  bool written = false;   ///< At least a byte of the request may have left.
  bool timed_out = false; ///< Not over yet: a last result follows.
  int status = 0;
  std::string body;
  std::string failure; ///< Why it is not complete.
};

/// One keep-alive connection that carries one request at a time.
class http_lane {
public:
  /// `loop` is open and outlives the lane. `on_result` is called once for each
  /// post(), and before that once more when its deadline passed; never inside
  /// post(). Throws std::runtime_error.
  http_lane(event_loop& loop, endpoint to, std::string name,
            std::function<void(http_result)> on_result);
  ~http_lane();

  /// Whether a request can start.
  bool is_idle() const noexcept;

  /// Whether there is a connection to reuse.
  bool is_warm() const noexcept;

  /// Sends a request. Unanswered after `timeout_ms` it is reported as timed
  /// out, and stays on the wire for `linger_ms` more, since its answer is
  /// worth having; then its connection is closed. Only when idle.
  void post(std::uint64_t id, std::string_view path, std::string_view body,
            std::int64_t timeout_ms, std::int64_t linger_ms);

  /// Connections made so far.
  std::uint64_t connections() const noexcept;

  struct parts;

private:
  std::unique_ptr<parts> parts_;
};

} // namespace hlx::transport
