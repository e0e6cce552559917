// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/decimal.hpp"
#include "hlx/messages/instruments.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hlx::venue {

/// What an action waits for between arrival and the block that may hold it.
enum class action_class : std::uint8_t { order, cancel, modify, other };

inline constexpr std::size_t action_class_count = 4;

/// Perps BTC, ETH, SOL as in default_instruments(), the spot pairs PURR/USDC
/// and @1, which is HFUN for USDC, and both sides of outcome 0, #0 and #1.
instrument_table venue_instruments();

/// The instrument that the venue calls so, or nullptr. A pair with a name has
/// no number besides: "@0" is nothing here.
const instrument* find_coin(const instrument_table& known,
                            std::string_view coin);

/// The dexes of perps, by index: "", the venue's own, then the builders' in
/// the order of their listing.
std::vector<std::string> venue_dexes(const instrument_table& known);

/// Asset ids of builders' perps begin here, and at every dex_assets from there.
inline constexpr asset_id dex_assets_begin = 100'000;
inline constexpr asset_id dex_assets = 10'000;

/// A token of the spot market.
struct spot_token {
  std::string name;
  std::uint32_t index = 0;
  int size_decimals = 0;
  int wei_decimals = 0;
};

/// USDC (0), PURR (1), HFUN (2) and USDH (3).
std::vector<spot_token> venue_spot_tokens();

/// The tokens of spot and one for each side of an outcome, whose index the
/// public does not see: "+0" of "#0".
std::vector<spot_token> venue_tokens(const instrument_table& known);

/// Asset ids of outcomes begin here; each has so many.
inline constexpr asset_id outcome_assets_begin = 100'000'000;
inline constexpr asset_id outcome_assets = 10;

/// Whether trades move tokens: those of spot pairs and outcomes do. Perps have
/// positions.
bool moves_tokens(const instrument& x);

/// Asset ids of spot pairs begin here.
inline constexpr asset_id spot_assets_begin = 10'000;

/// Whether a spot pair or a token of it goes by its name rather than by a
/// number: "PURR/USDC" and "PURR" do, "@1" and "HFUN" do not.
bool is_canonical(const instrument& pair);
bool is_canonical(const spot_token& x);

/// The token that a spot pair or an outcome trades for its quote: "PURR" of
/// "PURR/USDC", "HFUN" of "@1", "+0" of "#0".
std::string base_token(const instrument& pair);

/// Fee rates in millionths of the notional. Negative: a rebate.
struct fee_rates {
  std::int64_t perp_taker = 450;
  std::int64_t perp_maker = 150;
  std::int64_t spot_taker = 700;
  std::int64_t spot_maker = 400;
};

/// How the simulated venue behaves. Two venues with the same configuration
/// and the same calls do the same.
struct venue_config {
  std::uint64_t seed = 1;
  std::int64_t block_interval_ms = 100;
  instrument_table instruments = venue_instruments();
  fee_rates fees;

  std::uint64_t first_oid = 1001;
  std::uint64_t oid_gap_max = 0; ///< Up to this many oids are left out.

  /// Requests an account has before it has traded; the venue gives 10,000.
  std::uint64_t address_budget = 1'000'000;
  /// Volume that scheduleCancel asks for, in USDC.
  std::int64_t schedule_cancel_volume = 1'000'000;
  /// How long orderStatus by cloid does not see a new order.
  std::int64_t cloid_visibility_delay_ms = 0;
  /// By action_class, beside the delay of the connection.
  std::array<std::int64_t, action_class_count> arrival_delay_ms{};

  /// Of 1000 modifies, how many report canceled(old) before open(new).
  std::uint32_t canceled_before_open_permille = 0;
  /// batchModify errors of the new order carry the prefix that modify's do.
  bool batch_modify_error_prefix = true;
  /// The last status of a partly filled immediate order says sz 0 rather
  /// than what was dropped.
  bool partial_ioc_reports_zero = false;
};

} // namespace hlx::venue
