// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/grouping_check.hpp"

#include <cstddef>

namespace hlx {

namespace {

/// Take-profit and stop-loss orders of one parent, or of one position.
constexpr std::size_t triggers_max = 2;

constexpr auto trigger_types =
  "stop_market, stop_limit, market_if_touched, limit_if_touched";

/// "a child of normalTpsl is a limit order (allowed: ...)"
std::string wrong(std::string_view what, const std::string& is,
                  std::string_view allowed) {
  std::string result{what};
  result.append(" ").append(is).append(" (allowed: ").append(allowed);
  return result.append(")");
}

std::string is_of_type(order_type type) {
  return "is a " + std::string{to_string(type)} + " order";
}

std::string trigger_refusal(std::string_view what, const order_terms& terms) {
  if (!has_trigger(terms.type))
    return wrong(what, is_of_type(terms.type), trigger_types);
  if (!terms.reduce_only)
    return wrong(what, "is not reduce-only", "reduce-only");
  return {};
}

std::string parent_refusal(const order_terms& terms) {
  if (has_trigger(terms.type))
    return wrong("the parent of normalTpsl", is_of_type(terms.type),
                 "market, limit");
  return {};
}

std::string child_refusal(const instrument_table& known,
                          const order_terms& child, const order_terms& parent) {
  constexpr auto what = "a child of normalTpsl";
  if (auto why = trigger_refusal(what, child); !why.empty())
    return why;
  if (known.index_of(child.instrument) != known.index_of(parent.instrument))
    return wrong(what, "is in " + child.instrument,
                 "its parent's instrument, " + parent.instrument);
  if (child.side == parent.side)
    return wrong(
      what, "is on its parent's side, " + std::string{to_string(child.side)},
      to_string(opposite(parent.side)));
  return {};
}

/// Why no list of that grouping has so many orders.
std::string count_refusal(const submit_list& list) {
  const bool has_parent = list.grouping == order_grouping::normal_tpsl;
  const auto orders = list.orders.size();
  const auto triggers = orders - (has_parent ? 1 : 0);
  if (triggers >= 1 && triggers <= triggers_max)
    return {};
  return wrong("a list of " + std::string{to_string(list.grouping)},
               "has " + std::to_string(orders)
                 + (orders == 1 ? " order" : " orders"),
               has_parent ? "a parent, then 1 or 2 trigger orders"
                          : "1 or 2 trigger orders");
}

} // namespace

std::vector<std::string> check_grouping(const instrument_table& known,
                                        const submit_list& list) {
  std::vector<std::string> result(list.orders.size());
  if (list.grouping == order_grouping::na || list.orders.empty())
    return result;
  if (const auto why = count_refusal(list); !why.empty()) {
    result.assign(list.orders.size(), why);
    return result;
  }
  const auto& first = list.orders.front();
  for (std::size_t i = 0; i < list.orders.size(); ++i) {
    const auto& terms = list.orders[i];
    if (list.grouping == order_grouping::position_tpsl)
      result[i] = trigger_refusal("an order of positionTpsl", terms);
    else if (i == 0)
      result[i] = parent_refusal(terms);
    else
      result[i] = child_refusal(known, terms, first);
  }
  return result;
}

} // namespace hlx
