// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/decimal.hpp"
#include "hlx/messages/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hlx {

enum class order_side : std::uint8_t { buy, sell };

enum class order_type : std::uint8_t {
  market,
  limit,
  stop_market,
  stop_limit,
  market_if_touched,
  limit_if_touched,
};

enum class time_in_force : std::uint8_t {
  gtc, ///< Rests until it is filled or canceled.
  ioc, ///< What does not match at once is dropped.
  alo, ///< Add liquidity only: refused when it would match.
  gtd, ///< As gtc; hlx cancels it at its end time.
};

enum class liquidity_side : std::uint8_t { maker, taker };

/// How the orders of one list depend on each other.
enum class order_grouping : std::uint8_t {
  na,            ///< Not at all.
  normal_tpsl,   ///< A parent and its take-profit and stop-loss children.
  position_tpsl, ///< Take-profit and stop-loss of the whole position.
};

std::string_view to_string(order_side x);
std::string_view to_string(order_type x);
std::string_view to_string(time_in_force x);
std::string_view to_string(liquidity_side x);
std::string_view to_string(order_grouping x);

/// The words of to_string, nothing else.
std::optional<order_side> parse_order_side(std::string_view text);
std::optional<order_type> parse_order_type(std::string_view text);
std::optional<time_in_force> parse_time_in_force(std::string_view text);
std::optional<order_grouping> parse_order_grouping(std::string_view text);

/// Whether the type waits for a trigger price.
bool has_trigger(order_type x);

/// Whether the type takes what the market gives: no limit price of its own.
bool is_market(order_type x);

constexpr order_side opposite(order_side x) {
  return x == order_side::buy ? order_side::sell : order_side::buy;
}

/// What a strategy wants placed.
struct order_terms {
  hlx::client_order_id client_order_id;
  std::string instrument; ///< The venue's coin name: "BTC", "PURR/USDC".
  order_side side = order_side::buy;
  order_type type = order_type::limit;
  hlx::quantity quantity;
  std::optional<hlx::price> price; ///< Needed by limit types.
  hlx::time_in_force time_in_force = time_in_force::gtc;
  bool post_only = false;                  ///< With gtc: sent as alo.
  bool reduce_only = false;                ///< Never opens or grows a position.
  std::optional<hlx::price> trigger_price; ///< Needed by trigger types.
  std::optional<std::int64_t> expire_at_ms; ///< Needed by gtd, Unix ms.

  friend bool operator==(const order_terms&, const order_terms&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, order_terms& x) {
    return inspect_fields(
      f, "hlx::order_terms", field("client_order_id", x.client_order_id),
      field("instrument", x.instrument), field("side", x.side),
      field("type", x.type), field("quantity", x.quantity),
      field("price", x.price), field("time_in_force", x.time_in_force),
      field("post_only", x.post_only), field("reduce_only", x.reduce_only),
      field("trigger_price", x.trigger_price),
      field("expire_at_ms", x.expire_at_ms));
  }
};

} // namespace hlx
