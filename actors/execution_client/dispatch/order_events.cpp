// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/order_events.hpp"

#include "hlx/actors/execution_client/dispatch/listings.hpp"
#include "hlx/messages/wire/error_texts.hpp"

#include <utility>

namespace hlx {

namespace {

template <class Event>
Event& add(context& c, std::uint32_t strategy, const client_order_id& id,
           venue_time at) {
  auto& item = c.out.emplace_back(std::in_place_type<order_event>,
                                  std::in_place_type<Event>);
  auto& event = *std::get_if<Event>(std::get_if<order_event>(&item));
  auto& record = c.state.strategies[strategy];
  event.header.strategy = record.id;
  event.header.client_order_id = id;
  event.header.sequence = ++record.sequence;
  event.header.client_time_ms = c.now_ms;
  event.header.venue_time_ms = at;
  return event;
}

template <class Event>
Event& add(context& c, const tracked_order& order, venue_time at) {
  return add<Event>(c, order.strategy, order.client_order_id, at);
}

std::optional<price> some(price p) {
  return p.raw != 0 ? std::optional{p} : std::nullopt;
}

} // namespace

std::uint32_t strategy_of(context& c, const strategy_id& id) {
  auto& index = c.state.strategy_index;
  if (const auto found = index.find(id); found != index.end())
    return found->second;
  const auto number = static_cast<std::uint32_t>(c.state.strategies.size());
  c.state.strategies.push_back({.id = id});
  index.emplace(id, number);
  return number;
}

void emit_submitted(context& c, tracked_order& order) {
  auto& event = add<order_submitted>(c, order, std::nullopt);
  event.instrument = c.instrument_of(order).name;
  event.side = order.side;
  event.type = order.type;
  event.quantity = order.target;
  event.price = some(order.price);
  event.trigger_price = some(order.trigger_price);
}

void emit_denied(context& c, std::uint32_t strategy, const client_order_id& id,
                 std::string reason, std::optional<std::int64_t> passes_at_ms) {
  auto& event = add<order_denied>(c, strategy, id, std::nullopt);
  event.reason = std::move(reason);
  event.passes_at_ms = passes_at_ms;
}

void emit_accepted(context& c, tracked_order& order, venue_time at) {
  auto& event = add<order_accepted>(c, order, at);
  event.venue_order_id = order.binding.oid;
  event.quantity = order.target;
  event.price = some(order.price);
  event.trigger_price = some(order.trigger_price);
}

void emit_rejected(context& c, tracked_order& order, std::string reason,
                   venue_time at) {
  auto& event = add<order_rejected>(c, order, at);
  event.due_post_only = wire::is_post_only_refusal(reason);
  event.reason = std::move(reason);
}

void emit_triggered(context& c, tracked_order& order, venue_order_id leg,
                    venue_time at) {
  auto& event = add<order_triggered>(c, order, at);
  event.venue_order_id = leg;
  event.trigger_price = some(order.trigger_price);
}

void emit_updated(context& c, tracked_order& order, venue_time at) {
  auto& event = add<order_updated>(c, order, at);
  event.venue_order_id = order.binding.oid;
  event.quantity = order.target;
  event.price = some(order.price);
  event.trigger_price = some(order.trigger_price);
}

void emit_filled(context& c, tracked_order& order, const fill_report& report) {
  auto& event = add<order_filled>(c, order, report.time_ms);
  event.venue_order_id = report.oid;
  event.trade_id = report.trade_id;
  event.instrument = c.instrument_of(order).name;
  event.side = order.side;
  event.type = order.type;
  event.quantity = order.target;
  event.last_quantity = report.last_quantity.value;
  event.last_price = report.last_price.value;
  event.cum_quantity = order.cumulative;
  event.liquidity = report.liquidity;
  event.commission = report.commission.value;
  event.commission_currency = report.commission_currency;
}

void emit_canceled(context& c, tracked_order& order, std::string reason,
                   venue_time at) {
  auto& event = add<order_canceled>(c, order, at);
  event.venue_order_id = order.binding.oid;
  event.cum_quantity = order.cumulative;
  event.reason = std::move(reason);
}

void emit_expired(context& c, tracked_order& order, venue_time at) {
  auto& event = add<order_expired>(c, order, at);
  event.venue_order_id = order.binding.oid;
  event.cum_quantity = order.cumulative;
}

void emit_modify_rejected(context& c, std::uint32_t strategy,
                          const client_order_id& id,
                          std::optional<quantity> asked_quantity,
                          std::optional<price> asked_price, std::string reason,
                          venue_time at) {
  auto& event = add<order_modify_rejected>(c, strategy, id, at);
  event.quantity = asked_quantity;
  event.price = asked_price;
  event.reason = std::move(reason);
}

void emit_cancel_rejected(context& c, std::uint32_t strategy,
                          const client_order_id& id, std::string reason) {
  add<order_cancel_rejected>(c, strategy, id, std::nullopt).reason =
    std::move(reason);
}

void warn(context& c, std::string text) {
  c.out.emplace_back(client_warning{std::move(text), c.now_ms});
}

void warn_of_unknown_coin(context& c, const std::string& coin,
                          venue_order_id oid) {
  if (c.state.instruments.find(coin) != nullptr)
    return;
  warn(c, "unknown coin \"" + coin + "\" in a report of venue order "
            + to_string(oid));
  note_instrument(c, coin);
}

} // namespace hlx
