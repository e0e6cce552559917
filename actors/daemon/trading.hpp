// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/daemon/options.hpp"
#include "hlx/actors/daemon/termination_signals.hpp"
#include "hlx/messages/signing/signer.hpp"

#include <caf/fwd.hpp>

#include <memory>

namespace hlx::daemon {

/// What is to be traded, where, and as whom.
struct trading_plan {
  run_options options;
  std::shared_ptr<const signing::signer> key;
};

/// Trades until a signal comes, a limit of the strategy is reached, or
/// something fails; then cancels the strategy's orders and ends the actors.
/// Returns the exit status of the program. Throws std::runtime_error.
int trade(caf::actor_system_config& config, const trading_plan& plan,
          const termination_signals& signals);

} // namespace hlx::daemon
