// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/orders.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

/// STRATEGY -> EXECUTION CLIENT. Each is handled once, in the order of
/// arrival; its answer comes as events. An empty `strategy` in a command
/// about one order means the order's own.
namespace hlx {

/// Place one order. Answered by order_submitted or order_denied.
struct submit_order {
  strategy_id strategy;
  order_terms order;

  friend bool operator==(const submit_order&, const submit_order&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 submit_order& x) {
    return inspect_fields(f, "hlx::submit_order", field("strategy", x.strategy),
                          field("order", x.order));
  }
};

/// Place several orders in one action. With grouping `na` a denied element
/// denies only itself; with the others it denies all. `normal_tpsl` takes a
/// parent without a trigger, then 1 or 2 children: reduce-only trigger orders
/// on the other side of the same instrument. `position_tpsl` takes 1 or 2
/// reduce-only trigger orders.
struct submit_list {
  strategy_id strategy;
  std::vector<order_terms> orders;
  order_grouping grouping = order_grouping::na;

  friend bool operator==(const submit_list&, const submit_list&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, submit_list& x) {
    return inspect_fields(f, "hlx::submit_list", field("strategy", x.strategy),
                          field("orders", x.orders),
                          field("grouping", x.grouping));
  }
};

/// Change the total quantity, the price, or both. `quantity` is absolute: the
/// order's whole target, what is filled included.
struct modify_order {
  strategy_id strategy;
  hlx::client_order_id client_order_id;
  std::optional<hlx::quantity> quantity;
  std::optional<hlx::price> price;

  friend bool operator==(const modify_order&, const modify_order&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 modify_order& x) {
    return inspect_fields(f, "hlx::modify_order", field("strategy", x.strategy),
                          field("client_order_id", x.client_order_id),
                          field("quantity", x.quantity),
                          field("price", x.price));
  }
};

/// End one order. An intent: it stands until the order has ended or an
/// order_cancel_rejected says that it could not be.
struct cancel_order {
  strategy_id strategy;
  hlx::client_order_id client_order_id;

  friend bool operator==(const cancel_order&, const cancel_order&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 cancel_order& x) {
    return inspect_fields(f, "hlx::cancel_order", field("strategy", x.strategy),
                          field("client_order_id", x.client_order_id));
  }
};

/// End several orders, in as few of the venue's actions as it allows. Each is
/// an intent as with cancel_order, and each answers for itself.
struct cancel_orders {
  strategy_id strategy;
  std::vector<client_order_id> client_order_ids;

  friend bool operator==(const cancel_orders&, const cancel_orders&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 cancel_orders& x) {
    return inspect_fields(f, "hlx::cancel_orders",
                          field("strategy", x.strategy),
                          field("client_order_ids", x.client_order_ids));
  }
};

/// End every order of a strategy, of one instrument when that is given. With
/// an instrument and an empty strategy: the orders of all strategies in it.
struct cancel_all {
  strategy_id strategy;
  std::optional<std::string> instrument;

  friend bool operator==(const cancel_all&, const cancel_all&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, cancel_all& x) {
    return inspect_fields(f, "hlx::cancel_all", field("strategy", x.strategy),
                          field("instrument", x.instrument));
  }
};

/// Ask the venue about one order. Only what is new becomes an event.
struct query_order {
  strategy_id strategy;
  hlx::client_order_id client_order_id;

  friend bool operator==(const query_order&, const query_order&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, query_order& x) {
    return inspect_fields(f, "hlx::query_order", field("strategy", x.strategy),
                          field("client_order_id", x.client_order_id));
  }
};

/// Any of them. The order is that of the numbers on the network: a new one
/// comes last.
using strategy_command =
  std::variant<submit_order, submit_list, modify_order, cancel_order,
               cancel_all, query_order, cancel_orders>;

} // namespace hlx
