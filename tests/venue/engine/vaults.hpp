// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/engine/venue_state.hpp"

namespace hlx::venue {

/// What a user's part of a vault is worth at the marks. All that nobody put in
/// by a deposit is the leader's.
amount vault_equity(const venue_state& state, const account& vault,
                    const address& user);

/// Puts USDC into a vault or takes it out again, profit or loss included. What
/// the vault's orders lock is freed for that by canceling them.
action_reply execute_vault_transfer(venue_state& state, account& owner,
                                    const vault_transfer_action& action);

} // namespace hlx::venue
