// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/demo_ledger.hpp"

#include <algorithm>
#include <variant>

namespace hlx::simulate {

void demo_ledger::apply(const order_event& event) {
  const auto& header = header_of(event);
  check(header.sequence == content_.last_sequence + 1, event,
        "the next sequence number");
  content_.last_sequence = header.sequence;
  const auto found = content_.orders.find(header.client_order_id);
  if (const auto* submitted = std::get_if<order_submitted>(&event)) {
    check(found == content_.orders.end(), event, "an order that is new");
    content_.orders.insert_or_assign(
      header.client_order_id, ledger_order{.side = submitted->side,
                                           .quantity = submitted->quantity,
                                           .price = submitted->price,
                                           .opened_as = header.sequence});
    return;
  }
  if (found != content_.orders.end())
    on_known(found->second, event);
  else
    check(std::holds_alternative<order_denied>(event)
            || std::holds_alternative<order_modify_rejected>(event)
            || std::holds_alternative<order_cancel_rejected>(event),
          event, "order_submitted first");
}

void demo_ledger::on_known(ledger_order& order, const order_event& event) {
  if (std::holds_alternative<order_accepted>(event)) {
    check(order.at == order_stage::submitted, event,
          "an order not accepted yet");
    order.at = order_stage::accepted;
    ++content_.accepted;
  } else if (std::holds_alternative<order_rejected>(event)) {
    check(order.at == order_stage::submitted, event,
          "an order not accepted yet");
    order.at = order_stage::ended;
  } else if (const auto* updated = std::get_if<order_updated>(&event)) {
    check(order.at == order_stage::accepted, event, "an accepted, live order");
    order.quantity = updated->quantity;
    order.price = updated->price;
  } else if (const auto* fill = std::get_if<order_filled>(&event)) {
    on_fill(order, *fill);
  } else if (std::holds_alternative<order_canceled>(event)
             || std::holds_alternative<order_expired>(event)) {
    check(order.at == order_stage::accepted, event, "an accepted, live order");
    order.at = order_stage::ended;
  } else if (std::holds_alternative<order_triggered>(event)) {
    check(order.at == order_stage::accepted, event, "an accepted, live order");
  }
}

void demo_ledger::on_fill(ledger_order& order, const order_filled& fill) {
  check(order.at != order_stage::submitted, fill, "order_accepted first");
  check(content_.trades.emplace(fill.trade_id, fill.venue_order_id).second,
        fill, "each trade once");
  order.filled += fill.last_quantity;
  check(fill.cum_quantity == order.filled, fill,
        "cum_quantity to be the sum of the trades");
  content_.filled += fill.last_quantity;
  if (fill.side == order_side::buy)
    content_.position.raw += fill.last_quantity.raw;
  else
    content_.position.raw -= fill.last_quantity.raw;
  if (is_terminal(fill))
    order.at = order_stage::ended;
}

void demo_ledger::check(bool fine, const order_event& event,
                        const char* expected) {
  if (fine)
    return;
  const auto& header = header_of(event);
  std::string text{name_of(event)};
  text.append(" ").append(std::to_string(header.sequence));
  text.append(" of ").append(header.client_order_id.value);
  content_.violations.push_back(text + ": expected " + expected);
}

ledger_sum demo_ledger::sum() const {
  const auto open = std::count_if(
    content_.orders.begin(), content_.orders.end(),
    [](const auto& x) { return x.second.at == order_stage::accepted; });
  return {.orders = content_.accepted,
          .filled = content_.filled,
          .open_orders = static_cast<std::uint64_t>(open),
          .position = content_.position};
}

std::uint64_t demo_ledger::undecided() const {
  const auto count = std::count_if(
    content_.orders.begin(), content_.orders.end(),
    [](const auto& x) { return x.second.at == order_stage::submitted; });
  return static_cast<std::uint64_t>(count);
}

} // namespace hlx::simulate
