// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/dispatch_options.hpp"
#include "hlx/actors/execution_client/dispatch/effects.hpp"
#include "hlx/messages/commands.hpp"
#include "hlx/messages/instruments.hpp"

#include <cstdint>
#include <memory>
#include <optional>

namespace hlx {

/// Decides what every command, report, reply and answer means for the orders
/// of one account. A plain value: no actor, no clock, no socket. Every input
/// comes with the time `now_ms` (Unix ms) and appends to `out` what is to
/// leave, in order. Time never runs backwards. Same inputs, same effects.
class dispatch_state {
public:
  dispatch_state(dispatch_options options, instrument_table instruments);
  dispatch_state(dispatch_state&&) noexcept;
  dispatch_state& operator=(dispatch_state&&) noexcept;
  ~dispatch_state();

  // Commands of strategies.
  void apply(const submit_order& command, std::int64_t now_ms, effects& out);

  /// The same with the cloid of the client order id already derived.
  void apply(const submit_order& command, const cloid& wire_id,
             std::int64_t now_ms, effects& out);
  void apply(const submit_list& command, std::int64_t now_ms, effects& out);
  void apply(const modify_order& command, std::int64_t now_ms, effects& out);
  void apply(const cancel_order& command, std::int64_t now_ms, effects& out);
  void apply(const cancel_orders& command, std::int64_t now_ms, effects& out);
  void apply(const cancel_all& command, std::int64_t now_ms, effects& out);
  void apply(const query_order& command, std::int64_t now_ms, effects& out);

  // The user stream. The state starts with the stream down: submits are held
  // until the first stream_up is reconciled with the venue.
  void apply(const user_stream_update& update, std::int64_t now_ms,
             effects& out);
  void apply(const stream_up& report, std::int64_t now_ms, effects& out);
  void apply(const stream_down& report, std::int64_t now_ms, effects& out);

  // Answers to the requests and queries among the effects.
  void apply(const request_outcome& outcome, std::int64_t now_ms, effects& out);
  void apply(const info_answer& answer, std::int64_t now_ms, effects& out);

  // Account commands, whose requests share the venue's limits with these.

  /// Why such a request may not leave now, and when it would; nothing when it
  /// may.
  std::optional<budget_refusal> account_request_refusal(
    std::int64_t now_ms) const;

  /// It leaves now.
  void account_request_sent(request_id request, std::int64_t now_ms,
                            effects& out);

  /// What became of it.
  void account_request_outcome(const request_outcome& outcome,
                               std::int64_t now_ms, effects& out);

  /// Adds or refreshes an instrument.
  void apply(const instrument& x);

  /// All that is known to be tradable.
  const instrument_table& instruments() const;

  /// When `timers_due` has something to do, Unix ms; nothing when idle.
  std::optional<std::int64_t> next_deadline_ms() const;

  /// Runs every timer due at `now_ms`, those they start included, in order.
  void timers_due(std::int64_t now_ms, effects& out);

  /// Whether the stream is up and reconciled: submits leave at once.
  bool is_ready() const;

  /// Orders that have not ended.
  std::size_t open_orders() const;

  /// The number of the strategy's newest event; 0: there was none.
  std::uint64_t last_event(const strategy_id& strategy) const;

  struct parts;

  friend dispatch_outcome dispatch_order_status_report(
    dispatch_state& state, const order_status_report& report,
    std::int64_t now_ms, effects& out);
  friend dispatch_outcome dispatch_fill_report(dispatch_state& state,
                                               const fill_report& report,
                                               std::int64_t now_ms,
                                               effects& out);

private:
  std::unique_ptr<parts> parts_;
};

/// Applies one live status report.
dispatch_outcome dispatch_order_status_report(dispatch_state& state,
                                              const order_status_report& report,
                                              std::int64_t now_ms,
                                              effects& out);

/// Applies one live fill.
dispatch_outcome dispatch_fill_report(dispatch_state& state,
                                      const fill_report& report,
                                      std::int64_t now_ms, effects& out);

} // namespace hlx
