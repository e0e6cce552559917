// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/render_account.hpp"

#include <algorithm>
#include <string>

namespace hlx::venue {

namespace {

void write_summary(json_writer& out, const margin_summary& x) {
  out.open_object()
    .member("accountValue", x.account_value)
    .member("totalNtlPos", x.total_notional)
    .member("totalRawUsd", x.total_raw_usd)
    .member("totalMarginUsed", x.total_margin_used)
    .close_object();
}

// Unrealised profit over the margin that the entry needed.
amount return_on_equity(const position_view& x) {
  const auto size = x.size.raw < 0 ? -x.size.raw : x.size.raw;
  const auto cost = static_cast<wide_integer>(x.entry_price.raw) * size
                    / (wide_integer{decimal_scale} * std::max(x.leverage, 1));
  if (cost == 0)
    return {};
  const auto ratio =
    static_cast<wide_integer>(x.unrealized_pnl.raw) * decimal_scale / cost;
  return {static_cast<std::int64_t>(ratio)};
}

void write_position(json_writer& out, const position_view& x) {
  out.open_object().member("type", "oneWay").key("position").open_object();
  out.member("coin", x.coin).member("szi", x.size);
  out.key("leverage").open_object();
  out.member("type", x.is_cross ? "cross" : "isolated")
    .member("value", x.leverage);
  if (!x.is_cross)
    out.member("rawUsd", x.isolated_raw_usd);
  out.close_object()
    .member("entryPx", x.entry_price)
    .member("positionValue", x.value)
    .member("unrealizedPnl", x.unrealized_pnl)
    .member("returnOnEquity", return_on_equity(x));
  if (x.liquidation_price)
    out.member("liquidationPx", *x.liquidation_price);
  else
    out.null_member("liquidationPx");
  out.member("marginUsed", x.margin_used)
    .member("maxLeverage", x.max_leverage)
    .key("cumFunding")
    .open_object()
    .member("allTime", x.funding_paid_in_all)
    .member("sinceOpen", x.funding_paid)
    .member("sinceChange", "0.0")
    .close_object();
  out.close_object().close_object();
}

// Millionths as a decimal.
std::string rate_text(std::int64_t millionths) {
  return decimal_text(millionths * (decimal_scale / 1'000'000));
}

void write_rates(json_writer& out, const fee_rates& rates) {
  out.member("cross", rate_text(rates.perp_taker))
    .member("add", rate_text(rates.perp_maker))
    .member("spotCross", rate_text(rates.spot_taker))
    .member("spotAdd", rate_text(rates.spot_maker));
}

/// Of buys and of sells.
template <class Decimal>
void write_pair(json_writer& out, std::string_view name, Decimal buys,
                Decimal sells) {
  out.key(name).open_array().value(buys).value(sells).close_array();
}

} // namespace

void write_fees(json_writer& out, const fee_rates& rates) {
  out.open_object().key("dailyUserVlm").open_array().close_array();
  out.key("feeSchedule").open_object();
  write_rates(out, rates);
  out.key("tiers").open_object();
  out.key("vip").open_array().close_array();
  out.key("mm").open_array().close_array().close_object();
  out.member("referralDiscount", "0.04")
    .key("stakingDiscountTiers")
    .raw(R"([{"bpsOfMaxSupply":"0.0","discount":"0.0"}])")
    .close_object();
  out.member("userCrossRate", rate_text(rates.perp_taker))
    .member("userAddRate", rate_text(rates.perp_maker))
    .member("userSpotCrossRate", rate_text(rates.spot_taker))
    .member("userSpotAddRate", rate_text(rates.spot_maker))
    .member("activeReferralDiscount", "0.0")
    .null_member("trial")
    .member("feeTrialEscrow", "0.0")
    .null_member("nextTrialAvailableTimestamp")
    .null_member("stakingLink")
    .key("activeStakingDiscount")
    .raw(R"({"bpsOfMaxSupply":"0.0","discount":"0.0"})")
    .close_object();
}

void write_active_asset_data(json_writer& out, const venue& books,
                             const address& user, const instrument& coin) {
  const auto [leverage, is_cross] = books.leverage(user, coin.asset);
  const auto buys = books.room_to_trade(user, coin.asset, order_side::buy);
  const auto sells = books.room_to_trade(user, coin.asset, order_side::sell);
  out.open_object()
    .member("user", to_string(user))
    .member("coin", coin.name)
    .key("leverage")
    .open_object()
    .member("type", is_cross ? "cross" : "isolated")
    .member("value", leverage);
  if (!is_cross)
    out.member("rawUsd", "0.0");
  out.close_object();
  write_pair(out, "maxTradeSzs", buys.size, sells.size);
  write_pair(out, "availableToTrade", buys.margin, sells.margin);
  out.member("markPx", books.mark(coin.asset)).close_object();
}

clearinghouse_view clearinghouse_of(const venue& books, const address& user,
                                    std::string_view dex) {
  const auto& known = books.instruments();
  const auto dexes = venue_dexes(known);
  if (std::find(dexes.begin(), dexes.end(), dex) == dexes.end())
    return {};
  auto result = books.clearinghouse(user);
  std::erase_if(result.positions, [&](const auto& x) {
    const auto* coin = known.find(x.asset);
    return coin != nullptr && coin->dex != dex;
  });
  return result;
}

void write_clearinghouse(json_writer& out, const clearinghouse_view& x,
                         std::int64_t now_ms) {
  out.open_object().key("marginSummary");
  write_summary(out, x.total);
  out.key("crossMarginSummary");
  write_summary(out, x.cross);
  out.member("crossMaintenanceMarginUsed", x.cross_maintenance_margin_used)
    .member("withdrawable", x.withdrawable)
    .key("assetPositions")
    .open_array();
  for (const auto& position : x.positions)
    write_position(out, position);
  out.close_array().member("time", now_ms).close_object();
}

void write_spot_balances(json_writer& out,
                         const std::vector<spot_balance_view>& balances) {
  out.open_object().key("balances").open_array();
  for (const auto& x : balances) {
    out.open_object().member("coin", x.coin);
    if (x.token)
      out.member("token", *x.token);
    out.member("total", x.total)
      .member("hold", x.hold)
      .member("entryNtl", x.entry_notional)
      .close_object();
  }
  out.close_array().close_object();
}

} // namespace hlx::venue
