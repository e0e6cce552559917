// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/info_answers.hpp"
#include "tests/venue/api/info_query.hpp"
#include "tests/venue/api/render.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace hlx::venue {

namespace {

using context = info_query_context;

// Of time ranges without a rule of their own.
constexpr std::size_t ranged_rows_max = 500;

std::vector<order_record> orders_of_dex(const context& x) {
  auto result = x.books.open_orders(x.user());
  const auto dex = x.dex();
  std::erase_if(result, [&](const auto& order) {
    const auto* coin = x.books.instruments().find(order.asset);
    return coin && coin->dex != dex;
  });
  return result;
}

std::string open_orders(const context& x) {
  json_writer out;
  out.open_array();
  for (const auto& order : orders_of_dex(x))
    write_order(out, order);
  return out.close_array().take();
}

std::string frontend_open_orders(const context& x) {
  const auto orders = orders_of_dex(x);
  json_writer out;
  out.open_array();
  for (const auto& order : orders)
    if (!order.parent)
      write_frontend_order(out, order, orders);
  return out.close_array().take();
}

std::optional<order_record> find_order(const context& x) {
  const auto* id = x.field("oid");
  if (!id)
    throw wrong_shape{};
  if (id->is_string()) {
    const auto name = parse_bytes<cloid>(id->text());
    if (!name)
      throw wrong_shape{};
    return x.books.order_status(x.user(), *name, x.now_ms);
  }
  const auto oid = id->as_u64();
  if (!oid)
    throw wrong_shape{};
  return x.books.order_status(x.user(), venue_order_id{*oid});
}

std::string order_status(const context& x) {
  const auto order = find_order(x);
  json_writer out;
  out.open_object();
  if (!order) {
    out.member("status", "unknownOid");
  } else {
    out.member("status", "order").key("order");
    write_order_history(out, *order);
  }
  return out.close_object().take();
}

std::string historical_orders(const context& x) {
  const auto orders = x.books.order_history(x.user());
  json_writer out;
  out.open_array();
  for (std::size_t i = 0; i < std::min(orders.size(), page_max); ++i)
    write_order_history(out, orders[i]);
  return out.close_array().take();
}

std::string fills_json(std::vector<fill_record> fills, bool aggregated,
                       bool newest_first) {
  if (aggregated)
    fills = aggregate_by_time(fills);
  if (newest_first)
    std::reverse(fills.begin(), fills.end());
  if (fills.size() > page_max)
    fills.resize(page_max);
  json_writer out;
  out.open_array();
  for (const auto& fill : fills)
    write_fill(out, fill);
  return out.close_array().take();
}

std::string user_fills(const context& x) {
  return fills_json(x.books.fills(x.user()), x.flag("aggregateByTime"), true);
}

std::string user_fills_by_time(const context& x) {
  const auto start = x.time("startTime");
  if (!start)
    throw wrong_shape{};
  const auto end =
    x.time("endTime").value_or(std::numeric_limits<std::int64_t>::max());
  auto fills = x.books.fills(x.user());
  std::erase_if(fills, [&](const auto& fill) {
    return fill.time_ms < *start || fill.time_ms > end;
  });
  return fills_json(std::move(fills), x.flag("aggregateByTime"),
                    x.flag("reversed"));
}

// The rows between two times, newest or oldest first, at most so many.
template <class Record, class Write>
std::string rows_json(const std::vector<Record>& rows, std::size_t most,
                      const Write& write) {
  json_writer out;
  out.open_array();
  for (std::size_t i = 0; i < std::min(rows.size(), most); ++i)
    write(out, rows[i]);
  return out.close_array().take();
}

template <class Record>
std::vector<Record> between(const context& x, std::vector<Record> rows) {
  const auto start = x.time("startTime").value_or(0);
  const auto end =
    x.time("endTime").value_or(std::numeric_limits<std::int64_t>::max());
  std::erase_if(rows, [&](const auto& row) {
    return row.time_ms < start || row.time_ms > end;
  });
  return rows;
}

std::string user_funding(const context& x) {
  return rows_json(between(x, x.books.fundings(x.user())), ranged_rows_max,
                   write_funding_delta);
}

std::string user_ledger(const context& x) {
  return rows_json(between(x, x.books.ledger(x.user())), ranged_rows_max,
                   write_ledger);
}

std::vector<fill_record> slices_of(const context& x) {
  auto fills = x.books.fills(x.user());
  std::erase_if(fills, [](const auto& fill) { return !fill.twap_id; });
  return fills;
}

std::string slice_fills(const context& x) {
  auto fills = slices_of(x);
  std::reverse(fills.begin(), fills.end());
  return rows_json(fills, page_max, write_twap_fill);
}

std::string slice_fills_by_time(const context& x) {
  return rows_json(between(x, slices_of(x)), ranged_rows_max, write_twap_fill);
}

std::string twap_history(const context& x) {
  auto events = x.books.twap_history(x.user());
  std::reverse(events.begin(), events.end());
  return rows_json(events, page_max, write_twap_event);
}

constexpr std::array<info_type, 11> types{{
  {"openOrders", 20, "user,dex", open_orders},
  {"frontendOpenOrders", 20, "user,dex", frontend_open_orders},
  {"orderStatus", 2, "user,oid", order_status},
  {"historicalOrders", 20, "user", historical_orders, rows_each},
  {"userFills", 20, "user,aggregateByTime", user_fills, rows_each},
  {"userFillsByTime", 20, "user,startTime,endTime,aggregateByTime,reversed",
   user_fills_by_time, rows_each},
  {"userFunding", 20, "user,startTime,endTime", user_funding, rows_each},
  {"userNonFundingLedgerUpdates", 20, "user,startTime,endTime", user_ledger,
   rows_each},
  {"userTwapSliceFills", 20, "user", slice_fills, rows_each},
  {"userTwapSliceFillsByTime", 20, "user,startTime,endTime",
   slice_fills_by_time, rows_each},
  {"twapHistory", 20, "user", twap_history, rows_each},
}};

} // namespace

const info_type* find_order_query(std::string_view name) {
  const auto* const found = std::find_if(
    types.begin(), types.end(), [&](auto& x) { return x.name == name; });
  return found == types.end() ? nullptr : found;
}

} // namespace hlx::venue
