// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/reports.hpp"

#include <array>

namespace hlx {

std::string_view to_string(venue_order_status x) {
  static constexpr std::array<std::string_view, 7> words{
    "open",     "filled", "triggered", "canceled", "canceled_by_venue",
    "rejected", "unknown"};
  return words[static_cast<std::size_t>(x)];
}

std::string_view to_string(request_delivery x) {
  static constexpr std::array<std::string_view, 3> words{"answered", "not_sent",
                                                         "unknown"};
  return words[static_cast<std::size_t>(x)];
}

std::string_view to_string(element_status x) {
  static constexpr std::array<std::string_view, 7> words{
    "resting",   "filled",           "success",
    "error",     "waiting_for_fill", "waiting_for_trigger",
    "unreadable"};
  return words[static_cast<std::size_t>(x)];
}

std::string_view to_string(reply_kind x) {
  static constexpr std::array<std::string_view, 6> words{
    "none", "unreadable", "statuses", "done", "refused", "http_refused"};
  return words[static_cast<std::size_t>(x)];
}

} // namespace hlx
