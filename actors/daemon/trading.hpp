// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/daemon/info_client.hpp"
#include "hlx/actors/daemon/options.hpp"
#include "hlx/actors/daemon/termination_signals.hpp"
#include "hlx/messages/instruments.hpp"
#include "hlx/messages/signing/signer.hpp"

#include <caf/fwd.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace hlx::daemon {

/// All that trading needs to know; found out before it starts.
struct trading_plan {
  run_options options;
  std::shared_ptr<const signing::signer> key;
  std::optional<address> vault; ///< Where the account is no master account.
  std::vector<instrument> instruments;
  amount position; ///< Of the quoted instrument, at the start.
};

/// Trades until a signal comes, a limit of the strategy is reached, or
/// something fails; then cancels the strategy's orders and ends the actors.
/// Returns the exit status of the program. Throws std::runtime_error.
int trade(caf::actor_system_config& config, const trading_plan& plan,
          info_client& venue, const termination_signals& signals);

} // namespace hlx::daemon
