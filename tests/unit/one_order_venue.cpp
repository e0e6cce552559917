// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/one_order_venue.hpp"

#include "hlx/messages/wire/status_words.hpp"

#include <algorithm>
#include <utility>

namespace hlx {

namespace {

constexpr auto not_live_text =
  "Order was never placed, already canceled, or filled. asset=0";
constexpr auto post_only_text = "Post only order would have immediately "
                                "matched, bbo was 1@2. asset=0";

} // namespace

void one_order_venue::set_time(std::int64_t now_ms) {
  now_ms_ = std::max(now_ms_, now_ms);
}

std::int64_t one_order_venue::tick() {
  return ++now_ms_;
}

const one_order_venue::leg* one_order_venue::live() const {
  const auto found = std::find_if(legs_.begin(), legs_.end(), [](const leg& x) {
    return x.word == "open" || x.word == "triggered";
  });
  return found != legs_.end() ? &*found : nullptr;
}

one_order_venue::leg* one_order_venue::live() {
  return const_cast<leg*>(std::as_const(*this).live());
}

quantity one_order_venue::left() const {
  const auto* x = live();
  return x ? x->size - x->filled : quantity{};
}

quantity one_order_venue::filled() const {
  quantity result;
  for (const auto& x : all_fills_)
    result += x.last_quantity.value;
  return result;
}

order_status_report one_order_venue::report_of(const leg& x) const {
  order_status_report report;
  report.instrument = "BTC";
  report.oid = x.oid;
  report.cloid = cloid_;
  report.limit_price = x.limit;
  report.remaining_quantity = x.shown_left;
  report.original_quantity = x.size;
  report.placed_ms = x.placed_ms;
  report.status_ms = x.status_ms;
  report.status = wire::classify_status(x.word);
  report.status_word = x.word;
  return report;
}

void one_order_venue::say(leg& x, const char* word) {
  x.word = word;
  x.status_ms = now_ms_;
  x.shown_left = x.size - x.filled;
  if (immediate_ && x.word == "filled" && !filled_shows_rest)
    x.shown_left = {};
  out[updates].emplace_back(report_of(x));
}

one_order_venue::leg& one_order_venue::place(const wire_order& order,
                                             const char* word) {
  auto& result = legs_.emplace_back();
  result.oid.value = next_oid_++;
  result.limit = order.limit_price;
  result.size = order.size;
  result.placed_ms = now_ms_;
  say(result, word);
  return result;
}

void one_order_venue::answer(request_id request, element_outcome element) {
  request_outcome outcome;
  outcome.request = request;
  outcome.delivery = request_delivery::answered;
  outcome.reply.kind = reply_kind::statuses;
  outcome.reply.elements.push_back(std::move(element));
  out[replies].emplace_back(std::move(outcome));
}

void one_order_venue::refuse_whole(request_id request, const char* text) {
  request_outcome outcome;
  outcome.request = request;
  outcome.delivery = request_delivery::answered;
  outcome.reply.kind = reply_kind::refused;
  outcome.reply.text = text;
  out[replies].emplace_back(std::move(outcome));
}

void one_order_venue::lose(request_id request) {
  request_outcome outcome;
  outcome.request = request;
  outcome.failure = "timeout";
  out[replies].emplace_back(std::move(outcome));
}

void one_order_venue::handle(const exchange_request& request) {
  tick();
  if (const auto* orders = std::get_if<order_action>(&request.action))
    on_submit(request.request, orders->orders.front());
  else if (const auto* batch =
             std::get_if<batch_modify_action>(&request.action))
    on_modify(request.request, batch->modifies.front());
  else if (const auto* cancel = std::get_if<cancel_action>(&request.action))
    on_cancel(request.request, cancel->cancels.front().oid);
  else
    on_cancel(request.request, std::nullopt);
}

void one_order_venue::on_submit(request_id request, const wire_order& order) {
  cloid_ = order.cloid.value_or(hlx::cloid{});
  immediate_ = order.time_in_force == wire_time_in_force::ioc;
  market_trigger_ = order.trigger && order.trigger->is_market;
  if (submit == submit_fate::never_arrived) {
    lose(request);
    return;
  }
  if (submit == submit_fate::static_refused) {
    answer(request, {.status = element_status::error,
                     .error = "Order has invalid price."});
    return;
  }
  const bool refused =
    submit == submit_fate::refused || (immediate_ && matched_at_once.raw == 0);
  if (refused) {
    place(order, immediate_ ? "iocCancelRejected" : "perpMarginRejected");
    answer(request,
           {.status = element_status::error,
            .error = immediate_ ? "Order could not immediately match against "
                                  "any resting orders. asset=0"
                                : "Insufficient margin to place order. "
                                  "asset=0"});
    return;
  }
  auto& placed = place(order, "open");
  const auto oid = placed.oid;
  const auto matched = matched_at_once;
  trade(matched);
  if (immediate_ && placed.word == "open")
    say(placed, "filled");
  if (submit == submit_fate::placed_unheard)
    lose(request);
  else if (matched.raw == 0)
    answer(request, {.status = element_status::resting, .oid = oid});
  else
    answer(request, {.status = element_status::filled,
                     .oid = oid,
                     .total_quantity = matched});
}

void one_order_venue::replace(request_id request, leg& old,
                              const wire_order& order, modify_fate fate) {
  const bool refused = fate == modify_fate::gone
                       || fate == modify_fate::gone_unsaid
                       || fate == modify_fate::refused_unheard;
  const auto* word = refused ? "badAloPxRejected" : "open";
  if (old_leg_ends_first)
    say(old, "canceled");
  const auto& fresh = place(order, word);
  const auto oid = fresh.oid;
  if (!old_leg_ends_first)
    say(old, "canceled");
  if (fate == modify_fate::applied_unheard
      || fate == modify_fate::refused_unheard)
    lose(request);
  else if (fate == modify_fate::gone)
    answer(request, {.status = element_status::error,
                     .error = "Error placing new order during modify: "
                              + std::string{post_only_text}});
  else if (refused)
    answer(request, {.status = element_status::error, .error = post_only_text});
  else
    answer(request, {.status = element_status::resting, .oid = oid});
}

void one_order_venue::on_modify(request_id request, const wire_modify& entry) {
  // Only the first is the strategy's own for sure.
  const auto fate =
    std::exchange(modified_, true) ? modify_fate::applied : modify;
  const auto oid = std::get<venue_order_id>(entry.target);
  auto* old = live();
  if (fate == modify_fate::never_arrived) {
    lose(request);
  } else if (fate == modify_fate::over_budget) {
    refuse_whole(request, "Too many cumulative requests sent (2 > 1)");
  } else if (old == nullptr || old->oid != oid) {
    answer(request, {.status = element_status::error,
                     .error = "Cannot modify canceled or filled order"});
  } else if (fate == modify_fate::invalid) {
    answer(request, {.status = element_status::error,
                     .error = "Attempted to modify to invalid new order"});
  } else {
    replace(request, *old, entry.order, fate);
  }
}

void one_order_venue::on_cancel(request_id request,
                                std::optional<venue_order_id> oid) {
  auto* target = live();
  if (target == nullptr || (oid && target->oid != *oid)) {
    answer(request, {.status = element_status::error, .error = not_live_text});
    return;
  }
  say(*target, "canceled");
  answer(request, {.status = element_status::success});
}

void one_order_venue::trade(quantity size) {
  auto* target = live();
  if (target == nullptr || size.raw <= 0 || size > left())
    return;
  tick();
  target->filled += size;
  fill_report report;
  report.instrument = "BTC";
  report.oid = target->oid;
  report.cloid = cloid_;
  report.trade_id.value = next_trade_++;
  report.last_price = target->limit;
  report.last_quantity = size;
  report.commission_currency = "USDC";
  report.time_ms = now_ms_;
  all_fills_.push_back(report);
  out[fills].emplace_back(report);
  if (target->filled == target->size)
    say(*target, "filled");
}

void one_order_venue::fire(quantity market_size) {
  auto* target = live();
  if (target == nullptr)
    return;
  tick();
  say(*target, "triggered");
  if (!market_trigger_)
    return;
  immediate_ = true;
  if (market_size.raw == 0) {
    say(*target, "marketOrderNoLiquidityRejected");
    return;
  }
  trade(market_size);
  if (target->word == "triggered")
    say(*target, "filled");
}

void one_order_venue::cancel_by_venue(const char* word) {
  auto* target = live();
  if (target == nullptr)
    return;
  tick();
  say(*target, word);
}

void one_order_venue::handle(const info_query& query) {
  info_answer result{query.query, failed_answer{"not served"}};
  if (std::holds_alternative<exchange_status_query>(query.body)) {
    result.body = exchange_status_answer{now_ms_};
  } else if (std::holds_alternative<fills_query>(query.body)) {
    result.body = fills_answer{all_fills_, {}};
  } else if (std::holds_alternative<positions_query>(query.body)) {
    result.body = positions_answer{};
  } else if (std::holds_alternative<open_orders_query>(query.body)) {
    open_orders_answer list;
    if (const auto* x = live()) {
      list.orders.push_back(report_of(*x));
      list.orders.back().remaining_quantity = x->size - x->filled;
      list.orders.back().status_ms = x->placed_ms;
    }
    result.body = std::move(list);
  } else if (const auto* status =
               std::get_if<order_status_query>(&query.body)) {
    order_status_answer found;
    const auto* oid = std::get_if<venue_order_id>(&status->target);
    for (const auto& x : legs_)
      if (oid ? x.oid == *oid : x.placed_ms + index_lag_ms <= now_ms_)
        found.order = report_of(x);
    result.body = std::move(found);
  }
  out[answers].emplace_back(std::move(result));
}

} // namespace hlx
