// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/encode_query.hpp"

#include "hlx/messages/wire/object_writer.hpp"

#include <array>

namespace hlx::wire {

namespace {

/// Writes what is particular to each query.
struct query_writer {
  object_writer& object;
  const address& account;

  void user() const { object.text("user", to_string(account)); }

  void operator()(const open_orders_query& x) const {
    user();
    object.text("dex", x.dex);
  }

  void operator()(const fills_query& x) const {
    user();
    object.number("startTime", x.start_ms);
    if (x.end_ms)
      object.number("endTime", *x.end_ms);
  }

  void operator()(const order_status_query& x) const {
    user();
    if (const auto* oid = std::get_if<venue_order_id>(&x.target))
      object.number("oid", oid->value);
    else
      object.text("oid", to_string(std::get<cloid>(x.target)));
  }

  void operator()(const book_query& x) const {
    object.text("coin", x.instrument);
  }

  void operator()(const mids_query& x) const {
    if (!x.dex.empty())
      object.text("dex", x.dex);
  }

  void operator()(const exchange_status_query&) const {}

  void operator()(const user_role_query& x) const {
    object.text("user", to_string(x.user));
  }

  void operator()(const positions_query& x) const {
    user();
    object.text("dex", x.dex);
  }

  void operator()(const rate_limit_query&) const { user(); }

  void operator()(const listing_query& x) const {
    if (!x.dex.empty())
      object.text("dex", x.dex);
  }

  void operator()(const dexes_query&) const {}
};

} // namespace

void append_info_query(std::string& out, const info_query_body& query,
                       const address& account) {
  object_writer object{out};
  object.text("type", info_query_name(query));
  std::visit(query_writer{object, account}, query);
  object.close();
}

std::string_view info_query_name(const info_query_body& query) {
  if (const auto* listing = std::get_if<listing_query>(&query)) {
    static constexpr std::array<std::string_view, 3> lists{"meta", "spotMeta",
                                                           "outcomeMeta"};
    return lists[static_cast<std::size_t>(listing->kind)];
  }
  static constexpr std::array<std::string_view,
                              std::variant_size_v<info_query_body>>
    names{"frontendOpenOrders",
          "userFillsByTime",
          "orderStatus",
          "l2Book",
          "allMids",
          "exchangeStatus",
          "userRole",
          "clearinghouseState",
          "userRateLimit",
          "meta",
          "perpDexs"};
  return names[query.index()];
}

void append_instruments_query(std::string& out, std::string_view type,
                              std::string_view dex) {
  object_writer object{out};
  object.text("type", type);
  if (!dex.empty())
    object.text("dex", dex);
  object.close();
}

std::string_view to_string(subscription_type x) {
  static constexpr std::array<std::string_view, 8> words{
    "orderUpdates", "userFills", "userEvents", "openOrders",
    "l2Book",       "bbo",       "trades",     "allMids"};
  return words[static_cast<std::size_t>(x)];
}

void append_subscribe(std::string& out, const subscription& x) {
  object_writer frame{out};
  frame.text("method", "subscribe").value("subscription");
  object_writer object{out};
  object.text("type", to_string(x.type));
  switch (x.type) {
    case subscription_type::order_updates:
    case subscription_type::user_fills:
    case subscription_type::user_events:
    case subscription_type::open_orders:
      object.text("user", to_string(x.user));
      break;
    case subscription_type::book:
    case subscription_type::best_prices:
    case subscription_type::trades:
      object.text("coin", x.coin);
      break;
    case subscription_type::all_mids:
      break;
  }
  object.close();
  frame.close();
}

} // namespace hlx::wire
