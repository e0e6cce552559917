// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/account_commands.hpp"
#include "hlx/messages/instruments.hpp"
#include "hlx/messages/reports.hpp"
#include "hlx/messages/requests.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <variant>

namespace hlx {

/// Who trades, and who signs.
struct account_holder {
  address account;                 ///< Whose orders are traded.
  std::optional<address> vault;    ///< The account, if it has no own key.
  address signer;                  ///< The key's address.
  std::optional<address> agent_of; ///< If the key is an agent: whose.
  bool is_sub_account = false;     ///< With `vault`: not a vault.
};

/// Turns account commands into requests, and what became of those into
/// results. A value: no actor, no clock.
class account_desk {
public:
  /// Its requests are numbered from here, those of orders from 1.
  static constexpr std::uint64_t first_request = 1ULL << 63;

  /// Most commands that may wait for an answer.
  static constexpr std::size_t open_max = 1'000;

  explicit account_desk(account_holder holder) : holder_(holder) {}

  static bool owns(request_id x) { return x.value >= first_request; }

  /// What is to leave, or why nothing does.
  using decision =
    std::variant<exchange_request, user_signed_request, account_result>;

  decision decide(const account_command& command,
                  const instrument_table& instruments,
                  std::int64_t deadline_ms);

  /// Nothing when the request has its result already.
  std::optional<account_result> result_of(const request_outcome& outcome);

  std::size_t open() const { return open_.size(); }

private:
  account_holder holder_;
  std::uint64_t last_request_ = first_request;
  std::set<request_id> open_;
};

} // namespace hlx
