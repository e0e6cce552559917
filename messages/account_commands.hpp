// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/decimal.hpp"
#include "hlx/messages/ids.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

/// ANYONE -> EXECUTION CLIENT: what is done to the account, apart from orders.
/// Sums are USDC unless said otherwise.
namespace hlx {

/// How much may be borrowed in one instrument, and whether its margin is the
/// account's (cross) or its own (isolated).
struct set_leverage {
  std::string instrument;
  std::uint32_t leverage = 1;
  bool cross = true;

  friend bool operator==(const set_leverage&, const set_leverage&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 set_leverage& x) {
    return inspect_fields(
      f, "hlx::set_leverage", field("instrument", x.instrument),
      field("leverage", x.leverage), field("cross", x.cross));
  }
};

/// Moves margin into an isolated position; a negative sum takes some out.
struct move_isolated_margin {
  std::string instrument;
  amount sum;

  friend bool operator==(const move_isolated_margin&,
                         const move_isolated_margin&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 move_isolated_margin& x) {
    return inspect_fields(f, "hlx::move_isolated_margin",
                          field("instrument", x.instrument),
                          field("sum", x.sum));
  }
};

/// Between the account's own perpetual and spot wallets. Own key only.
struct transfer_between_wallets {
  amount sum;
  bool to_perp = true;

  friend bool operator==(const transfer_between_wallets&,
                         const transfer_between_wallets&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 transfer_between_wallets& x) {
    return inspect_fields(f, "hlx::transfer_between_wallets",
                          field("sum", x.sum), field("to_perp", x.to_perp));
  }
};

/// Between the master account and one of its sub-accounts.
struct transfer_to_sub_account {
  address sub_account;
  amount sum;
  bool deposit = true; ///< False: back to the master account.

  friend bool operator==(const transfer_to_sub_account&,
                         const transfer_to_sub_account&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 transfer_to_sub_account& x) {
    return inspect_fields(f, "hlx::transfer_to_sub_account",
                          field("sub_account", x.sub_account),
                          field("sum", x.sum), field("deposit", x.deposit));
  }
};

/// Between the account and a vault.
struct transfer_to_vault {
  address vault;
  amount sum;
  bool deposit = true; ///< False: out of the vault.

  friend bool operator==(const transfer_to_vault&,
                         const transfer_to_vault&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 transfer_to_vault& x) {
    return inspect_fields(f, "hlx::transfer_to_vault", field("vault", x.vault),
                          field("sum", x.sum), field("deposit", x.deposit));
  }
};

/// USDC to another account. Own key only.
struct send_usd {
  address destination;
  amount sum;

  friend bool operator==(const send_usd&, const send_usd&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, send_usd& x) {
    return inspect_fields(f, "hlx::send_usd",
                          field("destination", x.destination),
                          field("sum", x.sum));
  }
};

/// Lets another key sign for the account. Own key only. An agent with the same
/// name is replaced; without a name it is the one unnamed agent.
struct approve_agent {
  address agent;
  std::string name; ///< At most 16 characters.

  friend bool operator==(const approve_agent&, const approve_agent&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 approve_agent& x) {
    return inspect_fields(f, "hlx::approve_agent", field("agent", x.agent),
                          field("name", x.name));
  }
};

/// Lets a builder take a fee for orders that name it. Own key only.
struct approve_builder_fee {
  address builder;
  amount max_percent; ///< 0.001 for 0.001 %.

  friend bool operator==(const approve_builder_fee&,
                         const approve_builder_fee&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 approve_builder_fee& x) {
    return inspect_fields(f, "hlx::approve_builder_fee",
                          field("builder", x.builder),
                          field("max_percent", x.max_percent));
  }
};

using account_command_body =
  std::variant<set_leverage, move_isolated_margin, transfer_between_wallets,
               transfer_to_sub_account, transfer_to_vault, send_usd,
               approve_agent, approve_builder_fee>;

/// Answered once by account_result.
struct account_command {
  account_command_body body;

  friend bool operator==(const account_command&,
                         const account_command&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 account_command& x) {
    return inspect_fields(f, "hlx::account_command", field("body", x.body));
  }
};

enum class account_outcome : std::uint8_t {
  done,
  denied,  ///< By hlx: nothing was sent.
  refused, ///< By the venue.
  unknown, ///< Sent, and no answer: look before it is tried again.
};

/// "done", "denied", ...
std::string_view to_string(account_outcome x);

/// What became of an account_command.
struct account_result {
  account_outcome outcome = account_outcome::unknown;
  std::string reason; ///< The venue's text, verbatim, or hlx's. Empty if done.

  friend bool operator==(const account_result&,
                         const account_result&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 account_result& x) {
    return inspect_fields(f, "hlx::account_result", field("outcome", x.outcome),
                          field("reason", x.reason));
  }
};

} // namespace hlx
