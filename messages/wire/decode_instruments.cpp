// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_instruments.hpp"

#include "hlx/messages/wire/json.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <algorithm>

namespace hlx::wire {

namespace {

constexpr asset_id first_spot_asset = 10'000;
constexpr asset_id first_builder_asset = 100'000;
constexpr asset_id assets_per_dex = 10'000;
constexpr asset_id first_outcome_asset = 100'000'000;
constexpr asset_id assets_per_outcome = 10;

/// Those that asset ids of 32 bits have room for.
constexpr std::int64_t outcomes_max = 400'000'000 / assets_per_outcome;

/// More than the decimal type has, or less than none, is no number of digits.
constexpr std::int64_t size_decimals_max = 8;

std::optional<std::int64_t> integer_of(const json& object,
                                       std::string_view name) {
  const auto* value = object.find(name);
  return value == nullptr ? std::nullopt : value->as_i64();
}

bool is_set(const json& object, std::string_view name) {
  const auto* value = object.find(name);
  return value != nullptr && value->is_true();
}

std::string name_of(const json& object) {
  const auto* value = object.find("name");
  return value == nullptr ? std::string{} : value->text();
}

std::optional<int> size_decimals_of(const json& object) {
  const auto digits = integer_of(object, "szDecimals");
  if (!digits || *digits < 0 || *digits > size_decimals_max)
    return std::nullopt;
  return static_cast<int>(*digits);
}

std::string broken(std::string_view list, std::size_t index, const json& x) {
  std::string result{list};
  result += " element ";
  result += std::to_string(index);
  result += ": no instrument: ";
  result += excerpt(x.dump());
  return result;
}

std::optional<instrument> read_perp(const json& entry, std::string_view dex,
                                    asset_id asset) {
  instrument result;
  const auto decimals = size_decimals_of(entry);
  result.name = name_of(entry);
  if (!decimals || result.name.empty())
    return std::nullopt;
  // The data says "dex:COIN" wherever it means a builder's.
  if (!dex.empty() && result.name.find(':') == std::string::npos)
    result.name.insert(0, std::string{dex} + ':');
  result.asset = asset;
  result.kind = dex.empty() ? market_kind::perp : market_kind::builder_perp;
  result.size_decimals = *decimals;
  result.max_leverage = static_cast<int>(std::clamp<std::int64_t>(
    integer_of(entry, "maxLeverage").value_or(1), 1, 1000));
  result.only_isolated = is_set(entry, "onlyIsolated");
  result.delisted = is_set(entry, "isDelisted");
  result.dex = dex;
  return result;
}

/// Appends the instruments of one dex; false when it has no universe.
bool read_universe(const json& meta, std::string_view dex,
                   std::uint32_t dex_index, instruments_answer& out) {
  const auto* universe = meta.find("universe");
  if (universe == nullptr || !universe->is_array())
    return false;
  const auto first =
    dex_index == 0 ? 0 : first_builder_asset + dex_index * assets_per_dex;
  const auto& entries = universe->items();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto asset = first + static_cast<asset_id>(i);
    if (auto found = read_perp(entries[i], dex, asset))
      out.instruments.push_back(std::move(*found));
    else
      out.warnings.push_back(broken("meta", i, entries[i]));
  }
  return true;
}

/// The token with that index in its own entry: positions say nothing.
const json* find_token(const json& tokens, std::int64_t index) {
  const auto& items = tokens.items();
  const auto found =
    std::find_if(items.begin(), items.end(), [index](const json& x) {
      return integer_of(x, "index") == index;
    });
  return found == items.end() ? nullptr : &*found;
}

std::optional<instrument> read_spot(const json& entry, const json& tokens) {
  const auto index = integer_of(entry, "index");
  const auto* pair = entry.find("tokens");
  instrument result;
  result.name = name_of(entry);
  if (!index || *index < 0 || *index >= first_builder_asset - first_spot_asset
      || pair == nullptr || pair->items().size() != 2 || result.name.empty())
    return std::nullopt;
  const auto base_index = pair->items()[0].as_i64();
  const auto quote_index = pair->items()[1].as_i64();
  if (!base_index || !quote_index)
    return std::nullopt;
  const auto* base = find_token(tokens, *base_index);
  const auto* quote = find_token(tokens, *quote_index);
  if (base == nullptr || quote == nullptr || !size_decimals_of(*base))
    return std::nullopt;
  result.asset = first_spot_asset + static_cast<asset_id>(*index);
  result.kind = market_kind::spot;
  result.size_decimals = *size_decimals_of(*base);
  result.quote = name_of(*quote);
  return result;
}

/// Appends one instrument for each side; false when the entry is broken.
bool read_outcome(const json& entry, instruments_answer& out) {
  const auto number = integer_of(entry, "outcome");
  const auto* sides = entry.find("sideSpecs");
  const auto* quote = entry.find("quoteToken");
  if (!number || *number < 0 || *number >= outcomes_max || sides == nullptr
      || !sides->is_array() || sides->items().empty()
      || sides->items().size() > assets_per_outcome)
    return false;
  const auto first = static_cast<asset_id>(*number) * assets_per_outcome;
  for (asset_id side = 0; side < sides->items().size(); ++side) {
    instrument result;
    result.name = '#' + std::to_string(first + side);
    result.asset = first_outcome_asset + first + side;
    result.kind = market_kind::outcome;
    if (quote != nullptr && quote->is_string())
      result.quote = quote->text();
    out.instruments.push_back(std::move(result));
  }
  return true;
}

} // namespace

instruments_answer decode_meta(int http_status, std::string_view body,
                               std::string_view dex, std::uint32_t dex_index) {
  instruments_answer result;
  const auto meta = read_answer(http_status, body, result.error);
  if (meta && !read_universe(*meta, dex, dex_index, result))
    result.error = "meta has no universe: " + excerpt(body);
  return result;
}

instruments_answer decode_spot_meta(int http_status, std::string_view body) {
  instruments_answer result;
  const auto meta = read_answer(http_status, body, result.error);
  if (!meta)
    return result;
  const auto* universe = meta->find("universe");
  const auto* tokens = meta->find("tokens");
  if (universe == nullptr || !universe->is_array() || tokens == nullptr
      || !tokens->is_array()) {
    result.error = "spotMeta has no universe or no tokens: " + excerpt(body);
    return result;
  }
  const auto& entries = universe->items();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (auto found = read_spot(entries[i], *tokens))
      result.instruments.push_back(std::move(*found));
    else
      result.warnings.push_back(broken("spotMeta", i, entries[i]));
  }
  return result;
}

instruments_answer decode_outcome_meta(int http_status, std::string_view body) {
  instruments_answer result;
  const auto meta = read_answer(http_status, body, result.error);
  if (!meta)
    return result;
  const auto* outcomes = meta->find("outcomes");
  if (outcomes == nullptr || !outcomes->is_array()) {
    result.error = "outcomeMeta has no outcomes: " + excerpt(body);
    return result;
  }
  const auto& entries = outcomes->items();
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (!read_outcome(entries[i], result))
      result.warnings.push_back(broken("outcomeMeta", i, entries[i]));
  return result;
}

dexes_answer decode_perp_dexs(int http_status, std::string_view body) {
  dexes_answer result;
  const auto list = read_answer(http_status, body, result.error);
  if (!list)
    return result;
  if (!list->is_array() || list->items().empty()) {
    result.error = "perpDexs is no list: " + excerpt(body);
    return result;
  }
  for (const auto& entry : list->items())
    result.names.push_back(name_of(entry));
  return result;
}

} // namespace hlx::wire
