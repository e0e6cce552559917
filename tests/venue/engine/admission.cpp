// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/admission.hpp"

#include "tests/venue/engine/agents.hpp"

#include <algorithm>
#include <type_traits>

namespace hlx::venue {

namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t nonce_past_ms = 2 * day_ms;
constexpr std::int64_t nonce_future_ms = day_ms;
/// The edges of the window are drawn in.
constexpr std::int64_t nonce_margin_ms = 120'000;
constexpr std::size_t nonces_stored = 100;
constexpr std::uint64_t cancel_allowance = 100'000;
constexpr std::int64_t over_budget_interval_ms = 10'000;

template <class T>
constexpr bool is_cancel =
  std::is_same_v<T, cancel_action> || std::is_same_v<T, cancel_by_cloid_action>;

/// Calls `f` with the action itself, whichever kind it is.
template <class F>
auto visit_action(const exchange_submission& submission, F f) {
  return std::visit([&](const auto& kind) { return std::visit(f, kind); },
                    submission.action);
}

bool may_take(const wire_order& x) {
  return !x.trigger && x.time_in_force != wire_time_in_force::alo;
}

/// Without always_place a replacement is sent as ALO.
bool may_take(const wire_modify& x, bool always_place) {
  return always_place && may_take(x.order);
}

/// The nonce that the action itself carries.
std::optional<std::uint64_t> inner_nonce(
  const exchange_submission& submission) {
  return visit_action(submission,
                      [](const auto& x) -> std::optional<std::uint64_t> {
                        if constexpr (requires { x.domain, x.nonce; })
                          return x.nonce;
                        else if constexpr (requires { x.domain, x.time; })
                          return x.time;
                        else
                          return std::nullopt;
                      });
}

std::optional<std::string> check_budget(const venue_state& state,
                                        const account& owner,
                                        const exchange_submission& submission,
                                        std::int64_t now_ms) {
  auto cap = requests_cap(state, owner);
  if (class_of(submission) == action_class::cancel)
    cap = std::min(cap + cancel_allowance, 2 * cap);
  const auto wanted = owner.requests_used + count_items(submission);
  if (wanted <= cap)
    return std::nullopt;
  if (!owner.over_budget_ms
      || now_ms - *owner.over_budget_ms >= over_budget_interval_ms)
    return std::nullopt;
  return "Too many cumulative requests sent (" + std::to_string(wanted) + " > "
         + std::to_string(cap) + ") for cumulative volume traded $"
         + dollars_text(owner.volume)
         + ". Place taker orders to free up 1 request per USDC traded.";
}

} // namespace

std::size_t count_items(const exchange_submission& submission) {
  return visit_action(submission, [](const auto& x) -> std::size_t {
    if constexpr (requires { x.orders; })
      return x.orders.size();
    else if constexpr (requires { x.cancels; })
      return x.cancels.size();
    else if constexpr (requires { x.modifies; })
      return x.modifies.size();
    else
      return 1;
  });
}

action_class class_of(const exchange_submission& submission) {
  return visit_action(submission, [](const auto& x) {
    using action = std::decay_t<decltype(x)>;
    if constexpr (std::is_same_v<action, order_action>)
      return action_class::order;
    else if constexpr (is_cancel<action>)
      return action_class::cancel;
    else if constexpr (
      std::is_same_v<
        action, modify_action> || std::is_same_v<action, batch_modify_action>)
      return action_class::modify;
    else
      return action_class::other;
  });
}

int block_category(const exchange_submission& submission) {
  return visit_action(submission, [](const auto& x) {
    using action = std::decay_t<decltype(x)>;
    bool takes = false;
    if constexpr (std::is_same_v<action, order_action>) {
      takes = std::any_of(x.orders.begin(), x.orders.end(),
                          [](const wire_order& y) { return may_take(y); });
    } else if constexpr (std::is_same_v<action, batch_modify_action>) {
      takes = std::any_of(
        x.modifies.begin(), x.modifies.end(),
        [&](const wire_modify& y) { return may_take(y, x.always_place); });
    } else if constexpr (std::is_same_v<action, modify_action>) {
      takes = may_take(x.modify, x.always_place);
    } else if constexpr (is_cancel<action>) {
      return 1;
    }
    return takes ? 2 : 0;
  });
}

std::uint64_t priority_of(const exchange_submission& submission) {
  return visit_action(submission, [](const auto& x) -> std::uint64_t {
    if constexpr (requires { x.priority; })
      return x.priority.value_or(0);
    else
      return 0;
  });
}

std::optional<std::string> refuse_submission(
  venue_state& state, const exchange_submission& submission,
  std::int64_t now_ms) {
  if (const auto inner = inner_nonce(submission);
      inner && *inner != submission.nonce)
    return "Invalid nonce: the action says " + std::to_string(*inner)
           + ", its envelope " + std::to_string(submission.nonce);
  const auto signer = resolve_signer(state, submission, now_ms);
  if (signer.owner == nullptr)
    return signer.refusal;
  if (count_items(submission) > action_items_max)
    return "Signed action over weight limit of 200.";
  return check_budget(state, *signer.owner, submission, now_ms);
}

std::optional<std::string> consume_nonce(venue_state& state,
                                         const address& signer,
                                         std::uint64_t nonce,
                                         std::int64_t block_ms) {
  auto& used = state.nonces[signer];
  const auto low = static_cast<std::uint64_t>(
    std::max<std::int64_t>(0, block_ms - nonce_past_ms + nonce_margin_ms));
  const auto high =
    static_cast<std::uint64_t>(block_ms + nonce_future_ms - nonce_margin_ms);
  const auto text = std::to_string(nonce);
  if (nonce < low)
    return "Invalid nonce: nonce too low " + text + " < " + std::to_string(low);
  if (nonce > high)
    return "Invalid nonce: nonce too high " + text + " > "
           + std::to_string(high);
  if (used.contains(nonce))
    return "Invalid nonce: duplicate nonce " + text;
  if (used.size() >= nonces_stored) {
    const auto floor = *std::prev(used.end(), nonces_stored);
    if (nonce < floor)
      return "Invalid nonce: nonce too low " + text + " < "
             + std::to_string(floor);
  }
  used.insert(nonce);
  // What is below the window is refused by it; the highest stay for the floor.
  while (used.size() > nonces_stored && *used.begin() < low)
    used.erase(used.begin());
  return std::nullopt;
}

std::uint64_t requests_cap(const venue_state& state, const account& owner) {
  return state.config.address_budget + owner.requests_bought
         + static_cast<std::uint64_t>(owner.volume.raw / decimal_scale);
}

void charge_requests(const venue_state& state, account& owner,
                     std::uint64_t requests, std::int64_t block_ms) {
  owner.requests_used += requests;
  if (owner.requests_used > requests_cap(state, owner))
    owner.over_budget_ms = block_ms;
}

} // namespace hlx::venue
