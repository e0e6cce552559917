// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/reports.hpp"
#include "hlx/messages/wire/json.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Lists of orders and fills from JSON trees, element by element. Internal to
/// wire/.
namespace hlx::wire {

/// Appends what a list of open orders says, children after their parent, all
/// as open. `name` is the list's, for warnings.
void decode_open_orders(const json& list, std::string_view name,
                        std::vector<order_status_report>& orders,
                        std::vector<std::string>& warnings);

/// Appends the fills of a list, in its order.
void decode_fills(const json& list, std::string_view name,
                  std::vector<fill_report>& fills,
                  std::vector<std::string>& warnings);

/// Reads {"order":{...},"status":...,"statusTimestamp":...}; nothing and a
/// warning when it is broken.
std::optional<order_status_report> decode_order_record(
  const json& record, std::string_view name,
  std::vector<std::string>& warnings);

/// Puts fills that may come newest first into the order of their times; those
/// of one time keep the order in which they happened.
void sort_by_time(std::vector<fill_report>& fills);

} // namespace hlx::wire
