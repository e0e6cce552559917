// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/info_query.hpp"
#include "tests/venue/api/render.hpp"
#include "tests/venue/api/render_market.hpp"
#include "tests/venue/candle_intervals.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace hlx::venue {

namespace {

using context = info_query_context;

// Candles that weigh one more.
constexpr std::int64_t candles_each = 60;

std::string nothing(const context&) {
  return "[]";
}

// The dex that is asked about, which there must be.
std::string known_dex(const context& x) {
  auto result = x.dex();
  const auto dexes = venue_dexes(x.books.instruments());
  if (std::find(dexes.begin(), dexes.end(), result) == dexes.end())
    throw bad_argument{};
  return result;
}

std::string meta(const context& x) {
  json_writer out;
  write_meta(out, x.books, known_dex(x));
  return out.take();
}

std::string all_perp_metas(const context& x) {
  json_writer out;
  out.open_array();
  for (const auto& dex : venue_dexes(x.books.instruments()))
    write_meta(out, x.books, dex);
  return out.close_array().take();
}

std::string perp_dexs(const context& x) {
  json_writer out;
  write_dexes(out, x.books);
  return out.take();
}

std::string meta_and_contexts(const context& x) {
  const auto dex = known_dex(x);
  json_writer out;
  out.open_array();
  write_meta(out, x.books, dex);
  write_asset_contexts(out, x.books, dex);
  return out.close_array().take();
}

std::string spot_meta(const context& x) {
  json_writer out;
  write_spot_meta(out, x.books);
  return out.take();
}

std::string spot_meta_and_contexts(const context& x) {
  json_writer out;
  out.open_array();
  write_spot_meta(out, x.books);
  write_spot_contexts(out, x.books);
  return out.close_array().take();
}

std::string outcome_meta(const context& x) {
  json_writer out;
  write_outcome_meta(out, x.books);
  return out.take();
}

std::string all_mids(const context& x) {
  json_writer out;
  write_mids(out, x.books, x.dex());
  return out.take();
}

std::string l2_book(const context& x) {
  const book_aggregation aggregation{.significant_figures = x.small("nSigFigs"),
                                     .mantissa = x.small("mantissa")};
  if (!is_offered(aggregation))
    throw bad_argument{};
  const auto* coin = x.coin();
  if (!coin)
    return "null";
  json_writer out;
  write_book(out, x.books, *coin, aggregation, x.now_ms);
  return out.take();
}

std::string recent_trades(const context& x) {
  const auto* coin = x.coin();
  if (!coin)
    throw bad_argument{};
  auto trades = x.books.recent_trades(coin->asset);
  std::reverse(trades.begin(), trades.end());
  json_writer out;
  out.open_array();
  for (const auto& trade : trades)
    write_trade(out, trade);
  return out.close_array().take();
}

std::string candle_snapshot(const context& x) {
  const auto* fields = x.field("req");
  if (!fields || !fields->is_object())
    throw wrong_shape{};
  const context request{x.books, *fields, x.now_ms};
  const auto* coin = request.coin();
  const auto name = request.text("interval");
  const auto interval = find_candle_interval(name);
  const auto start = request.time("startTime");
  if (!interval || !start)
    throw wrong_shape{};
  if (!coin)
    throw bad_argument{};
  const auto end =
    request.time("endTime").value_or(std::numeric_limits<std::int64_t>::max());
  json_writer out;
  out.open_array();
  for (const auto& row : x.books.candles(coin->asset, *interval, *start, end))
    write_candle(out, row, coin->name, name);
  return out.close_array().take();
}

std::string funding_history(const context& x) {
  constexpr std::size_t rows_max = 500;
  const auto start = x.time("startTime");
  const auto* coin = x.coin();
  if (!start)
    throw wrong_shape{};
  if (!coin || coin->kind != market_kind::perp)
    throw bad_argument{};
  const auto end =
    x.time("endTime").value_or(std::numeric_limits<std::int64_t>::max());
  auto rates = x.books.funding_rates(coin->asset);
  std::erase_if(rates, [&](const auto& row) {
    return row.time_ms < *start || row.time_ms > end;
  });
  if (rates.size() > rows_max)
    rates.resize(rows_max);
  json_writer out;
  out.open_array();
  for (const auto& row : rates)
    out.open_object()
      .member("coin", coin->name)
      .member("fundingRate", row.rate)
      .member("premium", "0.0")
      .member("time", row.time_ms)
      .close_object();
  return out.close_array().take();
}

std::string perps_at_cap(const context& x) {
  const auto dex = known_dex(x);
  json_writer out;
  out.open_array();
  for (const auto& coin : x.books.instruments().all())
    if (coin.kind == market_kind::perp && coin.dex == dex
        && x.books.is_at_open_interest_cap(coin.asset))
      out.value(coin.name);
  return out.close_array().take();
}

std::string exchange_status(const context& x) {
  json_writer out;
  out.open_object()
    .member("time", x.now_ms)
    .null_member("specialStatuses")
    .close_object();
  return out.take();
}

constexpr std::array<info_type, 17> types{{
  {"meta", 20, "dex", meta},
  {"allPerpMetas", 20, "", all_perp_metas},
  {"perpDexs", 20, "", perp_dexs},
  {"metaAndAssetCtxs", 20, "dex", meta_and_contexts},
  {"spotMeta", 20, "", spot_meta},
  {"spotMetaAndAssetCtxs", 20, "", spot_meta_and_contexts},
  {"outcomeMeta", 20, "", outcome_meta},
  {"allMids", 2, "dex", all_mids},
  {"l2Book", 2, "coin,nSigFigs,mantissa", l2_book},
  {"recentTrades", 20, "coin", recent_trades, rows_each},
  {"candleSnapshot", 20, "req", candle_snapshot, candles_each},
  {"exchangeStatus", 2, "", exchange_status},
  {"fundingHistory", 20, "coin,startTime,endTime", funding_history, rows_each},
  {"predictedFundings", 20, "", nothing},
  {"perpsAtOpenInterestCap", 20, "dex", perps_at_cap},
  {"liquidatable", 20, "", nothing},
  {"validatorSummaries", 20, "", nothing},
}};

} // namespace

const info_type* find_market_query(std::string_view name) {
  const auto* const found = std::find_if(
    types.begin(), types.end(), [&](auto& x) { return x.name == name; });
  return found == types.end() ? nullptr : found;
}

} // namespace hlx::venue
