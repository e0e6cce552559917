// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/render_market.hpp"

#include "tests/venue/api/render.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hlx::venue {

namespace {

std::vector<const instrument*> of_kind(const venue& books, market_kind kind) {
  std::vector<const instrument*> result;
  for (const auto& x : books.instruments().all())
    if (x.kind == kind)
      result.push_back(&x);
  std::sort(result.begin(), result.end(),
            [](auto* a, auto* b) { return a->asset < b->asset; });
  return result;
}

std::vector<const instrument*> perps_of(const venue& books,
                                        std::string_view dex) {
  auto result = of_kind(books, market_kind::perp);
  std::erase_if(result, [&](const auto* x) { return x->dex != dex; });
  return result;
}

void write_margin_table(json_writer& out, int max_leverage) {
  out.open_array().value(max_leverage).open_object();
  out.member("description", "").key("marginTiers").open_array().open_object();
  out.member("lowerBound", "0.0").member("maxLeverage", max_leverage);
  out.close_object().close_array().close_object().close_array();
}

bool has_both_sides(const venue& books, asset_id asset) {
  const auto book = books.book(asset, 1);
  return !book.bids.empty() && !book.asks.empty();
}

void write_prices(json_writer& out, const venue& books, asset_id asset) {
  out.member("markPx", books.mark(asset)).key("midPx");
  if (has_both_sides(books, asset))
    out.value(books.mid(asset));
  else
    out.null();
}

std::uint32_t token_index(const std::vector<spot_token>& tokens,
                          std::string_view name) {
  for (const auto& x : tokens)
    if (x.name == name)
      return x.index;
  return 0;
}

void write_token(json_writer& out, const spot_token& x) {
  cloid id; // As long as a token id.
  id.bytes.back() = static_cast<std::uint8_t>(x.index + 1);
  out.open_object()
    .member("name", x.name)
    .member("szDecimals", x.size_decimals)
    .member("weiDecimals", x.wei_decimals)
    .member("index", x.index)
    .member("tokenId", to_string(id))
    .member("isCanonical", is_canonical(x))
    .null_member("evmContract")
    .null_member("fullName")
    .member("deployerTradingFeeShare", "0.0")
    .close_object();
}

// The step between prices of that many significant figures.
std::int64_t step_of(price p, const book_aggregation& aggregation) {
  std::int64_t magnitude = 1;
  while (magnitude <= p.raw / 10)
    magnitude *= 10;
  std::int64_t step = magnitude;
  for (int i = 1; i < *aggregation.significant_figures && step > 1; ++i)
    step /= 10;
  return step * aggregation.mantissa.value_or(1);
}

// A bid goes down to the step, an ask up: nothing looks better than it is.
price bucket(price p, const book_aggregation& aggregation, bool down) {
  const auto step = step_of(p, aggregation);
  const auto below = p.raw - p.raw % step;
  return {down || below == p.raw ? below : below + step};
}

std::vector<book_level> aggregate(const std::vector<book_level>& levels,
                                  const book_aggregation& aggregation,
                                  bool down) {
  std::vector<book_level> result;
  for (auto level : levels) {
    if (aggregation.significant_figures)
      level.level_price = bucket(level.level_price, aggregation, down);
    if (!result.empty() && result.back().level_price == level.level_price) {
      result.back().size += level.size;
      result.back().orders += level.orders;
    } else {
      result.push_back(level);
    }
  }
  const auto most = aggregation.fast ? fast_depth_max : book_depth_max;
  if (result.size() > most)
    result.resize(most);
  return result;
}

void write_levels(json_writer& out, const std::vector<book_level>& levels) {
  out.open_array();
  for (const auto& level : levels)
    write_level(out, &level);
  out.close_array();
}

} // namespace

void write_meta(json_writer& out, const venue& books, std::string_view dex) {
  std::set<int> leverages;
  out.open_object().key("universe").open_array();
  for (const auto* x : perps_of(books, dex)) {
    leverages.insert(x->max_leverage);
    out.open_object()
      .member("szDecimals", x->size_decimals)
      .member("name", x->name)
      .member("maxLeverage", x->max_leverage)
      .member("marginTableId", x->max_leverage);
    if (x->only_isolated)
      out.member("onlyIsolated", true);
    if (x->delisted)
      out.member("isDelisted", true);
    out.close_object();
  }
  out.close_array().key("marginTables").open_array();
  for (const auto leverage : leverages)
    write_margin_table(out, leverage);
  out.close_array().member("collateralToken", 0).close_object();
}

void write_dexes(json_writer& out, const venue& books) {
  out.open_array();
  for (const auto& name : venue_dexes(books.instruments())) {
    if (name.empty()) {
      out.null();
      continue;
    }
    out.open_object()
      .member("name", name)
      .member("fullName", name)
      .member("deployer", to_string(address{}))
      .null_member("oracleUpdater")
      .null_member("feeRecipient")
      .close_object();
  }
  out.close_array();
}

void write_asset_context(json_writer& out, const venue& books, asset_id asset) {
  const auto rates = books.funding_rates(asset);
  const auto day = books.day(asset);
  out.open_object()
    .member("funding", rates.empty() ? amount{} : rates.back().rate)
    .member("openInterest", books.open_interest(asset))
    .member("prevDayPx", day.previous.value_or(books.mark(asset)))
    .member("dayNtlVlm", day.notional)
    .member("premium", "0.0")
    .member("oraclePx", books.oracle(asset));
  write_prices(out, books, asset);
  out.null_member("impactPxs").member("dayBaseVlm", day.volume).close_object();
}

void write_asset_contexts(json_writer& out, const venue& books,
                          std::string_view dex) {
  out.open_array();
  for (const auto* x : perps_of(books, dex))
    write_asset_context(out, books, x->asset);
  out.close_array();
}

void write_all_asset_contexts(json_writer& out, const venue& books) {
  out.open_object().key("ctxs").open_array();
  for (const auto& dex : venue_dexes(books.instruments())) {
    out.open_array().value(dex);
    write_asset_contexts(out, books, dex);
    out.close_array();
  }
  out.close_array().close_object();
}

void write_spot_meta(json_writer& out, const venue& books) {
  const auto tokens = venue_spot_tokens();
  out.open_object().key("universe").open_array();
  for (const auto* x : of_kind(books, market_kind::spot)) {
    out.open_object().key("tokens").open_array();
    out.value(token_index(tokens, base_token(*x)))
      .value(token_index(tokens, x->quote));
    out.close_array()
      .member("name", x->name)
      .member("index", x->asset - spot_assets_begin)
      .member("isCanonical", is_canonical(*x))
      .close_object();
  }
  out.close_array().key("tokens").open_array();
  for (const auto& x : tokens)
    write_token(out, x);
  out.close_array().close_object();
}

void write_outcome_meta(json_writer& out, const venue& books) {
  // By outcome: how many sides it has, and what it is paid in.
  std::map<asset_id, std::pair<std::size_t, std::string>> outcomes;
  for (const auto* x : of_kind(books, market_kind::outcome)) {
    if (x->delisted)
      continue; // Settled.
    auto& [sides, quote] =
      outcomes[(x->asset - outcome_assets_begin) / outcome_assets];
    ++sides;
    quote = x->quote;
  }
  out.open_object().key("outcomes").open_array();
  for (const auto& [number, outcome] : outcomes) {
    out.open_object()
      .member("outcome", number)
      .member("name", "Outcome " + std::to_string(number))
      .member("description", "")
      .key("sideSpecs")
      .open_array();
    for (std::size_t side = 0; side < outcome.first; ++side)
      out.open_object().member("name", side == 0 ? "Yes" : "No").close_object();
    out.close_array().member("quoteToken", outcome.second).close_object();
  }
  out.close_array().key("questions").open_array().close_array();
  out.close_object();
}

void write_spot_context(json_writer& out, const venue& books, asset_id asset) {
  const auto day = books.day(asset);
  out.open_object()
    .member("prevDayPx", day.previous.value_or(books.mark(asset)))
    .member("dayNtlVlm", day.notional);
  write_prices(out, books, asset);
  out.member("circulatingSupply", "1000000000.0")
    .member("coin", books.instruments().find(asset)->name)
    .member("totalSupply", "1000000000.0")
    .member("dayBaseVlm", day.volume)
    .close_object();
}

void write_spot_contexts(json_writer& out, const venue& books) {
  out.open_array();
  for (const auto* x : of_kind(books, market_kind::spot))
    write_spot_context(out, books, x->asset);
  out.close_array();
}

void write_mids(json_writer& out, const venue& books, std::string_view dex) {
  out.open_object();
  for (const auto& x : books.instruments().all())
    if (!x.delisted && x.dex == dex)
      out.member(x.name, books.mid(x.asset));
  out.close_object();
}

bool is_offered(const book_aggregation& x) {
  const auto& figures = x.significant_figures;
  if (figures && (*figures < 2 || *figures > 5))
    return false;
  if (!x.mantissa)
    return true;
  return figures == 5
         && (*x.mantissa == 1 || *x.mantissa == 2 || *x.mantissa == 5);
}

void write_book(json_writer& out, const venue& books, const instrument& coin,
                const book_aggregation& aggregation, std::int64_t now_ms) {
  const auto depth = aggregation.significant_figures
                       ? std::numeric_limits<std::size_t>::max()
                       : book_depth_max;
  const auto book = books.book(coin.asset, depth);
  const auto bids = aggregate(book.bids, aggregation, true);
  const auto asks = aggregate(book.asks, aggregation, false);
  out.open_object().member("coin", coin.name).member("time", now_ms);
  out.key("levels").open_array();
  write_levels(out, bids);
  write_levels(out, asks);
  out.close_array();
  if (aggregation.significant_figures && !bids.empty() && !asks.empty())
    out.member("spread", asks[0].level_price - bids[0].level_price);
  if (aggregation.fast)
    out.member("fast", true);
  out.close_object();
}

void write_candle(json_writer& out, const candle& x, std::string_view coin,
                  std::string_view interval) {
  out.open_object()
    .member("t", x.start_ms)
    .member("T", x.end_ms)
    .member("s", coin)
    .member("i", interval)
    .member("o", x.first)
    .member("c", x.last)
    .member("h", x.high)
    .member("l", x.low)
    .member("v", x.volume)
    .member("n", x.trades)
    .close_object();
}

void write_bbo(json_writer& out, const venue& books, const instrument& coin,
               std::int64_t now_ms) {
  const auto book = books.book(coin.asset, 1);
  out.open_object().member("coin", coin.name).member("time", now_ms);
  out.key("bbo").open_array();
  write_level(out, book.bids.empty() ? nullptr : &book.bids.front());
  write_level(out, book.asks.empty() ? nullptr : &book.asks.front());
  out.close_array().close_object();
}

} // namespace hlx::venue
