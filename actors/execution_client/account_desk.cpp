// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/account_desk.hpp"

#include <string>
#include <utility>

namespace hlx {

namespace {

constexpr std::size_t agent_name_max = 16;
constexpr std::string_view valid_until = " valid_until ";

/// The venue counts these sums in millionths of a USDC.
constexpr std::int64_t raw_per_micro = decimal_scale / 1'000'000;

/// Thrown for a command that is not sent, and caught in this file.
struct denial {
  std::string reason;
};

[[noreturn]] void deny(std::string reason) {
  throw denial{std::move(reason)};
}

void require_positive(amount sum) {
  if (sum.raw <= 0)
    deny("the sum must be above 0, not " + to_string(sum));
}

std::int64_t micro_usdc(amount sum) {
  if (sum.raw % raw_per_micro != 0)
    deny("the sum " + to_string(sum) + " has more than 6 decimals");
  return sum.raw / raw_per_micro;
}

std::uint64_t positive_micro_usdc(amount sum) {
  require_positive(sum);
  return static_cast<std::uint64_t>(micro_usdc(sum));
}

/// A perpetual by its name.
const instrument& perp_of(const instrument_table& instruments,
                          const std::string& name) {
  const auto* found = instruments.find(name);
  if (found == nullptr)
    deny("unknown instrument " + name);
  if (found->kind != market_kind::perp
      && found->kind != market_kind::builder_perp)
    deny(name + " is no perpetual: it has no leverage and no margin");
  return *found;
}

/// Turns the body of a command into an action; throws a denial.
struct action_maker {
  using action = std::variant<l1_action, user_signed_action>;

  const account_holder& holder;
  const instrument_table& instruments;

  action operator()(const set_leverage& x) const {
    const auto& traded = perp_of(instruments, x.instrument);
    const auto most = static_cast<std::uint32_t>(traded.max_leverage);
    if (x.leverage < 1 || x.leverage > most)
      deny("the leverage of " + x.instrument + " must be 1 to "
           + std::to_string(most) + ", not " + std::to_string(x.leverage));
    if (traded.only_isolated && x.cross)
      deny(x.instrument + " can only be traded with isolated margin");
    return l1_action{update_leverage_action{traded.asset, x.cross, x.leverage}};
  }

  action operator()(const move_isolated_margin& x) const {
    const auto& traded = perp_of(instruments, x.instrument);
    if (x.sum.raw == 0)
      deny("the sum must not be 0");
    return l1_action{
      update_isolated_margin_action{traded.asset, true, micro_usdc(x.sum)}};
  }

  action operator()(const transfer_between_wallets& x) const {
    require_own_key();
    require_positive(x.sum);
    auto text = to_string(x.sum);
    if (holder.vault) {
      if (!holder.is_sub_account)
        deny("a vault has no wallets to transfer between");
      text += " subaccount:" + to_string(holder.account);
    }
    return user_signed_action{
      usd_class_transfer_action{{}, std::move(text), x.to_perp, 0}};
  }

  action operator()(const transfer_to_sub_account& x) const {
    require_master();
    return l1_action{sub_account_transfer_action{x.sub_account, x.deposit,
                                                 positive_micro_usdc(x.sum)}};
  }

  action operator()(const transfer_to_vault& x) const {
    require_master();
    return l1_action{
      vault_transfer_action{x.vault, x.deposit, positive_micro_usdc(x.sum)}};
  }

  action operator()(const send_usd& x) const {
    require_own_key();
    require_master();
    require_positive(x.sum);
    return user_signed_action{
      usd_send_action{{}, to_string(x.destination), to_string(x.sum), 0}};
  }

  action operator()(const approve_agent& x) const {
    require_own_key();
    const auto name_size = x.name.substr(0, x.name.find(valid_until)).size();
    if (name_size > agent_name_max)
      deny("the name of an agent may have " + std::to_string(agent_name_max)
           + " characters, not " + std::to_string(name_size));
    approve_agent_action result;
    result.agent = x.agent;
    if (!x.name.empty())
      result.agent_name = x.name;
    return user_signed_action{std::move(result)};
  }

  action operator()(const approve_builder_fee& x) const {
    require_own_key();
    if (x.max_percent.raw < 0)
      deny("the fee must not be below 0, and is " + to_string(x.max_percent)
           + " %");
    approve_builder_fee_action result;
    result.builder = x.builder;
    result.max_fee_rate = to_string(x.max_percent) + '%';
    return user_signed_action{std::move(result)};
  }

  void require_own_key() const {
    if (holder.agent_of)
      deny("only the account's own key may sign this; the key in use, "
           + to_string(holder.signer) + ", is an agent of "
           + to_string(*holder.agent_of));
  }

  void require_master() const {
    if (holder.vault)
      deny("only a master account can do this, and " + to_string(holder.account)
           + " is a sub-account or a vault");
  }
};

account_result denied(std::string reason) {
  return {account_outcome::denied, std::move(reason)};
}

account_result answered(const exchange_reply& reply) {
  switch (reply.kind) {
    case reply_kind::done:
      return {account_outcome::done, {}};
    case reply_kind::refused:
    case reply_kind::http_refused:
      return {account_outcome::refused, reply.text};
    case reply_kind::statuses:
      for (const auto& element : reply.elements) {
        if (element.status == element_status::error)
          return {account_outcome::refused, element.error};
        if (element.status == element_status::unreadable)
          return {account_outcome::unknown, element.error};
      }
      return {account_outcome::done, {}};
    case reply_kind::none:
    case reply_kind::unreadable:
      break;
  }
  return {account_outcome::unknown, reply.text};
}

} // namespace

account_desk::decision account_desk::decide(const account_command& command,
                                            const instrument_table& instruments,
                                            std::int64_t deadline_ms) {
  if (open_.size() >= open_max)
    return denied("too many commands wait for an answer, at most "
                  + std::to_string(open_max));
  action_maker::action action;
  try {
    action = std::visit(action_maker{holder_, instruments}, command.body);
  } catch (denial& x) {
    return denied(std::move(x.reason));
  }
  const request_id id{last_request_++};
  open_.insert(id);
  if (auto* own = std::get_if<user_signed_action>(&action)) {
    user_signed_request result;
    result.request = id;
    result.action = std::move(*own);
    result.deadline_ms = deadline_ms;
    return result;
  }
  exchange_request result;
  result.request = id;
  result.action = std::move(std::get<l1_action>(action));
  result.deadline_ms = deadline_ms;
  return result;
}

std::optional<account_result> account_desk::result_of(
  const request_outcome& outcome) {
  if (open_.erase(outcome.request) == 0)
    return std::nullopt;
  switch (outcome.delivery) {
    case request_delivery::answered:
      return answered(outcome.reply);
    case request_delivery::not_sent:
      return denied("not sent: " + outcome.failure);
    case request_delivery::unknown:
      break;
  }
  return account_result{account_outcome::unknown, outcome.failure};
}

} // namespace hlx
