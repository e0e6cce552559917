// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/rate_budget.hpp"
#include "hlx/messages/decimal.hpp"
#include "hlx/messages/order_actions.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

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

/// The venue takes no time earlier than 5 s ahead, and a request takes its
/// time.
inline constexpr std::int64_t dead_man_switch_min_ms = 15'000;

/// The venue's bound for the fee of perpetuals, in tenths of a basis point.
inline constexpr std::uint64_t builder_fee_max = 100;

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
  /// Paid a fee by every order; the account has approved it.
  std::optional<builder_fee> builder;
  /// A dead-man switch: unless hlx lives to put it off, the venue cancels all
  /// orders of the account that long after hlx last did. 0: none; else at
  /// least `dead_man_switch_min_ms`.
  std::int64_t dead_man_switch_ms = 0;
  /// How many trades of ended and external orders are remembered.
  std::size_t trade_window = 10'000;
  /// How many ended orders are remembered.
  std::size_t ended_orders = 10'000;
};

} // namespace hlx
