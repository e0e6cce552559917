// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/api/subscriptions.hpp"
#include "tests/venue/venue.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// The frames of what an account has beside orders and positions: money that
/// comes and goes, funding, TWAPs, and the large states for front ends.
namespace hlx::venue {

/// A snapshot of the history, or the whole state, of userFundings,
/// userNonFundingLedgerUpdates, userTwapHistory, userTwapSliceFills,
/// twapStates, allDexsClearinghouseState, webData2 and webData3.
std::string account_frame(const subscription& x, const venue& books,
                          std::int64_t now_ms);

/// What the block adds to the histories, and tells userEvents and
/// notification. Empty texts among them tell nothing.
std::vector<std::string> account_news(const subscription& x,
                                      const block_output& block,
                                      std::span<const fill_record> fills,
                                      const venue& books);

} // namespace hlx::venue
