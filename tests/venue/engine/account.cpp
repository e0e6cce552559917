// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/account.hpp"

#include "hlx/messages/assert.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace hlx::venue {

namespace {

std::int64_t narrow(wide_integer x) {
  HLX_ASSERT(x <= std::numeric_limits<std::int64_t>::max());
  HLX_ASSERT(x >= std::numeric_limits<std::int64_t>::min());
  return static_cast<std::int64_t>(x);
}

/// x * part / whole, towards zero.
amount share(amount x, std::int64_t part, std::int64_t whole) {
  return {narrow(static_cast<wide_integer>(x.raw) * part / whole)};
}

/// Closes `closed` units at the price; returns the realised profit.
amount close_part(account& owner, position& held, std::int64_t closed,
                  price trade_price) {
  const auto whole = std::abs(held.size.raw);
  const std::int64_t sign = held.size.raw > 0 ? 1 : -1;
  const auto cost = share(held.entry_notional, closed, whole);
  const auto value = notional_amount(trade_price, {closed});
  if (held.is_cross) {
    owner.raw_usd += amount{sign * value.raw};
  } else {
    // The closed share of the position's equity goes back to the account.
    const auto total = notional_amount(trade_price, {whole});
    const auto equity = held.isolated_raw + amount{sign * total.raw};
    const auto returned = share(equity, closed, whole);
    held.isolated_raw += amount{sign * value.raw} - returned;
    owner.raw_usd += returned;
  }
  held.entry_notional -= cost;
  held.size -= amount{sign * closed};
  return {sign * (value.raw - cost.raw)};
}

void open_part(account& owner, position& held, std::int64_t opened,
               std::int64_t sign, int leverage, price trade_price) {
  const auto value = notional_amount(trade_price, {opened});
  if (held.is_cross) {
    owner.raw_usd -= amount{sign * value.raw};
  } else {
    const amount margin{value.raw / leverage};
    owner.raw_usd -= margin;
    held.isolated_raw += margin - amount{sign * value.raw};
  }
  held.entry_notional += value;
  held.size += amount{sign * opened};
}

const char* direction_of(std::int64_t before, std::int64_t after,
                         order_side side) {
  if (before > 0 && after < 0)
    return "Long > Short";
  if (before < 0 && after > 0)
    return "Short > Long";
  if (side == order_side::buy)
    return before < 0 ? "Close Short" : "Open Long";
  return before > 0 ? "Close Long" : "Open Short";
}

} // namespace

perp_fill_effect apply_perp_fill(account& owner, asset_id asset,
                                 const leverage_setting& leverage,
                                 order_side side, price trade_price,
                                 quantity size) {
  HLX_ASSERT(size.raw > 0);
  HLX_ASSERT(trade_price.raw > 0);
  auto& held = owner.positions[asset];
  if (held.size.raw == 0)
    held.is_cross = leverage.is_cross;
  perp_fill_effect result;
  result.start_position = held.size;
  const std::int64_t sign = side == order_side::buy ? 1 : -1;
  const auto opened = opening_part(held.size, side, size).raw;
  const auto closed = size.raw - opened;
  if (closed > 0)
    result.closed_pnl = close_part(owner, held, closed, trade_price);
  if (held.size.raw == 0)
    held.is_cross = leverage.is_cross;
  if (opened > 0)
    open_part(owner, held, opened, sign, leverage.value, trade_price);
  result.direction =
    direction_of(result.start_position.raw, held.size.raw, side);
  if (held.size.raw == 0) {
    HLX_ASSERT(held.isolated_raw.raw == 0);
    owner.positions.erase(asset);
  }
  return result;
}

amount notional_amount(price p, quantity q) {
  return {narrow(notional(p, q) / decimal_scale)};
}

amount fee_amount(amount notional, std::int64_t rate, int decimals) {
  HLX_ASSERT(decimals >= 0 && decimals <= 8);
  std::int64_t unit = 1;
  for (int i = decimals; i < 8; ++i)
    unit *= 10;
  const auto raw =
    narrow(static_cast<wide_integer>(notional.raw) * rate / 1'000'000);
  return {raw - raw % unit};
}

amount position_size(const account& owner, asset_id asset) {
  const auto found = owner.positions.find(asset);
  return found == owner.positions.end() ? amount{} : found->second.size;
}

quantity opening_part(amount size, order_side side, quantity order) {
  const bool reduces = side == order_side::buy ? size.raw < 0 : size.raw > 0;
  if (!reduces)
    return order;
  return {std::max<std::int64_t>(0, order.raw - std::abs(size.raw))};
}

} // namespace hlx::venue
