// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/http_submitter/submitter_state.hpp"
#include "hlx/actors/interfaces.hpp"
#include "hlx/actors/session_tap.hpp"
#include "hlx/actors/venue_address.hpp"
#include "hlx/actors/wall_clock.hpp"
#include "hlx/actors/websocket_reader/link_state.hpp"

#include <atomic>
#include <cstdint>
#include <memory>

namespace hlx {

struct http_submitter_settings {
  submitter_options options;
  link_options post_link; ///< Of the socket for posts, if there is one.
  venue_address venue;
  /// For one submitter at a time.
  std::shared_ptr<const signing::signer> key;
  /// Where a submitter leaves its last nonce for the one that follows it.
  std::shared_ptr<std::atomic<std::uint64_t>> last_nonce;
  wall_clock clock;
  std::shared_ptr<session_tap> tap; ///< May be nullptr.
};

/// Starts an HTTP SUBMITTER on a thread of its own: the submitter_state on warm
/// keep-alive connections, and on a WebSocket for posts when the options say
/// so. It answers to `client`. Ends by exit messages, and
/// answers before that whatever is open.
http_submitter_actor spawn_http_submitter(caf::actor_system& system,
                                          venue_report_actor client,
                                          http_submitter_settings settings);

} // namespace hlx
