// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/rate_budget.hpp"
#include "hlx/messages/decimal.hpp"

#include <cstddef>
#include <cstdint>

namespace hlx {

/// What a fill of a replacement that nothing has announced yet does.
enum class unseen_leg_fill_policy : std::uint8_t {
  promote, ///< It proves the replacement: order_updated, then the fill.
  buffer,  ///< It is held until the replacement's own open.
};

/// What becomes of submits while the user stream is down.
enum class stream_down_policy : std::uint8_t {
  hold, ///< They leave once it is back and reconciled.
  deny,
};

struct dispatch_options {
  unseen_leg_fill_policy unseen_leg_fill = unseen_leg_fill_policy::promote;
  /// How long a request may be unanswered; also the life of submits and
  /// modifies at the venue (expiresAfter).
  std::int64_t action_timeout_ms = 5'000;
  /// Whether prices off the venue's grid are rounded or denied.
  bool round_prices = true;
  /// How far the protected price of market orders is from the reference.
  amount market_slippage{decimal_scale / 100};
  stream_down_policy submits_while_down = stream_down_policy::hold;
  /// What the venue allows; off unless it says so.
  budget_options budget;
  /// Whether the venue is asked for its instruments when one comes up that is
  /// not known; at most once a minute.
  bool refresh_instruments = false;
  /// How many trades of ended and external orders are remembered.
  std::size_t trade_window = 10'000;
  /// How many ended orders are remembered.
  std::size_t ended_orders = 10'000;
};

} // namespace hlx
