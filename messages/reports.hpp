// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/decimal.hpp"
#include "hlx/messages/ids.hpp"
#include "hlx/messages/instruments.hpp"
#include "hlx/messages/orders.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// VENUE -> EXECUTION CLIENT. What a frame, a reply or an answer said, decoded
/// and nothing more. The two first ones are also what is forwarded, raw, of
/// orders that this client did not submit.
namespace hlx {

/// What a status word means. The word itself is kept beside it.
enum class venue_order_status : std::uint8_t {
  open,
  filled,
  triggered,
  canceled,          ///< Exactly "canceled": a user's cancel or a modify.
  canceled_by_venue, ///< Any other word that ends in Canceled or Cancel.
  rejected,          ///< "rejected" or a word that ends in Rejected.
  unknown,           ///< Any other word: leave the order, ask the venue.
};

std::string_view to_string(venue_order_status x);

/// The state of one venue order, from a frame or an answer.
/// Source: venue's orderUpdates, orderStatus, openOrders.
struct order_status_report {
  std::string instrument;
  order_side side = order_side::buy;
  venue_order_id oid;
  std::optional<hlx::cloid> cloid; ///< Only if the order has one.
  venue_number<price> limit_price;
  venue_number<quantity> remaining_quantity; ///< When the status changed.
  venue_number<quantity> original_quantity;  ///< As placed.
  std::int64_t placed_ms = 0; ///< The venue's time of placement, Unix ms.
  std::int64_t status_ms = 0; ///< The venue's time of this status, Unix ms.
  bool reduce_only = false;
  bool is_trigger = false;    ///< Known only from answers, not from frames.
  bool trigger_fired = false; ///< Of one that rests since; as `is_trigger`.
  venue_order_status status = venue_order_status::open;
  std::string status_word; ///< The venue's word, verbatim.

  friend bool operator==(const order_status_report&,
                         const order_status_report&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 order_status_report& x) {
    return inspect_fields(
      f, "hlx::order_status_report", field("instrument", x.instrument),
      field("side", x.side), field("oid", x.oid), field("cloid", x.cloid),
      field("limit_price", x.limit_price),
      field("remaining_quantity", x.remaining_quantity),
      field("original_quantity", x.original_quantity),
      field("placed_ms", x.placed_ms), field("status_ms", x.status_ms),
      field("reduce_only", x.reduce_only), field("is_trigger", x.is_trigger),
      field("trigger_fired", x.trigger_fired), field("status", x.status),
      field("status_word", x.status_word));
  }
};

/// One trade of one venue order.
/// Source: venue's userFills.
struct fill_report {
  std::string instrument;
  order_side side = order_side::buy; ///< Own side.
  venue_order_id oid;
  std::optional<hlx::cloid> cloid;
  hlx::trade_id trade_id;
  venue_number<price> last_price;
  venue_number<quantity> last_quantity;
  liquidity_side liquidity = liquidity_side::maker;
  venue_number<amount> commission; ///< Paid; negative: a rebate. Rounded up.
  std::string commission_currency;
  venue_number<amount> start_position; ///< Signed position before this trade.
  venue_number<amount> closed_pnl;     ///< Gross of the commission.
  std::int64_t time_ms = 0; ///< The venue's time of the trade, Unix ms.

  friend bool operator==(const fill_report&, const fill_report&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, fill_report& x) {
    return inspect_fields(
      f, "hlx::fill_report", field("instrument", x.instrument),
      field("side", x.side), field("oid", x.oid), field("cloid", x.cloid),
      field("trade_id", x.trade_id), field("last_price", x.last_price),
      field("last_quantity", x.last_quantity), field("liquidity", x.liquidity),
      field("commission", x.commission),
      field("commission_currency", x.commission_currency),
      field("start_position", x.start_position),
      field("closed_pnl", x.closed_pnl), field("time_ms", x.time_ms));
  }
};

/// One frame of the user stream, or one snapshot of it, decoded.
/// WEBSOCKET READER -> EXECUTION CLIENT, in the order of arrival.
struct user_stream_update {
  std::vector<order_status_report> orders;
  std::vector<fill_report> fills;
  bool snapshot = false; ///< History that may be known already.
  std::vector<std::string>
    warnings; ///< What could not be understood, with its text.

  friend bool operator==(const user_stream_update&,
                         const user_stream_update&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 user_stream_update& x) {
    return inspect_fields(f, "hlx::user_stream_update",
                          field("orders", x.orders), field("fills", x.fills),
                          field("snapshot", x.snapshot),
                          field("warnings", x.warnings));
  }
};

/// WEBSOCKET READER -> EXECUTION CLIENT. Every subscription is acknowledged.
struct stream_up {
  std::int64_t at_ms = 0; ///< Unix ms.

  friend bool operator==(const stream_up&, const stream_up&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, stream_up& x) {
    return inspect_fields(f, "hlx::stream_up", field("at_ms", x.at_ms));
  }
};

/// WEBSOCKET READER -> EXECUTION CLIENT. The user stream is interrupted.
struct stream_down {
  std::int64_t at_ms = 0; ///< Unix ms.
  std::string reason;

  friend bool operator==(const stream_down&, const stream_down&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, stream_down& x) {
    return inspect_fields(f, "hlx::stream_down", field("at_ms", x.at_ms),
                          field("reason", x.reason));
  }
};

/// How far a request got.
enum class request_delivery : std::uint8_t {
  answered, ///< There is a reply that could be read.
  not_sent, ///< Not one byte was written to the socket.
  unknown,  ///< Written, perhaps, and no reply that says what became of it.
};

std::string_view to_string(request_delivery x);

/// What a reply said about one element of a batch.
enum class element_status : std::uint8_t {
  resting,
  filled, ///< Something matched at once; not: the order is over.
  success,
  error,
  waiting_for_fill,
  waiting_for_trigger,
  unreadable, ///< Not understood: what became of it is unknown.
};

std::string_view to_string(element_status x);

/// One element of the `statuses` of a reply.
struct element_outcome {
  element_status status = element_status::error;
  venue_order_id oid; ///< With resting and filled; of a TWAP its own id.
  std::optional<hlx::cloid> cloid;    ///< If the venue echoed one.
  quantity total_quantity;            ///< With filled: what matched at once.
  std::optional<price> average_price; ///< With filled.
  std::string error; ///< With error and unreadable: the venue's text.

  friend bool operator==(const element_outcome&,
                         const element_outcome&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 element_outcome& x) {
    return inspect_fields(
      f, "hlx::element_outcome", field("status", x.status), field("oid", x.oid),
      field("cloid", x.cloid), field("total_quantity", x.total_quantity),
      field("average_price", x.average_price), field("error", x.error));
  }
};

/// What the reply is.
enum class reply_kind : std::uint8_t {
  none,         ///< No reply, or one that says nothing: HTTP 429, 5xx.
  unreadable,   ///< A reply that is not understood; `text` says why.
  statuses,     ///< `elements` has one for each, or one for all.
  done,         ///< {"type":"default"}: done, nothing more is said.
  refused,      ///< Top-level err: the action as a whole; `text` says why.
  http_refused, ///< HTTP 400, 415 or 422: never reached the venue's engine.
};

std::string_view to_string(reply_kind x);

/// A reply to an exchange request, decoded.
struct exchange_reply {
  reply_kind kind = reply_kind::none;
  std::vector<element_outcome> elements;
  std::string text; ///< Why it was refused, or why it could not be read.

  friend bool operator==(const exchange_reply&,
                         const exchange_reply&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 exchange_reply& x) {
    return inspect_fields(f, "hlx::exchange_reply", field("kind", x.kind),
                          field("elements", x.elements), field("text", x.text));
  }
};

/// HTTP SUBMITTER -> EXECUTION CLIENT. Once for every request, and once more
/// with `late` when a reply comes after it was reported unknown.
struct request_outcome {
  request_id request;
  request_delivery delivery = request_delivery::unknown;
  exchange_reply reply;
  bool late = false;
  std::string failure; ///< Why it was not sent or is unknown.
  /// The venue said that this host asks too much (HTTP 429).
  bool throttled = false;

  friend bool operator==(const request_outcome&,
                         const request_outcome&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 request_outcome& x) {
    return inspect_fields(
      f, "hlx::request_outcome", field("request", x.request),
      field("delivery", x.delivery), field("reply", x.reply),
      field("late", x.late), field("failure", x.failure),
      field("throttled", x.throttled));
  }
};

// Answers to info queries.

/// All open orders of the account, as reports with status open.
struct open_orders_answer {
  std::vector<order_status_report> orders;
  std::vector<std::string> warnings;

  friend bool operator==(const open_orders_answer&,
                         const open_orders_answer&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 open_orders_answer& x) {
    return inspect_fields(f, "hlx::open_orders_answer",
                          field("orders", x.orders),
                          field("warnings", x.warnings));
  }
};

/// Fills of the account, oldest first.
struct fills_answer {
  std::vector<fill_report> fills;
  std::vector<std::string> warnings;

  friend bool operator==(const fills_answer&, const fills_answer&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 fills_answer& x) {
    return inspect_fields(f, "hlx::fills_answer", field("fills", x.fills),
                          field("warnings", x.warnings));
  }
};

/// One order, or nothing: the venue does not know the id.
struct order_status_answer {
  std::optional<order_status_report> order;
  std::vector<std::string> warnings;

  friend bool operator==(const order_status_answer&,
                         const order_status_answer&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 order_status_answer& x) {
    return inspect_fields(f, "hlx::order_status_answer",
                          field("order", x.order),
                          field("warnings", x.warnings));
  }
};

/// Best prices of one book.
struct book_answer {
  std::string instrument; ///< As the answer names it.
  std::optional<price> best_bid;
  std::optional<price> best_ask;
  std::optional<std::int64_t> time_ms; ///< The venue's, Unix ms.

  friend bool operator==(const book_answer&, const book_answer&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, book_answer& x) {
    return inspect_fields(
      f, "hlx::book_answer", field("instrument", x.instrument),
      field("best_bid", x.best_bid), field("best_ask", x.best_ask),
      field("time_ms", x.time_ms));
  }
};

/// Mid prices by instrument, sorted by name.
struct mids_answer {
  std::vector<std::pair<std::string, price>> mids;
  std::vector<std::string> warnings;

  friend bool operator==(const mids_answer&, const mids_answer&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, mids_answer& x) {
    return inspect_fields(f, "hlx::mids_answer", field("mids", x.mids),
                          field("warnings", x.warnings));
  }
};

/// The venue's clock.
struct exchange_status_answer {
  std::int64_t time_ms = 0; ///< Unix ms.

  friend bool operator==(const exchange_status_answer&,
                         const exchange_status_answer&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 exchange_status_answer& x) {
    return inspect_fields(f, "hlx::exchange_status_answer",
                          field("time_ms", x.time_ms));
  }
};

/// What an address is: user, agent, vault, subAccount or missing.
struct user_role_answer {
  std::string role;
  std::optional<address> master; ///< Whose agent or sub-account it is.

  friend bool operator==(const user_role_answer&,
                         const user_role_answer&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 user_role_answer& x) {
    return inspect_fields(f, "hlx::user_role_answer", field("role", x.role),
                          field("master", x.master));
  }
};

/// One non-zero position.
struct position_report {
  std::string instrument;
  venue_number<amount> size; ///< Signed.

  friend bool operator==(const position_report&,
                         const position_report&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 position_report& x) {
    return inspect_fields(f, "hlx::position_report",
                          field("instrument", x.instrument),
                          field("size", x.size));
  }
};

/// Positions of the account.
struct positions_answer {
  std::vector<position_report> positions;
  venue_number<amount> account_value;
  std::int64_t time_ms = 0;
  std::vector<std::string> warnings;

  friend bool operator==(const positions_answer&,
                         const positions_answer&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 positions_answer& x) {
    return inspect_fields(
      f, "hlx::positions_answer", field("positions", x.positions),
      field("account_value", x.account_value), field("time_ms", x.time_ms),
      field("warnings", x.warnings));
  }
};

/// The address budget.
struct rate_limit_answer {
  std::uint64_t requests_used = 0;
  std::uint64_t requests_cap = 0;

  friend bool operator==(const rate_limit_answer&,
                         const rate_limit_answer&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 rate_limit_answer& x) {
    return inspect_fields(f, "hlx::rate_limit_answer",
                          field("requests_used", x.requests_used),
                          field("requests_cap", x.requests_cap));
  }
};

/// Instruments as the venue lists them.
struct listing_answer {
  std::vector<instrument> instruments;
  std::vector<std::string> warnings;

  friend bool operator==(const listing_answer&,
                         const listing_answer&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 listing_answer& x) {
    return inspect_fields(f, "hlx::listing_answer",
                          field("instruments", x.instruments),
                          field("warnings", x.warnings));
  }
};

/// The dexes of the venue by their index; its own, number 0, is "".
struct dex_names_answer {
  std::vector<std::string> names;

  friend bool operator==(const dex_names_answer&,
                         const dex_names_answer&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 dex_names_answer& x) {
    return inspect_fields(f, "hlx::dex_names_answer", field("names", x.names));
  }
};

/// The query got no answer that could be read.
struct failed_answer {
  std::string reason;
  /// The venue said that this host asks too much (HTTP 429).
  bool throttled = false;
  bool not_understood = false; ///< There is an answer, of no known shape.

  friend bool operator==(const failed_answer&, const failed_answer&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 failed_answer& x) {
    return inspect_fields(f, "hlx::failed_answer", field("reason", x.reason),
                          field("throttled", x.throttled),
                          field("not_understood", x.not_understood));
  }
};

using info_answer_body =
  std::variant<failed_answer, open_orders_answer, fills_answer,
               order_status_answer, book_answer, mids_answer,
               exchange_status_answer, user_role_answer, positions_answer,
               rate_limit_answer, listing_answer, dex_names_answer>;

/// HTTP SUBMITTER -> EXECUTION CLIENT. Once for every info query.
struct info_answer {
  query_id query;
  info_answer_body body;

  friend bool operator==(const info_answer&, const info_answer&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, info_answer& x) {
    return inspect_fields(f, "hlx::info_answer", field("query", x.query),
                          field("body", x.body));
  }
};

} // namespace hlx
