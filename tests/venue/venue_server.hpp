// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/transport/socket_actor.hpp"
#include "hlx/actors/transport/socket_server.hpp"
#include "hlx/actors/wall_clock.hpp"
#include "tests/venue/api/venue_api.hpp"

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>
#include <caf/unit.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace hlx::venue {

/// SIMULATED VENUE: the venue on loopback sockets.
using simulated_venue_actor = caf::typed_actor<
  // Where it listens: the port of the venue and that of the control, 0 when
  // there is none. Fails with the reason when it could not listen.
  caf::replies_to<caf::get_atom>::with<std::uint16_t, std::uint16_t>,
  // One control request, as POST /control takes it; its HTTP status and body.
  caf::replies_to<caf::put_atom, std::string>::with<int, std::string>,
  // One info query, answered from the books whatever the faults.
  caf::replies_to<caf::get_atom, std::string>::with<std::string>>;

struct venue_server_options {
  std::uint16_t port = 0; ///< 0 picks one.
  /// None: there is no control port. 0 picks one.
  std::optional<std::uint16_t> control_port;
  std::string certificate_file; ///< PEM; with key_file: TLS, else plaintext.
  std::string key_file;
  api_options api;
  venue_config venue;
};

/// Serves a venue_api by HTTP and WebSocket, with the time of day as its
/// clock. To be spawned `detached`; ends by exit messages only.
class venue_server : public transport::socket_actor<simulated_venue_actor> {
public:
  venue_server(caf::actor_config& config, venue_server_options options);

  simulated_venue_actor::behavior_type make_behavior() override;

  const char* name() const override { return "hlx.simulated-venue"; }

protected:
  void last_words() override;

private:
  void listen();
  transport::socket_server_callbacks venue_callbacks();
  transport::socket_server_callbacks control_callbacks();

  /// Lets out what is due and sets the timer for what comes next.
  void pump();
  void carry_out(const api_output& output);

  /// Unix ms.
  std::int64_t now_ms() const;

  venue_server_options options_;
  wall_clock clock_ = wall_clock::measure();
  venue_api api_;
  std::string failure_; // Why it does not listen.
  std::unique_ptr<transport::loop_timer> timer_;
  std::unique_ptr<transport::socket_server> server_;
  std::unique_ptr<transport::socket_server> control_;
};

} // namespace hlx::venue
