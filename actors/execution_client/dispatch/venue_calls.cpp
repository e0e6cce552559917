// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/dispatch_parts.hpp"

#include <utility>

namespace hlx {

namespace {

constexpr std::size_t index_of(order_timer kind) {
  return static_cast<std::size_t>(kind);
}

budget_use use_of(request_record::subject about) {
  switch (about) {
    case request_record::subject::submit:
    case request_record::subject::dead_man_switch:
      return budget_use::order;
    case request_record::subject::modify:
      return budget_use::modify;
    case request_record::subject::cancel:
      break;
  }
  return budget_use::cancel;
}

void count(context& c, request_record& record) {
  record.sent_ms = c.now_ms;
  c.state.budget.sent(use_of(record.about), record.more.size() + 1, c.now_ms);
  refresh_budget(c);
}

} // namespace

void arm(context& c, tracked_order& order, order_timer kind,
         std::int64_t due_ms) {
  auto& due = order.working().timers[index_of(kind)];
  if (due == due_ms)
    return;
  due = due_ms;
  auto& timers = c.state.timers;
  timers.push(due_ms, c.state.orders.ref_of(order), kind);
  if (timers.is_crowded())
    timers.drop_stale([&](const timer_queue::entry& entry) {
      return is_current(c.state, entry);
    });
}

bool is_current(dispatch_state::parts& state, const timer_queue::entry& entry) {
  if (entry.order.serial == 0)
    return (entry.kind == dead_man_timer ? state.dead_man.due_ms
                                         : state.stream.retry_ms)
           == entry.due_ms;
  const auto* order = state.orders.find(entry.order);
  return order && order->work
         && order->work->timers[index_of(entry.kind)] == entry.due_ms;
}

void disarm(tracked_order& order, order_timer kind) {
  if (order.work)
    order.work->timers[index_of(kind)] = never_ms;
}

bool is_armed(const tracked_order& order, order_timer kind) {
  return order.work && order.work->timers[index_of(kind)] != never_ms;
}

request_id send(context& c, l1_action&& action, request_record&& record,
                std::optional<std::int64_t> expires_ms) {
  const request_id id{++c.state.last_request};
  if (c.state.budget.enabled())
    count(c, record);
  c.state.requests.emplace(id.value, std::move(record));
  // The venue goes by its own clock.
  if (expires_ms)
    *expires_ms += c.state.clock_offset_ms;
  auto& item = c.out.emplace_back(std::in_place_type<exchange_request>);
  auto& request = *std::get_if<exchange_request>(&item);
  request.request = id;
  request.action = std::move(action);
  request.expires_after_ms = expires_ms;
  request.deadline_ms = c.now_ms + c.state.options.action_timeout_ms;
  return id;
}

query_id ask(context& c, info_query_body body, query_record record) {
  const query_id id{++c.state.last_query};
  record.id = id;
  record.sent_ms = c.now_ms;
  c.state.queries.emplace(id.value, std::move(record));
  auto& deferred = c.state.deferred;
  const bool waits =
    !deferred.empty() || !c.state.budget.may_ask(body, c.now_ms);
  if (waits && deferred.size() < deferred_max) {
    deferred.push_back({id, std::move(body)});
    release_deferred(c);
    return id;
  }
  c.state.budget.asked(body, c.now_ms);
  c.out.emplace_back(info_query{id, std::move(body)});
  return id;
}

void release_deferred(context& c) {
  auto& budget = c.state.budget;
  auto& deferred = c.state.deferred;
  while (!deferred.empty() && budget.may_ask(deferred.front().body, c.now_ms)) {
    auto query = std::move(deferred.front());
    deferred.pop_front();
    budget.asked(query.body, c.now_ms);
    if (const auto found = c.state.queries.find(query.query.value);
        found != c.state.queries.end())
      found->second.sent_ms = c.now_ms;
    c.out.emplace_back(std::move(query));
  }
  c.state.ask_again_ms = never_ms;
  if (!deferred.empty())
    c.state.ask_again_ms =
      budget.ask_again_at_ms(deferred.front().body, c.now_ms)
        .value_or(never_ms);
}

void refresh_budget(context& c) {
  if (c.state.budget.take_refresh(c.now_ms))
    ask(c, rate_limit_query{}, {.about = query_record::subject::budget});
}

query_id ask_status(context& c, const tracked_order& order,
                    query_record::subject subject,
                    std::optional<venue_order_id> oid, int tries) {
  query_record record{.about = subject, .order = c.state.orders.ref_of(order)};
  record.tries = tries;
  modify_target target{order.cloid};
  if (oid && oid->value != 0) {
    record.oid = *oid;
    target = *oid;
  }
  return ask(c, order_status_query{target}, std::move(record));
}

void note_venue_time(context& c, std::int64_t venue_ms) {
  if (venue_ms > c.state.venue_time_ms)
    c.state.venue_time_ms = venue_ms;
}

} // namespace hlx
