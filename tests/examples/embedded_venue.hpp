// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/topology.hpp"
#include "tests/venue/venue_server.hpp"

#include <caf/actor_system.hpp>

#include <cstdint>
#include <memory>

namespace hlx::examples {

/// The simulated venue on a loopback port, with an account that holds a million
/// USDC. Ends with its scope.
class embedded_venue {
public:
  /// Throws std::runtime_error when it cannot listen.
  explicit embedded_venue(caf::actor_system& system);
  embedded_venue(const embedded_venue&) = delete;
  embedded_venue& operator=(const embedded_venue&) = delete;
  ~embedded_venue();

  /// For a client of the account.
  client_options options() const;

private:
  std::shared_ptr<const signing::signer> key_;
  venue::simulated_venue_actor server_;
  std::uint16_t port_ = 0;
};

} // namespace hlx::examples
