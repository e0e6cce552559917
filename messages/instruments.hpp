// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/actions.hpp"
#include "hlx/messages/decimal.hpp"
#include "hlx/messages/orders.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hlx {

enum class market_kind : std::uint8_t { perp, builder_perp, spot, outcome };

std::string_view to_string(market_kind x);

/// What the venue says about one tradable thing.
struct instrument {
  std::string name; ///< The coin in data: "BTC", "xyz:AAPL", "PURR/USDC".
  asset_id asset = 0;
  market_kind kind = market_kind::perp;
  int size_decimals = 0;
  int max_leverage = 1;
  bool only_isolated = false;
  bool delisted = false;
  std::string dex;            ///< "" for the venue's own.
  std::string quote = "USDC"; ///< What notional is counted in.

  friend bool operator==(const instrument&, const instrument&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, instrument& x) {
    return inspect_fields(
      f, "hlx::instrument", field("name", x.name), field("asset", x.asset),
      field("kind", x.kind), field("size_decimals", x.size_decimals),
      field("max_leverage", x.max_leverage),
      field("only_isolated", x.only_isolated), field("delisted", x.delisted),
      field("dex", x.dex), field("quote", x.quote));
  }
};

/// Most fraction digits that a price of the instrument may have.
int max_price_decimals(const instrument& x);

/// Whether the venue takes the price as it is: at most five significant
/// figures and max_price_decimals fraction digits; integers always.
bool is_price_on_grid(const instrument& x, price p);

/// Whether the size has at most size_decimals fraction digits.
bool is_size_on_grid(const instrument& x, quantity q);

/// Which way a price goes that is off the grid.
enum class price_rounding : std::uint8_t {
  passive,    ///< Away from the market: a buy down, a sell up.
  aggressive, ///< Towards the market: a buy up, a sell down.
};

/// The nearest legal price in the direction; nothing when there is none that
/// is positive or in range. A price on the grid stays.
std::optional<price> round_price(const instrument& x, price p, order_side side,
                                 price_rounding rounding);

/// The largest legal size at most `q`; may be zero.
quantity round_size_down(const instrument& x, quantity q);

/// Smallest order value: 10 units of the quote, in 1e-16.
wide_integer min_notional();

/// Every instrument of the run, by name and by asset id. Iterates in the
/// order of addition. Handles (positions) stay valid: entries are only added
/// or refreshed, never removed.
class instrument_table {
public:
  /// Adds an instrument, or refreshes the one with the same name.
  void add(instrument x);

  const instrument* find(std::string_view name) const;
  const instrument* find(asset_id asset) const;

  const std::vector<instrument>& all() const { return all_; }

  /// Position of the name in all(), or nothing. A spot pair is found by its
  /// index as well: "@0" is "PURR/USDC".
  std::optional<std::uint32_t> index_of(std::string_view name) const;

private:
  struct text_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view x) const noexcept {
      return std::hash<std::string_view>{}(x);
    }
  };

  std::vector<instrument> all_;
  std::unordered_map<std::string, std::uint32_t, text_hash, std::equal_to<>>
    by_name_;
  std::unordered_map<asset_id, std::uint32_t> by_asset_;
};

/// BTC (5 size decimals), ETH (4), SOL (2), in that order: what replay and
/// the simulated venue trade when nothing else is said.
instrument_table default_instruments();

} // namespace hlx
