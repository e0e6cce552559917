// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/engine/venue_state.hpp"

#include <vector>

namespace hlx::venue {

/// The markets of an outcome, side by side; empty: there is no such outcome,
/// or it was settled.
std::vector<market*> open_sides(venue_state& state, std::uint32_t outcome);

/// Ends a side: its orders are canceled, and its tokens are taken for one of
/// the quote each when it won, for nothing otherwise.
void settle_side(venue_state& state, market& place, bool won);

} // namespace hlx::venue
