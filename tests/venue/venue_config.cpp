// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/venue_config.hpp"

#include <algorithm>

namespace hlx::venue {

namespace {

constexpr std::string_view numbered_pair = "@1";
constexpr std::string_view numbered_token = "HFUN";

} // namespace

instrument_table venue_instruments() {
  auto result = default_instruments();
  result.add({.name = "PURR/USDC",
              .asset = 10'000,
              .kind = market_kind::spot,
              .size_decimals = 0});
  result.add({.name = std::string{numbered_pair},
              .asset = 10'001,
              .kind = market_kind::spot,
              .size_decimals = 2});
  for (asset_id side = 0; side < 2; ++side)
    result.add({.name = '#' + std::to_string(side),
                .asset = outcome_assets_begin + side,
                .kind = market_kind::outcome,
                .quote = "USDH"});
  return result;
}

const instrument* find_coin(const instrument_table& known,
                            std::string_view coin) {
  const auto* found = known.find(coin);
  return found != nullptr && found->name == coin ? found : nullptr;
}

std::vector<std::string> venue_dexes(const instrument_table& known) {
  std::vector<std::string> result{""};
  for (const auto& x : known.all())
    if (x.kind == market_kind::perp
        && std::find(result.begin(), result.end(), x.dex) == result.end())
      result.push_back(x.dex);
  return result;
}

std::vector<spot_token> venue_spot_tokens() {
  return {{.name = "USDC", .index = 0, .size_decimals = 8, .wei_decimals = 8},
          {.name = "PURR", .index = 1, .size_decimals = 0, .wei_decimals = 5},
          {.name = std::string{numbered_token},
           .index = 2,
           .size_decimals = 2,
           .wei_decimals = 8},
          {.name = "USDH", .index = 3, .size_decimals = 2, .wei_decimals = 8}};
}

std::vector<spot_token> venue_tokens(const instrument_table& known) {
  auto result = venue_spot_tokens();
  for (const auto& x : known.all())
    if (x.kind == market_kind::outcome)
      result.push_back({.name = base_token(x),
                        .index = x.asset,
                        .size_decimals = x.size_decimals,
                        .wei_decimals = 8});
  return result;
}

bool moves_tokens(const instrument& x) {
  return x.kind == market_kind::spot || x.kind == market_kind::outcome;
}

bool is_canonical(const instrument& pair) {
  return !pair.name.starts_with('@');
}

bool is_canonical(const spot_token& x) {
  return x.name == "USDC" || x.name == "PURR";
}

std::string base_token(const instrument& pair) {
  if (pair.kind == market_kind::outcome)
    return '+' + pair.name.substr(1);
  if (pair.name == numbered_pair)
    return std::string{numbered_token};
  return pair.name.substr(0, pair.name.find('/'));
}

} // namespace hlx::venue
