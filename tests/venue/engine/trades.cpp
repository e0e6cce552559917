// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/trades.hpp"

#include "hlx/messages/assert.hpp"
#include "tests/venue/engine/margin.hpp"
#include "tests/venue/engine/matching.hpp"

#include <cstdlib>
#include <utility>

namespace hlx::venue {

namespace {

constexpr int usdc_fee_decimals = 6;
constexpr std::uint64_t trade_id_mask = (std::uint64_t{1} << 50) - 1;

/// Millionths of the notional in a tenth of a basis point.
constexpr std::int64_t builder_fee_unit = 10;

/// What both sides of a trade have in common.
struct trade_terms {
  const market& place;
  price at;
  quantity size;
  trade_id tid;
};

std::int64_t builder_rate(const live_order& order, bool is_spot) {
  if (!order.builder || (is_spot && order.record.side == order_side::buy))
    return 0;
  return static_cast<std::int64_t>(order.builder->fee) * builder_fee_unit;
}

void book_perp(venue_state& state, account& owner, const live_order& order,
               const trade_terms& terms, fill_record& fill) {
  const auto leverage = leverage_of(state, owner, fill.asset);
  const auto effect = apply_perp_fill(owner, fill.asset, leverage, fill.side,
                                      terms.at, terms.size);
  fill.start_position = effect.start_position;
  fill.closed_pnl = effect.closed_pnl;
  fill.direction = effect.direction;
  const auto value = notional_amount(terms.at, terms.size);
  const auto& rates = state.config.fees;
  fill.fee =
    fee_amount(value, fill.crossed ? rates.perp_taker : rates.perp_maker,
               usdc_fee_decimals);
  if (const auto rate = builder_rate(order, false); rate > 0) {
    fill.builder_fee = fee_amount(value, rate, usdc_fee_decimals);
    fill.fee += *fill.builder_fee;
  }
  fill.fee_token = "USDC";
  owner.raw_usd -= fill.fee;
  state.fees += fill.fee;
}

void book_spot(venue_state& state, account& owner, const live_order& order,
               const trade_terms& terms, fill_record& fill) {
  const auto pair = pair_of(state, terms.place.info);
  auto& base = owner.balances[pair.base->index];
  auto& quote = owner.balances[pair.quote->index];
  const auto& rates = state.config.fees;
  const auto rate = fill.crossed ? rates.spot_taker : rates.spot_maker;
  const auto value = notional_amount(terms.at, terms.size);
  const amount size{terms.size.raw};
  fill.start_position = base.total;
  if (fill.side == order_side::buy) {
    fill.direction = "Buy";
    fill.fee = fee_amount(size, rate, pair.base->wei_decimals);
    fill.fee_token = pair.base->name;
    quote.total -= value;
    base.total += size - fill.fee;
    base.entry_notional += value;
    state.token_fees[pair.base->index] += fill.fee;
    return;
  }
  fill.direction = "Sell";
  amount cost;
  if (base.total.raw > 0)
    cost.raw = static_cast<std::int64_t>(
      static_cast<wide_integer>(base.entry_notional.raw) * size.raw
      / base.total.raw);
  fill.closed_pnl = value - cost;
  fill.fee = fee_amount(value, rate, pair.quote->wei_decimals);
  if (const auto extra = builder_rate(order, true); extra > 0) {
    fill.builder_fee = fee_amount(value, extra, pair.quote->wei_decimals);
    fill.fee += *fill.builder_fee;
  }
  fill.fee_token = pair.quote->name;
  base.total -= size;
  base.entry_notional -= cost;
  quote.total += value - fill.fee;
  state.token_fees[pair.quote->index] += fill.fee;
}

/// Books one side of the trade.
void book_side(venue_state& state, live_order& order, bool crossed,
               const trade_terms& terms) {
  auto& owner = get_account(state, order.record.user);
  fill_record fill{.user = owner.user,
                   .asset = order.record.asset,
                   .coin = order.record.coin,
                   .trade_price = terms.at,
                   .size = terms.size,
                   .side = order.record.side,
                   .time_ms = state.now_ms(),
                   .hash = state.hash,
                   .oid = order.record.oid,
                   .crossed = crossed,
                   .tid = terms.tid,
                   .cloid = order.record.cloid,
                   .twap_id = order.twap_id};
  if (moves_tokens(terms.place.info))
    book_spot(state, owner, order, terms, fill);
  else
    book_perp(state, owner, order, terms, fill);
  owner.volume += notional_amount(terms.at, terms.size);
  order.record.remaining -= terms.size;
  order.filled += terms.size;
  order.filled_notional += notional(terms.at, terms.size);
  HLX_ASSERT(order.record.remaining.raw >= 0);
  keep_fill(state, owner, std::move(fill));
}

void publish_trade(venue_state& state, market& place, trade_record record) {
  place.trades.push_back(record);
  add_trade(place.candles, record);
  if (place.trades.size() > trades_max)
    place.trades.pop_front();
  state.touched_books.insert(record.asset);
  state.out.trades.push_back(std::move(record));
}

} // namespace

void trade(venue_state& state, live_order& taker, live_order& maker,
           quantity size) {
  HLX_ASSERT(size.raw > 0);
  HLX_ASSERT(taker.record.user != maker.record.user);
  auto& place = state.markets.at(taker.record.asset);
  const bool taker_buys = taker.record.side == order_side::buy;
  const auto& buyer = taker_buys ? taker.record : maker.record;
  const auto& seller = taker_buys ? maker.record : taker.record;
  const trade_terms terms{.place = place,
                          .at = maker.record.limit_price,
                          .size = size,
                          .tid = trade_id_of(buyer.oid, seller.oid)};
  publish_trade(state, place,
                {.asset = taker.record.asset,
                 .coin = taker.record.coin,
                 .aggressor = taker.record.side,
                 .trade_price = terms.at,
                 .size = size,
                 .time_ms = state.now_ms(),
                 .hash = state.hash,
                 .tid = terms.tid,
                 .buyer = buyer.user,
                 .seller = seller.user});
  auto& maker_account = get_account(state, maker.record.user);
  const auto asset = maker.record.asset;
  const auto before = position_size(maker_account, asset);
  book_side(state, taker, true, terms);
  book_side(state, maker, false, terms);
  if (maker.record.remaining.raw == 0)
    finish_filled(state, maker);
  if (!moves_tokens(place.info))
    sweep_reduce_only(state, maker_account, asset, before);
}

void keep_fill(venue_state& state, account& owner, fill_record fill) {
  owner.fills.push_back(fill);
  if (owner.fills.size() > fill_records_max)
    owner.fills.pop_front();
  state.out.fills.push_back(std::move(fill));
  state.touched.insert(owner.user);
}

trade_id trade_id_of(venue_order_id buyer, venue_order_id seller) {
  auto x = buyer.value * 0x9e3779b97f4a7c15 ^ seller.value;
  x = (x ^ (x >> 31)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 29)) * 0x94d049bb133111eb;
  return {(x ^ (x >> 32)) & trade_id_mask};
}

void release_children(venue_state& state, live_order& order) {
  auto& children = order.record.children;
  state.to_activate.insert(state.to_activate.end(), children.begin(),
                           children.end());
  children.clear();
}

void finish_filled(venue_state& state, live_order& order) {
  const auto siblings = order.siblings;
  release_children(state, order);
  set_status(state, order, "filled", state.out.orders);
  erase_order(state, order.record.oid);
  for (const auto sibling : siblings)
    if (state.orders.contains(sibling))
      venue_cancel_order(state, sibling, "siblingFilledCanceled");
}

} // namespace hlx::venue
