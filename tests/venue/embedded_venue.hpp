// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/topology.hpp"
#include "tests/venue/venue_server.hpp"

#include <caf/actor_system.hpp>
#include <caf/scoped_actor.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace hlx::venue {

/// The simulated venue on a loopback port, with an account that holds a million
/// USDC: all that a test of a strategy needs. Its books are empty. Ends with
/// its scope. All functions block until the venue has answered.
class embedded_venue {
public:
  /// Throws std::runtime_error when it cannot listen.
  explicit embedded_venue(caf::actor_system& system,
                          venue_server_options options = {});
  embedded_venue(const embedded_venue&) = delete;
  embedded_venue& operator=(const embedded_venue&) = delete;
  ~embedded_venue();

  /// For a client of the account.
  client_options options() const;

  /// One request as POST /control takes it, such as
  /// {"book":{"coin":"BTC","side":"sell","px":"60000","sz":"1"}}; its answer.
  /// Throws std::runtime_error with the reason when it is refused.
  std::string control(const std::string& request);

private:
  caf::scoped_actor self_;
  std::shared_ptr<const signing::signer> key_;
  simulated_venue_actor server_;
  std::uint16_t port_ = 0;
};

} // namespace hlx::venue
