// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/venue_server.hpp"

#include <cstdint>

namespace hlx::simulate {

/// The venue as the programs run it: everything that is uncertain about the
/// real one the calm way, or with `chaos` decided by the seed, plus every
/// fault.
venue::venue_server_options venue_settings(std::uint64_t seed, bool chaos);

/// Requests that an account has at the real venue before it has traded.
inline constexpr std::uint64_t venue_address_budget = 10'000;

/// The limits that the real venue has: IP weight, messages, address budget.
void add_limits(venue::venue_server_options& options);

} // namespace hlx::simulate
