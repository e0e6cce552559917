// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/order_actions.hpp"

#include "tests/venue/engine/matching.hpp"
#include "tests/venue/engine/triggers.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace hlx::venue {

namespace {

bool builder_is_approved(const venue_state& state, const account& owner,
                         const order_action& action) {
  const auto approved = owner.builder_fees.find(action.builder->builder);
  if (approved == owner.builder_fees.end()
      || approved->second < action.builder->fee)
    return false;
  return std::all_of(
    action.orders.begin(), action.orders.end(), [&](const wire_order& order) {
      const auto& info = find_market(state, order.asset)->info;
      const auto most =
        moves_tokens(info) ? builder_fee_max_spot : builder_fee_max_perp;
      return action.builder->fee <= most;
    });
}

/// Links the triggers so that the fill of one cancels the other.
void link_siblings(std::vector<live_order>& group) {
  for (auto& x : group)
    for (const auto& other : group)
      if (other.record.oid != x.record.oid)
        x.siblings.push_back(other.record.oid);
}

/// Enters a child that waits for its parent: no status is told yet.
void adopt_child(venue_state& state, live_order child, venue_order_id parent) {
  child.phase = order_phase::waiting;
  child.record.parent = parent;
  auto& order = adopt_order(state, std::move(child));
  std::vector<order_record> untold;
  set_status(state, order, "open", untold);
}

void place_with_children(venue_state& state, const account& owner,
                         const order_action& action,
                         std::vector<element_outcome>& results) {
  const auto& orders = action.orders;
  auto parent = make_order(state, owner, orders.front(), action.builder);
  const auto parent_oid = parent.record.oid;
  std::vector<live_order> children;
  for (auto terms = orders.begin() + 1; terms != orders.end(); ++terms)
    children.push_back(make_order(state, owner, *terms, action.builder));
  link_siblings(children);
  for (const auto& child : children)
    parent.record.children.push_back(child.record.oid);
  const auto placed = place_order(state, std::move(parent)).outcome;
  results.push_back(placed);
  if (placed.status == element_status::error) {
    results.resize(orders.size(), placed);
    return;
  }
  const bool waits = state.orders.contains(parent_oid);
  for (auto& child : children) {
    element_outcome result;
    result.status = waits ? element_status::waiting_for_fill
                          : element_status::waiting_for_trigger;
    results.push_back(result);
    adopt_child(state, std::move(child), parent_oid);
  }
}

void place_position_group(venue_state& state, const account& owner,
                          const order_action& action,
                          std::vector<element_outcome>& results) {
  std::vector<live_order> group;
  for (const auto& terms : action.orders) {
    group.push_back(make_order(state, owner, terms, action.builder));
    group.back().record.is_position_tpsl = true;
  }
  link_siblings(group);
  for (auto& order : group) {
    auto placed = place_order(state, std::move(order)).outcome;
    if (placed.status == element_status::resting)
      placed = {.status = element_status::waiting_for_trigger};
    results.push_back(std::move(placed));
  }
}

element_outcome place_one(venue_state& state, const account& owner,
                          const wire_order& terms,
                          const std::optional<builder_fee>& builder) {
  if (auto closed = closed_reason(state, terms))
    return error_outcome(std::move(*closed));
  auto order = make_order(state, owner, terms, builder);
  auto result = place_order(state, std::move(order)).outcome;
  activate_children(state);
  return result;
}

/// The error of a cancel says the same whatever the reason is.
element_outcome cancel_one(venue_state& state, const account& owner,
                           asset_id asset, std::optional<venue_order_id> oid,
                           bool fast) {
  bool found = oid && owner.open.contains(*oid)
               && get_order(state, *oid).record.asset == asset;
  // The fast way reaches what is in the book only.
  if (found && fast)
    found = get_order(state, *oid).phase == order_phase::resting;
  if (!found)
    return error_outcome(with_asset(
      "Order was never placed, already canceled, or filled.", asset));
  cancel_order(state, *oid, "canceled", state.out.orders);
  return {.status = element_status::success};
}

action_reply statuses(response_type type,
                      std::vector<element_outcome> elements) {
  return {
    .type = type,
    .body = {.kind = reply_kind::statuses, .elements = std::move(elements)}};
}

} // namespace

action_reply execute_orders(venue_state& state, account& owner,
                            const order_action& action) {
  std::vector<element_outcome> results;
  const auto& orders = action.orders;
  if (action.builder && !builder_is_approved(state, owner, action)) {
    results.resize(orders.size(),
                   error_outcome("Builder fee has not been approved"));
    return statuses(response_type::order, std::move(results));
  }
  if (action.grouping == order_grouping::na) {
    for (const auto& terms : orders)
      results.push_back(place_one(state, owner, terms, action.builder));
    return statuses(response_type::order, std::move(results));
  }
  if (auto closed = closed_reason(state, orders.front())) {
    results.resize(orders.size(), error_outcome(std::move(*closed)));
    return statuses(response_type::order, std::move(results));
  }
  if (action.grouping == order_grouping::normal_tpsl)
    place_with_children(state, owner, action, results);
  else
    place_position_group(state, owner, action, results);
  activate_children(state);
  return statuses(response_type::order, std::move(results));
}

action_reply execute_cancels(venue_state& state, account& owner,
                             const cancel_action& action) {
  std::vector<element_outcome> results;
  for (const auto& x : action.cancels)
    results.push_back(cancel_one(state, owner, x.asset, x.oid, action.fast));
  return statuses(response_type::cancel, std::move(results));
}

action_reply execute_cancels(venue_state& state, account& owner,
                             const cancel_by_cloid_action& action) {
  std::vector<element_outcome> results;
  for (const auto& x : action.cancels)
    results.push_back(cancel_one(
      state, owner, x.asset, find_live(state, owner, x.cloid), action.fast));
  return statuses(response_type::cancel, std::move(results));
}

element_outcome error_outcome(std::string text) {
  return {.status = element_status::error, .error = std::move(text)};
}

action_reply batch_error(std::string text) {
  return statuses(response_type::order, {error_outcome(std::move(text))});
}

action_reply refused_reply(std::string text) {
  return {.body = {.kind = reply_kind::refused, .text = std::move(text)}};
}

action_reply done_reply() {
  return {.body = {.kind = reply_kind::done}};
}

std::optional<std::string> closed_reason(const venue_state& state,
                                         const wire_order& order) {
  if (state.halted)
    return "Trading is halted.";
  const bool is_alo =
    !order.trigger && order.time_in_force == wire_time_in_force::alo;
  if (state.post_only && !is_alo)
    return "Only post-only orders allowed immediately after a network upgrade";
  return std::nullopt;
}

} // namespace hlx::venue
