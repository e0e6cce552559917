// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/engine/venue_state.hpp"

namespace hlx::venue {

/// Executes an action of `owner` that touches no order book. Actions that are
/// not simulated are refused with a text that says so.
action_reply execute_account_action(venue_state& state, account& owner,
                                    const l1_action& action);
action_reply execute_account_action(venue_state& state, account& owner,
                                    const user_signed_action& action);

} // namespace hlx::venue
