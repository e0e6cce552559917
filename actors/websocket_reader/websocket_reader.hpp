// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/interfaces.hpp"
#include "hlx/actors/session_tap.hpp"
#include "hlx/actors/venue_address.hpp"
#include "hlx/actors/wall_clock.hpp"
#include "hlx/actors/websocket_reader/link_state.hpp"

#include <memory>

namespace hlx {

struct websocket_reader_settings {
  link_options link;
  venue_address venue;
  wall_clock clock;
  std::shared_ptr<session_tap> tap; ///< May be nullptr.
};

/// Starts a WEBSOCKET READER on a thread of its own: the link_state on a
/// socket. Frames are decoded on that thread; each becomes one message to
/// `client`. Ends by exit messages.
websocket_reader_actor spawn_websocket_reader(
  caf::actor_system& system, venue_report_actor client,
  websocket_reader_settings settings);

} // namespace hlx
