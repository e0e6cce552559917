// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/start_checks.hpp"

namespace hlx::daemon {

namespace {

wire::decode_error refused(std::string text) {
  return {wire::decode_error::reason::shape, std::move(text)};
}

/// Empty when the signer is `master` itself or an agent of it.
std::string objection_to_signer(const account_roles& x, const address& master) {
  if (x.signer == master)
    return {};
  const auto signer = to_string(x.signer);
  if (x.signer_role.role == "agent" && x.signer_role.master) {
    if (*x.signer_role.master == master)
      return {};
    return "the key's address " + signer + " is an agent of "
           + to_string(*x.signer_role.master) + ", not of " + to_string(master);
  }
  return "the key's address " + signer + " is neither the account "
         + to_string(master) + " nor an agent of it (the venue calls it: "
         + x.signer_role.role + ")";
}

} // namespace

std::string objection_to_clock(std::int64_t venue_ms, std::int64_t local_ms) {
  const auto offset = local_ms - venue_ms;
  if (offset <= clock_offset_max_ms && offset >= -clock_offset_max_ms)
    return {};
  return "this machine's clock differs from the venue's by "
         + std::to_string(offset) + " ms, more than "
         + std::to_string(clock_offset_max_ms);
}

wire::decode_result<std::optional<address>> judge_roles(
  const account_roles& x) {
  const auto account = to_string(x.account);
  const auto& role = x.account_role.role;
  if (role == "agent")
    return refused(account
                   + " is an agent, which holds nothing; the account is "
                   + (x.account_role.master ? to_string(*x.account_role.master)
                                            : std::string{"its master"}));
  if (role == "missing")
    return refused("the venue does not know the account " + account
                   + ": it has never been funded, or the network is another");
  // Who may sign for a vault is known to the venue only.
  if (role == "vault")
    return std::optional{x.account};
  const bool is_part = role == "subAccount";
  if (!is_part && role != "user")
    return refused("the venue says of the account " + account
                   + " an unknown role: " + role);
  if (is_part && !x.account_role.master)
    return refused("the venue does not say whose sub-account " + account
                   + " is");
  const auto master = is_part ? *x.account_role.master : x.account;
  if (auto what = objection_to_signer(x, master); !what.empty())
    return refused(std::move(what));
  return is_part ? std::optional{x.account} : std::nullopt;
}

} // namespace hlx::daemon
