// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/instruments.hpp"

#include "hlx/messages/assert.hpp"

#include <array>
#include <charconv>
#include <limits>

namespace hlx {

namespace {

/// Significant figures that a price with a fraction may have.

/// 1e-8 counts in one unit of the last allowed digit.
constexpr std::int64_t unit_of(int decimals) {
  std::int64_t unit = decimal_scale;
  for (int i = 0; i < decimals; ++i)
    unit /= 10;
  return unit;
}

/// The grid step around `raw`: integers are always on it.
std::int64_t tick_of(const instrument& x, std::int64_t raw) {
  std::int64_t tick = unit_of(max_price_decimals(x));
  // The five-figure step: the fifth digit from the first that is not zero.
  std::int64_t figures_step = 1;
  for (auto rest = raw; rest >= 100'000; rest /= 10)
    figures_step *= 10;
  if (figures_step > decimal_scale)
    figures_step = decimal_scale;
  return figures_step > tick ? figures_step : tick;
}

/// Prices are below: an outcome pays one at most.
std::int64_t price_end(const instrument& x) {
  return x.kind == market_kind::outcome
           ? decimal_scale
           : std::numeric_limits<std::int64_t>::max();
}

/// The asset of "@107", which every spot pair answers to.
std::optional<asset_id> spot_asset_of(std::string_view name) {
  constexpr asset_id first_spot_asset = 10'000;
  constexpr asset_id spot_assets = 90'000;
  if (!name.starts_with('@'))
    return std::nullopt;
  asset_id index = 0;
  const auto* end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + 1, end, index);
  if (read.ec != std::errc{} || read.ptr != end || index >= spot_assets)
    return std::nullopt;
  return first_spot_asset + index;
}

} // namespace

std::string_view to_string(market_kind x) {
  static constexpr std::array<std::string_view, 4> words{"perp", "builder_perp",
                                                         "spot", "outcome"};
  return words[static_cast<std::size_t>(x)];
}

int max_price_decimals(const instrument& x) {
  const bool is_perp =
    x.kind == market_kind::perp || x.kind == market_kind::builder_perp;
  const int decimals = (is_perp ? 6 : 8) - x.size_decimals;
  return decimals > 0 ? decimals : 0;
}

bool is_price_on_grid(const instrument& x, price p) {
  return p.raw > 0 && p.raw < price_end(x) && p.raw % tick_of(x, p.raw) == 0;
}

bool is_size_on_grid(const instrument& x, quantity q) {
  return q.raw >= 0 && q.raw % unit_of(x.size_decimals) == 0;
}

std::optional<price> round_price(const instrument& x, price p, order_side side,
                                 price_rounding rounding) {
  if (p.raw <= 0 || p.raw >= price_end(x))
    return std::nullopt;
  const bool up =
    (side == order_side::buy) == (rounding == price_rounding::aggressive);
  const auto tick = tick_of(x, p.raw);
  const auto rest = p.raw % tick;
  if (rest == 0)
    return p;
  price result{p.raw - rest};
  if (up && __builtin_add_overflow(result.raw, tick, &result.raw))
    return std::nullopt;
  if (result.raw <= 0 || result.raw >= price_end(x))
    return std::nullopt;
  return result;
}

quantity round_size_down(const instrument& x, quantity q) {
  return {q.raw - q.raw % unit_of(x.size_decimals)};
}

wide_integer min_notional() {
  return static_cast<wide_integer>(10) * decimal_scale * decimal_scale;
}

void instrument_table::add(instrument x) {
  if (const auto existing = by_name_.find(x.name); existing != by_name_.end()) {
    by_asset_.erase(all_[existing->second].asset);
    by_asset_[x.asset] = existing->second;
    all_[existing->second] = std::move(x);
    return;
  }
  const auto index = static_cast<std::uint32_t>(all_.size());
  by_name_.emplace(x.name, index);
  by_asset_[x.asset] = index;
  all_.push_back(std::move(x));
}

const instrument* instrument_table::find(std::string_view name) const {
  const auto index = index_of(name);
  return index ? &all_[*index] : nullptr;
}

const instrument* instrument_table::find(asset_id asset) const {
  const auto found = by_asset_.find(asset);
  return found != by_asset_.end() ? &all_[found->second] : nullptr;
}

std::optional<std::uint32_t> instrument_table::index_of(
  std::string_view name) const {
  if (const auto found = by_name_.find(name); found != by_name_.end())
    return found->second;
  const auto asset = spot_asset_of(name);
  const auto found = asset ? by_asset_.find(*asset) : by_asset_.end();
  if (found == by_asset_.end())
    return std::nullopt;
  return found->second;
}

instrument_table default_instruments() {
  instrument_table result;
  result.add(
    {.name = "BTC", .asset = 0, .size_decimals = 5, .max_leverage = 40});
  result.add(
    {.name = "ETH", .asset = 1, .size_decimals = 4, .max_leverage = 25});
  result.add(
    {.name = "SOL", .asset = 2, .size_decimals = 2, .max_leverage = 20});
  return result;
}

} // namespace hlx
