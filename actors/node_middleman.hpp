// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/node_security.hpp"

#include <caf/actor_system.hpp>
#include <caf/expected.hpp>
#include <caf/io/middleman.hpp>
#include <caf/openssl/manager.hpp>
#include <caf/sec.hpp>

namespace hlx {

/// CAF's actor that publishes and connects with that security. An error when
/// load_nodes was not called for the system.
inline caf::expected<caf::io::middleman_actor> middleman_of(
  caf::actor_system& system, const node_security& security) {
  if (!system.has_middleman()
      || (!security.plaintext && !system.has_openssl_manager()))
    return caf::make_error(caf::sec::invalid_argument,
                           "load_nodes() was not called for this actor system");
  return security.plaintext ? system.middleman().actor_handle()
                            : system.openssl_manager().actor_handle();
}

} // namespace hlx
