// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/records.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <utility>

namespace hlx::venue {

/// What the books hold of some orders, to compare a client's ledger with.
struct tally_sum {
  std::uint64_t orders = 0; ///< That were ever accepted.
  quantity bought;
  quantity sold;

  friend bool operator==(const tally_sum&, const tally_sum&) = default;
};

/// Counts orders and trades by cloid, from the blocks themselves: no window,
/// no page, no fault stands between. Replacements count with their original.
class tally {
public:
  void count(const block_output& block);

  tally_sum sum(const address& user, std::span<const cloid> cloids) const;

private:
  std::map<std::pair<address, cloid>, tally_sum> by_cloid_;
};

} // namespace hlx::venue
