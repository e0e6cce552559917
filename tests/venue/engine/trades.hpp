// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/engine/venue_state.hpp"

namespace hlx::venue {

/// Recent trades kept for a coin.
inline constexpr std::size_t trades_max = 100;

/// Trades `size` between an arriving and a resting order at the price of the
/// latter: cash, positions, fees, fills. Ends the resting order when it is
/// filled.
void trade(venue_state& state, live_order& taker, live_order& maker,
           quantity size);

/// Ends an order as filled: its children are released, its siblings go.
void finish_filled(venue_state& state, live_order& order);

/// Lets the waiting children of an order become active.
void release_children(venue_state& state, live_order& order);

/// Enters a fill into the history of its account and into the block.
void keep_fill(venue_state& state, account& owner, fill_record fill);

/// The trade id of two orders: a 50-bit hash of their ids.
trade_id trade_id_of(venue_order_id buyer, venue_order_id seller);

} // namespace hlx::venue
