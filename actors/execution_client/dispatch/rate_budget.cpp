// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/rate_budget.hpp"

#include "hlx/messages/wire/error_texts.hpp"

#include <algorithm>
#include <utility>

namespace hlx {

namespace {

constexpr std::int64_t second_ms = 1'000;
constexpr std::int64_t minute_ms = 60'000;

/// Elements of an action that weigh nothing extra.
constexpr std::size_t elements_per_weight = 40;

/// Fills of an answer that weigh as much as one.
constexpr std::size_t fills_per_weight = 20;

/// A dropped action counts that often.
constexpr std::uint64_t expired_factor = 5;

/// What every account has before it has traded anything.
constexpr std::uint64_t cap_without_volume = 10'000;

/// By how much the budget for cancels is larger, at most.
constexpr std::uint64_t cancel_cap_extra = 100'000;

/// With less left than one in so many, the budget is asked for again.
constexpr std::uint64_t low_budget_part = 10;

std::int64_t weight_of(std::size_t elements) {
  return 1 + static_cast<std::int64_t>(elements / elements_per_weight);
}

std::int64_t weight_of(const info_query_body& query) {
  struct visitor {
    std::int64_t operator()(const open_orders_query&) const { return 20; }
    std::int64_t operator()(const fills_query&) const { return 20; }
    std::int64_t operator()(const order_status_query&) const { return 2; }
    std::int64_t operator()(const book_query&) const { return 2; }
    std::int64_t operator()(const mids_query&) const { return 2; }
    std::int64_t operator()(const exchange_status_query&) const { return 2; }
    std::int64_t operator()(const user_role_query&) const { return 60; }
    std::int64_t operator()(const positions_query&) const { return 2; }
    std::int64_t operator()(const rate_limit_query&) const { return 20; }
    std::int64_t operator()(const listing_query&) const { return 20; }
    std::int64_t operator()(const dexes_query&) const { return 20; }
  };
  return std::visit(visitor{}, query);
}

budget_refusal refuse_until(std::string reason, std::int64_t passes_at_ms) {
  reason += "; passes at ";
  reason += std::to_string(passes_at_ms);
  return {std::move(reason), passes_at_ms};
}

std::string counts(std::int64_t used, std::int64_t most) {
  return std::to_string(used) + " of " + std::to_string(most);
}

} // namespace

// -- minute_window -----------------------------------------------------------

void minute_window::add(std::int64_t weight, std::int64_t now_ms) {
  const auto second = now_ms / second_ms;
  auto& x = ring_[static_cast<std::size_t>(second) % ring_.size()];
  if (x.second != second)
    x = {second, 0};
  x.weight += weight;
  if (second == newest_second_) {
    used_then_ += weight;
    return;
  }
  newest_second_ = std::max(newest_second_, second);
  used_then_ = used_from(newest_second_ - steps + 1);
}

std::int64_t minute_window::used(std::int64_t now_ms) const {
  // Mostly much happens in the same second.
  const auto second = now_ms / second_ms;
  return second == newest_second_ ? used_then_ : used_from(second - steps + 1);
}

std::int64_t minute_window::used_from(std::int64_t oldest_second) const {
  std::int64_t result = 0;
  for (const auto& x : ring_)
    if (x.second >= oldest_second)
      result += x.weight;
  return result;
}

std::int64_t minute_window::falls_to(std::int64_t most,
                                     std::int64_t now_ms) const {
  auto left = used(now_ms);
  const auto now = now_ms / second_ms;
  for (auto second = now - steps + 1; second <= now; ++second) {
    if (left <= most)
      break;
    const auto& x = ring_[static_cast<std::size_t>(second) % ring_.size()];
    if (x.second != second || x.weight == 0)
      continue;
    left -= x.weight;
    if (left <= most)
      return (second + steps) * second_ms;
  }
  return now_ms;
}

// -- refusals ----------------------------------------------------------------

std::optional<budget_refusal> rate_budget::refusal(budget_use use,
                                                   std::size_t elements,
                                                   std::int64_t now_ms) const {
  if (!options_.enabled)
    return std::nullopt;
  if (use != budget_use::cancel)
    if (auto result = pause_refusal(now_ms))
      return result;
  if (auto result = weight_refusal(use, weight_of(elements), now_ms))
    return result;
  if (auto result = post_refusal(use, now_ms))
    return result;
  return account_refusal(use, elements, now_ms);
}

std::optional<budget_refusal> rate_budget::pause_refusal(
  std::int64_t now_ms) const {
  constexpr auto reason = "rate limit: the venue answered HTTP 429";
  if (pause_ == pause::probing)
    return budget_refusal{std::string{reason}
                            + "; one request is trying whether it is over",
                          std::nullopt};
  if (pause_ == pause::waiting && now_ms < pause_until_ms_)
    return refuse_until(reason, pause_until_ms_);
  return std::nullopt;
}

std::optional<budget_refusal> rate_budget::weight_refusal(
  budget_use use, std::int64_t weight, std::int64_t now_ms) const {
  auto most = options_.weight_max;
  if (use != budget_use::cancel)
    most -= options_.weight_kept;
  const auto used = weights_.used(now_ms);
  if (used + weight <= most)
    return std::nullopt;
  return refuse_until("rate limit: weight " + counts(used, most)
                        + " in a minute is used",
                      weights_.falls_to(most - weight, now_ms));
}

std::optional<budget_refusal> rate_budget::post_refusal(
  budget_use use, std::int64_t now_ms) const {
  if (!options_.posts)
    return std::nullopt;
  auto in_flight_max = options_.in_flight_max;
  auto messages_max = options_.messages_max;
  if (use != budget_use::cancel) {
    in_flight_max -= options_.in_flight_kept;
    messages_max -= options_.messages_kept;
  }
  if (in_flight_ >= in_flight_max)
    return budget_refusal{"rate limit: " + std::to_string(in_flight_)
                            + " requests are unanswered, at most "
                            + std::to_string(in_flight_max)
                            + "; passes with the next answer",
                          std::nullopt};
  const auto used = messages_.used(now_ms);
  if (used < messages_max)
    return std::nullopt;
  return refuse_until("rate limit: " + counts(used, messages_max)
                        + " messages in a minute are used",
                      messages_.falls_to(messages_max - 1, now_ms));
}

std::uint64_t rate_budget::account_cap(budget_use use) const {
  if (use != budget_use::cancel)
    return account_cap_;
  return account_cap_ + std::min(account_cap_, cancel_cap_extra);
}

std::optional<budget_refusal> rate_budget::account_refusal(
  budget_use use, std::uint64_t elements, std::int64_t now_ms) const {
  if (!account_known_)
    return std::nullopt;
  const auto cap = account_cap(use);
  if (account_used_ + elements <= cap)
    return std::nullopt;
  const auto reason = "rate limit: the account's requests are used up, "
                      + std::to_string(account_used_) + " of "
                      + std::to_string(cap);
  if (gate_taken_)
    return budget_refusal{reason + "; one request is trying to pass",
                          std::nullopt};
  if (now_ms < gate_opens_ms_)
    return refuse_until(reason, gate_opens_ms_);
  if (elements > 1 && account_used_ < cap)
    return budget_refusal{reason + "; fewer at a time pass", std::nullopt};
  return std::nullopt;
}

std::optional<budget_refusal> rate_budget::open_refusal(
  std::size_t open, std::size_t new_orders, bool reduce_only_or_trigger) const {
  if (!options_.enabled)
    return std::nullopt;
  auto most = options_.open_orders;
  if (!reduce_only_or_trigger && account_cap_ > cap_without_volume) {
    // The cap of requests is one for each USDC traded, and some.
    const auto traded = account_cap_ - cap_without_volume;
    most += static_cast<std::size_t>(
      traded / static_cast<std::uint64_t>(options_.usdc_per_open_order));
  }
  most = std::min(most, options_.open_orders_max);
  if (open + new_orders <= most)
    return std::nullopt;
  const auto others = new_orders > 1 ? " and " + std::to_string(new_orders - 1)
                                         + " of this list are new"
                                     : std::string{};
  return budget_refusal{
    "limit of the venue: " + std::to_string(open) + " orders are open" + others
      + ", at most " + std::to_string(most)
      + (reduce_only_or_trigger ? " with reduce-only orders or triggers" : "")
      + "; passes when one has ended",
    std::nullopt};
}

// -- what leaves and comes back ----------------------------------------------

void rate_budget::sent(budget_use use, std::size_t elements,
                       std::int64_t now_ms) {
  if (!options_.enabled)
    return;
  weights_.add(weight_of(elements), now_ms);
  ++in_flight_;
  if (options_.posts)
    messages_.add(1, now_ms);
  if (use != budget_use::cancel)
    begin_probe(now_ms);
  if (account_known_ && account_used_ + elements > account_cap(use))
    gate_taken_ = true;
  spend(elements, now_ms);
}

void rate_budget::spend(std::uint64_t requests, std::int64_t now_ms) {
  note_account(account_used_ + requests, account_cap_, now_ms);
}

void rate_budget::outcome(const request_outcome& x, std::size_t elements,
                          std::int64_t sent_ms, std::int64_t now_ms) {
  if (!options_.enabled)
    return;
  if (!x.late && in_flight_ > 0)
    --in_flight_;
  const auto forget = [&] {
    account_used_ -= std::min<std::uint64_t>(account_used_, elements);
  };
  if (std::exchange(gate_taken_, false))
    gate_opens_ms_ = now_ms + options_.gate_ms;
  if (x.throttled) {
    forget();
    on_throttled(sent_ms, now_ms);
    return;
  }
  if (x.delivery == request_delivery::answered) {
    on_spoken(sent_ms);
  } else if (pause_ == pause::probing) {
    // No word: the next request tries.
    pause_ = pause::waiting;
    pause_until_ms_ = now_ms;
  }
  if (x.delivery == request_delivery::not_sent) {
    forget();
    return;
  }
  if (x.reply.kind == reply_kind::http_refused)
    forget();
  if (x.reply.kind != reply_kind::refused)
    return;
  const auto error = wire::classify_error(x.reply.text);
  if (error == wire::venue_error::already_expired) {
    spend((expired_factor - 1) * elements, now_ms);
    return;
  }
  forget();
  if (error != wire::venue_error::too_many_requests)
    return;
  const auto told = wire::request_budget_in(x.reply.text);
  account_known_ = true;
  const auto used = told ? told->used : std::max(account_used_, account_cap_);
  note_account(used, told ? told->cap : std::min(used, account_cap_), now_ms);
  gate_opens_ms_ = now_ms + options_.gate_ms;
}

void rate_budget::begin_probe(std::int64_t now_ms) {
  if (pause_ == pause::waiting && now_ms >= pause_until_ms_)
    pause_ = pause::probing;
}

void rate_budget::on_throttled(std::int64_t sent_ms, std::int64_t now_ms) {
  // Others that left before it was known are refused as well.
  if (pause_ != pause::none && sent_ms <= pause_began_ms_)
    return;
  auto length = options_.pause_ms;
  for (int i = 0; i < pauses_ && length < options_.pause_max_ms; ++i)
    length *= 2;
  ++pauses_;
  pause_ = pause::waiting;
  pause_began_ms_ = now_ms;
  pause_until_ms_ = now_ms + std::min(length, options_.pause_max_ms);
}

void rate_budget::on_spoken(std::int64_t sent_ms) {
  // A cancel may leave during the pause: its answer says nothing of others.
  if (pause_ == pause::none || sent_ms < pause_until_ms_)
    return;
  pause_ = pause::none;
  pauses_ = 0;
}

// -- queries -----------------------------------------------------------------

bool rate_budget::may_ask(const info_query_body& query,
                          std::int64_t now_ms) const {
  if (!options_.enabled)
    return true;
  if (pause_refusal(now_ms))
    return false;
  const auto most = options_.weight_max - options_.weight_kept_for_cancels;
  return weights_.used(now_ms) + weight_of(query) <= most;
}

std::optional<std::int64_t> rate_budget::ask_again_at_ms(
  const info_query_body& query, std::int64_t now_ms) const {
  if (pause_ == pause::probing)
    return std::nullopt;
  const auto most = options_.weight_max - options_.weight_kept_for_cancels;
  const auto fits_ms = weights_.falls_to(most - weight_of(query), now_ms);
  return pause_ == pause::waiting ? std::max(fits_ms, pause_until_ms_)
                                  : fits_ms;
}

void rate_budget::asked(const info_query_body& query, std::int64_t now_ms) {
  if (!options_.enabled)
    return;
  weights_.add(weight_of(query), now_ms);
  begin_probe(now_ms);
}

void rate_budget::answered(const info_answer_body& answer, std::int64_t sent_ms,
                           std::int64_t now_ms) {
  if (!options_.enabled)
    return;
  if (const auto* failed = std::get_if<failed_answer>(&answer)) {
    if (failed->throttled) {
      on_throttled(sent_ms, now_ms);
    } else if (pause_ == pause::probing && sent_ms > pause_began_ms_) {
      pause_ = pause::waiting;
      pause_until_ms_ = now_ms;
    }
    return;
  }
  on_spoken(sent_ms);
  if (const auto* fills = std::get_if<fills_answer>(&answer))
    weights_.add(
      static_cast<std::int64_t>(fills->fills.size() / fills_per_weight),
      now_ms);
  if (const auto* account = std::get_if<rate_limit_answer>(&answer)) {
    note_account(account->requests_used, account->requests_cap, now_ms);
    account_known_ = true;
  }
}

void rate_budget::note_account(std::uint64_t used, std::uint64_t cap,
                               std::int64_t now_ms) {
  const bool was_left = !account_known_ || account_used_ < account_cap_;
  account_used_ = used;
  account_cap_ = cap;
  // Who used the last one, and when, is not known.
  if (was_left && used >= cap)
    gate_opens_ms_ = now_ms + options_.gate_ms;
}

bool rate_budget::account_is_used_up() const {
  return account_known_ && account_used_ >= account_cap_;
}

bool rate_budget::take_refresh(std::int64_t now_ms) {
  if (!options_.enabled || now_ms < refresh_from_ms_)
    return false;
  const auto left =
    account_cap_ > account_used_ ? account_cap_ - account_used_ : 0;
  if (account_known_ && left >= account_cap_ / low_budget_part)
    return false;
  refresh_from_ms_ = now_ms + minute_ms;
  return true;
}

} // namespace hlx
