// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/subscriptions.hpp"

#include "tests/venue/api/json_writer.hpp"
#include "tests/venue/api/render_market.hpp"
#include "tests/venue/candle_intervals.hpp"
#include "tests/venue/venue_config.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace hlx::venue {

namespace {

// What each type takes beside its name.
enum class parameters : std::uint8_t {
  none,
  user,
  user_dex,
  user_coin,
  coin,
  dex
};

struct stream_type {
  std::string_view type;
  stream kind;
  std::string_view channel;
  parameters takes;
};

constexpr std::array<stream_type, 25> stream_types{{
  {"orderUpdates", stream::order_updates, "orderUpdates", parameters::user},
  {"userFills", stream::user_fills, "userFills", parameters::user},
  {"userEvents", stream::user_events, "user", parameters::user},
  {"openOrders", stream::open_orders, "openOrders", parameters::user_dex},
  {"clearinghouseState", stream::clearinghouse_state, "clearinghouseState",
   parameters::user_dex},
  {"allDexsClearinghouseState", stream::all_dexs_clearinghouse_state,
   "allDexsClearinghouseState", parameters::user},
  {"spotState", stream::spot_state, "spotState", parameters::user},
  {"userHistoricalOrders", stream::user_historical_orders,
   "userHistoricalOrders", parameters::user},
  {"userFundings", stream::user_fundings, "userFundings", parameters::user},
  {"userNonFundingLedgerUpdates", stream::user_ledger_updates,
   "userNonFundingLedgerUpdates", parameters::user},
  {"twapStates", stream::twap_states, "twapStates", parameters::user_dex},
  {"userTwapHistory", stream::twap_history, "userTwapHistory",
   parameters::user},
  {"userTwapSliceFills", stream::twap_slice_fills, "userTwapSliceFills",
   parameters::user},
  {"notification", stream::notification, "notification", parameters::user},
  {"webData2", stream::web_data, "webData2", parameters::user},
  {"webData3", stream::web_data, "webData3", parameters::user},
  {"activeAssetData", stream::active_asset_data, "activeAssetData",
   parameters::user_coin},
  {"activeAssetCtx", stream::active_asset_ctx, "activeAssetCtx",
   parameters::coin},
  {"allMids", stream::all_mids, "allMids", parameters::dex},
  {"l2Book", stream::l2_book, "l2Book", parameters::coin},
  {"bbo", stream::bbo, "bbo", parameters::coin},
  {"trades", stream::trades, "trades", parameters::coin},
  {"candle", stream::candle, "candle", parameters::coin},
  {"allDexsAssetCtxs", stream::all_dexs_asset_ctxs, "allDexsAssetCtxs",
   parameters::none},
  {"spotAssetCtxs", stream::spot_asset_ctxs, "spotAssetCtxs", parameters::none},
}};

const stream_type* find_type(std::string_view type) {
  const auto* const found =
    std::find_if(stream_types.begin(), stream_types.end(),
                 [&](const auto& x) { return x.type == type; });
  return found == stream_types.end() ? nullptr : found;
}

bool has_user(parameters x) {
  return x == parameters::user || x == parameters::user_dex
         || x == parameters::user_coin;
}

bool has_coin(parameters x) {
  return x == parameters::coin || x == parameters::user_coin;
}

bool has_dex(parameters x) {
  return x == parameters::dex || x == parameters::user_dex;
}

// An absent, null or small integer parameter.
bool read_small(const wire::json& x, std::string_view name,
                std::optional<int>& out) {
  constexpr std::uint64_t most = 100;
  const auto* member = x.find(name);
  if (!member || member->is_null())
    return true;
  const auto number = member->as_u64();
  if (!number || *number > most)
    return false;
  out = static_cast<int>(*number);
  return true;
}

bool read_dex(const wire::json& x, std::string& out) {
  const auto* member = x.find("dex");
  if (!member || member->is_null())
    return true;
  out = member->text();
  return member->is_string();
}

bool read_user(const wire::json& x, subscription& out) {
  const auto text = string_member(x, "user");
  if (text)
    out.user = parse_venue_address(*text);
  return out.user.has_value();
}

bool read_coin(const wire::json& x, const instrument_table& known,
               subscription& out) {
  auto text = string_member(x, "coin");
  if (!text || !find_coin(known, *text))
    return false;
  out.coin = std::move(*text);
  return true;
}

bool read_book(const wire::json& x, subscription& out) {
  return read_small(x, "nSigFigs", out.significant_figures)
         && read_small(x, "mantissa", out.mantissa)
         && is_offered({.significant_figures = out.significant_figures,
                        .mantissa = out.mantissa});
}

bool read_interval(const wire::json& x, std::string& out) {
  out = string_member(x, "interval").value_or("");
  return find_candle_interval(out).has_value();
}

void write_optional(json_writer& out, std::string_view name,
                    const std::optional<int>& x) {
  if (x)
    out.member(name, *x);
  else
    out.null_member(name);
}

std::string normalised(const stream_type& type, const subscription& x) {
  json_writer out;
  out.open_object().member("type", type.type);
  if (x.user)
    out.member("user", to_string(*x.user));
  if (!x.coin.empty())
    out.member("coin", x.coin);
  if (has_dex(type.takes) && (type.kind != stream::all_mids || !x.dex.empty()))
    out.member("dex", x.dex);
  if (type.kind == stream::l2_book) {
    write_optional(out, "nSigFigs", x.significant_figures);
    write_optional(out, "mantissa", x.mantissa);
    if (x.fast)
      out.member("fast", true);
  }
  if (type.kind == stream::user_fills)
    out.member("aggregateByTime", x.aggregate_by_time);
  if (type.kind == stream::candle)
    out.member("interval", x.interval);
  return out.close_object().take();
}

} // namespace

std::optional<std::string> string_member(const wire::json& x,
                                         std::string_view name) {
  const auto* member = x.find(name);
  if (!member || !member->is_string())
    return std::nullopt;
  return member->text();
}

std::optional<address> parse_venue_address(std::string_view text) {
  address result;
  if (!parse_hex(text, result.bytes.data(), result.bytes.size(), true))
    return std::nullopt;
  return result;
}

std::optional<subscription> parse_subscription(const wire::json& x,
                                               const instrument_table& known) {
  const auto name = string_member(x, "type");
  const auto* type = name ? find_type(*name) : nullptr;
  if (!type)
    return std::nullopt;
  subscription result;
  result.kind = type->kind;
  result.channel = type->channel;
  const auto* aggregate = x.find("aggregateByTime");
  result.aggregate_by_time = aggregate && aggregate->is_true();
  const auto* fast = x.find("fast");
  result.fast = type->kind == stream::l2_book && fast && fast->is_true();
  const bool fine =
    (!has_user(type->takes) || read_user(x, result))
    && (!has_coin(type->takes) || read_coin(x, known, result))
    && (!has_dex(type->takes) || read_dex(x, result.dex))
    && (type->kind != stream::l2_book || read_book(x, result))
    && (type->kind != stream::candle || read_interval(x, result.interval));
  if (!fine)
    return std::nullopt;
  const auto* coin = result.coin.empty() ? nullptr : known.find(result.coin);
  if (coin && moves_tokens(*coin)) {
    if (type->kind == stream::active_asset_data)
      return std::nullopt; // Of perps only.
    if (type->kind == stream::active_asset_ctx)
      result.channel = "activeSpotAssetCtx";
  }
  result.text = normalised(*type, result);
  return result;
}

} // namespace hlx::venue
