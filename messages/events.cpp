// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/events.hpp"

#include <array>

namespace hlx {

const event_header& header_of(const order_event& event) {
  return std::visit(
    [](const auto& x) -> const event_header& { return x.header; }, event);
}

event_header& header_of(order_event& event) {
  return std::visit([](auto& x) -> event_header& { return x.header; }, event);
}

std::string_view name_of(const order_event& event) {
  static constexpr std::array<std::string_view,
                              std::variant_size_v<order_event>>
    names{"order_submitted",       "order_denied",         "order_accepted",
          "order_rejected",        "order_triggered",      "order_updated",
          "order_filled",          "order_canceled",       "order_expired",
          "order_modify_rejected", "order_cancel_rejected"};
  return names[event.index()];
}

bool is_terminal(const order_event& event) {
  if (const auto* fill = std::get_if<order_filled>(&event))
    return fill->quantity.raw > 0 && fill->cum_quantity >= fill->quantity;
  return std::holds_alternative<order_denied>(event)
         || std::holds_alternative<order_rejected>(event)
         || std::holds_alternative<order_canceled>(event)
         || std::holds_alternative<order_expired>(event);
}

} // namespace hlx
