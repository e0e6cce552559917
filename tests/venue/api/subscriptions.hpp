// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/ids.hpp"
#include "hlx/messages/instruments.hpp"
#include "hlx/messages/wire/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hlx::venue {

/// What a WebSocket can subscribe to here.
enum class stream : std::uint8_t {
  order_updates,
  user_fills,
  user_events,
  open_orders,
  clearinghouse_state,
  all_dexs_clearinghouse_state,
  spot_state,
  user_historical_orders,
  user_fundings,
  user_ledger_updates,
  twap_states,
  twap_history,
  twap_slice_fills,
  notification,
  web_data,
  active_asset_data,
  active_asset_ctx,
  all_mids,
  l2_book,
  bbo,
  trades,
  candle,
  all_dexs_asset_ctxs,
  spot_asset_ctxs,
};

/// One subscription, checked and normalised.
struct subscription {
  stream kind = stream::order_updates;
  std::string_view channel;    ///< What its frames are labelled with.
  std::optional<address> user; ///< Of the user streams.
  std::string coin;            ///< Of the market streams.
  std::string dex;             ///< "" is the venue's own.
  std::optional<int> significant_figures; ///< Of l2Book.
  std::optional<int> mantissa;            ///< Of l2Book.
  std::string interval;                   ///< Of candle.
  bool aggregate_by_time = false;         ///< Of userFills.
  bool fast = false;                      ///< Of l2Book: five levels.
  std::string text; ///< Normalised JSON: identity and acknowledgement.
};

/// Reads a subscription object. Nothing when its type, user, coin or another
/// parameter is not one that the venue knows.
std::optional<subscription> parse_subscription(const wire::json& x,
                                               const instrument_table& known);

/// The string under that name, or nothing when it is absent or no string.
std::optional<std::string> string_member(const wire::json& x,
                                         std::string_view name);

/// Reads an address as the venue does: the prefix "0x" may be absent, digits
/// of either case.
std::optional<address> parse_venue_address(std::string_view text);

} // namespace hlx::venue
