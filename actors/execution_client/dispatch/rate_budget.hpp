// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/reports.hpp"
#include "hlx/messages/requests.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace hlx {

/// What the venue allows, and what is kept of it. Weights and messages are
/// counted over any minute, and are this client's share of what its host may
/// use; the account's requests are counted for ever.
struct budget_options {
  bool enabled = false;
  std::int64_t weight_max = 1'200;
  /// What orders leave of it, for cancels and queries and what else runs on
  /// the host; and what queries leave of it, for cancels.
  std::int64_t weight_kept = 240;
  std::int64_t weight_kept_for_cancels = 120;
  /// Whether requests are posts on a WebSocket, which are limited themselves.
  bool posts = false;
  std::int64_t messages_max = 2'000; ///< Of the client, by WebSocket.
  std::int64_t messages_kept = 200;
  std::size_t in_flight_max = 100; ///< Unanswered posts.
  std::size_t in_flight_kept = 10;
  /// Open orders: so many, and one more for each of these in USDC traded, at
  /// most so many. From the first number on neither reduce-only orders nor
  /// triggers are taken.
  std::size_t open_orders = 1'000;
  std::int64_t usdc_per_open_order = 5'000'000;
  std::size_t open_orders_max = 5'000;
  /// How long nothing but cancels leaves after an HTTP 429. Doubles as long as
  /// the request that probes it is answered so again.
  std::int64_t pause_ms = 10'000;
  std::int64_t pause_max_ms = 60'000;
  /// Beyond its budget an account is allowed one request in as long.
  std::int64_t gate_ms = 10'000;
};

/// What is to leave.
enum class budget_use : std::uint8_t { order, modify, cancel };

/// Why it may not.
struct budget_refusal {
  std::string reason; ///< With the time in it, when that is known.
  std::optional<std::int64_t> passes_at_ms; ///< Unix ms.
};

/// Counts what is used in any minute, in steps of a second. Errs on the side
/// of caution: what was used counts for a second longer.
class minute_window {
public:
  void add(std::int64_t weight, std::int64_t now_ms);
  std::int64_t used(std::int64_t now_ms) const;

  /// When `used` will be at most `most`, if nothing is added.
  std::int64_t falls_to(std::int64_t most, std::int64_t now_ms) const;

private:
  static constexpr std::int64_t steps = 61;

  struct step {
    std::int64_t second = 0;
    std::int64_t weight = 0;
  };

  std::int64_t used_from(std::int64_t oldest_second) const;

  std::array<step, 64> ring_{};
  std::int64_t newest_second_ = 0; ///< Of what was added.
  std::int64_t used_then_ = 0;     ///< In the minute that ends with it.
};

/// What the venue would still take, so that hlx refuses before it does. A
/// value: no clock. Cancels are refused by nothing but an empty reserve.
class rate_budget {
public:
  explicit rate_budget(budget_options options) : options_(options) {}

  bool enabled() const noexcept { return options_.enabled; }

  /// Why one action with so many elements may not leave; nothing if it may.
  std::optional<budget_refusal> refusal(budget_use use, std::size_t elements,
                                        std::int64_t now_ms) const;

  /// Why the last of so many new orders may not be open; `open`: those that
  /// are open already.
  std::optional<budget_refusal> open_refusal(std::size_t open,
                                             std::size_t new_orders,
                                             bool reduce_only_or_trigger) const;

  /// Counts an action that leaves.
  void sent(budget_use use, std::size_t elements, std::int64_t now_ms);

  /// What became of it. `sent_ms`: when it left.
  void outcome(const request_outcome& x, std::size_t elements,
               std::int64_t sent_ms, std::int64_t now_ms);

  /// Whether a query may leave now.
  bool may_ask(const info_query_body& query, std::int64_t now_ms) const;

  /// When one that may not is to be tried again; nothing: once the request
  /// that probes the pause is answered.
  std::optional<std::int64_t> ask_again_at_ms(const info_query_body& query,
                                              std::int64_t now_ms) const;

  void asked(const info_query_body& query, std::int64_t now_ms);
  void answered(const info_answer_body& answer, std::int64_t sent_ms,
                std::int64_t now_ms);

  /// Whether the account has no request left: one in ten seconds passes.
  bool account_is_used_up() const;

  /// Whether the account's budget should be asked for. Says so once.
  bool take_refresh(std::int64_t now_ms);

private:
  enum class pause : std::uint8_t {
    none,
    waiting, ///< Until pause_until_ms_; then one request probes.
    probing, ///< It is on its way.
  };

  std::optional<budget_refusal> pause_refusal(std::int64_t now_ms) const;
  std::optional<budget_refusal> weight_refusal(budget_use use,
                                               std::int64_t weight,
                                               std::int64_t now_ms) const;
  std::optional<budget_refusal> post_refusal(budget_use use,
                                             std::int64_t now_ms) const;
  std::optional<budget_refusal> account_refusal(budget_use use,
                                                std::uint64_t elements,
                                                std::int64_t now_ms) const;
  std::uint64_t account_cap(budget_use use) const;
  void spend(std::uint64_t requests, std::int64_t now_ms);
  void note_account(std::uint64_t used, std::uint64_t cap, std::int64_t now_ms);
  void on_throttled(std::int64_t sent_ms, std::int64_t now_ms);
  void on_spoken(std::int64_t sent_ms);
  void begin_probe(std::int64_t now_ms);

  budget_options options_;
  minute_window weights_;
  minute_window messages_;
  std::size_t in_flight_ = 0;

  // HTTP 429.
  pause pause_ = pause::none;
  std::int64_t pause_began_ms_ = 0;
  std::int64_t pause_until_ms_ = 0;
  int pauses_ = 0; ///< In a row.

  // The account.
  bool account_known_ = false;
  std::uint64_t account_used_ = 0;
  std::uint64_t account_cap_ = 0;
  std::int64_t gate_opens_ms_ = 0; ///< For one request beyond the budget.
  bool gate_taken_ = false;        ///< That request is on its way.
  std::int64_t refresh_from_ms_ = 0;
};

} // namespace hlx
