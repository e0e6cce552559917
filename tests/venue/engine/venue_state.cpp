// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/venue_state.hpp"

#include "hlx/actors/seeded_random.hpp"
#include "hlx/messages/assert.hpp"

#include <algorithm>
#include <utility>

namespace hlx::venue {

namespace {

/// Spreads the bits of a counter.
std::uint64_t mixed(std::uint64_t x) {
  return seeded_random{x}.next();
}

constexpr std::int64_t default_mark(std::string_view coin) {
  if (coin == "BTC")
    return 60'000 * decimal_scale;
  if (coin == "ETH")
    return 3'000 * decimal_scale;
  if (coin == "SOL")
    return 150 * decimal_scale;
  if (coin.starts_with('#'))
    return decimal_scale / 2;
  return coin == "PURR/USDC" ? decimal_scale / 5 : decimal_scale;
}

/// Keeps the newest entries only as far as the visibility delay needs them.
void remember_cloid(account& owner, const order_record& record,
                    std::int64_t delay_ms) {
  auto& uses = owner.by_cloid[*record.cloid];
  const auto visible = std::find_if(uses.rbegin(), uses.rend(), [&](auto& x) {
    return x.first + delay_ms <= record.placed_ms;
  });
  if (visible != uses.rend())
    uses.erase(uses.begin(), visible.base() - 1);
  uses.emplace_back(record.placed_ms, record.oid);
}

void forget_oldest_record(venue_state& state, account& owner) {
  const auto oid = owner.placed.front();
  owner.placed.pop_front();
  const auto found = owner.records.find(oid);
  HLX_ASSERT(found != owner.records.end());
  const auto id = found->second.cloid;
  owner.records.erase(found);
  if (!id || state.orders.contains(oid))
    return;
  const auto uses = owner.by_cloid.find(*id);
  if (uses != owner.by_cloid.end() && uses->second.back().second == oid)
    owner.by_cloid.erase(uses);
}

} // namespace

venue_state::venue_state(venue_config settings) : config(std::move(settings)) {
  random_state = config.seed;
  next_oid = config.first_oid;
  tokens = venue_tokens(config.instruments);
  for (const auto& x : config.instruments.all())
    markets[x.asset] = market{.info = x,
                              .mark = {default_mark(x.name)},
                              .oracle = {default_mark(x.name)},
                              .delisted = x.delisted};
}

std::uint64_t next_random(venue_state& state) {
  return mixed(state.random_state++);
}

venue_order_id allocate_oid(venue_state& state) {
  if (state.config.oid_gap_max > 0)
    state.next_oid += next_random(state) % (state.config.oid_gap_max + 1);
  return {state.next_oid++};
}

void begin_transaction(venue_state& state) {
  auto word = mixed(state.config.seed) ^ ++state.transactions;
  for (std::size_t i = 0; i < state.hash.bytes.size(); ++i) {
    if (i % 8 == 0)
      word = mixed(word);
    state.hash.bytes[i] = static_cast<std::uint8_t>(word >> (i % 8 * 8));
  }
}

market* find_market(venue_state& state, asset_id asset) {
  const auto found = state.markets.find(asset);
  return found == state.markets.end() ? nullptr : &found->second;
}

const market* find_market(const venue_state& state, asset_id asset) {
  const auto found = state.markets.find(asset);
  return found == state.markets.end() ? nullptr : &found->second;
}

market* find_market(venue_state& state, std::string_view coin) {
  const auto* info = state.config.instruments.find(coin);
  return info == nullptr ? nullptr : find_market(state, info->asset);
}

account* find_account(venue_state& state, const address& user) {
  const auto found = state.accounts.find(user);
  return found == state.accounts.end() ? nullptr : &found->second;
}

const account* find_account(const venue_state& state, const address& user) {
  const auto found = state.accounts.find(user);
  return found == state.accounts.end() ? nullptr : &found->second;
}

account& get_account(venue_state& state, const address& user) {
  auto [found, inserted] = state.accounts.try_emplace(user);
  if (inserted)
    found->second.user = user;
  return found->second;
}

live_order& get_order(venue_state& state, venue_order_id oid) {
  const auto found = state.orders.find(oid);
  HLX_ASSERT(found != state.orders.end());
  return found->second;
}

leverage_setting leverage_of(const venue_state& state, const account& owner,
                             asset_id asset) {
  const auto chosen = owner.leverages.find(asset);
  if (chosen != owner.leverages.end())
    return chosen->second;
  const auto* found = find_market(state, asset);
  HLX_ASSERT(found != nullptr);
  return {.value = std::min(default_leverage, found->info.max_leverage),
          .is_cross = !found->info.only_isolated};
}

void set_status(venue_state& state, live_order& order, std::string_view word,
                std::vector<order_record>& sink) {
  order.record.status = word;
  order.record.status_ms = state.now_ms();
  auto& owner = get_account(state, order.record.user);
  const auto [found, inserted] =
    owner.records.insert_or_assign(order.record.oid, order.record);
  static_cast<void>(found);
  if (inserted) {
    owner.placed.push_back(order.record.oid);
    if (owner.placed.size() > order_records_max)
      forget_oldest_record(state, owner);
  }
  sink.push_back(order.record);
  state.touched.insert(order.record.user);
}

live_order& adopt_order(venue_state& state, live_order order) {
  auto& owner = get_account(state, order.record.user);
  const auto oid = order.record.oid;
  owner.open.insert(oid);
  if (order.record.cloid)
    remember_cloid(owner, order.record, state.config.cloid_visibility_delay_ms);
  const auto [found, inserted] = state.orders.emplace(oid, std::move(order));
  HLX_ASSERT(inserted);
  return found->second;
}

void erase_order(venue_state& state, venue_order_id oid) {
  auto& order = get_order(state, oid);
  auto& place = state.markets.at(order.record.asset);
  if (order.phase == order_phase::resting) {
    place.book.remove(order.record.side, order.record.limit_price, oid);
    state.touched_books.insert(order.record.asset);
  } else if (order.phase == order_phase::trigger) {
    place.triggers.erase(oid);
  }
  state.touched.insert(order.record.user);
  get_account(state, order.record.user).open.erase(oid);
  state.orders.erase(oid);
}

void cancel_order(venue_state& state, venue_order_id oid, std::string_view word,
                  std::vector<order_record>& sink) {
  auto& order = get_order(state, oid);
  const auto children = order.record.children;
  order.record.children.clear();
  set_status(state, order, word, sink);
  erase_order(state, oid);
  for (const auto child : children)
    if (state.orders.contains(child))
      cancel_order(state, child, word, sink);
}

void venue_cancel_order(venue_state& state, venue_order_id oid,
                        std::string_view word) {
  const auto& record = get_order(state, oid).record;
  // The venue sends no nonUserCancel for reduce-only orders that it ends.
  if (word != "reduceOnlyCanceled")
    state.out.venue_cancels.push_back(
      {.user = record.user, .coin = record.coin, .oid = oid});
  cancel_order(state, oid, word, state.out.orders);
}

std::optional<venue_order_id> find_live(const venue_state& state,
                                        const account& owner, const cloid& id) {
  const auto newest =
    std::find_if(owner.open.rbegin(), owner.open.rend(), [&](const auto oid) {
      return state.orders.at(oid).record.cloid == id;
    });
  return newest == owner.open.rend() ? std::nullopt : std::optional{*newest};
}

const address& house_address() {
  static constexpr address result{
    {0x68, 0x6c, 0x78, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};
  return result;
}

std::string venue_text(std::int64_t raw) {
  auto result = decimal_text(raw);
  if (result.find('.') == std::string::npos)
    result += ".0";
  return result;
}

std::string dollars_text(amount x) {
  HLX_ASSERT(x.raw >= 0);
  const auto cents = x.raw / (decimal_scale / 100);
  const char tens = static_cast<char>('0' + cents % 100 / 10);
  const char ones = static_cast<char>('0' + cents % 10);
  return std::to_string(cents / 100) + '.' + tens + ones;
}

} // namespace hlx::venue
