// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/actions.hpp"

#include <array>

namespace hlx {

std::string_view to_string(wire_time_in_force x) {
  static constexpr std::array<std::string_view, 4> words{"Gtc", "Ioc", "Alo",
                                                         "FrontendMarket"};
  return words[static_cast<std::size_t>(x)];
}

std::string_view to_string(trigger_kind x) {
  return x == trigger_kind::take_profit ? "tp" : "sl";
}

} // namespace hlx
