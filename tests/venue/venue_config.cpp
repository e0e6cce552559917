// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/venue_config.hpp"

#include <algorithm>

namespace hlx::venue {

instrument_table venue_instruments() {
  auto result = default_instruments();
  result.add({.name = "PURR/USDC",
              .asset = 10'000,
              .kind = market_kind::spot,
              .size_decimals = 0});
  return result;
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
          {.name = "PURR", .index = 1, .size_decimals = 0, .wei_decimals = 5}};
}

} // namespace hlx::venue
