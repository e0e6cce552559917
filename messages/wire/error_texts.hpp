// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// What the venue's error texts mean. The texts themselves are passed on
/// verbatim; what depends on them is decided by these values.
namespace hlx::wire {

/// One text of the catalogue.
enum class venue_error : std::uint8_t {
  unknown, ///< A text that the catalogue lacks.

  // Cancels.
  never_placed, ///< Not live now: ended, or not yet landed.

  // Modifies.
  cannot_modify,           ///< The target is not live; nothing placed.
  invalid_new_order,       ///< The original is untouched.
  error_placing_new_order, ///< The original is gone, nothing replaced it.

  // Placements that reached the matching engine: a record with an oid exists.
  post_only_would_match,
  ioc_no_match,
  price_off_tick,
  below_minimum_value,
  insufficient_margin,
  reduce_only_would_increase,
  invalid_trigger_price,
  no_liquidity,
  open_interest_capped,
  insufficient_balance,
  price_too_far,
  margin_tier_limit,
  too_many_open_orders,

  // Static refusals: nothing of the batch was executed, no record.
  empty_batch,
  invalid_price,
  invalid_size,
  zero_size,
  price_far_from_reference,
  invalid_grouping,

  // The state of the venue or the account: nothing was placed. Of a modify it
  // does not tell whether the original was canceled before.
  post_only_period,
  trading_halted,
  builder_fee_not_approved,

  // The action as a whole, before execution.
  unknown_signer,
  must_deposit,
  unrecoverable_signer,
  duplicate_nonce,
  nonce_out_of_window,
  already_expired,
  unknown_vault,
  too_many_requests,
  over_weight_limit,
  disabled_for_account,
  too_little_volume, ///< For a scheduled cancel.
};

/// What a text says about the orders of its action.
enum class venue_error_class : std::uint8_t {
  unknown,
  target_not_live,     ///< Of a cancel or a modify: not live now.
  modify_not_applied,  ///< The order is as it was.
  replacement_refused, ///< The old leg is gone and has no successor.
  placement_rejected,  ///< The placement was refused, by itself.
  static_refusal,      ///< The order was never looked at by the engine.
  action_refused,      ///< Signature, nonce, expiry, budget or account.
};

/// Without the suffix " asset=N", then without a final dot: what the
/// documentation and live texts have in common.
std::string_view strip_asset(std::string_view text) noexcept;

/// Finds the text in the catalogue, by prefix.
venue_error classify_error(std::string_view text) noexcept;

venue_error_class class_of(venue_error x) noexcept;

/// The part of the text that says why a placement was refused: without
/// "Error placing new order during modify: " where it begins so.
std::string_view placement_reason(std::string_view text) noexcept;

/// The numbers of "Too many cumulative requests sent (97460 > 97456) ...".
struct request_budget {
  std::uint64_t used = 0;
  std::uint64_t cap = 0;
};

std::optional<request_budget> request_budget_in(std::string_view text) noexcept;

/// Whether a text, or a status word, says that a post-only order would have
/// matched at once.
bool is_post_only_refusal(std::string_view text_or_word) noexcept;

} // namespace hlx::wire
