// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/engine/venue_state.hpp"

#include <cstddef>
#include <optional>

namespace hlx::venue {

/// How a placement ended.
struct placement {
  element_outcome outcome;
  /// Where in the block's orders the `open` of the order stands.
  std::optional<std::size_t> open_at;
};

/// Makes an order of the terms with an oid of its own; places nothing.
live_order make_order(venue_state& state, const account& owner,
                      const wire_order& terms,
                      const std::optional<builder_fee>& builder);

/// Places an order: checks it, matches what crosses, rests or drops the rest.
/// A trigger order waits for the mark. A refused order leaves a record.
placement place_order(venue_state& state, live_order arriving);

/// Executes an order whose trigger has been met.
void execute_triggered(venue_state& state, venue_order_id oid);

/// Whether the mark has met the trigger.
bool trigger_met(const live_order& order, price mark);

/// Ends and shrinks the reduce-only orders that the position no longer bears.
/// `before` is the position that it was.
void sweep_reduce_only(venue_state& state, account& owner, asset_id asset,
                       amount before);

/// Everything an order's funds and limits may refuse; used by matching.
struct refusal {
  const char* word = ""; ///< Status word.
  std::string text;      ///< Without the asset.
};

/// Checks of an arriving order before it meets the book. May shrink a
/// reduce-only order.
std::optional<refusal> refuse_order(const venue_state& state,
                                    live_order& order);

/// What a price of an order is refused for that has no liquidity.
refusal no_liquidity(const live_order& order);

/// Appends " asset=N" as the venue does.
std::string with_asset(std::string_view text, asset_id asset);

} // namespace hlx::venue
