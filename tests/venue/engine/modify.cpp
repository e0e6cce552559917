// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/matching.hpp"
#include "tests/venue/engine/order_actions.hpp"
#include "tests/venue/engine/triggers.hpp"

#include <utility>

namespace hlx::venue {

namespace {

constexpr std::string_view replacement_failed =
  "Error placing new order during modify: ";

/// Why a modify failed, and whether the new order was tried.
struct modify_result {
  element_outcome outcome;
  bool placing_failed = false;
};

std::optional<venue_order_id> find_target(const venue_state& state,
                                          const account& owner,
                                          const modify_target& target) {
  if (const auto* oid = std::get_if<venue_order_id>(&target))
    return owner.open.contains(*oid) ? std::optional{*oid} : std::nullopt;
  return find_live(state, owner, std::get<cloid>(target));
}

/// Without always_place a modify only ever moves a resting order.
bool is_plain_replacement(const live_order& target, const wire_order& order) {
  const bool rests = order.time_in_force == wire_time_in_force::alo
                     || order.time_in_force == wire_time_in_force::gtc;
  const bool buys = target.record.side == order_side::buy;
  return target.phase == order_phase::resting && !order.trigger && rests
         && order.is_buy == buys;
}

/// Puts the statuses of the old leg beside the `open` of the new one, in the
/// order that the venue was seen to use, or the other.
void report_old_leg(venue_state& state, std::vector<order_record> canceled,
                    std::size_t before, std::optional<std::size_t> open_at) {
  auto at = before;
  if (open_at) {
    const auto drawn = next_random(state) % 1000;
    const bool old_first = drawn < state.config.canceled_before_open_permille;
    at = old_first ? *open_at : *open_at + 1;
  }
  auto& orders = state.out.orders;
  orders.insert(orders.begin() + static_cast<std::ptrdiff_t>(at),
                std::make_move_iterator(canceled.begin()),
                std::make_move_iterator(canceled.end()));
}

modify_result modify_one(venue_state& state, account& owner,
                         const wire_modify& modify, bool always_place) {
  auto terms = modify.order;
  const auto target = find_target(state, owner, modify.target);
  if (!target && !always_place)
    return {error_outcome("Cannot modify canceled or filled order")};
  if (target) {
    const auto& old = get_order(state, *target);
    if (old.record.asset != terms.asset
        || (!always_place && !is_plain_replacement(old, terms)))
      return {error_outcome("Attempted to modify to invalid new order")};
  }
  if (!always_place)
    terms.time_in_force = wire_time_in_force::alo;
  if (auto closed = closed_reason(state, terms))
    return {error_outcome(std::move(*closed))};
  std::vector<order_record> canceled;
  const auto before = state.out.orders.size();
  if (target)
    cancel_order(state, *target, "canceled", canceled);
  auto order = make_order(state, owner, terms, std::nullopt);
  auto placed = place_order(state, std::move(order));
  report_old_leg(state, std::move(canceled), before, placed.open_at);
  activate_children(state);
  const bool failed = placed.outcome.status == element_status::error;
  return {std::move(placed.outcome), failed};
}

/// The reason of a failed placement without its asset.
std::string without_asset(std::string text) {
  if (const auto at = text.rfind(" asset="); at != std::string::npos)
    text.resize(at);
  return text;
}

} // namespace

action_reply execute_modify(venue_state& state, account& owner,
                            const modify_action& action) {
  auto result = modify_one(state, owner, action.modify, action.always_place);
  if (result.outcome.status != element_status::error)
    return done_reply();
  if (!result.placing_failed)
    return refused_reply(std::move(result.outcome.error));
  return refused_reply(std::string{replacement_failed}
                       + without_asset(std::move(result.outcome.error)));
}

action_reply execute_modifies(venue_state& state, account& owner,
                              const batch_modify_action& action) {
  action_reply reply{.type = response_type::order,
                     .body = {.kind = reply_kind::statuses}};
  for (const auto& x : action.modifies) {
    auto result = modify_one(state, owner, x, action.always_place);
    if (result.placing_failed && state.config.batch_modify_error_prefix)
      result.outcome.error.insert(0, replacement_failed);
    reply.body.elements.push_back(std::move(result.outcome));
  }
  return reply;
}

} // namespace hlx::venue
