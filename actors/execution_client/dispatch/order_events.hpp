// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/dispatch_parts.hpp"

#include <optional>
#include <string>

/// Events from what is known of an order. Each takes the next number of its
/// strategy; none decides whether it is due.
namespace hlx {

using venue_time = std::optional<std::int64_t>;

/// The strategy's number; it exists from the first time it is named.
std::uint32_t strategy_of(context& c, const strategy_id& id);

void emit_submitted(context& c, tracked_order& order);
void emit_denied(context& c, std::uint32_t strategy, const client_order_id& id,
                 std::string reason,
                 std::optional<std::int64_t> passes_at_ms = std::nullopt);
void emit_accepted(context& c, tracked_order& order, venue_time at);
void emit_rejected(context& c, tracked_order& order, std::string reason,
                   venue_time at);
void emit_triggered(context& c, tracked_order& order, venue_order_id leg,
                    venue_time at);
void emit_updated(context& c, tracked_order& order, venue_time at);
void emit_filled(context& c, tracked_order& order, const fill_report& report);
void emit_canceled(context& c, tracked_order& order, std::string reason,
                   venue_time at);
void emit_expired(context& c, tracked_order& order, venue_time at);
void emit_modify_rejected(context& c, std::uint32_t strategy,
                          const client_order_id& id,
                          std::optional<quantity> asked_quantity,
                          std::optional<price> asked_price, std::string reason,
                          venue_time at = std::nullopt);
void emit_cancel_rejected(context& c, std::uint32_t strategy,
                          const client_order_id& id, std::string reason);
void warn(context& c, std::string text);

/// Warns when a report that is forwarded raw is about a coin that is none of
/// the instruments of the run.
void warn_of_unknown_coin(context& c, const std::string& coin,
                          venue_order_id oid);

} // namespace hlx
