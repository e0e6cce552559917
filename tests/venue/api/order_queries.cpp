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

std::string no_rows(const context& x) {
  (void)x.user();
  return "[]";
}

constexpr std::array<info_type, 11> types{{
  {"openOrders", 20, "user,dex", open_orders},
  {"frontendOpenOrders", 20, "user,dex", frontend_open_orders},
  {"orderStatus", 2, "user,oid", order_status},
  {"historicalOrders", 20, "user", historical_orders},
  {"userFills", 20, "user,aggregateByTime", user_fills},
  {"userFillsByTime", 20, "user,startTime,endTime,aggregateByTime,reversed",
   user_fills_by_time},
  {"userFunding", 20, "user,startTime,endTime", no_rows},
  {"userNonFundingLedgerUpdates", 20, "user,startTime,endTime", no_rows},
  {"userTwapSliceFills", 20, "user", no_rows},
  {"userTwapSliceFillsByTime", 20, "user,startTime,endTime", no_rows},
  {"twapHistory", 20, "user", no_rows},
}};

} // namespace

const info_type* find_order_query(std::string_view name) {
  const auto* const found = std::find_if(
    types.begin(), types.end(), [&](auto& x) { return x.name == name; });
  return found == types.end() ? nullptr : found;
}

} // namespace hlx::venue
