// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/stream_frames.hpp"

#include "tests/venue/api/account_frames.hpp"
#include "tests/venue/api/frame_parts.hpp"
#include "tests/venue/api/render_account.hpp"
#include "tests/venue/api/render_market.hpp"
#include "tests/venue/candle_intervals.hpp"

#include <algorithm>
#include <utility>

namespace hlx::venue {

namespace {

// {"dex":"","user":"0x.."
void open_state(json_writer& out, const subscription& x) {
  out.open_object().member("dex", x.dex).member("user", to_string(*x.user));
}

std::string order_updates(std::span<const order_record> orders) {
  if (orders.empty())
    return {};
  auto out = opened("orderUpdates");
  out.open_array();
  for (const auto& x : orders)
    write_order_update(out, x);
  out.close_array();
  return closed(out);
}

std::string fills_frame(const subscription& x,
                        std::span<const fill_record> fills, bool snapshot) {
  if (fills.empty() && !snapshot)
    return {};
  auto out = opened(x.channel);
  out.open_object();
  if (x.kind == stream::user_fills)
    out.member("user", to_string(*x.user));
  if (snapshot)
    out.member("isSnapshot", true);
  out.key("fills").open_array();
  const auto write_all = [&out](std::span<const fill_record> all) {
    for (const auto& fill : all)
      write_fill(out, fill);
  };
  if (x.aggregate_by_time)
    write_all(aggregate_by_time(fills));
  else
    write_all(fills);
  out.close_array().close_object();
  return closed(out);
}

std::string venue_cancels(const subscription& x, const block_output& block) {
  auto out = opened(x.channel);
  out.open_object().key("nonUserCancel").open_array();
  bool any = false;
  for (const auto& cancel : block.venue_cancels) {
    if (cancel.user != *x.user)
      continue;
    any = true;
    out.open_object()
      .member("coin", cancel.coin)
      .member("oid", cancel.oid.value)
      .close_object();
  }
  out.close_array().close_object();
  return any ? closed(out) : std::string{};
}

bool is_in_dex(const venue& books, asset_id asset, std::string_view dex) {
  const auto* coin = books.instruments().find(asset);
  return coin != nullptr && coin->dex == dex;
}

std::string open_orders(const subscription& x, const venue& books) {
  const auto orders = books.open_orders(*x.user);
  auto out = opened(x.channel);
  open_state(out, x);
  out.key("orders").open_array();
  for (const auto& order : orders)
    if (!order.parent && is_in_dex(books, order.asset, x.dex))
      write_frontend_order(out, order, orders);
  out.close_array().close_object();
  return closed(out);
}

std::string clearinghouse(const subscription& x, const venue& books,
                          std::int64_t now_ms) {
  auto out = opened(x.channel);
  open_state(out, x);
  out.key("clearinghouseState");
  write_clearinghouse(out, clearinghouse_of(books, *x.user, x.dex), now_ms);
  out.close_object();
  return closed(out);
}

std::string spot_state(const subscription& x, const venue& books) {
  auto out = opened(x.channel);
  out.open_object().member("user", to_string(*x.user)).key("spotState");
  write_spot_balances(out, books.spot_balances(*x.user));
  out.close_object();
  return closed(out);
}

std::string order_history(const subscription& x,
                          std::span<const order_record> orders, bool snapshot) {
  return rows_frame(x, "orderHistory", orders, snapshot, write_order_history);
}

std::string recent_trades(const subscription& x, const venue& books) {
  const auto* coin = books.instruments().find(x.coin);
  auto out = opened(x.channel);
  out.open_array();
  for (const auto& trade : books.recent_trades(coin->asset))
    write_trade(out, trade);
  out.close_array();
  return closed(out);
}

std::string asset_context(const subscription& x, const venue& books) {
  const auto* coin = books.instruments().find(x.coin);
  auto out = opened(x.channel);
  out.open_object().member("coin", x.coin).key("ctx");
  if (moves_tokens(*coin))
    write_spot_context(out, books, coin->asset);
  else
    write_asset_context(out, books, coin->asset);
  out.close_object();
  return closed(out);
}

std::string asset_contexts(const subscription& x, const venue& books) {
  auto out = opened(x.channel);
  if (x.kind == stream::spot_asset_ctxs)
    write_spot_contexts(out, books);
  else
    write_all_asset_contexts(out, books);
  return closed(out);
}

std::string asset_data(const subscription& x, const venue& books) {
  const auto* coin = books.instruments().find(x.coin);
  auto out = opened(x.channel);
  write_active_asset_data(out, books, *x.user, *coin);
  return closed(out);
}

bool changed_mark(const block_output& block, const venue& books,
                  std::string_view coin) {
  const auto& changed = block.changed_marks;
  return std::binary_search(changed.begin(), changed.end(),
                            books.instruments().find(coin)->asset);
}

} // namespace

std::string first_frame(const subscription& x, const venue& books,
                        std::int64_t now_ms) {
  switch (x.kind) {
    case stream::user_fills:
      return fills_frame(x, newest(books.fills(*x.user)), true);
    case stream::open_orders:
      return open_orders(x, books);
    case stream::clearinghouse_state:
      return clearinghouse(x, books, now_ms);
    case stream::spot_state:
      return spot_state(x, books);
    case stream::user_historical_orders:
      return order_history(x, books.order_history(*x.user), true);
    case stream::user_fundings:
    case stream::user_ledger_updates:
    case stream::twap_history:
    case stream::twap_slice_fills:
    case stream::twap_states:
    case stream::all_dexs_clearinghouse_state:
    case stream::web_data:
      return account_frame(x, books, now_ms);
    case stream::active_asset_data:
      return asset_data(x, books);
    case stream::active_asset_ctx:
      return asset_context(x, books);
    case stream::all_mids:
      return mids_frame(x, books);
    case stream::all_dexs_asset_ctxs:
    case stream::spot_asset_ctxs:
      return asset_contexts(x, books);
    case stream::l2_book:
      return book_frame(x, books, now_ms);
    case stream::bbo:
      return bbo_frame(x, books, now_ms);
    case stream::trades:
      return recent_trades(x, books);
    case stream::order_updates:
    case stream::user_events:
    case stream::notification:
    case stream::candle:
      return {};
  }
  return {};
}

std::vector<std::string> split_snapshot(const subscription& x,
                                        const venue& books) {
  const auto fills = newest(books.fills(*x.user));
  const std::span<const fill_record> all{fills};
  const auto half = all.size() / 2;
  return {fills_frame(x, all.first(half), true),
          fills_frame(x, all.subspan(half), true)};
}

std::vector<std::string> user_frames(const subscription& x,
                                     const block_output& block,
                                     std::span<const order_record> orders,
                                     std::span<const fill_record> fills,
                                     const venue& books) {
  const auto& changed = block.changed_accounts;
  const bool touched = std::binary_search(changed.begin(), changed.end(),
                                          x.user.value_or(address{}));
  std::vector<std::string> result;
  switch (x.kind) {
    case stream::order_updates:
      result.push_back(order_updates(orders));
      break;
    case stream::user_fills:
      result.push_back(fills_frame(x, fills, false));
      break;
    case stream::user_events:
      result.push_back(fills_frame(x, fills, false));
      result.push_back(venue_cancels(x, block));
      break;
    case stream::user_historical_orders:
      result.push_back(order_history(x, orders, false));
      break;
    case stream::open_orders:
      if (touched)
        result.push_back(open_orders(x, books));
      break;
    case stream::clearinghouse_state:
      if (touched)
        result.push_back(clearinghouse(x, books, block.time_ms));
      break;
    case stream::spot_state:
      if (touched)
        result.push_back(spot_state(x, books));
      break;
    case stream::all_dexs_clearinghouse_state:
    case stream::web_data:
      if (touched)
        result.push_back(account_frame(x, books, block.time_ms));
      break;
    case stream::active_asset_data:
      if (touched || changed_mark(block, books, x.coin))
        result.push_back(asset_data(x, books));
      break;
    case stream::user_fundings:
    case stream::user_ledger_updates:
    case stream::twap_states:
    case stream::twap_history:
    case stream::twap_slice_fills:
    case stream::notification:
    case stream::active_asset_ctx:
    case stream::all_mids:
    case stream::l2_book:
    case stream::bbo:
    case stream::trades:
    case stream::candle:
    case stream::all_dexs_asset_ctxs:
    case stream::spot_asset_ctxs:
      break;
  }
  for (auto& text : account_news(x, block, fills, books))
    result.push_back(std::move(text));
  std::erase(result, std::string{});
  return result;
}

std::string trades_frame(const subscription& x, const block_output& block) {
  auto out = opened(x.channel);
  out.open_array();
  bool any = false;
  for (const auto& trade : block.trades) {
    if (trade.coin != x.coin)
      continue;
    any = true;
    write_trade(out, trade);
  }
  out.close_array();
  return any ? closed(out) : std::string{};
}

std::string book_frame(const subscription& x, const venue& books,
                       std::int64_t now_ms) {
  auto out = opened(x.channel);
  write_book(out, books, *books.instruments().find(x.coin),
             {.significant_figures = x.significant_figures,
              .mantissa = x.mantissa,
              .fast = x.fast},
             now_ms);
  return closed(out);
}

std::string bbo_frame(const subscription& x, const venue& books,
                      std::int64_t now_ms) {
  auto out = opened(x.channel);
  write_bbo(out, books, *books.instruments().find(x.coin), now_ms);
  return closed(out);
}

std::string candle_frame(const subscription& x, const block_output& block,
                         const venue& books) {
  const auto traded =
    std::find_if(block.trades.begin(), block.trades.end(),
                 [&](const auto& trade) { return trade.coin == x.coin; });
  const auto interval = find_candle_interval(x.interval);
  if (traded == block.trades.end() || !interval)
    return {};
  auto out = opened(x.channel);
  for (const auto& row :
       books.candles(traded->asset, *interval, block.time_ms, block.time_ms))
    write_candle(out, row, x.coin, x.interval);
  return closed(out);
}

std::string mids_frame(const subscription& x, const venue& books) {
  auto out = opened(x.channel);
  out.open_object().key("mids");
  write_mids(out, books, x.dex);
  if (!x.dex.empty())
    out.member("dex", x.dex);
  out.close_object();
  return closed(out);
}

} // namespace hlx::venue
