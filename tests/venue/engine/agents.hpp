// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/engine/venue_state.hpp"

#include <optional>
#include <string_view>

namespace hlx::venue {

/// Approves, replaces or (with the zero address) removes an agent.
action_reply execute_approve_agent(venue_state& state, account& owner,
                                   const approve_agent_action& action);

/// Approves an agent, in the place of the one with the same name.
void install_agent(venue_state& state, account& owner, const address& agent,
                   std::string_view name,
                   std::optional<std::int64_t> valid_until_ms);

/// Forgets an agent; false when it was none.
bool remove_agent(venue_state& state, const address& agent);

/// Makes a sub-account with an address of its own.
account& make_sub_account(venue_state& state, const address& master,
                          std::string_view name);

/// Makes a vault with an address of its own.
account& make_vault(venue_state& state, const address& leader,
                    std::string_view name);

/// Whose account an action is for, or why it is refused.
struct signer_resolution {
  account* owner = nullptr;
  std::string refusal;
};

/// Resolves signer and vault of an action.
signer_resolution resolve_signer(venue_state& state,
                                 const exchange_submission& submission,
                                 std::int64_t now_ms);

} // namespace hlx::venue
