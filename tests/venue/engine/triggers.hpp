// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/engine/venue_state.hpp"

namespace hlx::venue {

/// Activates the children whose parents were filled; those whose trigger is
/// met already are executed.
void activate_children(venue_state& state);

/// Whether all that is held and ordered of the instrument can be counted in
/// 64 bits at the mark.
bool bears_mark(const venue_state& state, const market& place, price mark);

/// Moves mark and oracle of a perp: fires triggers, liquidates who is beneath
/// the maintenance margin.
void move_mark(venue_state& state, market& place, price mark);

/// Cancels the account's orders and closes its positions at the mark against
/// the market maker.
void liquidate_account(venue_state& state, account& owner);

/// Cancels all open orders of the account with the word.
void cancel_all_orders(venue_state& state, account& owner,
                       std::string_view word);

/// Cancels every order of one instrument with the word.
void cancel_market_orders(venue_state& state, market& place,
                          std::string_view word);

} // namespace hlx::venue
