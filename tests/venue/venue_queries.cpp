// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/admission.hpp"
#include "tests/venue/engine/margin.hpp"
#include "tests/venue/engine/vaults.hpp"
#include "tests/venue/venue.hpp"

#include <algorithm>
#include <utility>

namespace hlx::venue {

namespace {

std::vector<book_level> levels_of(const venue_state& state,
                                  const order_book& book, order_side side,
                                  std::size_t depth) {
  std::vector<book_level> result;
  for (const auto& [key, oids] : book.side(side)) {
    if (result.size() == depth)
      break;
    book_level level{.level_price = order_book::price_of(side, key),
                     .orders = static_cast<std::uint32_t>(oids.size())};
    for (const auto oid : oids)
      level.size += state.orders.at(oid).record.remaining;
    result.push_back(level);
  }
  return result;
}

} // namespace

std::int64_t venue::last_block_ms() const {
  return state_->last_block_ms;
}

role_view venue::role(const address& any) const {
  const auto agent = state_->agents.find(any);
  if (agent != state_->agents.end())
    return {account_role::agent, agent->second};
  const auto* owner = find_account(std::as_const(*state_), any);
  if (owner == nullptr)
    return {};
  if (owner->is_vault)
    return {account_role::vault, *owner->master};
  if (owner->master)
    return {account_role::sub_account, *owner->master};
  return {account_role::user, {}};
}

std::vector<agent_view> venue::agents(const address& user) const {
  const auto* owner = find_account(std::as_const(*state_), user);
  return owner != nullptr ? owner->agents : std::vector<agent_view>{};
}

std::optional<std::string> venue::vault_name(const address& vault) const {
  const auto* found = find_account(std::as_const(*state_), vault);
  if (found == nullptr || !found->is_vault)
    return std::nullopt;
  return found->name;
}

std::vector<std::pair<address, std::string>> venue::led_vaults(
  const address& user) const {
  std::vector<std::pair<address, std::string>> result;
  for (const auto& [vault, owner] : state_->accounts)
    if (owner.is_vault && owner.master == user)
      result.emplace_back(vault, owner.name);
  return result;
}

std::vector<std::pair<address, amount>> venue::vault_followers(
  const address& vault) const {
  std::vector<std::pair<address, amount>> result;
  const auto* found = find_account(std::as_const(*state_), vault);
  if (found == nullptr)
    return result;
  for (const auto& [user, shares] : found->shares)
    result.emplace_back(user, vault_equity(*state_, *found, user));
  return result;
}

std::vector<std::pair<address, amount>> venue::vault_equities(
  const address& user) const {
  std::vector<std::pair<address, amount>> result;
  for (const auto& [vault, owner] : state_->accounts)
    if (owner.shares.contains(user))
      result.emplace_back(vault, vault_equity(*state_, owner, user));
  return result;
}

std::vector<std::pair<address, std::string>> venue::sub_accounts(
  const address& master) const {
  std::vector<std::pair<address, std::string>> result;
  const auto* owner = find_account(std::as_const(*state_), master);
  if (owner == nullptr)
    return result;
  for (const auto& sub : owner->sub_accounts)
    result.emplace_back(sub, state_->accounts.at(sub).name);
  return result;
}

std::vector<order_record> venue::open_orders(const address& user) const {
  std::vector<order_record> result;
  const auto* owner = find_account(std::as_const(*state_), user);
  if (owner == nullptr)
    return result;
  for (const auto oid : owner->open)
    result.push_back(state_->orders.at(oid).record);
  return result;
}

std::optional<order_record> venue::order_status(const address& user,
                                                venue_order_id oid) const {
  const auto* owner = find_account(std::as_const(*state_), user);
  if (owner == nullptr)
    return std::nullopt;
  if (const auto found = owner->records.find(oid);
      found != owner->records.end())
    return found->second;
  // Older than the records, but still alive.
  if (owner->open.contains(oid))
    return state_->orders.at(oid).record;
  return std::nullopt;
}

std::optional<order_record> venue::order_status(const address& user,
                                                const cloid& id,
                                                std::int64_t now_ms) const {
  const auto* owner = find_account(std::as_const(*state_), user);
  if (owner == nullptr)
    return std::nullopt;
  const auto uses = owner->by_cloid.find(id);
  if (uses == owner->by_cloid.end())
    return std::nullopt;
  const auto delay = state_->config.cloid_visibility_delay_ms;
  const auto visible =
    std::find_if(uses->second.rbegin(), uses->second.rend(),
                 [&](const auto& x) { return x.first + delay <= now_ms; });
  if (visible == uses->second.rend())
    return std::nullopt;
  return order_status(user, visible->second);
}

std::vector<order_record> venue::order_history(const address& user) const {
  std::vector<order_record> result;
  const auto* owner = find_account(std::as_const(*state_), user);
  if (owner == nullptr)
    return result;
  for (auto oid = owner->placed.rbegin(); oid != owner->placed.rend(); ++oid)
    result.push_back(owner->records.at(*oid));
  return result;
}

std::vector<fill_record> venue::fills(const address& user) const {
  const auto* owner = find_account(std::as_const(*state_), user);
  if (owner == nullptr)
    return {};
  return {owner->fills.begin(), owner->fills.end()};
}

std::vector<twap_record> venue::twaps(const address& user) const {
  std::vector<twap_record> result;
  if (const auto* owner = find_account(std::as_const(*state_), user))
    for (const auto& [id, twap] : owner->twaps)
      result.push_back(twap.record);
  return result;
}

std::vector<twap_event> venue::twap_history(const address& user) const {
  const auto* owner = find_account(std::as_const(*state_), user);
  if (owner == nullptr)
    return {};
  return {owner->twap_history.begin(), owner->twap_history.end()};
}

std::vector<funding_record> venue::fundings(const address& user) const {
  const auto* owner = find_account(std::as_const(*state_), user);
  if (owner == nullptr)
    return {};
  return {owner->fundings.begin(), owner->fundings.end()};
}

std::vector<ledger_record> venue::ledger(const address& user) const {
  const auto* owner = find_account(std::as_const(*state_), user);
  if (owner == nullptr)
    return {};
  return {owner->ledger.begin(), owner->ledger.end()};
}

std::string venue::abstraction(const address& user) const {
  const auto* owner = find_account(std::as_const(*state_), user);
  return owner != nullptr ? owner->abstraction : account{}.abstraction;
}

clearinghouse_view venue::clearinghouse(const address& user) const {
  const auto* owner = find_account(std::as_const(*state_), user);
  return owner != nullptr ? measure(*state_, *owner) : clearinghouse_view{};
}

std::vector<spot_balance_view> venue::spot_balances(const address& user) const {
  std::vector<spot_balance_view> result;
  const auto* owner = find_account(std::as_const(*state_), user);
  if (owner == nullptr)
    return result;
  for (const auto& token : state_->tokens) {
    const auto held = owner->balances.find(token.index);
    if (held == owner->balances.end())
      continue;
    const bool is_outcome = token.index >= outcome_assets_begin;
    result.push_back(
      {.coin = token.name,
       .token = is_outcome ? std::nullopt : std::optional{token.index},
       .total = held->second.total,
       .hold = spot_hold(*state_, *owner, token.index),
       .entry_notional = held->second.entry_notional});
  }
  return result;
}

rate_limit_view venue::rate_limit(const address& user) const {
  const auto* owner = find_account(std::as_const(*state_), user);
  if (owner == nullptr)
    return {.requests_cap = state_->config.address_budget};
  return {.cumulative_volume = owner->volume,
          .requests_used = owner->requests_used,
          .requests_cap = requests_cap(*state_, *owner)};
}

std::pair<int, bool> venue::leverage(const address& user,
                                     asset_id asset) const {
  const auto* owner = find_account(std::as_const(*state_), user);
  if (find_market(std::as_const(*state_), asset) == nullptr)
    return {default_leverage, true};
  const account nobody;
  const auto setting =
    leverage_of(*state_, owner != nullptr ? *owner : nobody, asset);
  return {setting.value, setting.is_cross};
}

trade_room venue::room_to_trade(const address& user, asset_id asset,
                                order_side side) const {
  const auto* owner = find_account(std::as_const(*state_), user);
  const auto* place = find_market(std::as_const(*state_), asset);
  if (owner == nullptr || place == nullptr || moves_tokens(place->info))
    return {};
  return ::hlx::venue::room_to_trade(*state_, *owner, asset, side);
}

std::uint64_t venue::max_builder_fee(const address& user,
                                     const address& builder) const {
  const auto* owner = find_account(std::as_const(*state_), user);
  if (owner == nullptr)
    return 0;
  const auto approved = owner->builder_fees.find(builder);
  return approved == owner->builder_fees.end() ? 0 : approved->second;
}

const instrument_table& venue::instruments() const {
  return state_->config.instruments;
}

price venue::mark(asset_id asset) const {
  const auto* place = find_market(std::as_const(*state_), asset);
  return place != nullptr ? place->mark : price{};
}

price venue::oracle(asset_id asset) const {
  const auto* place = find_market(std::as_const(*state_), asset);
  return place != nullptr ? place->oracle : price{};
}

price venue::mid(asset_id asset) const {
  const auto* place = find_market(std::as_const(*state_), asset);
  if (place == nullptr)
    return {};
  const auto bid = place->book.best(order_side::buy);
  const auto ask = place->book.best(order_side::sell);
  if (!bid || !ask)
    return place->mark;
  return {bid->raw + (ask->raw - bid->raw) / 2};
}

book_view venue::book(asset_id asset, std::size_t depth) const {
  const auto* place = find_market(std::as_const(*state_), asset);
  if (place == nullptr)
    return {};
  return {levels_of(*state_, place->book, order_side::buy, depth),
          levels_of(*state_, place->book, order_side::sell, depth)};
}

std::vector<trade_record> venue::recent_trades(asset_id asset) const {
  const auto* place = find_market(std::as_const(*state_), asset);
  if (place == nullptr)
    return {};
  return {place->trades.begin(), place->trades.end()};
}

day_summary venue::day(asset_id asset) const {
  const auto* place = find_market(std::as_const(*state_), asset);
  return place != nullptr ? day_before(place->candles, state_->last_block_ms)
                          : day_summary{};
}

std::vector<funding_rate> venue::funding_rates(asset_id asset) const {
  const auto* place = find_market(std::as_const(*state_), asset);
  if (place == nullptr)
    return {};
  return {place->funding_rates.begin(), place->funding_rates.end()};
}

quantity venue::open_interest(asset_id asset) const {
  return ::hlx::venue::open_interest(*state_, asset);
}

bool venue::is_at_open_interest_cap(asset_id asset) const {
  const auto* place = find_market(std::as_const(*state_), asset);
  return place != nullptr && place->open_interest_max
         && open_interest(asset) >= *place->open_interest_max;
}

std::vector<candle> venue::candles(asset_id asset, std::size_t interval,
                                   std::int64_t from_ms,
                                   std::int64_t until_ms) const {
  const auto* place = find_market(std::as_const(*state_), asset);
  if (place == nullptr || interval >= candle_intervals.size())
    return {};
  const auto& all = place->candles[interval];
  const auto first =
    std::lower_bound(all.begin(), all.end(), from_ms,
                     [](const candle& x, auto ms) { return x.end_ms < ms; });
  const auto last =
    std::upper_bound(first, all.end(), until_ms,
                     [](auto ms, const candle& x) { return ms < x.start_ms; });
  return {first, last};
}

} // namespace hlx::venue
