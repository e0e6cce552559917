// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/decimal.hpp"
#include "hlx/messages/ids.hpp"
#include "hlx/messages/orders.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

/// The actions that place, cancel and replace orders.
namespace hlx {

/// The venue's number for an instrument in actions.
using asset_id = std::uint32_t;

/// Time in force as the venue has it.
enum class wire_time_in_force : std::uint8_t { gtc, ioc, alo, frontend_market };

std::string_view to_string(wire_time_in_force x);

enum class trigger_kind : std::uint8_t { take_profit, stop_loss };

std::string_view to_string(trigger_kind x);

/// The trigger of an order.
struct trigger_terms {
  bool is_market = false;
  price trigger_price;
  trigger_kind kind = trigger_kind::stop_loss;

  friend bool operator==(const trigger_terms&, const trigger_terms&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 trigger_terms& x) {
    return inspect_fields(
      f, "hlx::trigger_terms", field("is_market", x.is_market),
      field("trigger_price", x.trigger_price), field("kind", x.kind));
  }
};

/// One order of an action. With `trigger`, `time_in_force` is not sent.
struct wire_order {
  asset_id asset = 0;
  bool is_buy = true;
  price limit_price;
  quantity size;
  bool reduce_only = false;
  wire_time_in_force time_in_force = wire_time_in_force::gtc;
  std::optional<trigger_terms> trigger;
  std::optional<hlx::cloid> cloid;

  friend bool operator==(const wire_order&, const wire_order&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, wire_order& x) {
    return inspect_fields(
      f, "hlx::wire_order", field("asset", x.asset), field("is_buy", x.is_buy),
      field("limit_price", x.limit_price), field("size", x.size),
      field("reduce_only", x.reduce_only),
      field("time_in_force", x.time_in_force), field("trigger", x.trigger),
      field("cloid", x.cloid));
  }
};

/// Pays a builder; `fee` in tenths of a basis point.
struct builder_fee {
  address builder;
  std::uint64_t fee = 0;

  friend bool operator==(const builder_fee&, const builder_fee&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, builder_fee& x) {
    return inspect_fields(f, "hlx::builder_fee", field("builder", x.builder),
                          field("fee", x.fee));
  }
};

/// Places orders. `priority` replaces the grouping's word: {"p":n}.
struct order_action {
  std::vector<wire_order> orders;
  order_grouping grouping = order_grouping::na;
  std::optional<std::uint64_t> priority;
  std::optional<builder_fee> builder;

  friend bool operator==(const order_action&, const order_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 order_action& x) {
    return inspect_fields(f, "hlx::order_action", field("orders", x.orders),
                          field("grouping", x.grouping),
                          field("priority", x.priority),
                          field("builder", x.builder));
  }
};

/// One order to cancel.
struct wire_cancel {
  asset_id asset = 0;
  venue_order_id oid;

  friend bool operator==(const wire_cancel&, const wire_cancel&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, wire_cancel& x) {
    return inspect_fields(f, "hlx::wire_cancel", field("asset", x.asset),
                          field("oid", x.oid));
  }
};

/// Cancels by venue order id.
struct cancel_action {
  std::vector<wire_cancel> cancels;
  bool fast = false;

  friend bool operator==(const cancel_action&, const cancel_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 cancel_action& x) {
    return inspect_fields(f, "hlx::cancel_action", field("cancels", x.cancels),
                          field("fast", x.fast));
  }
};

/// One order to cancel.
struct wire_cloid_cancel {
  asset_id asset = 0;
  hlx::cloid cloid;

  friend bool operator==(const wire_cloid_cancel&,
                         const wire_cloid_cancel&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 wire_cloid_cancel& x) {
    return inspect_fields(f, "hlx::wire_cloid_cancel", field("asset", x.asset),
                          field("cloid", x.cloid));
  }
};

/// Cancels by cloid: whichever venue order carries it now.
struct cancel_by_cloid_action {
  std::vector<wire_cloid_cancel> cancels;
  bool fast = false;

  friend bool operator==(const cancel_by_cloid_action&,
                         const cancel_by_cloid_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 cancel_by_cloid_action& x) {
    return inspect_fields(f, "hlx::cancel_by_cloid_action",
                          field("cancels", x.cancels), field("fast", x.fast));
  }
};

/// The order that a modify replaces.
using modify_target = std::variant<venue_order_id, cloid>;

/// A replacement for one order.
struct wire_modify {
  modify_target target;
  wire_order order;

  friend bool operator==(const wire_modify&, const wire_modify&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, wire_modify& x) {
    return inspect_fields(f, "hlx::wire_modify", field("target", x.target),
                          field("order", x.order));
  }
};

/// Replaces one order; the reply does not tell the new id.
struct modify_action {
  wire_modify modify;
  bool always_place = false;

  friend bool operator==(const modify_action&, const modify_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 modify_action& x) {
    return inspect_fields(f, "hlx::modify_action", field("modify", x.modify),
                          field("always_place", x.always_place));
  }
};

/// Replaces orders; the reply tells the new ids.
struct batch_modify_action {
  std::vector<wire_modify> modifies;
  bool always_place = false;

  friend bool operator==(const batch_modify_action&,
                         const batch_modify_action&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 batch_modify_action& x) {
    return inspect_fields(f, "hlx::batch_modify_action",
                          field("modifies", x.modifies),
                          field("always_place", x.always_place));
  }
};

} // namespace hlx
