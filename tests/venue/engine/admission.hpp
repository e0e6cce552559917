// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/engine/venue_state.hpp"

#include <optional>
#include <string>

namespace hlx::venue {

/// Most items of one action.
inline constexpr std::size_t action_items_max = 200;

/// Orders, cancels or modifies in the action; 1 for all others.
std::size_t count_items(const exchange_submission& submission);

action_class class_of(const exchange_submission& submission);

/// Place of the action in a block: 0 before the cancels, 1 the cancels, 2 what
/// may take liquidity.
int block_category(const exchange_submission& submission);

/// Priority fee; the higher goes first in its category.
std::uint64_t priority_of(const exchange_submission& submission);

/// Refusals that need no block: vault, signer, size, address budget.
std::optional<std::string> refuse_submission(
  venue_state& state, const exchange_submission& submission,
  std::int64_t now_ms);

/// Checks the nonce against the signer's and remembers it; the reason when it
/// is not usable.
std::optional<std::string> consume_nonce(venue_state& state,
                                         const address& signer,
                                         std::uint64_t nonce,
                                         std::int64_t block_ms);

/// Requests an account may have used.
std::uint64_t requests_cap(const venue_state& state, const account& owner);

/// Counts an admitted action against the address budget.
void charge_requests(const venue_state& state, account& owner,
                     std::uint64_t requests, std::int64_t block_ms);

} // namespace hlx::venue
