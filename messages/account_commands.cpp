// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/account_commands.hpp"

#include <array>

namespace hlx {

std::string_view to_string(account_outcome x) {
  static constexpr std::array<std::string_view, 4> words{"done", "denied",
                                                         "refused", "unknown"};
  return words[static_cast<std::size_t>(x)];
}

} // namespace hlx
