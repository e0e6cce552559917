// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/dispatch_parts.hpp"

#include <optional>
#include <string>

namespace hlx {

/// What the check of an order's terms found out.
struct checked_terms {
  std::uint32_t instrument = 0; ///< Position in the instrument table.
  price limit_price;            ///< On the grid; 0: not known yet.
  price trigger_price;          ///< On the grid; 0: none.
};

/// Why hlx denies the terms; empty when it does not. The words of the
/// instrument's rules, and what is allowed.
std::string check_terms(context& c, const order_terms& terms,
                        bool size_may_be_zero, checked_terms& checked);

/// The reference moved against the order by the slippage option, on the
/// aggressive side of the grid.
std::optional<price> protected_price(context& c, const instrument& traded,
                                     price reference, order_side side);

} // namespace hlx
