// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/node_security.hpp"
#include "hlx/actors/tls_context.hpp"

#include <caf/actor_control_block.hpp>
#include <caf/actor_system.hpp>
#include <caf/expected.hpp>

#include <cstdint>
#include <set>
#include <string>

namespace hlx {

/// Publishes an actor by CAF's BASP over mutual TLS, as CAF's own openssl
/// module does, but strangers at the port get no further than a TLS LISTENER.
/// Returns the port; it is closed again by CAF's unpublish.
caf::expected<std::uint16_t> publish_by_tls(
  caf::actor_system& system, const caf::strong_actor_ptr& published,
  std::set<std::string> spoken, const node_address& at, tls_context context);

} // namespace hlx
