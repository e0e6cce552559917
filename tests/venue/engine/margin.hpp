// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/engine/venue_state.hpp"

namespace hlx::venue {

/// What cross margin an account has and uses at the marks.
struct cross_margin {
  amount account_value;   ///< Cash and cross positions at the mark.
  amount notional;        ///< Of the cross positions.
  amount position_margin; ///< Initial margin of the cross positions.
  amount order_margin;    ///< Initial margin of resting perp orders.
  amount maintenance;
};

cross_margin measure_cross(const venue_state& state, const account& owner);

/// Whether the account can pay the initial margin of what an arriving order
/// would open, beside its positions and resting orders.
bool can_place(const venue_state& state, const account& owner,
               const order_record& order);

/// Whether the account can pay the initial margin of opening `size` more at
/// the price, beside its positions.
bool can_open(const venue_state& state, const account& owner, asset_id asset,
              price at, quantity size);

/// What the account could trade of a perp at the mark, by an order of the side:
/// what closes its position, and what its margin lets it open beyond.
trade_room room_to_trade(const venue_state& state, const account& owner,
                         asset_id asset, order_side side);

/// What could be taken out: the venue's `withdrawable`.
amount withdrawable(const venue_state& state, const account& owner);

/// Sum over the account, isolated positions included.
clearinghouse_view measure(const venue_state& state, const account& owner);

/// What resting spot orders of the account lock of a token.
amount spot_hold(const venue_state& state, const account& owner,
                 std::uint32_t token);

/// Base and quote token of a spot pair.
struct spot_pair {
  const spot_token* base = nullptr;
  const spot_token* quote = nullptr;
};

spot_pair pair_of(const venue_state& state, const instrument& info);

/// What the account could still spend of a token.
amount spot_available(const venue_state& state, const account& owner,
                      std::uint32_t token);

/// What all accounts hold of a perp on one side.
quantity open_interest(const venue_state& state, asset_id asset);

/// Whether the cross positions are beneath their maintenance margin.
bool is_liquidatable(const venue_state& state, const account& owner);

/// Whether an isolated position is beneath its maintenance margin.
bool is_liquidatable(const venue_state& state, asset_id asset,
                     const position& held);

} // namespace hlx::venue
