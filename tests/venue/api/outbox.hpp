// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hlx::venue {

/// What is to happen on one socket of the venue's surface.
enum class output_kind : std::uint8_t {
  http_reply, ///< Answer the HTTP request.
  http_drop,  ///< Close its connection without an answer.
  frame,      ///< Send a text frame to the WebSocket.
  ws_close,   ///< Send what is queued, then a close frame.
  ws_drop,    ///< Close the WebSocket without a word.
};

struct api_output {
  output_kind kind = output_kind::frame;
  std::uint64_t target = 0; ///< The HTTP request or the WebSocket.
  int status = 200;         ///< With http_reply.
  std::string_view content_type = "application/json"; ///< With http_reply.
  std::string text; ///< The body, the frame, or the reason to close.

  friend bool operator==(const api_output&, const api_output&) = default;
};

/// Outputs until they are due. Equal times keep their order.
class outbox {
public:
  void put(api_output output, std::int64_t due_ms);

  /// Takes out what is due, in order.
  std::vector<api_output> take(std::int64_t now_ms);

  std::optional<std::int64_t> next_due_ms() const;

private:
  std::multimap<std::int64_t, api_output> waiting_;
};

} // namespace hlx::venue
