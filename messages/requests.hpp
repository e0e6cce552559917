// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/actions.hpp"
#include "hlx/messages/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

/// EXECUTION CLIENT -> HTTP SUBMITTER. What is to be signed and sent, and what
/// is to be asked.
namespace hlx {

/// One action to sign and send. Answered by one request_outcome, and by a late
/// one when a reply comes after that.
struct exchange_request {
  request_id request;
  l1_action action;
  std::optional<std::int64_t>
    expires_after_ms;           ///< Unix ms: the venue refuses it later.
  std::int64_t deadline_ms = 0; ///< Unix ms: unanswered then means unknown.

  friend bool operator==(const exchange_request&,
                         const exchange_request&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 exchange_request& x) {
    return inspect_fields(
      f, "hlx::exchange_request", field("request", x.request),
      field("action", x.action), field("expires_after_ms", x.expires_after_ms),
      field("deadline_ms", x.deadline_ms));
  }
};

/// One action that only the account's own key may sign. The submitter fills in
/// its nonce, or time, and what it says about the network. Answered like an
/// exchange_request.
struct user_signed_request {
  request_id request;
  user_signed_action action;
  std::int64_t deadline_ms = 0; ///< Unix ms: unanswered then means unknown.

  friend bool operator==(const user_signed_request&,
                         const user_signed_request&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 user_signed_request& x) {
    return inspect_fields(
      f, "hlx::user_signed_request", field("request", x.request),
      field("action", x.action), field("deadline_ms", x.deadline_ms));
  }
};

// Info queries. The account is the submitter's.

/// `frontendOpenOrders` of one dex ("": the venue's own).
struct open_orders_query {
  std::string dex;

  friend bool operator==(const open_orders_query&,
                         const open_orders_query&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 open_orders_query& x) {
    return inspect_fields(f, "hlx::open_orders_query", field("dex", x.dex));
  }
};

/// `userFillsByTime`; both bounds inclusive, Unix ms.
struct fills_query {
  std::int64_t start_ms = 0;
  std::optional<std::int64_t> end_ms;

  friend bool operator==(const fills_query&, const fills_query&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, fills_query& x) {
    return inspect_fields(f, "hlx::fills_query", field("start_ms", x.start_ms),
                          field("end_ms", x.end_ms));
  }
};

/// `orderStatus` by either id.
struct order_status_query {
  modify_target target;

  friend bool operator==(const order_status_query&,
                         const order_status_query&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 order_status_query& x) {
    return inspect_fields(f, "hlx::order_status_query",
                          field("target", x.target));
  }
};

/// `l2Book`.
struct book_query {
  std::string instrument;

  friend bool operator==(const book_query&, const book_query&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, book_query& x) {
    return inspect_fields(f, "hlx::book_query",
                          field("instrument", x.instrument));
  }
};

/// `allMids` of one dex.
struct mids_query {
  std::string dex;

  friend bool operator==(const mids_query&, const mids_query&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, mids_query& x) {
    return inspect_fields(f, "hlx::mids_query", field("dex", x.dex));
  }
};

/// `exchangeStatus`.
struct exchange_status_query {
  friend bool operator==(const exchange_status_query&,
                         const exchange_status_query&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 exchange_status_query&) {
    return inspect_fields(f, "hlx::exchange_status_query");
  }
};

/// `userRole` of any address.
struct user_role_query {
  address user;

  friend bool operator==(const user_role_query&,
                         const user_role_query&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 user_role_query& x) {
    return inspect_fields(f, "hlx::user_role_query", field("user", x.user));
  }
};

/// `clearinghouseState` of one dex.
struct positions_query {
  std::string dex;

  friend bool operator==(const positions_query&,
                         const positions_query&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 positions_query& x) {
    return inspect_fields(f, "hlx::positions_query", field("dex", x.dex));
  }
};

/// `userRateLimit`.
struct rate_limit_query {
  friend bool operator==(const rate_limit_query&,
                         const rate_limit_query&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 rate_limit_query&) {
    return inspect_fields(f, "hlx::rate_limit_query");
  }
};

/// Which list of instruments.
enum class listing_kind : std::uint8_t {
  perps,    ///< `meta` of one dex.
  spot,     ///< `spotMeta`.
  outcomes, ///< `outcomeMeta`.
};

/// One list of instruments.
struct listing_query {
  listing_kind kind = listing_kind::perps;
  std::string dex;             ///< Of perps; "" for the venue's own.
  std::uint32_t dex_index = 0; ///< Its place in `perpDexs`.

  friend bool operator==(const listing_query&, const listing_query&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 listing_query& x) {
    return inspect_fields(f, "hlx::listing_query", field("kind", x.kind),
                          field("dex", x.dex), field("dex_index", x.dex_index));
  }
};

/// `perpDexs`.
struct dexes_query {
  friend bool operator==(const dexes_query&, const dexes_query&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, dexes_query&) {
    return inspect_fields(f, "hlx::dexes_query");
  }
};

using info_query_body =
  std::variant<open_orders_query, fills_query, order_status_query, book_query,
               mids_query, exchange_status_query, user_role_query,
               positions_query, rate_limit_query, listing_query, dexes_query>;

/// One question. Answered by one info_answer.
struct info_query {
  query_id query;
  info_query_body body;

  friend bool operator==(const info_query&, const info_query&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, info_query& x) {
    return inspect_fields(f, "hlx::info_query", field("query", x.query),
                          field("body", x.body));
  }
};

} // namespace hlx
