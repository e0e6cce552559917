// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/tally.hpp"

#include <string_view>

namespace hlx::venue {

void tally::count(const block_output& block) {
  constexpr std::string_view rejected = "ejected";
  for (const auto& x : block.orders)
    if (x.cloid && x.status.find(rejected) == std::string::npos)
      by_cloid_[{x.user, *x.cloid}].orders = 1;
  for (const auto& x : block.fills) {
    if (!x.cloid)
      continue;
    auto& entry = by_cloid_[{x.user, *x.cloid}];
    (x.side == order_side::buy ? entry.bought : entry.sold) += x.size;
  }
}

tally_sum tally::sum(const address& user, std::span<const cloid> cloids) const {
  tally_sum result;
  for (const auto& id : cloids) {
    const auto found = by_cloid_.find({user, id});
    if (found == by_cloid_.end())
      continue;
    result.orders += found->second.orders;
    result.bought += found->second.bought;
    result.sold += found->second.sold;
  }
  return result;
}

} // namespace hlx::venue
