// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/engine/venue_state.hpp"

#include <cstdint>
#include <optional>

namespace hlx::venue {

/// Starts a TWAP: immediate orders every 30 s, each at most 3 % from the mark,
/// that catch up with at most three times the even size. The reply carries its
/// id or why there is none.
action_reply execute_twap(venue_state& state, account& owner,
                          const twap_order_action& action);

action_reply execute_twap_cancel(venue_state& state, account& owner,
                                 const twap_cancel_action& action);

/// Places the slices that are due.
void run_twaps(venue_state& state);

/// Starts and stops the TWAPs that wait for a price of the market. Stop prices
/// are met from below by what buys and from above by what sells.
void check_twap_prices(venue_state& state, const market& place);

/// Ends the account's TWAPs, of one asset when that is given.
void end_twaps(venue_state& state, account& owner,
               std::optional<asset_id> asset = std::nullopt);

/// When the next slice of the account is due.
std::optional<std::int64_t> next_slice_ms(const account& owner);

} // namespace hlx::venue
