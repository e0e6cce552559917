// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/account_actions.hpp"

#include "tests/venue/engine/agents.hpp"
#include "tests/venue/engine/ledger.hpp"
#include "tests/venue/engine/margin.hpp"
#include "tests/venue/engine/order_actions.hpp"
#include "tests/venue/engine/transfers.hpp"
#include "tests/venue/engine/twap.hpp"
#include "tests/venue/engine/vaults.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace hlx::venue {

namespace {

constexpr std::int64_t schedule_lead_ms = 5'000;
constexpr std::int64_t day_ms = 86'400'000;
constexpr int schedule_cancels_per_day = 10;
constexpr std::int64_t raw_per_micro = decimal_scale / 1'000'000;
constexpr std::int64_t micro_usdc_max = 1'000'000'000'000'000;
constexpr std::uint32_t usdc_token = 0;
constexpr std::uint64_t reserved_requests_max = 1'000'000'000;
constexpr std::int64_t raw_per_reserved_request = 5 * decimal_scale / 10'000;

action_reply not_simulated(std::string_view action) {
  return refused_reply("Action is not simulated: " + std::string{action});
}

struct l1_executor {
  venue_state& state;
  account& owner;

  action_reply operator()(const schedule_cancel_action& x) {
    const amount required{state.config.schedule_cancel_volume * decimal_scale};
    if (owner.volume < required)
      return refused_reply(
        "Cannot set scheduled cancel time until enough volume traded. "
        "Required: $"
        + std::to_string(state.config.schedule_cancel_volume) + ". Traded: $"
        + dollars_text(owner.volume) + ".");
    if (!x.time_ms) {
      owner.cancel_all_ms.reset();
      return done_reply();
    }
    const auto at = static_cast<std::int64_t>(*x.time_ms);
    if (at < state.now_ms() + schedule_lead_ms)
      return refused_reply(
        "Scheduled cancel time must be at least 5 seconds in the future.");
    const auto today = state.now_ms() / day_ms;
    if (owner.cancel_all_day == today
        && owner.cancel_all_count >= schedule_cancels_per_day)
      return refused_reply("Too many scheduled cancels today.");
    owner.cancel_all_ms = at;
    return done_reply();
  }

  action_reply operator()(const update_leverage_action& x) {
    const auto* place = find_market(state, x.asset);
    if (place == nullptr || moves_tokens(place->info))
      return refused_reply("Invalid asset.");
    const auto most = static_cast<std::uint64_t>(place->info.max_leverage);
    if (x.leverage < 1 || x.leverage > most)
      return refused_reply("Invalid leverage value");
    if (x.is_cross && place->info.only_isolated)
      return refused_reply("Cross margin is not allowed for this asset.");
    const auto held = owner.positions.find(x.asset);
    if (held != owner.positions.end() && held->second.is_cross != x.is_cross)
      return refused_reply("Cannot switch leverage type with open position.");
    const auto before = leverage_of(state, owner, x.asset);
    owner.leverages[x.asset] = {.value = static_cast<int>(x.leverage),
                                .is_cross = x.is_cross};
    const auto cross = measure_cross(state, owner);
    const bool dearer = static_cast<int>(x.leverage) < before.value;
    if (dearer
        && cross.account_value < cross.position_margin + cross.order_margin) {
      owner.leverages[x.asset] = before;
      return refused_reply("Insufficient margin to change leverage.");
    }
    state.touched.insert(owner.user);
    return done_reply();
  }

  action_reply operator()(const update_isolated_margin_action& x) {
    const auto held = owner.positions.find(x.asset);
    if (held == owner.positions.end() || held->second.is_cross)
      return refused_reply("Position does not use isolated margin.");
    if (x.micro_usdc > micro_usdc_max || x.micro_usdc < -micro_usdc_max)
      return refused_reply("Invalid amount.");
    const amount sum{x.micro_usdc * raw_per_micro};
    if (sum.raw > 0 && withdrawable(state, owner) < sum)
      return refused_reply("Insufficient margin available.");
    const auto& place = state.markets.at(x.asset);
    const auto value =
      notional_amount(place.mark, {std::abs(held->second.size.raw)});
    const std::int64_t sign = held->second.size.raw > 0 ? 1 : -1;
    const auto equity =
      held->second.isolated_raw + amount{sign * value.raw} + sum;
    if (sum.raw < 0
        && equity.raw < value.raw / leverage_of(state, owner, x.asset).value)
      return refused_reply("Insufficient margin available.");
    held->second.isolated_raw += sum;
    owner.raw_usd -= sum;
    state.touched.insert(owner.user);
    return done_reply();
  }

  action_reply operator()(const sub_account_transfer_action& x) {
    auto* sub = find_account(state, x.sub_account);
    if (sub == nullptr || sub->master != owner.user)
      return refused_reply("Vault not registered: " + to_string(x.sub_account));
    if (x.micro_usdc > static_cast<std::uint64_t>(micro_usdc_max))
      return refused_reply("Invalid amount.");
    const amount sum{static_cast<std::int64_t>(x.micro_usdc) * raw_per_micro};
    constexpr auto kind = "subAccountTransfer";
    return x.is_deposit ? move_usd(state, owner, *sub, sum, kind)
                        : move_usd(state, *sub, owner, sum, kind);
  }

  action_reply operator()(const noop_action&) { return done_reply(); }

  action_reply operator()(const reserve_request_weight_action& x) {
    if (x.weight == 0 || x.weight > reserved_requests_max)
      return refused_reply("Invalid weight.");
    const amount cost{static_cast<std::int64_t>(x.weight)
                      * raw_per_reserved_request};
    if (withdrawable(state, owner) < cost)
      return refused_reply("Insufficient balance for transfer.");
    owner.raw_usd -= cost;
    state.fees += cost;
    owner.requests_bought += x.weight;
    state.touched.insert(owner.user);
    return done_reply();
  }

  action_reply operator()(const agent_enable_dex_abstraction_action&) {
    return done_reply();
  }

  action_reply operator()(const agent_set_abstraction_action& x) {
    const auto known = [&](std::string_view letter, const char* word) {
      if (x.abstraction != letter)
        return false;
      owner.abstraction = word;
      return true;
    };
    if (known("i", "disabled") || known("u", "unifiedAccount")
        || known("p", "portfolioMargin"))
      return done_reply();
    return refused_reply("Invalid abstraction.");
  }

  action_reply operator()(const top_up_isolated_only_margin_action& x) {
    const auto held = owner.positions.find(x.asset);
    if (held == owner.positions.end() || held->second.is_cross)
      return refused_reply("Position does not use isolated margin.");
    if (x.leverage.raw <= 0)
      return refused_reply("Invalid leverage value");
    const auto& place = state.markets.at(x.asset);
    const auto value =
      notional_amount(place.mark, {std::abs(held->second.size.raw)});
    const std::int64_t sign = held->second.size.raw > 0 ? 1 : -1;
    const auto equity = held->second.isolated_raw + amount{sign * value.raw};
    const auto needed =
      static_cast<wide_integer>(value.raw) * decimal_scale / x.leverage.raw;
    const auto more = needed - equity.raw;
    if (more > withdrawable(state, owner).raw)
      return refused_reply("Insufficient margin available.");
    if (more > 0) {
      const amount sum{static_cast<std::int64_t>(more)};
      held->second.isolated_raw += sum;
      owner.raw_usd -= sum;
      state.touched.insert(owner.user);
    }
    return done_reply();
  }

  action_reply operator()(const twap_order_action& x) {
    return execute_twap(state, owner, x);
  }

  action_reply operator()(const twap_cancel_action& x) {
    return execute_twap_cancel(state, owner, x);
  }

  action_reply operator()(const trailing_stop_action&) {
    return not_simulated("trailingStop");
  }

  action_reply operator()(const agent_send_asset_action& x) {
    return execute_send_asset(state, owner, x);
  }

  action_reply operator()(const vault_transfer_action& x) {
    return execute_vault_transfer(state, owner, x);
  }

  /// Orders, cancels and modifies have executors of their own.
  template <class OrderAction>
  action_reply operator()(const OrderAction&) {
    return not_simulated("order action");
  }
};

struct user_signed_executor {
  venue_state& state;
  account& owner;

  action_reply operator()(const usd_class_transfer_action& x) {
    // "1 subaccount:0x.." names the account that the money is moved in.
    constexpr std::string_view separator = " subaccount:";
    const std::string_view text{x.sum};
    const auto at = text.find(separator);
    auto* whose = &owner;
    if (at != std::string_view::npos) {
      const auto sub = parse_bytes<address>(text.substr(at + separator.size()));
      whose = sub ? find_account(state, *sub) : nullptr;
      if (whose == nullptr || whose->master != owner.user)
        return refused_reply("Invalid sub-account.");
    }
    if (whose->abstraction == "unifiedAccount")
      return refused_reply("Action disabled when unified account is active");
    const auto sum = parse<amount>(text.substr(0, at));
    if (!sum || sum->raw <= 0)
      return refused_reply("Invalid amount.");
    auto& spot = whose->balances[usdc_token];
    const auto free = x.to_perp ? spot_available(state, *whose, usdc_token)
                                : withdrawable(state, *whose);
    if (free < *sum)
      return refused_reply("Insufficient balance for transfer.");
    const auto into_perp = x.to_perp ? *sum : -*sum;
    whose->raw_usd += into_perp;
    spot.total -= into_perp;
    state.touched.insert(whose->user);
    keep_ledger(state, {.user = whose->user,
                        .kind = "accountClassTransfer",
                        .sum = *sum,
                        .to_perp = x.to_perp});
    return done_reply();
  }

  action_reply operator()(const approve_agent_action& x) {
    return execute_approve_agent(state, owner, x);
  }

  action_reply operator()(const approve_builder_fee_action& x) {
    auto text = std::string_view{x.max_fee_rate};
    if (text.empty() || text.back() != '%')
      return refused_reply("Invalid max fee rate.");
    text.remove_suffix(1);
    const auto rate = parse<amount>(text);
    if (!rate || rate->raw < 0)
      return refused_reply("Invalid max fee rate.");
    // A percentage: tenths of a basis point are its thousandths.
    constexpr auto unit = decimal_scale / 1000;
    if (rate->raw > static_cast<std::int64_t>(builder_fee_max_spot) * unit)
      return refused_reply("Max fee rate is too large. Max is 1%.");
    owner.builder_fees[x.builder] =
      static_cast<std::uint64_t>(rate->raw / unit);
    return done_reply();
  }

  action_reply operator()(const usd_send_action& x) {
    const auto to = parse_bytes<address>(x.destination);
    const auto sum = parse<amount>(x.sum);
    if (!to || !sum)
      return refused_reply("Invalid amount or destination.");
    if (sum->raw <= 0 || withdrawable(state, owner) < *sum)
      return refused_reply("Insufficient balance for transfer.");
    return move_usd(state, owner, get_account(state, *to), *sum,
                    "internalTransfer");
  }

  action_reply operator()(const withdraw_action& x) {
    const auto sum = parse<amount>(x.sum);
    if (!sum || sum->raw <= 0 || withdrawable(state, owner) < *sum)
      return refused_reply("Insufficient balance for withdrawal.");
    owner.raw_usd -= *sum;
    state.withdrawn += *sum;
    state.touched.insert(owner.user);
    keep_ledger(state, {.user = owner.user, .kind = "withdraw", .sum = *sum});
    return done_reply();
  }

  action_reply operator()(const spot_send_action& x) {
    const auto* token = find_token(state, x.token);
    const auto to = parse_bytes<address>(x.destination);
    const auto sum = parse<amount>(x.sum);
    if (token == nullptr || !to || !sum)
      return refused_reply("Invalid token, amount or destination.");
    if (*to == owner.user || spot_available(state, owner, token->index) < *sum
        || !move_token(state, owner, get_account(state, *to), *token, *sum))
      return refused_reply("Insufficient balance for transfer.");
    keep_transfer(state, {.kind = "spotTransfer",
                          .sum = *sum,
                          .token = token->name,
                          .from = owner.user,
                          .to = *to,
                          .value = usdc_value(state, *token, *sum)});
    return done_reply();
  }

  action_reply operator()(const send_asset_action& x) {
    return execute_send_asset(state, owner, x);
  }

  action_reply operator()(const user_set_abstraction_action& x) {
    for (const std::string_view word :
         {"disabled", "unifiedAccount", "portfolioMargin"})
      if (x.abstraction == word) {
        owner.abstraction = word;
        return done_reply();
      }
    return refused_reply("Invalid abstraction.");
  }
};

} // namespace

action_reply execute_account_action(venue_state& state, account& owner,
                                    const l1_action& action) {
  return std::visit(l1_executor{state, owner}, action);
}

action_reply execute_account_action(venue_state& state, account& owner,
                                    const user_signed_action& action) {
  return std::visit(user_signed_executor{state, owner}, action);
}

} // namespace hlx::venue
