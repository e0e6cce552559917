// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/decimal.hpp"

#include <cstddef>
#include <cstdint>

namespace hlx {

/// What a fill of a replacement that nothing has announced yet does.
enum class unseen_leg_fill_policy : std::uint8_t {
  promote, ///< It proves the replacement: order_updated, then the fill.
  buffer,  ///< It is held until the replacement's own open.
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
  /// How many trades of ended and external orders are remembered.
  std::size_t trade_window = 10'000;
  /// How many ended orders are remembered.
  std::size_t ended_orders = 10'000;
};

} // namespace hlx
