// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/records.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace hlx::venue {

/// Records kept for an account beyond which the oldest go.
inline constexpr std::size_t order_records_max = 2000;
inline constexpr std::size_t fill_records_max = 10'000;

/// Leverage before the account chose one; capped by the instrument's.
inline constexpr int default_leverage = 20;

/// The leverage of one account in one perp.
struct leverage_setting {
  int value = default_leverage;
  bool is_cross = true;
};

/// A perp position; netted, one for each coin.
struct position {
  amount size;           ///< Signed.
  amount entry_notional; ///< What opened it; never negative.
  bool is_cross = true;
  amount isolated_raw; ///< Cash of an isolated position, cost included.
  amount funding;      ///< Paid since it was opened.
};

/// A spot balance; `entry_notional` is what it was bought for.
struct spot_balance {
  amount total;
  amount entry_notional;
};

/// A TWAP that is not over.
struct live_twap {
  twap_record record;
  std::optional<std::int64_t> next_slice_ms; ///< None: waits for its price.
  std::uint64_t slices = 0;                  ///< Placed or skipped.
};

/// Everything one address owns and did.
struct account {
  address user;
  std::string name;              ///< Of a sub-account or vault.
  std::optional<address> master; ///< Of a sub-account; a vault's leader.
  bool is_vault = false;
  std::map<address, std::int64_t> shares; ///< Of a vault, by depositor.

  std::vector<address> sub_accounts; ///< In the order of creation.

  amount raw_usd; ///< Perp cash, cost of cross positions included.
  std::map<asset_id, position> positions;
  std::map<asset_id, leverage_setting> leverages;
  std::map<std::uint32_t, spot_balance> balances; ///< By token index.

  std::vector<agent_view> agents;
  std::int64_t agent_removal_until_ms = 0;
  std::map<address, std::uint64_t> builder_fees; ///< Approved maximum.

  std::set<venue_order_id> open; ///< Live orders, oldest first.
  std::deque<venue_order_id> placed;
  std::unordered_map<venue_order_id, order_record> records;
  /// Placement time and id of the orders with a cloid that may be visible.
  std::unordered_map<cloid,
                     std::vector<std::pair<std::int64_t, venue_order_id>>>
    by_cloid;
  std::deque<fill_record> fills;

  std::map<std::uint64_t, live_twap> twaps; ///< By id.
  std::deque<twap_event> twap_history;
  std::deque<ledger_record> ledger;
  std::deque<funding_record> fundings;
  std::map<asset_id, amount> funding;  ///< Paid in all.
  std::string abstraction = "default"; ///< The venue's word.

  amount volume; ///< Cumulative, USDC.
  std::uint64_t requests_used = 0;
  std::uint64_t requests_bought = 0;          ///< By reserveRequestWeight.
  std::optional<std::int64_t> over_budget_ms; ///< Last one admitted over it.
  std::optional<std::int64_t> cancel_all_ms;  ///< scheduleCancel.
  std::int64_t cancel_all_day = 0;            ///< UTC day of the count.
  int cancel_all_count = 0;
};

/// What one fill did to a perp account.
struct perp_fill_effect {
  amount start_position;
  amount closed_pnl;
  const char* direction = "";
};

/// Books a perp trade without its fee: moves cash and position. The average
/// entry moves with the opening part only.
perp_fill_effect apply_perp_fill(account& owner, asset_id asset,
                                 const leverage_setting& leverage,
                                 order_side side, price trade_price,
                                 quantity size);

/// price * size, rounded towards zero to 1e-8.
amount notional_amount(price p, quantity q);

/// A fee of `rate` millionths of the notional, cut to `decimals` digits.
amount fee_amount(amount notional, std::int64_t rate, int decimals);

/// Size of the position; 0 without one.
amount position_size(const account& owner, asset_id asset);

/// How much of an order of `side` would open or grow a position of `size`.
quantity opening_part(amount size, order_side side, quantity order);

} // namespace hlx::venue
