// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/engine/venue_state.hpp"

namespace hlx::venue {

/// Moves perp USDC between accounts; refused when it cannot. `kind` is the
/// ledger's word.
action_reply move_usd(venue_state& state, account& from, account& to,
                      amount sum, const char* kind);

/// Moves a token between the spot balances of two accounts, with the part of
/// what it was bought for. False: there is not that much to spend.
bool move_token(venue_state& state, account& from, account& to,
                const spot_token& token, amount sum);

/// The token of "PURR" or "PURR:0x..", a name and an id; nullptr: none.
const spot_token* find_token(const venue_state& state, std::string_view text);

/// What so much of a token is worth in USDC at the mark of its pair; 0 without
/// one.
amount usdc_value(const venue_state& state, const spot_token& token,
                  amount sum);

// Moves a token between the dexes and the spot balances of one or two accounts.
// An agent reaches its own master's accounts only.
action_reply execute_send_asset(venue_state& state, account& owner,
                                const send_asset_action& action);
action_reply execute_send_asset(venue_state& state, account& owner,
                                const agent_send_asset_action& action);

} // namespace hlx::venue
