// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/api/venue_api.hpp"

#include <caf/fwd.hpp>
#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>
#include <caf/unit.hpp>

#include <cstdint>
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

/// Starts a SIMULATED VENUE on a thread of its own, with the time of day as its
/// clock. Ends by exit messages only.
simulated_venue_actor spawn_simulated_venue(caf::actor_system& system,
                                            venue_server_options options);

} // namespace hlx::venue
