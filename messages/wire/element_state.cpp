// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/element_state.hpp"

#include <bit>

namespace hlx::wire {

std::string_view to_string(element_field x) {
  static constexpr std::array<std::string_view, 23> names{"",
                                                          "coin",
                                                          "side",
                                                          "limitPx",
                                                          "sz",
                                                          "oid",
                                                          "timestamp",
                                                          "origSz",
                                                          "cloid",
                                                          "reduceOnly",
                                                          "isTrigger",
                                                          "triggerCondition",
                                                          "order",
                                                          "status",
                                                          "statusTimestamp",
                                                          "px",
                                                          "time",
                                                          "crossed",
                                                          "fee",
                                                          "feeToken",
                                                          "tid",
                                                          "startPosition",
                                                          "closedPnl"};
  return names[static_cast<std::size_t>(x)];
}

element_field element_state::first_of(std::uint32_t bits) {
  return static_cast<element_field>(std::countr_zero(bits));
}

} // namespace hlx::wire
