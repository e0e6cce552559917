// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/http_submitter/submitter_state.hpp"
#include "hlx/actors/transport/ws_session.hpp"
#include "hlx/actors/venue_address.hpp"
#include "hlx/actors/websocket_reader/link_state.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace hlx {

/// What comes of a socket for posts, on the loop's thread.
struct post_socket_callbacks {
  std::function<void()> on_up;
  /// `unsent`: posts of which not a byte has left.
  std::function<void(std::string_view reason,
                     const std::set<transmission_id>& unsent)>
    on_down;
  std::function<void(const wire::post_answer&)> on_answer;
  /// Whether the venue's complaint was about a post.
  std::function<bool(std::string_view text)> on_complaint;
  std::function<void(std::string text)> on_warning;
};

/// The submitter's own WebSocket: kept alive like the reader's, apart from it,
/// so that neither holds the other up.
class post_socket {
public:
  /// `loop` is open and outlives it. Starts at once.
  post_socket(transport::event_loop& loop, const venue_address& venue,
              link_options link, std::function<std::int64_t()> now_ms,
              post_socket_callbacks callbacks);
  ~post_socket();

  /// Sends the frame of a post; only while it is up.
  void post(transmission_id id, std::string_view frame);

  /// Between batches of mail, outside all callbacks: connects, pings.
  void turn();

private:
  void hand_over(transmission_id id, std::string_view text);
  void on_text(const std::string& text);
  std::set<transmission_id> unsent() const;

  std::function<std::int64_t()> now_ms_;
  post_socket_callbacks callbacks_;
  link_state link_;
  link_outputs out_;
  wire::frame_decoder decoder_;
  std::deque<transmission_id> handed_over_; ///< The last ones; 0: no post.
  bool closing_ = false;
  std::optional<std::int64_t> armed_ms_;
  transport::loop_timer tick_;
  transport::ws_session session_;
};

} // namespace hlx
