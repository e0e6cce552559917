// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/dispatch_parts.hpp"

#include <string>

namespace hlx {

/// The order as the venue takes it, with this size and price.
wire_order wire_order_of(context& c, const tracked_order& order, quantity size,
                         price limit_price);

/// Whether size and price are worth less than the venue takes. Closing a
/// small rest must work, so reduce-only orders never are.
bool below_minimum(const tracked_order& order, quantity size, price at);

/// The price on the venue's grid, or why there is none. Limits go to the
/// passive side, those of triggers to the aggressive one.
std::optional<price> legal_price(context& c, const instrument& traded,
                                 price asked, order_side side,
                                 price_rounding rounding, std::string& why);

/// Why the size cannot be traded; empty when it can.
std::string size_refusal(const instrument& traded, quantity size);

} // namespace hlx
