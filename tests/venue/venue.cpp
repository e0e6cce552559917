// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/venue.hpp"

#include "hlx/messages/assert.hpp"
#include "tests/venue/engine/admission.hpp"
#include "tests/venue/engine/agents.hpp"
#include "tests/venue/engine/blocks.hpp"
#include "tests/venue/engine/invariants.hpp"
#include "tests/venue/engine/ledger.hpp"
#include "tests/venue/engine/margin.hpp"
#include "tests/venue/engine/matching.hpp"
#include "tests/venue/engine/order_actions.hpp"
#include "tests/venue/engine/settlement.hpp"
#include "tests/venue/engine/triggers.hpp"

#include <algorithm>
#include <utility>

namespace hlx::venue {

namespace {

/// Runs the blocks that are due until `now_ms`.
void run_due(venue_state& state, std::int64_t now_ms) {
  for (auto due = next_due_ms(state); due && *due <= now_ms;
       due = next_due_ms(state))
    run_block(state, *due);
  const auto interval = state.config.block_interval_ms;
  state.last_slot_ms =
    std::max(state.last_slot_ms, now_ms / interval * interval);
}

/// A control operation: a block of its own.
class control_block {
public:
  control_block(venue_state& state, std::int64_t now_ms) : state_(state) {
    run_due(state, now_ms);
    begin_block(state, std::max(now_ms, state.last_block_ms));
  }

  control_block(const control_block&) = delete;
  control_block& operator=(const control_block&) = delete;

  ~control_block() { end_block(state_); }

private:
  venue_state& state_;
};

/// Whether `more` may still be brought in.
bool may_bring(amount total, amount more) {
  return more.raw > 0 && more <= venue::funding_max
         && total <= venue::funding_max - more;
}

} // namespace

venue::venue(venue_config config)
  : state_(std::make_unique<venue_state>(std::move(config))) {
  get_account(*state_, house_address());
}

venue::venue(venue&&) noexcept = default;

venue& venue::operator=(venue&&) noexcept = default;

venue::~venue() = default;

std::variant<action_reply, ticket> venue::submit(exchange_submission submission,
                                                 std::int64_t now_ms,
                                                 std::int64_t delay_ms) {
  HLX_ASSERT(delay_ms >= 0);
  if (auto refusal = refuse_submission(*state_, submission, now_ms))
    return refused_reply(std::move(*refusal));
  const ticket result{state_->next_ticket++};
  const auto which = static_cast<std::size_t>(class_of(submission));
  const auto arrival =
    now_ms + delay_ms + state_->config.arrival_delay_ms[which];
  state_->queue.push_back({.submission = std::move(submission),
                           .ticket = result,
                           .arrival_ms = arrival});
  return result;
}

std::vector<block_output> venue::advance(std::int64_t now_ms) {
  run_due(*state_, now_ms);
  return std::exchange(state_->finished, {});
}

std::optional<std::int64_t> venue::next_block_ms() const {
  if (!state_->finished.empty())
    return state_->last_block_ms;
  return next_due_ms(*state_);
}

bool venue::fund(const address& user, amount usdc, std::int64_t now_ms) {
  if (!may_bring(state_->deposited, usdc))
    return false;
  const control_block block{*state_, now_ms};
  get_account(*state_, user).raw_usd += usdc;
  state_->deposited += usdc;
  state_->touched.insert(user);
  keep_ledger(*state_, {.user = user, .kind = "deposit", .sum = usdc});
  return true;
}

bool venue::fund_spot(const address& user, std::string_view token, amount total,
                      std::int64_t now_ms) {
  const auto& tokens = state_->tokens;
  const auto known =
    std::find_if(tokens.begin(), tokens.end(),
                 [&](const spot_token& x) { return x.name == token; });
  if (known == tokens.end()
      || !may_bring(state_->tokens_minted[known->index], total))
    return false;
  const control_block block{*state_, now_ms};
  get_account(*state_, user).balances[known->index].total += total;
  state_->tokens_minted[known->index] += total;
  state_->touched.insert(user);
  keep_ledger(
    *state_,
    {.user = user, .kind = "spotGenesis", .sum = total, .token = known->name});
  return true;
}

bool venue::set_mark(std::string_view coin, price mark, std::int64_t now_ms) {
  auto* place = find_market(*state_, coin);
  if (place == nullptr || mark.raw <= 0 || mark > mark_max
      || (place->info.kind == market_kind::outcome && mark.raw >= decimal_scale)
      || !bears_mark(*state_, *place, mark))
    return false;
  const control_block block{*state_, now_ms};
  move_mark(*state_, *place, mark);
  return true;
}

bool venue::set_oracle(std::string_view coin, price oracle,
                       std::int64_t now_ms) {
  auto* place = find_market(*state_, coin);
  if (place == nullptr || moves_tokens(place->info) || oracle.raw <= 0
      || oracle > mark_max || !bears_mark(*state_, *place, oracle))
    return false;
  const control_block block{*state_, now_ms};
  place->oracle = oracle;
  state_->touched_marks.insert(place->info.asset);
  return true;
}

bool venue::add_book_order(std::string_view coin, order_side side, price limit,
                           quantity size, std::int64_t now_ms) {
  const auto* place = find_market(*state_, coin);
  if (place == nullptr)
    return false;
  const order_action action{.orders = {{.asset = place->info.asset,
                                        .is_buy = side == order_side::buy,
                                        .limit_price = limit,
                                        .size = size}}};
  if (static_error(*state_, action))
    return false;
  const control_block block{*state_, now_ms};
  auto& house = get_account(*state_, house_address());
  auto order = make_order(*state_, house, action.orders.front(), std::nullopt);
  const auto placed = place_order(*state_, std::move(order));
  activate_children(*state_);
  return placed.outcome.status != element_status::error;
}

address venue::create_sub_account(const address& master, std::string_view name,
                                  std::int64_t now_ms) {
  const control_block block{*state_, now_ms};
  return make_sub_account(*state_, master, name).user;
}

address venue::create_vault(const address& leader, std::string_view name,
                            std::int64_t now_ms) {
  const control_block block{*state_, now_ms};
  return make_vault(*state_, leader, name).user;
}

void venue::approve_agent(const address& master, const address& agent,
                          std::string_view name) {
  install_agent(*state_, get_account(*state_, master), agent, name,
                std::nullopt);
}

bool venue::revoke_agent(const address& agent) {
  return remove_agent(*state_, agent);
}

void venue::drop_margin(const address& user, amount usdc, std::int64_t now_ms) {
  auto* owner = find_account(*state_, user);
  if (owner == nullptr || owner->raw_usd <= usdc)
    return;
  const control_block block{*state_, now_ms};
  state_->withdrawn += owner->raw_usd - usdc;
  const auto gone = owner->raw_usd - usdc;
  owner->raw_usd = usdc;
  state_->touched.insert(user);
  keep_ledger(*state_, {.user = user, .kind = "withdraw", .sum = gone});
}

bool venue::settle_funding(std::string_view coin, amount rate,
                           std::int64_t now_ms) {
  auto* place = find_market(*state_, coin);
  if (place == nullptr || moves_tokens(place->info) || rate > funding_rate_max
      || rate < -funding_rate_max)
    return false;
  const control_block block{*state_, now_ms};
  ::hlx::venue::settle_funding(*state_, *place, rate);
  return true;
}

void venue::liquidate(const address& user, std::int64_t now_ms) {
  auto* owner = find_account(*state_, user);
  if (owner == nullptr || user == house_address())
    return;
  const control_block block{*state_, now_ms};
  liquidate_account(*state_, *owner);
}

bool venue::list_perp(std::string_view coin, int size_decimals,
                      int max_leverage, price mark, std::int64_t now_ms) {
  constexpr int size_decimals_max = 5;
  constexpr int leverage_max = 50;
  auto& known = state_->config.instruments;
  const auto colon = coin.find(':');
  const bool is_own = colon == std::string_view::npos;
  const std::string dex{is_own ? "" : coin.substr(0, colon)};
  const auto name = is_own ? coin : coin.substr(colon + 1);
  const bool is_name = !name.empty() && (is_own || !dex.empty())
                       && name.find(':') == std::string_view::npos;
  if (!is_name || known.find(coin) != nullptr || size_decimals < 0
      || size_decimals > size_decimals_max || max_leverage < 1
      || max_leverage > leverage_max || mark.raw <= 0 || mark > mark_max)
    return false;
  const auto dexes = venue_dexes(known);
  const auto index = static_cast<asset_id>(
    std::find(dexes.begin(), dexes.end(), dex) - dexes.begin());
  const auto perps =
    std::count_if(known.all().begin(), known.all().end(), [&](const auto& x) {
      return x.kind == market_kind::perp && x.dex == dex;
    });
  const auto first = is_own ? 0 : dex_assets_begin + index * dex_assets;
  const instrument info{.name = std::string{coin},
                        .asset = first + static_cast<asset_id>(perps),
                        .size_decimals = size_decimals,
                        .max_leverage = max_leverage,
                        .dex = dex};
  const control_block block{*state_, now_ms};
  known.add(info);
  state_->markets[info.asset] =
    market{.info = info, .mark = mark, .oracle = mark};
  state_->touched_marks.insert(info.asset);
  return true;
}

bool venue::cap_open_interest(std::string_view coin, quantity most) {
  auto* place = find_market(*state_, coin);
  if (place == nullptr || moves_tokens(place->info))
    return false;
  place->open_interest_max = most;
  return true;
}

bool venue::delist(std::string_view coin, std::int64_t now_ms) {
  auto* place = find_market(*state_, coin);
  if (place == nullptr)
    return false;
  const control_block block{*state_, now_ms};
  place->delisted = true;
  place->info.delisted = true;
  state_->config.instruments.add(place->info);
  cancel_market_orders(*state_, *place, "delistedCanceled");
  return true;
}

bool venue::settle_outcome(std::uint32_t outcome, std::uint32_t won_side,
                           std::int64_t now_ms) {
  const auto sides = open_sides(*state_, outcome);
  if (won_side >= sides.size())
    return false;
  const control_block block{*state_, now_ms};
  for (std::size_t side = 0; side < sides.size(); ++side)
    settle_side(*state_, *sides[side], side == won_side);
  return true;
}

void venue::set_halted(bool halted) {
  state_->halted = halted;
}

void venue::set_post_only(bool post_only) {
  state_->post_only = post_only;
}

void venue::set_arrival_delay(action_class which, std::int64_t delay_ms) {
  HLX_ASSERT(delay_ms >= 0);
  state_->config.arrival_delay_ms[static_cast<std::size_t>(which)] = delay_ms;
}

void venue::set_address_budget(std::uint64_t requests) {
  state_->config.address_budget = requests;
}

venue_config& venue::config() {
  return state_->config;
}

const venue_config& venue::config() const {
  return state_->config;
}

address venue::market_maker() {
  return house_address();
}

void venue::check_invariants() const {
  ::hlx::venue::check_invariants(*state_);
}

} // namespace hlx::venue
