// SPDX-License-Identifier: BSD-3-Clause
#include "tests/kit/order_script.hpp"

#include <array>
#include <stdexcept>
#include <type_traits>

namespace hlx::kit {

namespace {

template <class T>
T number(std::string_view text) {
  if (const auto result = parse<T>(text))
    return *result;
  throw std::invalid_argument("\"" + std::string{text}
                              + "\" is not a decimal of at most 8 digits");
}

} // namespace

std::string_view name_of(const strategy_command& command) {
  static constexpr std::array<std::string_view,
                              std::variant_size_v<strategy_command>>
    names{"submit_order",  "submit_list", "modify_order", "cancel_order",
          "cancel_orders", "cancel_all",  "query_order"};
  return names[command.index()];
}

void order_script::hear(const strategy_command& command) {
  const auto add = [this](const strategy_id& strategy, const order_terms& x) {
    order fresh;
    fresh.strategy = strategy;
    fresh.terms = x;
    // The order that has the id stays as it is: the new one is a duplicate.
    orders_.try_emplace(x.client_order_id, std::move(fresh));
  };
  if (const auto* one = std::get_if<submit_order>(&command)) {
    add(one->strategy, one->order);
  } else if (const auto* list = std::get_if<submit_list>(&command)) {
    for (const auto& x : list->orders)
      add(list->strategy, x);
  } else if (const auto* modify = std::get_if<modify_order>(&command)) {
    if (auto i = orders_.find(modify->client_order_id); i != orders_.end())
      i->second.modify = *modify;
  }
}

order_script::order& order_script::find(const std::string& id) {
  const auto i = orders_.find(client_order_id{id});
  if (i == orders_.end())
    throw std::invalid_argument("no order " + id + " was submitted");
  return i->second;
}

order_script::order& order_script::find_live(const std::string& id) {
  auto& result = find(id);
  if (result.reached == stage::ended)
    throw std::invalid_argument("order " + id + " has ended");
  return result;
}

event_header order_script::header_of(const order& x) {
  event_header result;
  result.strategy = x.strategy;
  result.client_order_id = x.terms.client_order_id;
  return result;
}

void order_script::submit(order& x, events& out) {
  if (x.reached >= stage::submitted)
    return;
  x.reached = stage::submitted;
  out.push_back(order_submitted{header_of(x), x.terms.instrument, x.terms.side,
                                x.terms.type, x.terms.quantity, x.terms.price,
                                x.terms.trigger_price});
}

void order_script::accept(order& x, events& out) {
  submit(x, out);
  if (x.reached >= stage::accepted)
    return;
  x.reached = stage::accepted;
  x.oid = {++last_oid_};
  out.push_back(order_accepted{header_of(x), x.oid, x.terms.quantity,
                               x.terms.price, x.terms.trigger_price});
}

order_script::events order_script::submitted(const std::string& id) {
  auto& x = find_live(id);
  events result;
  submit(x, result);
  if (result.empty())
    throw std::invalid_argument("order " + id + " was submitted already");
  return result;
}

order_script::events order_script::denied(const std::string& id,
                                          std::string reason) {
  auto& x = find_live(id);
  if (x.reached != stage::commanded)
    throw std::invalid_argument("order " + id + " was submitted already");
  events result{order_denied{header_of(x), std::move(reason)}};
  orders_.erase(client_order_id{id}); // The id was never used.
  return result;
}

order_script::events order_script::accepted(const std::string& id) {
  auto& x = find_live(id);
  if (x.reached == stage::accepted)
    throw std::invalid_argument("order " + id + " was accepted already");
  events result;
  accept(x, result);
  return result;
}

order_script::events order_script::rejected(const std::string& id,
                                            std::string reason,
                                            bool due_post_only) {
  auto& x = find_live(id);
  if (x.reached == stage::accepted)
    throw std::invalid_argument("order " + id + " was accepted already");
  events result;
  submit(x, result);
  x.reached = stage::ended;
  result.push_back(
    order_rejected{header_of(x), std::move(reason), due_post_only});
  return result;
}

order_script::events order_script::triggered(const std::string& id) {
  auto& x = find_live(id);
  events result;
  accept(x, result);
  result.push_back(order_triggered{header_of(x), x.oid, x.terms.trigger_price});
  return result;
}

order_script::events order_script::updated(const std::string& id) {
  auto& x = find_live(id);
  if (!x.modify.quantity && !x.modify.price)
    throw std::invalid_argument("order " + id + " has no modify");
  events result;
  accept(x, result);
  x.oid = {++last_oid_};
  if (x.modify.quantity)
    x.terms.quantity = *x.modify.quantity;
  if (x.modify.price)
    x.terms.price = x.modify.price;
  x.modify = {};
  result.push_back(order_updated{header_of(x), x.oid, x.terms.quantity,
                                 x.terms.price, x.terms.trigger_price});
  return result;
}

order_script::events order_script::filled(const std::string& id,
                                          std::string_view last_quantity,
                                          std::string_view last_price,
                                          liquidity_side liquidity) {
  auto& x = find(id); // A late one may follow the end.
  const auto size = number<quantity>(last_quantity);
  const auto paid = number<price>(last_price);
  events result;
  if (x.reached != stage::ended)
    accept(x, result);
  order_filled fill;
  fill.header = header_of(x);
  fill.venue_order_id = x.oid;
  fill.trade_id = {++last_trade_};
  fill.instrument = x.terms.instrument;
  fill.side = x.terms.side;
  fill.type = x.terms.type;
  fill.quantity = x.terms.quantity;
  fill.last_quantity = size;
  fill.last_price = paid;
  x.filled.raw += fill.last_quantity.raw;
  fill.cum_quantity = x.filled;
  fill.liquidity = liquidity;
  fill.commission_currency = "USDC";
  result.emplace_back(fill);
  if (is_terminal(result.back()))
    x.reached = stage::ended;
  return result;
}

order_script::events order_script::canceled(const std::string& id,
                                            std::string reason) {
  auto& x = find_live(id);
  events result;
  accept(x, result);
  x.reached = stage::ended;
  result.push_back(
    order_canceled{header_of(x), x.oid, x.filled, std::move(reason)});
  return result;
}

order_script::events order_script::expired(const std::string& id) {
  auto& x = find_live(id);
  events result;
  accept(x, result);
  x.reached = stage::ended;
  result.push_back(order_expired{header_of(x), x.oid, x.filled});
  return result;
}

order_script::events order_script::modify_rejected(const std::string& id,
                                                   std::string reason) {
  auto& x = find(id);
  events result{order_modify_rejected{header_of(x), x.modify.quantity,
                                      x.modify.price, std::move(reason)}};
  x.modify = {};
  return result;
}

order_script::events order_script::cancel_rejected(const std::string& id,
                                                   std::string reason) {
  return {order_cancel_rejected{header_of(find(id)), std::move(reason)}};
}

} // namespace hlx::kit
