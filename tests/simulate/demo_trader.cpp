// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/demo_trader.hpp"

#include <algorithm>
#include <utility>

namespace hlx::simulate {

namespace {

// What a strategy may submit between two looks at the market.
constexpr std::uint64_t burst_max = 1000;

constexpr std::int64_t size_step = decimal_scale / 2000;

} // namespace

std::vector<trader_command> demo_trader::on_market(price best_bid,
                                                   price best_ask,
                                                   std::uint64_t orders_due) {
  std::vector<trader_command> result;
  if (stopped_)
    return result;
  for (std::uint64_t i = 0; i < burst_max && submitted_ < orders_due; ++i) {
    auto order = new_order(best_bid, best_ask);
    const auto id = order.client_order_id;
    const bool may_rest = order.type == order_type::limit
                          && order.time_in_force == time_in_force::gtc;
    result.emplace_back(
      submit_order{.strategy = settings_.strategy, .order = std::move(order)});
    // What follows at once races the order itself.
    if (may_rest && one_in(12))
      result.emplace_back(some_modify(id, best_bid, best_ask));
    if (may_rest && one_in(12))
      result.emplace_back(cancel(id));
  }
  manage(best_bid, best_ask, result);
  return result;
}

demo_trader::demo_trader(trader_settings settings, ledger_content past)
  : settings_(std::move(settings)),
    random_(settings_.seed),
    ledger_(std::move(past)),
    submitted_(ledger_.orders().size()) {
  // nop
}

void demo_trader::on_event(const order_event& event) {
  // What an earlier life has submitted and did not hear of.
  if (std::holds_alternative<order_submitted>(event)
      && !header_of(event).client_order_id.value.view().starts_with(
        settings_.id_prefix))
    ++submitted_;
  if (std::holds_alternative<order_cancel_rejected>(event))
    canceling_.erase(header_of(event).client_order_id);
  ledger_.apply(event);
}

void demo_trader::on_failure(const strategy_command& command) {
  if (const auto* x = std::get_if<cancel_order>(&command))
    canceling_.erase(x->client_order_id);
}

order_terms demo_trader::new_order(price best_bid, price best_ask) {
  const bool is_buy = one_in(2);
  ++submitted_;
  order_terms result{
    .client_order_id = {settings_.id_prefix + std::to_string(++ids_)},
    .instrument = settings_.instrument,
    .side = is_buy ? order_side::buy : order_side::sell,
    .quantity = {size_step * static_cast<std::int64_t>(2 + random_.below(19))},
  };
  const auto near = is_buy ? best_bid : best_ask;
  const auto far = is_buy ? best_ask : best_bid;
  if (settings_.style == trading_style::maker) {
    result.price = is_buy ? offset(near, -15, 2) : offset(near, -2, 15);
    result.post_only = !one_in(4);
    return result;
  }
  switch (random_.below(4)) {
    case 0:
      result.type = order_type::market;
      break;
    case 1:
      result.price = offset(near, -10, 10);
      break;
    default:
      result.price = is_buy ? offset(far, -4, 12) : offset(far, -12, 4);
      result.time_in_force = time_in_force::ioc;
      break;
  }
  return result;
}

void demo_trader::manage(price best_bid, price best_ask,
                         std::vector<trader_command>& out) {
  const auto open = live();
  for (std::size_t i = 0; i + live_max < open.size(); ++i)
    out.emplace_back(cancel(open[i]));
  if (open.empty() || one_in(3))
    return;
  const auto& chosen = open[random_.below(open.size())];
  if (one_in(settings_.style == trading_style::maker ? 4 : 2))
    out.emplace_back(cancel(chosen));
  else
    out.emplace_back(some_modify(chosen, best_bid, best_ask));
}

std::vector<client_order_id> demo_trader::live() const {
  std::vector<std::pair<std::uint64_t, client_order_id>> open;
  for (const auto& [id, order] : ledger_.orders())
    if (order.at == order_stage::accepted && !canceling_.contains(id))
      open.emplace_back(order.opened_as, id);
  std::sort(open.begin(), open.end());
  std::vector<client_order_id> result;
  result.reserve(open.size());
  for (auto& [place, id] : open)
    result.push_back(std::move(id));
  return result;
}

modify_order demo_trader::some_modify(const client_order_id& id, price best_bid,
                                      price best_ask) {
  modify_order result{.strategy = settings_.strategy, .client_order_id = id};
  const auto found = ledger_.orders().find(id);
  const bool is_buy =
    found == ledger_.orders().end() || found->second.side == order_side::buy;
  if (found != ledger_.orders().end() && one_in(3))
    result.quantity = {found->second.filled.raw
                       + size_step
                           * static_cast<std::int64_t>(2 + random_.below(19))};
  if (!result.quantity || one_in(2))
    result.price = is_buy ? offset(best_bid, -15, 1) : offset(best_ask, -1, 15);
  return result;
}

cancel_order demo_trader::cancel(const client_order_id& id) {
  canceling_.insert(id);
  return {.strategy = settings_.strategy, .client_order_id = id};
}

std::vector<trader_command> demo_trader::stop() {
  stopped_ = true;
  return {cancel_all{.strategy = settings_.strategy}};
}

price demo_trader::offset(price from, std::int64_t low, std::int64_t high) {
  const auto width = static_cast<std::uint64_t>(high - low + 1);
  const auto steps = low + static_cast<std::int64_t>(random_.below(width));
  return {from.raw + steps * decimal_scale};
}

} // namespace hlx::simulate
