// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/vaults.hpp"

#include "tests/venue/engine/margin.hpp"
#include "tests/venue/engine/order_actions.hpp"
#include "tests/venue/engine/transfers.hpp"
#include "tests/venue/engine/triggers.hpp"

#include <algorithm>

namespace hlx::venue {

namespace {

constexpr std::int64_t raw_per_micro = decimal_scale / 1'000'000;
constexpr std::uint64_t micro_usdc_max = 1'000'000'000'000'000;

/// Parts of a vault may not outgrow what sums of money are counted in.
constexpr std::int64_t shares_max = 4'000'000'000'000'000'000;

amount value_of(const venue_state& state, const account& vault) {
  return std::max(measure(state, vault).total.account_value, amount{});
}

std::int64_t shares_of(const account& vault) {
  std::int64_t result = 0;
  for (const auto& [user, shares] : vault.shares)
    result += shares;
  return result;
}

/// What is there before the first deposit belongs to the leader.
void begin_shares(const venue_state& state, account& vault) {
  const auto value = value_of(state, vault);
  if (vault.shares.empty() && value.raw > 0)
    vault.shares[*vault.master] = value.raw;
}

action_reply deposit(venue_state& state, account& owner, account& vault,
                     amount sum) {
  begin_shares(state, vault);
  const auto all = shares_of(vault);
  const auto value = value_of(state, vault);
  if (all > 0 && value.raw == 0)
    return refused_reply("The vault is worth nothing.");
  const auto bought = all == 0
                        ? wide_integer{sum.raw}
                        : static_cast<wide_integer>(sum.raw) * all / value.raw;
  if (bought > shares_max - all)
    return refused_reply("Invalid amount.");
  auto result = move_usd(state, owner, vault, sum, "vaultDeposit");
  if (result.body.kind == reply_kind::done)
    vault.shares[owner.user] += static_cast<std::int64_t>(bought);
  return result;
}

action_reply withdraw(venue_state& state, account& owner, account& vault,
                      amount sum) {
  begin_shares(state, vault);
  const auto equity = vault_equity(state, vault, owner.user);
  if (sum > equity)
    return refused_reply("Insufficient vault equity.");
  const auto cross = measure_cross(state, vault);
  const auto freed =
    cross.account_value
    - std::max(cross.position_margin, amount{cross.notional.raw / 10});
  if (withdrawable(state, vault) < sum && freed >= sum)
    cancel_all_orders(state, vault, "vaultWithdrawalCanceled");
  const auto all = shares_of(vault);
  const auto value = value_of(state, vault);
  auto& held = vault.shares[owner.user];
  // Rounded up: what is left over stays with the others.
  const auto sold =
    sum == equity
      ? wide_integer{held}
      : (static_cast<wide_integer>(sum.raw) * all + value.raw - 1) / value.raw;
  auto result = move_usd(state, vault, owner, sum, "vaultWithdraw");
  if (result.body.kind != reply_kind::done)
    return result;
  held -= static_cast<std::int64_t>(std::min<wide_integer>(sold, held));
  if (held == 0)
    vault.shares.erase(owner.user);
  return result;
}

} // namespace

amount vault_equity(const venue_state& state, const account& vault,
                    const address& user) {
  const auto value = value_of(state, vault);
  if (vault.shares.empty())
    return vault.master == user ? value : amount{};
  const auto held = vault.shares.find(user);
  if (held == vault.shares.end())
    return {};
  return {static_cast<std::int64_t>(static_cast<wide_integer>(value.raw)
                                    * held->second / shares_of(vault))};
}

action_reply execute_vault_transfer(venue_state& state, account& owner,
                                    const vault_transfer_action& action) {
  auto* vault = find_account(state, action.vault);
  if (vault == nullptr || !vault->is_vault)
    return refused_reply("Vault not registered: " + to_string(action.vault));
  if (vault->user == owner.user)
    return refused_reply("A vault cannot deposit in itself.");
  if (action.micro_usdc == 0 || action.micro_usdc > micro_usdc_max)
    return refused_reply("Invalid amount.");
  const amount sum{static_cast<std::int64_t>(action.micro_usdc)
                   * raw_per_micro};
  return action.is_deposit ? deposit(state, owner, *vault, sum)
                           : withdraw(state, owner, *vault, sum);
}

} // namespace hlx::venue
