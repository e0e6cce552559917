// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/reports.hpp"
#include "hlx/messages/wire/decode_result.hpp"

#include <cstdint>
#include <optional>
#include <string>

/// What the venue must say before `hlx run` trades.
namespace hlx::daemon {

/// Largest difference between the venue's clock and this machine's.
inline constexpr std::int64_t clock_offset_max_ms = 30'000;

/// Empty when the clocks agree; else by how much they do not.
std::string objection_to_clock(std::int64_t venue_ms, std::int64_t local_ms);

/// Who signs for whom.
struct account_roles {
  address account;
  user_role_answer account_role;
  address signer;
  user_role_answer signer_role;
};

/// Whether the signer may trade for the account. The result is the vault
/// address that its actions must carry: none for a master account.
wire::decode_result<std::optional<address>> judge_roles(const account_roles& x);

} // namespace hlx::daemon
