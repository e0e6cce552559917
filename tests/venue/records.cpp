// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/records.hpp"

#include <array>

namespace hlx::venue {

std::string_view to_string(response_type x) {
  static constexpr std::array<std::string_view, 5> words{
    "default", "order", "cancel", "twapOrder", "twapCancel"};
  return words[static_cast<std::size_t>(x)];
}

std::string_view to_string(record_type x) {
  static constexpr std::array<std::string_view, 7> words{"Limit",
                                                         "Market",
                                                         "Stop Market",
                                                         "Stop Limit",
                                                         "Take Profit Market",
                                                         "Take Profit Limit",
                                                         "Twap Slice"};
  return words[static_cast<std::size_t>(x)];
}

std::string_view to_string(account_role x) {
  static constexpr std::array<std::string_view, 5> words{
    "missing", "user", "agent", "subAccount", "vault"};
  return words[static_cast<std::size_t>(x)];
}

} // namespace hlx::venue
