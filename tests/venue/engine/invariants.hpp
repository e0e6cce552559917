// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/engine/venue_state.hpp"

namespace hlx::venue {

/// Ends the process unless positions sum to nothing in every perp, money is
/// conserved, books are uncrossed and every live order is where it says.
void check_invariants(const venue_state& state);

/// The same at the end of a block. With many live orders, each of them is
/// looked at in one block of several only.
void check_block(const venue_state& state);

} // namespace hlx::venue
