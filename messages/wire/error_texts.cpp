// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/error_texts.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace hlx::wire {

namespace {

using namespace std::literals;

constexpr auto layer_prefix = "L1 error: "sv;
constexpr auto modify_prefix = "Error placing new order during modify:"sv;

struct known_text {
  std::string_view prefix;
  venue_error meaning;
};

// Live texts and the documentation's where they differ. A text that is the
// beginning of another one comes after it.
constexpr std::array known_texts{
  known_text{"Order was never placed, already canceled, or filled"sv,
             venue_error::never_placed},
  known_text{"Cannot modify canceled or filled order"sv,
             venue_error::cannot_modify},
  known_text{"Attempted to modify to invalid new order"sv,
             venue_error::invalid_new_order},
  known_text{modify_prefix, venue_error::error_placing_new_order},
  known_text{"Post only order would have immediately matched"sv,
             venue_error::post_only_would_match},
  known_text{"Order could not immediately match"sv, venue_error::ioc_no_match},
  known_text{"Price must be divisible by tick size"sv,
             venue_error::price_off_tick},
  known_text{"Order must have minimum value of"sv,
             venue_error::below_minimum_value},
  known_text{"Insufficient margin to place order"sv,
             venue_error::insufficient_margin},
  known_text{"Reduce only order would increase position"sv,
             venue_error::reduce_only_would_increase},
  known_text{"Invalid TP/SL price"sv, venue_error::invalid_trigger_price},
  known_text{"No liquidity available for market order"sv,
             venue_error::no_liquidity},
  known_text{"Order would increase open interest"sv,
             venue_error::open_interest_capped},
  known_text{"Order rejected due to price more aggressive than oracle"sv,
             venue_error::open_interest_capped},
  known_text{"Insufficient spot balance"sv, venue_error::insufficient_balance},
  known_text{"Order has insufficient spot balance"sv,
             venue_error::insufficient_balance},
  known_text{"Insufficient delegatable balance"sv,
             venue_error::insufficient_balance},
  known_text{"Price too far from oracle"sv, venue_error::price_too_far},
  known_text{"Order price too far from oracle"sv, venue_error::price_too_far},
  known_text{"Order would cause position to exceed margin tier limit"sv,
             venue_error::margin_tier_limit},
  known_text{"Too many open orders"sv, venue_error::too_many_open_orders},
  known_text{"Orders are empty"sv, venue_error::empty_batch},
  known_text{"Order has invalid price"sv, venue_error::invalid_price},
  known_text{"Order has invalid size"sv, venue_error::invalid_size},
  known_text{"Order has zero size"sv, venue_error::zero_size},
  known_text{"Order price cannot be more than"sv,
             venue_error::price_far_from_reference},
  known_text{"Unexpected number of trigger orders"sv,
             venue_error::invalid_grouping},
  known_text{"Builder fee has not been approved"sv,
             venue_error::builder_fee_not_approved},
  known_text{"Only post-only orders allowed"sv, venue_error::post_only_period},
  known_text{"Trading is halted"sv, venue_error::trading_halted},
  known_text{"User or API Wallet"sv, venue_error::unknown_signer},
  known_text{"Must deposit before performing actions"sv,
             venue_error::must_deposit},
  known_text{"Unable to recover signer"sv, venue_error::unrecoverable_signer},
  known_text{"Invalid nonce: duplicate nonce"sv, venue_error::duplicate_nonce},
  known_text{"Invalid nonce"sv, venue_error::nonce_out_of_window},
  known_text{"Action already expired"sv, venue_error::already_expired},
  known_text{"Vault not registered"sv, venue_error::unknown_vault},
  known_text{"Too many cumulative requests sent"sv,
             venue_error::too_many_requests},
  known_text{"Signed action over weight limit"sv,
             venue_error::over_weight_limit},
  known_text{"Action disabled when unified account is active"sv,
             venue_error::disabled_for_account},
  known_text{"Cannot set scheduled cancel time until enough volume traded"sv,
             venue_error::too_little_volume},
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

} // namespace

std::string_view strip_asset(std::string_view text) noexcept {
  auto digits = text.size();
  while (digits > 0 && is_digit(text[digits - 1]))
    --digits;
  if (digits < text.size()) {
    if (auto head = text.substr(0, digits); head.ends_with(" asset="sv))
      text = head.substr(0, head.size() - " asset="sv.size());
  }
  if (text.ends_with('.'))
    text.remove_suffix(1);
  return text;
}

venue_error classify_error(std::string_view text) noexcept {
  if (text.starts_with(layer_prefix))
    text.remove_prefix(layer_prefix.size());
  const auto* known = std::find_if(
    known_texts.begin(), known_texts.end(),
    [text](const known_text& x) { return text.starts_with(x.prefix); });
  return known == known_texts.end() ? venue_error::unknown : known->meaning;
}

venue_error_class class_of(venue_error x) noexcept {
  switch (x) {
    case venue_error::unknown:
      return venue_error_class::unknown;
    case venue_error::never_placed:
    case venue_error::cannot_modify:
      return venue_error_class::target_not_live;
    case venue_error::invalid_new_order:
      return venue_error_class::modify_not_applied;
    case venue_error::error_placing_new_order:
      return venue_error_class::replacement_refused;
    case venue_error::post_only_would_match:
    case venue_error::ioc_no_match:
    case venue_error::price_off_tick:
    case venue_error::below_minimum_value:
    case venue_error::insufficient_margin:
    case venue_error::reduce_only_would_increase:
    case venue_error::invalid_trigger_price:
    case venue_error::no_liquidity:
    case venue_error::open_interest_capped:
    case venue_error::insufficient_balance:
    case venue_error::price_too_far:
    case venue_error::margin_tier_limit:
    case venue_error::too_many_open_orders:
    case venue_error::builder_fee_not_approved:
    case venue_error::post_only_period:
    case venue_error::trading_halted:
      return venue_error_class::placement_rejected;
    case venue_error::empty_batch:
    case venue_error::invalid_price:
    case venue_error::invalid_size:
    case venue_error::zero_size:
    case venue_error::price_far_from_reference:
    case venue_error::invalid_grouping:
      return venue_error_class::static_refusal;
    case venue_error::unknown_signer:
    case venue_error::must_deposit:
    case venue_error::unrecoverable_signer:
    case venue_error::duplicate_nonce:
    case venue_error::nonce_out_of_window:
    case venue_error::already_expired:
    case venue_error::unknown_vault:
    case venue_error::too_many_requests:
    case venue_error::over_weight_limit:
    case venue_error::disabled_for_account:
    case venue_error::too_little_volume:
      return venue_error_class::action_refused;
  }
  return venue_error_class::unknown;
}

std::string_view placement_reason(std::string_view text) noexcept {
  if (text.starts_with(layer_prefix))
    text.remove_prefix(layer_prefix.size());
  if (!text.starts_with(modify_prefix))
    return text;
  text.remove_prefix(modify_prefix.size());
  if (text.starts_with(' '))
    text.remove_prefix(1);
  return text;
}

std::optional<request_budget> request_budget_in(
  std::string_view text) noexcept {
  const auto open = text.find('(');
  if (open == std::string_view::npos)
    return std::nullopt;
  request_budget result;
  const auto* end = text.data() + text.size();
  const auto used = std::from_chars(text.data() + open + 1, end, result.used);
  constexpr auto between = " > "sv;
  if (used.ec != std::errc{}
      || !std::string_view{used.ptr, static_cast<std::size_t>(end - used.ptr)}
            .starts_with(between))
    return std::nullopt;
  const auto cap = std::from_chars(used.ptr + between.size(), end, result.cap);
  if (cap.ec != std::errc{} || cap.ptr == end || *cap.ptr != ')')
    return std::nullopt;
  return result;
}

bool is_post_only_refusal(std::string_view text_or_word) noexcept {
  return text_or_word == "badAloPxRejected"sv
         || classify_error(placement_reason(text_or_word))
              == venue_error::post_only_would_match;
}

} // namespace hlx::wire
