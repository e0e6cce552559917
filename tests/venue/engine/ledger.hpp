// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/engine/venue_state.hpp"

namespace hlx::venue {

/// Enters a movement of money into the history of `record.user` and into the
/// block; time and hash are set here.
void keep_ledger(venue_state& state, ledger_record record);

/// The same for both sides of a transfer; once when they are the same.
void keep_transfer(venue_state& state, ledger_record record);

/// Settles funding at the rate: who is long pays when it is positive.
void settle_funding(venue_state& state, market& place, amount rate);

} // namespace hlx::venue
