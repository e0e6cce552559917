// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/engine/venue_state.hpp"

#include <optional>

namespace hlx::venue {

/// Opens the output of a block at `time_ms`.
void begin_block(venue_state& state, std::int64_t time_ms);

/// Closes it: invariants are checked and what happened is kept for the next
/// advance.
void end_block(venue_state& state);

/// When the next block that does something is due.
std::optional<std::int64_t> next_due_ms(const venue_state& state);

/// Runs the block of `time_ms` with all that has arrived by then.
void run_block(venue_state& state, std::int64_t time_ms);

} // namespace hlx::venue
