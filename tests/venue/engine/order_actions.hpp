// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/engine/venue_state.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace hlx::venue {

/// Largest builder fees, in tenths of a basis point. Approvals are for both.
inline constexpr std::uint64_t builder_fee_max_perp = 100;
inline constexpr std::uint64_t builder_fee_max_spot = 1000;

/// What is wrong with the form of a batch: it answers the batch as a whole and
/// nothing of it is executed.
std::optional<std::string> static_error(const venue_state& state,
                                        const order_action& action);
std::optional<std::string> static_error(const venue_state& state,
                                        const batch_modify_action& action);
std::optional<std::string> static_error(const venue_state& state,
                                        const modify_action& action);

/// Places the orders of a batch in their order.
action_reply execute_orders(venue_state& state, account& owner,
                            const order_action& action);

action_reply execute_cancels(venue_state& state, account& owner,
                             const cancel_action& action);
action_reply execute_cancels(venue_state& state, account& owner,
                             const cancel_by_cloid_action& action);

/// Cancels and places anew; top-level refusals.
action_reply execute_modify(venue_state& state, account& owner,
                            const modify_action& action);

/// Cancels and places anew; one status for each element.
action_reply execute_modifies(venue_state& state, account& owner,
                              const batch_modify_action& action);

/// One element that failed.
element_outcome error_outcome(std::string text);

/// {"statuses":[{"error":text}]}
action_reply batch_error(std::string text);

/// {"status":"err","response":text}
action_reply refused_reply(std::string text);

/// {"type":"default"}
action_reply done_reply();

/// Why the venue takes no such order now; none: it does.
std::optional<std::string> closed_reason(const venue_state& state,
                                         const wire_order& order);

} // namespace hlx::venue
