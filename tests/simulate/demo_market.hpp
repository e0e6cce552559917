// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/decimal.hpp"
#include "tests/venue/api/faults.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hlx::simulate {

/// The rest of the market of the demo: a mark that wanders, and a house that
/// quotes around it and now and then takes what others quote. A value; its
/// steps are control requests for the venue.
class demo_market {
public:
  explicit demo_market(std::uint64_t seed) : random_(seed) {}

  static constexpr const char* instrument = "BTC";

  std::vector<std::string> step();

private:
  std::string order(bool buy, std::int64_t px, const char* sz) const;

  seeded_random random_;
  std::int64_t mid_ = 60'000; // Whole USDC: always on the price grid.
};

} // namespace hlx::simulate
