// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/invariants.hpp"

#include "hlx/messages/assert.hpp"

namespace hlx::venue {

namespace {

constexpr std::uint32_t usdc_token = 0;

/// Up to so many live orders are checked in every block.
constexpr std::size_t orders_always_checked = 500;
constexpr std::uint64_t blocks_per_check = 64;

void check_money(const venue_state& state) {
  wide_integer usd = state.fees.raw;
  std::map<asset_id, wide_integer> positions;
  std::map<std::uint32_t, wide_integer> tokens;
  for (const auto& [user, owner] : state.accounts) {
    usd += owner.raw_usd.raw;
    for (const auto& [asset, held] : owner.positions) {
      HLX_ASSERT(held.size.raw != 0);
      HLX_ASSERT(held.entry_notional.raw >= 0);
      positions[asset] += held.size.raw;
      usd += held.isolated_raw.raw;
    }
    for (const auto& [token, held] : owner.balances)
      tokens[token] += held.total.raw;
  }
  for (const auto& [token, fee] : state.token_fees)
    tokens[token] += fee.raw;
  for (const auto& [asset, sum] : positions)
    HLX_ASSERT(sum == 0);
  // Spot USDC is the same money: it moves between the two.
  usd += tokens[usdc_token];
  tokens.erase(usdc_token);
  wide_integer brought = state.deposited.raw;
  for (const auto& [token, minted] : state.tokens_minted) {
    if (token == usdc_token)
      brought += minted.raw;
    else
      HLX_ASSERT(tokens[token] == minted.raw);
  }
  HLX_ASSERT(usd == brought - state.withdrawn.raw);
}

void check_side(const venue_state& state, const market& place, order_side side,
                std::size_t& resting) {
  for (const auto& [key, level] : place.book.side(side)) {
    HLX_ASSERT(!level.empty());
    for (const auto oid : level) {
      const auto found = state.orders.find(oid);
      HLX_ASSERT(found != state.orders.end());
      const auto& order = found->second;
      HLX_ASSERT(order.phase == order_phase::resting);
      HLX_ASSERT(order.record.side == side);
      HLX_ASSERT(order.record.limit_price == order_book::price_of(side, key));
      ++resting;
    }
  }
}

void check_order(const venue_state& state, const live_order& order) {
  const auto& record = order.record;
  const auto owner = state.accounts.find(record.user);
  HLX_ASSERT(owner != state.accounts.end());
  HLX_ASSERT(owner->second.open.contains(record.oid));
  HLX_ASSERT(order.phase != order_phase::arriving);
  HLX_ASSERT(
    record.remaining.raw > 0
    || (record.is_position_tpsl && order.phase == order_phase::trigger));
  HLX_ASSERT(record.reduce_only
             || order.filled == record.original - record.remaining);
}

void check_uncrossed(const venue_state& state) {
  for (const auto& [asset, place] : state.markets) {
    const auto bid = place.book.best(order_side::buy);
    const auto ask = place.book.best(order_side::sell);
    HLX_ASSERT(!bid || !ask || *bid < *ask);
  }
}

void check_orders(const venue_state& state) {
  std::size_t in_books = 0;
  std::size_t triggers = 0;
  for (const auto& [asset, place] : state.markets) {
    check_side(state, place, order_side::buy, in_books);
    check_side(state, place, order_side::sell, in_books);
    triggers += place.triggers.size();
  }
  std::size_t resting = 0;
  std::size_t waiting = 0;
  std::size_t listed = 0;
  for (const auto& [oid, order] : state.orders) {
    check_order(state, order);
    resting += order.phase == order_phase::resting ? 1U : 0U;
    waiting += order.phase == order_phase::trigger ? 1U : 0U;
  }
  for (const auto& [user, owner] : state.accounts)
    listed += owner.open.size();
  HLX_ASSERT(resting == in_books);
  HLX_ASSERT(waiting == triggers);
  HLX_ASSERT(listed == state.orders.size());
}

} // namespace

void check_invariants(const venue_state& state) {
  check_money(state);
  check_uncrossed(state);
  check_orders(state);
}

void check_block(const venue_state& state) {
  check_money(state);
  check_uncrossed(state);
  if (state.orders.size() <= orders_always_checked
      || state.height % blocks_per_check == 0)
    check_orders(state);
}

} // namespace hlx::venue
