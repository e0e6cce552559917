// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/demo_market.hpp"

#include <algorithm>

namespace hlx::simulate {

std::vector<std::string> demo_market::step() {
  mid_ += static_cast<std::int64_t>(random_.below(13)) - 6;
  mid_ = std::clamp<std::int64_t>(mid_, 50'000, 70'000);
  std::vector<std::string> result;
  result.push_back(R"({"mark":{"coin":"BTC","px":")" + std::to_string(mid_)
                   + R"("}})");
  result.push_back(order(true, mid_ - 3, "0.02"));
  result.push_back(order(false, mid_ + 3, "0.02"));
  if (random_.below(2) == 0) {
    const bool buy = random_.below(2) == 0;
    const auto reach = static_cast<std::int64_t>(5 + random_.below(15));
    result.push_back(order(buy, buy ? mid_ + reach : mid_ - reach, "0.008"));
  }
  return result;
}

std::string demo_market::order(bool buy, std::int64_t px,
                               const char* sz) const {
  std::string result{R"({"book":{"coin":"BTC","side":")"};
  result.append(buy ? "buy" : "sell");
  result.append(R"(","px":")").append(std::to_string(px));
  return result.append(R"(","sz":")").append(sz).append(R"("}})");
}

} // namespace hlx::simulate
