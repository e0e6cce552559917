// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/orders.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

/// EXECUTION CLIENT -> STRATEGY. What happened to an order, each once, in a
/// legal order. Only the strategy that submitted the order hears of it.
namespace hlx {

/// What every event carries.
struct event_header {
  strategy_id strategy;
  hlx::client_order_id client_order_id;
  /// Numbers the strategy's events from 1 without gaps.
  std::uint64_t sequence = 0;
  /// Unix ms: the client's clock when the event was made.
  std::int64_t client_time_ms = 0;
  /// Unix ms: the venue's time of the report that caused the event.
  std::optional<std::int64_t> venue_time_ms;

  friend bool operator==(const event_header&, const event_header&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 event_header& x) {
    return inspect_fields(f, "hlx::event_header", field("strategy", x.strategy),
                          field("client_order_id", x.client_order_id),
                          field("sequence", x.sequence),
                          field("client_time_ms", x.client_time_ms),
                          field("venue_time_ms", x.venue_time_ms));
  }
};

/// The request is about to leave. Once per order, first of all, unless denied.
struct order_submitted {
  event_header header;
  std::string instrument;
  order_side side = order_side::buy;
  order_type type = order_type::limit;
  hlx::quantity quantity; ///< The order's target.
  std::optional<hlx::price>
    price; ///< Absent for market types until the protected price is known.
  std::optional<hlx::price> trigger_price;

  friend bool operator==(const order_submitted&,
                         const order_submitted&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 order_submitted& x) {
    return inspect_fields(
      f, "hlx::order_submitted", field("header", x.header),
      field("instrument", x.instrument), field("side", x.side),
      field("type", x.type), field("quantity", x.quantity),
      field("price", x.price), field("trigger_price", x.trigger_price));
  }
};

/// hlx refused it; nothing was sent. The id may be used again.
struct order_denied {
  event_header header;
  std::string reason;
  /// Denied by a budget: when the same would pass, as far as is known. Unix ms.
  std::optional<std::int64_t> passes_at_ms{};

  friend bool operator==(const order_denied&, const order_denied&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 order_denied& x) {
    return inspect_fields(f, "hlx::order_denied", field("header", x.header),
                          field("reason", x.reason),
                          field("passes_at_ms", x.passes_at_ms));
  }
};

/// The venue holds the order. Once per order, before any fill or end but a
/// rejection.
struct order_accepted {
  event_header header;
  hlx::venue_order_id venue_order_id;
  hlx::quantity quantity;
  std::optional<hlx::price> price;
  std::optional<hlx::price> trigger_price;

  friend bool operator==(const order_accepted&,
                         const order_accepted&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 order_accepted& x) {
    return inspect_fields(
      f, "hlx::order_accepted", field("header", x.header),
      field("venue_order_id", x.venue_order_id), field("quantity", x.quantity),
      field("price", x.price), field("trigger_price", x.trigger_price));
  }
};

/// The venue refused the order, or it was never placed. Terminal.
struct order_rejected {
  event_header header;
  std::string reason; ///< The venue's own text or word.
  bool due_post_only =
    false; ///< Whether it was post-only and would have matched.

  friend bool operator==(const order_rejected&,
                         const order_rejected&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 order_rejected& x) {
    return inspect_fields(f, "hlx::order_rejected", field("header", x.header),
                          field("reason", x.reason),
                          field("due_post_only", x.due_post_only));
  }
};

/// The trigger fired and the order now rests. Only stop_limit and
/// limit_if_touched; at most once.
struct order_triggered {
  event_header header;
  hlx::venue_order_id venue_order_id;
  std::optional<hlx::price> trigger_price;

  friend bool operator==(const order_triggered&,
                         const order_triggered&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 order_triggered& x) {
    return inspect_fields(f, "hlx::order_triggered", field("header", x.header),
                          field("venue_order_id", x.venue_order_id),
                          field("trigger_price", x.trigger_price));
  }
};

/// A modify took effect: a new venue order carries the order.
struct order_updated {
  event_header header;
  hlx::venue_order_id venue_order_id; ///< The replacement's.
  hlx::quantity quantity;             ///< The order's total target.
  std::optional<hlx::price> price;
  std::optional<hlx::price> trigger_price;

  friend bool operator==(const order_updated&, const order_updated&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 order_updated& x) {
    return inspect_fields(
      f, "hlx::order_updated", field("header", x.header),
      field("venue_order_id", x.venue_order_id), field("quantity", x.quantity),
      field("price", x.price), field("trigger_price", x.trigger_price));
  }
};

/// One trade. Once per trade, over all channels and reconnects; terminal when
/// the target is reached. A late one may follow a terminal event.
struct order_filled {
  event_header header;
  hlx::venue_order_id
    venue_order_id; ///< The fill's own: it may be an earlier leg.
  hlx::trade_id trade_id;
  std::string instrument;
  order_side side = order_side::buy;
  order_type type = order_type::limit;
  hlx::quantity quantity;      ///< The order's target.
  hlx::quantity last_quantity; ///< Of this trade.
  hlx::price last_price;
  hlx::quantity cum_quantity; ///< Filled so far, this trade included.
  liquidity_side liquidity = liquidity_side::maker;
  amount commission; ///< What was paid; a rebate is negative.
  std::string commission_currency;

  friend bool operator==(const order_filled&, const order_filled&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 order_filled& x) {
    return inspect_fields(
      f, "hlx::order_filled", field("header", x.header),
      field("venue_order_id", x.venue_order_id), field("trade_id", x.trade_id),
      field("instrument", x.instrument), field("side", x.side),
      field("type", x.type), field("quantity", x.quantity),
      field("last_quantity", x.last_quantity),
      field("last_price", x.last_price), field("cum_quantity", x.cum_quantity),
      field("liquidity", x.liquidity), field("commission", x.commission),
      field("commission_currency", x.commission_currency));
  }
};

/// The order ended without being filled completely. Terminal.
struct order_canceled {
  event_header header;
  hlx::venue_order_id venue_order_id;
  hlx::quantity cum_quantity; ///< Filled so far; late fills may follow.
  std::string reason;         ///< The venue's own text or word.

  friend bool operator==(const order_canceled&,
                         const order_canceled&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 order_canceled& x) {
    return inspect_fields(f, "hlx::order_canceled", field("header", x.header),
                          field("venue_order_id", x.venue_order_id),
                          field("cum_quantity", x.cum_quantity),
                          field("reason", x.reason));
  }
};

/// As order_canceled, at the order's own end time. Terminal.
struct order_expired {
  event_header header;
  hlx::venue_order_id venue_order_id;
  hlx::quantity cum_quantity; ///< As in order_canceled.

  friend bool operator==(const order_expired&, const order_expired&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 order_expired& x) {
    return inspect_fields(f, "hlx::order_expired", field("header", x.header),
                          field("venue_order_id", x.venue_order_id),
                          field("cum_quantity", x.cum_quantity));
  }
};

/// A modify did not take effect. Says nothing about the order.
struct order_modify_rejected {
  event_header header;
  std::optional<hlx::quantity> quantity; ///< What was asked for.
  std::optional<hlx::price> price; ///< The same; rounded once it was sent.
  std::string reason;

  friend bool operator==(const order_modify_rejected&,
                         const order_modify_rejected&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 order_modify_rejected& x) {
    return inspect_fields(f, "hlx::order_modify_rejected",
                          field("header", x.header),
                          field("quantity", x.quantity),
                          field("price", x.price), field("reason", x.reason));
  }
};

/// The order could not be canceled; the intent to cancel is lifted.
struct order_cancel_rejected {
  event_header header;
  std::string reason;

  friend bool operator==(const order_cancel_rejected&,
                         const order_cancel_rejected&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 order_cancel_rejected& x) {
    return inspect_fields(f, "hlx::order_cancel_rejected",
                          field("header", x.header), field("reason", x.reason));
  }
};

/// Any of them, for code that handles all alike.
using order_event =
  std::variant<order_submitted, order_denied, order_accepted, order_rejected,
               order_triggered, order_updated, order_filled, order_canceled,
               order_expired, order_modify_rejected, order_cancel_rejected>;

/// The part that every alternative has.
const event_header& header_of(const order_event& event);
event_header& header_of(order_event& event);

/// "order_submitted", "order_denied", ...
std::string_view name_of(const order_event& event);

/// Whether the event ends its order. A fill does when it reaches the target.
bool is_terminal(const order_event& event);

/// EXECUTION CLIENT -> STRATEGY. The user stream went down or came back and
/// is reconciled. Not part of the numbered events.
struct stream_changed {
  bool up = false;
  std::int64_t client_time_ms = 0;

  friend bool operator==(const stream_changed&,
                         const stream_changed&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 stream_changed& x) {
    return inspect_fields(f, "hlx::stream_changed", field("up", x.up),
                          field("client_time_ms", x.client_time_ms));
  }
};

/// EXECUTION CLIENT -> whoever subscribed to reports. Something was ignored or
/// could not be understood; the text says what.
struct client_warning {
  std::string text;
  std::int64_t client_time_ms = 0;

  friend bool operator==(const client_warning&,
                         const client_warning&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 client_warning& x) {
    return inspect_fields(f, "hlx::client_warning", field("text", x.text),
                          field("client_time_ms", x.client_time_ms));
  }
};

} // namespace hlx
