// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/ids.hpp"
#include "hlx/messages/instruments.hpp"
#include "hlx/messages/reports.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hlx {

namespace wire {
struct instruments_answer;
} // namespace wire

struct start_up_options {
  /// Whose orders are traded: an account, a sub-account or a vault. Empty: the
  /// key's own account, or the account that the key is an agent of.
  std::optional<address> account;
  address signer; ///< The key's address.
  /// Perpetuals of builders to trade beside the venue's own.
  std::vector<std::string> dexes;
  bool fetch_instruments = true;
};

/// What is known of the venue before the first order.
struct start_up_result {
  address account;
  std::optional<address> vault; ///< The account, where it is no master account.
  bool is_sub_account = false;  ///< With `vault`: not a vault.
  std::optional<address> agent_of; ///< Where the key is an agent: whose.
  instrument_table instruments;
  std::int64_t clock_offset_ms = 0; ///< The venue's clock less the own one.
  std::vector<std::string> warnings;
};

/// The questions that come before the first order, one after the other, and
/// what is wrong with the answers. A value: the caller posts and waits.
class start_up_state {
public:
  /// A clock that differs more makes the venue refuse orders, or worse.
  static constexpr std::int64_t clock_offset_max_ms = 30'000;

  explicit start_up_state(start_up_options options);
  start_up_state(const start_up_state&) = delete;
  start_up_state& operator=(const start_up_state&) = delete;

  /// The body of the next POST /info; nothing when there is none left.
  std::optional<std::string> next_query();

  /// The answer to it. `asked_ms` and `answered_ms`: Unix ms.
  void answer(int status, std::string_view body, std::int64_t asked_ms,
              std::int64_t answered_ms);

  /// Why the start fails, in a sentence; empty while it does not.
  const std::string& error() const noexcept { return error_; }

  /// Only after the last answer, and without an error.
  start_up_result take_result() { return std::move(result_); }

private:
  struct reply {
    int status;
    std::string_view body;
    std::int64_t asked_ms;
    std::int64_t answered_ms;
  };

  struct step {
    std::string query;
    std::function<void(const reply&)> on_answer;
  };

  void on_exchange_status(const reply& x);
  void on_signer_role(const reply& x);
  void on_account_role(const reply& x);
  void on_vault(const reply& x);
  void check_signer_for(const address& master);
  std::optional<user_role_answer> role_in(const reply& x);
  void on_dexes(const reply& x);
  void on_instruments(const reply& x, std::string_view what,
                      std::string_view dex, std::uint32_t dex_index);
  void on_outcomes(const reply& x);
  void list(wire::instruments_answer answer);
  void ask_meta(std::string_view dex, std::uint32_t dex_index);

  start_up_options options_;
  start_up_result result_;
  user_role_answer signer_role_;
  std::deque<step> steps_;
  std::string error_;
};

} // namespace hlx
