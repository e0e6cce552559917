// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/cancel_batch.hpp"

#include <span>
#include <utility>

namespace hlx {

namespace {

using orders_span = std::span<tracked_order* const>;

void send_part(context& c, l1_action&& action, orders_span orders) {
  request_record record{.about = request_record::subject::cancel,
                        .order = c.state.orders.ref_of(*orders.front())};
  for (const auto* order : orders.subspan(1))
    record.more.push_back(c.state.orders.ref_of(*order));
  const auto request =
    send(c, std::move(action), std::move(record), std::nullopt);
  for (auto* order : orders)
    order->work->cancel->request = request;
}

} // namespace

void cancel_batch::add(tracked_order& order, bool by_oid) {
  (by_oid ? by_oid_ : by_cloid_).push_back(&order);
}

void cancel_batch::send(context& c) {
  for_each_part(by_cloid_, [&](orders_span part) {
    cancel_by_cloid_action action;
    for (const auto* order : part)
      action.cancels.push_back({c.instrument_of(*order).asset, order->cloid});
    send_part(c, std::move(action), part);
  });
  for_each_part(by_oid_, [&](orders_span part) {
    cancel_action action;
    for (const auto* order : part)
      action.cancels.push_back(
        {c.instrument_of(*order).asset, order->work->cancel->last_leg});
    send_part(c, std::move(action), part);
  });
  by_cloid_.clear();
  by_oid_.clear();
}

} // namespace hlx
