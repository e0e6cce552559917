// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/margin.hpp"

#include "hlx/messages/assert.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <utility>

namespace hlx::venue {

namespace {

amount value_of(price mark, amount size) {
  return notional_amount(mark, {std::abs(size.raw)});
}

std::int64_t sign_of(amount x) {
  return x.raw < 0 ? -1 : 1;
}

/// Maintenance is half of the initial margin at the largest leverage.
amount maintenance_of(amount value, int max_leverage) {
  return {value.raw / (2 * std::int64_t{max_leverage})};
}

/// Sizes and values of the resting perp orders in one coin.
struct order_sums {
  std::int64_t quantity[2] = {0, 0}; ///< By side.
  std::int64_t value[2] = {0, 0};
};

/// Value of the part of a side's orders that would open.
std::int64_t opening_value(const order_sums& sums, order_side side,
                           amount size) {
  const auto i = static_cast<std::size_t>(side);
  if (sums.quantity[i] == 0)
    return 0;
  const auto opened = opening_part(size, side, {sums.quantity[i]}).raw;
  return static_cast<std::int64_t>(static_cast<wide_integer>(sums.value[i])
                                   * opened / sums.quantity[i]);
}

/// What an order may cost: a sell trades at the mark if not better.
amount order_value(const market& place, const order_record& order,
                   bool arriving) {
  const bool sells_at_once = arriving && order.side == order_side::sell;
  const auto at =
    sells_at_once ? std::max(order.limit_price, place.mark) : order.limit_price;
  return notional_amount(at, order.remaining);
}

/// Only one side of a coin's orders can end as a position: the dearer counts.
/// `arriving`, if any, is counted as if it rested already.
amount order_margin_of(const venue_state& state, const account& owner,
                       const order_record* arriving) {
  if (owner.user == house_address())
    return {};
  std::map<asset_id, order_sums> by_asset;
  const auto count = [&](const order_record& record) {
    auto& sums = by_asset[record.asset];
    const auto i = static_cast<std::size_t>(record.side);
    sums.quantity[i] += record.remaining.raw;
    sums.value[i] +=
      order_value(state.markets.at(record.asset), record, &record == arriving)
        .raw;
  };
  for (const auto oid : owner.open) {
    const auto& order = state.orders.at(oid);
    const auto& record = order.record;
    if (order.phase == order_phase::resting && !record.reduce_only
        && !moves_tokens(state.markets.at(record.asset).info))
      count(record);
  }
  if (arriving != nullptr)
    count(*arriving);
  amount result;
  for (const auto& [asset, sums] : by_asset) {
    const auto size = position_size(owner, asset);
    const auto value = std::max(opening_value(sums, order_side::buy, size),
                                opening_value(sums, order_side::sell, size));
    result += amount{value / leverage_of(state, owner, asset).value};
  }
  return result;
}

/// Where equity meets maintenance, all other marks unchanged. `buffer` is
/// equity minus maintenance now.
std::optional<price> liquidation_price(price mark, amount size, amount buffer,
                                       int max_leverage) {
  const auto side = sign_of(size);
  const auto twice = 2 * std::int64_t{max_leverage};
  const auto move = static_cast<wide_integer>(buffer.raw) * decimal_scale
                    * twice / std::abs(size.raw) / (twice - side);
  const auto result = static_cast<wide_integer>(mark.raw) - side * move;
  if (result <= 0 || result > std::numeric_limits<std::int64_t>::max())
    return std::nullopt;
  return price{static_cast<std::int64_t>(result)};
}

position_view view_of(const venue_state& state, const account& owner,
                      asset_id asset, const position& held,
                      const cross_margin& cross) {
  const auto& place = state.markets.at(asset);
  const auto leverage = leverage_of(state, owner, asset);
  const auto units = std::abs(held.size.raw);
  position_view result{.asset = asset,
                       .coin = place.info.name,
                       .size = held.size,
                       .is_cross = held.is_cross,
                       .leverage = leverage.value,
                       .max_leverage = place.info.max_leverage,
                       .isolated_raw_usd = held.isolated_raw,
                       .funding_paid = held.funding};
  if (const auto paid = owner.funding.find(asset); paid != owner.funding.end())
    result.funding_paid_in_all = paid->second;
  result.entry_price = {static_cast<std::int64_t>(
    (static_cast<wide_integer>(held.entry_notional.raw) * decimal_scale
     + units / 2)
    / units)};
  result.value = value_of(place.mark, held.size);
  const auto sign = sign_of(held.size);
  result.unrealized_pnl = {sign * (result.value.raw - held.entry_notional.raw)};
  const auto equity = held.isolated_raw + amount{sign * result.value.raw};
  result.margin_used =
    held.is_cross ? amount{result.value.raw / leverage.value} : equity;
  const auto buffer =
    held.is_cross
      ? cross.account_value - cross.maintenance
      : equity - maintenance_of(result.value, place.info.max_leverage);
  result.liquidation_price =
    liquidation_price(place.mark, held.size, buffer, place.info.max_leverage);
  return result;
}

} // namespace

cross_margin measure_cross(const venue_state& state, const account& owner) {
  cross_margin result;
  result.account_value = owner.raw_usd;
  for (const auto& [asset, held] : owner.positions) {
    if (!held.is_cross)
      continue;
    const auto& place = state.markets.at(asset);
    const auto value = value_of(place.mark, held.size);
    result.account_value += amount{sign_of(held.size) * value.raw};
    result.notional += value;
    result.position_margin +=
      amount{value.raw / leverage_of(state, owner, asset).value};
    result.maintenance += maintenance_of(value, place.info.max_leverage);
  }
  result.order_margin = order_margin_of(state, owner, nullptr);
  return result;
}

bool can_place(const venue_state& state, const account& owner,
               const order_record& order) {
  const auto opened = opening_part(position_size(owner, order.asset),
                                   order.side, order.remaining);
  if (opened.raw == 0 || owner.user == house_address())
    return true;
  const auto cross = measure_cross(state, owner);
  return cross.account_value - cross.position_margin
         >= order_margin_of(state, owner, &order);
}

bool can_open(const venue_state& state, const account& owner, asset_id asset,
              price at, quantity size) {
  if (size.raw == 0 || owner.user == house_address())
    return true;
  const auto cross = measure_cross(state, owner);
  const auto free = cross.account_value - cross.position_margin;
  const auto value = notional_amount(at, size);
  return free.raw >= value.raw / leverage_of(state, owner, asset).value;
}

trade_room room_to_trade(const venue_state& state, const account& owner,
                         asset_id asset, order_side side) {
  const auto& place = state.markets.at(asset);
  // Can be placed, and cannot: what is between them is halved.
  std::int64_t least = 0;
  auto most = static_cast<std::int64_t>(std::min<wide_integer>(
                order_size_max, order_value_max / place.mark.raw))
              + 1;
  order_record order{.asset = asset, .side = side, .limit_price = place.mark};
  while (most - least > 1) {
    order.remaining = {least + (most - least) / 2};
    (can_place(state, owner, order) ? least : most) = order.remaining.raw;
  }
  const auto opened = opening_part(position_size(owner, asset), side, {least});
  const auto leverage = leverage_of(state, owner, asset).value;
  const auto cross = measure_cross(state, owner);
  const auto free =
    cross.account_value - cross.position_margin - cross.order_margin;
  const auto closed = notional_amount(place.mark, quantity{least} - opened);
  return {.size = round_size_down(place.info, {least}),
          .margin = std::max(free, amount{}) + amount{closed.raw / leverage}};
}

amount withdrawable(const venue_state& state, const account& owner) {
  const auto cross = measure_cross(state, owner);
  const auto initial = cross.position_margin + cross.order_margin;
  const amount tenth{cross.notional.raw / 10};
  const auto free = cross.account_value - std::max(initial, tenth);
  return std::max(free, amount{});
}

clearinghouse_view measure(const venue_state& state, const account& owner) {
  const auto cross = measure_cross(state, owner);
  clearinghouse_view result;
  result.cross = {.account_value = cross.account_value,
                  .total_notional = cross.notional,
                  .total_raw_usd = owner.raw_usd,
                  .total_margin_used = cross.position_margin};
  result.cross_maintenance_margin_used = cross.maintenance;
  result.withdrawable = withdrawable(state, owner);
  result.total = result.cross;
  for (const auto& [asset, held] : owner.positions) {
    auto view = view_of(state, owner, asset, held, cross);
    if (!held.is_cross) {
      result.total.account_value += view.margin_used;
      result.total.total_notional += view.value;
      result.total.total_raw_usd += held.isolated_raw;
      result.total.total_margin_used += view.margin_used;
    }
    result.positions.push_back(std::move(view));
  }
  return result;
}

amount spot_hold(const venue_state& state, const account& owner,
                 std::uint32_t token) {
  amount result;
  for (const auto oid : owner.open) {
    const auto& order = state.orders.at(oid);
    const auto& record = order.record;
    const auto& info = state.markets.at(record.asset).info;
    if (order.phase != order_phase::resting || !moves_tokens(info))
      continue;
    const auto pair = pair_of(state, info);
    if (record.side == order_side::buy && pair.quote->index == token)
      result += notional_amount(record.limit_price, record.remaining);
    else if (record.side == order_side::sell && pair.base->index == token)
      result += amount{record.remaining.raw};
  }
  return result;
}

spot_pair pair_of(const venue_state& state, const instrument& info) {
  HLX_ASSERT(moves_tokens(info));
  const auto base_name = base_token(info);
  spot_pair result;
  for (const auto& x : state.tokens) {
    if (x.name == base_name)
      result.base = &x;
    if (x.name == info.quote)
      result.quote = &x;
  }
  HLX_ASSERT(result.base != nullptr && result.quote != nullptr);
  return result;
}

amount spot_available(const venue_state& state, const account& owner,
                      std::uint32_t token) {
  const auto found = owner.balances.find(token);
  if (found == owner.balances.end())
    return {};
  return found->second.total - spot_hold(state, owner, token);
}

quantity open_interest(const venue_state& state, asset_id asset) {
  quantity result;
  for (const auto& [user, owner] : state.accounts)
    result.raw += std::max<std::int64_t>(0, position_size(owner, asset).raw);
  return result;
}

bool is_liquidatable(const venue_state& state, const account& owner) {
  if (owner.positions.empty() || owner.user == house_address())
    return false;
  const auto cross = measure_cross(state, owner);
  return cross.notional.raw > 0
         && cross.account_value.raw < cross.maintenance.raw;
}

bool is_liquidatable(const venue_state& state, asset_id asset,
                     const position& held) {
  if (held.is_cross)
    return false;
  const auto& place = state.markets.at(asset);
  const auto value = value_of(place.mark, held.size);
  const auto equity =
    held.isolated_raw + amount{sign_of(held.size) * value.raw};
  return equity < maintenance_of(value, place.info.max_leverage);
}

} // namespace hlx::venue
