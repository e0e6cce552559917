// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/frame_channels.hpp"

#include <algorithm>
#include <array>

namespace hlx::wire {

namespace {

using namespace std::literals;

constexpr std::array unused_channels{
  "activeAssetCtx"sv,
  "activeAssetData"sv,
  "activeSpotAssetCtx"sv,
  "allDexsAssetCtxs"sv,
  "allDexsClearinghouseState"sv,
  "allMids"sv,
  "bbo"sv,
  "candle"sv,
  "clearinghouseState"sv,
  "fastAssetCtxs"sv,
  "l2Book"sv,
  "notification"sv,
  "outcomeMetaUpdates"sv,
  "spotAssetCtxs"sv,
  "spotState"sv,
  "trades"sv,
  "twapStates"sv,
  "userFundings"sv,
  "userHistoricalOrders"sv,
  "userNonFundingLedgerUpdates"sv,
  "userTwapHistory"sv,
  "userTwapSliceFills"sv,
  "webData2"sv,
  "webData3"sv,
};

constexpr std::array unused_user_events{
  "funding"sv,     "liquidation"sv,    "nonUserCancel"sv,
  "twapHistory"sv, "twapSliceFills"sv,
};

} // namespace

frame_channel classify_channel(std::string_view name) noexcept {
  if (name == "orderUpdates"sv)
    return frame_channel::order_updates;
  if (name == "userFills"sv)
    return frame_channel::user_fills;
  if (name == "user"sv)
    return frame_channel::user;
  if (name == "post"sv)
    return frame_channel::post;
  if (name == "openOrders"sv)
    return frame_channel::open_orders;
  if (name == "subscriptionResponse"sv)
    return frame_channel::subscription_response;
  if (name == "error"sv)
    return frame_channel::error;
  if (name == "pong"sv)
    return frame_channel::pong;
  const bool unused =
    std::find(unused_channels.begin(), unused_channels.end(), name)
    != unused_channels.end();
  return unused ? frame_channel::unused : frame_channel::unknown;
}

bool is_unused_user_event(std::string_view name) noexcept {
  return std::find(unused_user_events.begin(), unused_user_events.end(), name)
         != unused_user_events.end();
}

} // namespace hlx::wire
