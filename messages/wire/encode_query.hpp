// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/ids.hpp"
#include "hlx/messages/requests.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// What is asked of the venue, as it reads it: bodies of POST /info and the
/// frames that a client sends on the WebSocket. All append to `out`.
namespace hlx::wire {

/// The body of an info query. `account` is whose orders, fills and positions
/// are asked for.
void append_info_query(std::string& out, const info_query_body& query,
                       const address& account);

/// The venue's name of the query: "frontendOpenOrders", "orderStatus".
std::string_view info_query_name(const info_query_body& query);

/// The body that asks for instruments: `meta`, `spotMeta`,
/// `outcomeMeta` or `perpDexs`. A non-empty `dex` is added.
void append_instruments_query(std::string& out, std::string_view type,
                              std::string_view dex = {});

/// What a subscription is about.
enum class subscription_type : std::uint8_t {
  order_updates, ///< Of a user.
  user_fills,    ///< Of a user.
  user_events,   ///< Of a user; comes on the channel "user".
  open_orders,   ///< Of a user.
  book,          ///< Of a coin.
  best_prices,   ///< Of a coin.
  trades,        ///< Of a coin.
  all_mids,
};

/// The venue's word: "orderUpdates", "userEvents", "l2Book".
std::string_view to_string(subscription_type x);

struct subscription {
  subscription_type type = subscription_type::order_updates;
  address user;     ///< Where the type is about a user.
  std::string coin; ///< Where the type is about a coin.

  friend bool operator==(const subscription&, const subscription&) = default;
};

void append_subscribe(std::string& out, const subscription& x);

/// Answered by {"channel":"pong"}.
inline constexpr std::string_view ping_frame = R"({"method":"ping"})";

} // namespace hlx::wire
