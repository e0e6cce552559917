// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/quoter.hpp"

#include "hlx/messages/assert.hpp"
#include "hlx/messages/wire/error_texts.hpp"

#include <algorithm>
#include <numeric>

namespace hlx::daemon {

namespace {

constexpr std::int64_t bps_scale = 10'000;

/// The value of a position, in units of 1e-16.
wide_integer value_of(amount position, price p) {
  return static_cast<wide_integer>(position.raw) * p.raw;
}

/// `p` moved by `bps` hundredths of a percent.
price moved(price p, std::int64_t bps) {
  const auto raw = static_cast<wide_integer>(p.raw) * (bps_scale + bps);
  return {static_cast<std::int64_t>(raw / bps_scale)};
}

bool differs(price a, price b, std::uint32_t bps) {
  const auto distance = static_cast<wide_integer>(a.raw) - b.raw;
  const auto absolute = distance < 0 ? -distance : distance;
  return absolute * bps_scale > static_cast<wide_integer>(b.raw) * bps;
}

} // namespace

std::optional<price> mid_of(const market_prices& x) {
  if (x.best_bid && x.best_ask)
    return price{std::midpoint(x.best_bid->raw, x.best_ask->raw)};
  return x.venue_mid;
}

std::string_view hint_about(std::string_view refusal) {
  const auto what = wire::classify_error(refusal);
  if (what != wire::venue_error::unknown_signer
      && what != wire::venue_error::must_deposit)
    return {};
  return "(Does the address differ from the signer's? Then the signature is "
         "for the wrong network: --mainnet belongs to a mainnet address, and "
         "only there. Else the key of hlx.key_file is not approved for the "
         "account.)";
}

std::string objection_to_size(const instrument& traded, quantity quote_size,
                              std::optional<price> mid) {
  const auto size = to_string(quote_size);
  if (!is_size_on_grid(traded, quote_size)) {
    quantity step{decimal_scale};
    for (int i = 0; i < traded.size_decimals; ++i)
      step.raw /= 10;
    return "quoter.quote_size: " + size + " is no multiple of "
           + to_string(step) + ", the smallest step of " + traded.name;
  }
  if (mid && notional(*mid, quote_size) < min_notional())
    return "quoter.quote_size: " + size + ' ' + traded.name
           + " is worth less than the venue's minimum of 10 " + traded.quote
           + " at the mid price " + to_string(*mid);
  return {};
}

quoter::quoter(quoter_settings settings, amount position)
  : settings_(std::move(settings)), position_(position) {
  HLX_ASSERT(settings_.quote_size.raw > 0);
  HLX_ASSERT(settings_.spread_bps < bps_scale);
}

quoter::quote& quoter::side_of(order_side side) {
  return quotes_[static_cast<std::size_t>(side)];
}

quoter::quote* quoter::find(const client_order_id& id) {
  for (auto& x : quotes_)
    if (x.state != quote_state::none && x.id == id)
      return &x;
  return nullptr;
}

void quoter::halt(std::string reason) {
  if (halt_reason_.empty())
    halt_reason_ = std::move(reason);
}

std::optional<wide_integer> quoter::profit() const {
  if (!mid_)
    return std::nullopt;
  return cash_ + value_of(position_, *mid_);
}

void quoter::check_loss() {
  const auto made = profit();
  const auto limit =
    static_cast<wide_integer>(settings_.loss_max.raw) * decimal_scale;
  if (made && *made < -limit)
    halt("the loss exceeds " + to_string(settings_.loss_max));
}

bool quoter::idle() const {
  return std::ranges::all_of(
    quotes_, [](const quote& x) { return x.state == quote_state::none; });
}

price quoter::target(order_side side) const {
  const auto bps = static_cast<std::int64_t>(settings_.spread_bps);
  return moved(*mid_, side == order_side::buy ? -bps : bps);
}

bool quoter::has_room(order_side side) const {
  const auto size = settings_.quote_size.raw;
  const auto limit = settings_.position_max.raw;
  return side == order_side::buy ? position_.raw <= limit - size
                                 : position_.raw >= size - limit;
}

void quoter::take_away(quote& x, std::vector<quoter_command>& out) {
  if (x.state != quote_state::working)
    return;
  x.state = quote_state::canceling;
  out.emplace_back(cancel_order{settings_.strategy, x.id});
}

void quoter::requote(order_side side, std::vector<quoter_command>& out) {
  auto& x = side_of(side);
  const auto wanted = target(side);
  if (x.state == quote_state::none) {
    if (!has_room(side))
      return;
    x = {.state = quote_state::working,
         .id = {settings_.id_prefix + std::to_string(next_id_++)},
         .price = wanted};
    order_terms terms;
    terms.client_order_id = x.id;
    terms.instrument = settings_.instrument;
    terms.side = side;
    terms.quantity = settings_.quote_size;
    terms.price = wanted;
    terms.post_only = true;
    out.emplace_back(submit_order{settings_.strategy, std::move(terms)});
  } else if (x.state == quote_state::working && !x.modifying
             && differs(x.price, wanted, settings_.requote_bps)) {
    x.modifying = true;
    out.emplace_back(modify_order{.strategy = settings_.strategy,
                                  .client_order_id = x.id,
                                  .quantity = std::nullopt,
                                  .price = wanted});
  }
}

std::vector<quoter_command> quoter::on_prices(const market_prices& prices) {
  std::vector<quoter_command> result;
  const auto mid = mid_of(prices);
  pause_reason_.clear();
  if (mid) {
    mid_ = mid;
    if (!started_) {
      started_ = true;
      cash_ = -value_of(position_, *mid_);
    }
    check_loss();
  }
  if (!mid)
    pause_reason_ = "the book of " + settings_.instrument
                    + " lacks a side, and the venue tells no mid price of it";
  if (!mid || !halt_reason_.empty()) {
    for (auto& x : quotes_)
      take_away(x, result);
    return result;
  }
  if (!stream_up_) {
    pause_reason_ = "the user stream is down";
    return result;
  }
  requote(order_side::buy, result);
  requote(order_side::sell, result);
  return result;
}

void quoter::on_fill(const order_filled& event) {
  const auto sign = event.side == order_side::buy ? 1 : -1;
  position_.raw += sign * event.last_quantity.raw;
  cash_ -= sign * notional(event.last_price, event.last_quantity);
  cash_ -= static_cast<wide_integer>(event.commission.raw) * decimal_scale;
  ++fills_;
  refusals_ = 0;
  check_loss();
}

void quoter::on_refusal(std::string_view reason) {
  if (const auto hint = hint_about(reason); !hint.empty())
    halt(std::string{reason} + " " + std::string{hint});
  if (++refusals_ >= refusals_max)
    halt(std::to_string(refusals_max)
         + " refusals in a row, the last: " + std::string{reason});
}

void quoter::on_quote_event(quote& x, const order_event& event) {
  if (const auto* denied = std::get_if<order_denied>(&event)) {
    on_refusal(denied->reason);
  } else if (const auto* rejected = std::get_if<order_rejected>(&event)) {
    if (!rejected->due_post_only)
      on_refusal(rejected->reason);
  } else if (const auto* accepted = std::get_if<order_accepted>(&event)) {
    refusals_ = 0;
    x.price = accepted->price.value_or(x.price);
  } else if (const auto* updated = std::get_if<order_updated>(&event)) {
    x.modifying = false;
    x.price = updated->price.value_or(x.price);
  } else if (std::holds_alternative<order_modify_rejected>(event)) {
    x.modifying = false;
  } else if (std::holds_alternative<order_cancel_rejected>(event)) {
    x.state = quote_state::working;
  }
  if (is_terminal(event))
    x = {};
}

std::vector<quoter_command> quoter::on_event(const order_event& event) {
  if (const auto* filled = std::get_if<order_filled>(&event))
    on_fill(*filled);
  if (auto* x = find(header_of(event).client_order_id))
    on_quote_event(*x, event);
  std::vector<quoter_command> result;
  // A cancel that was refused is tried again with the next book, not at once.
  if (!halt_reason_.empty()
      && !std::holds_alternative<order_cancel_rejected>(event))
    for (auto& x : quotes_)
      take_away(x, result);
  return result;
}

std::vector<quoter_command> quoter::stop() {
  halt("asked to stop");
  std::vector<quoter_command> result;
  if (idle())
    return result;
  for (auto& x : quotes_)
    if (x.state == quote_state::working)
      x.state = quote_state::canceling;
  result.emplace_back(cancel_all{settings_.strategy, std::nullopt});
  return result;
}

} // namespace hlx::daemon
