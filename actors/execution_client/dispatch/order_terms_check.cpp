// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/order_terms_check.hpp"

#include "hlx/actors/execution_client/dispatch/wire_orders.hpp"

#include <limits>

namespace hlx {

namespace {

/// Whether the fields of the terms fit each other, whatever the instrument.
std::string shape_refusal(context& c, const order_terms& terms) {
  const auto type = std::string{to_string(terms.type)};
  const bool triggered = has_trigger(terms.type);
  if (!is_market(terms.type) && !terms.price)
    return "a " + type + " order needs a price";
  if (is_market(terms.type) && terms.price)
    return "a " + type + " order takes no price";
  if (triggered && !terms.trigger_price)
    return "a " + type + " order needs a trigger price";
  if (!triggered && terms.trigger_price)
    return "a " + type + " order takes no trigger price";
  if (terms.time_in_force == time_in_force::gtd) {
    if (!terms.expire_at_ms)
      return "gtd needs an end time";
    if (*terms.expire_at_ms <= c.now_ms)
      return "the end time has passed";
  } else if (terms.expire_at_ms) {
    return "an end time needs gtd";
  }
  const bool plain_limit = terms.type == order_type::limit;
  if (terms.post_only
      && (!plain_limit || terms.time_in_force == time_in_force::ioc))
    return "only resting limit orders can be post-only";
  if (terms.time_in_force == time_in_force::alo && !plain_limit)
    return "only limit orders can be alo";
  if (terms.time_in_force == time_in_force::ioc && triggered)
    return "a trigger order cannot be ioc";
  if (terms.time_in_force == time_in_force::gtd
      && terms.type == order_type::market)
    return "a market order cannot be gtd";
  return {};
}

std::string price_refusal(context& c, const order_terms& terms,
                          const instrument& traded, checked_terms& checked) {
  std::string why;
  if (terms.trigger_price) {
    const auto legal = legal_price(c, traded, *terms.trigger_price, terms.side,
                                   price_rounding::passive, why);
    if (!legal)
      return "trigger " + why;
    checked.trigger_price = *legal;
  }
  if (terms.price) {
    const auto rounding = terms.trigger_price ? price_rounding::aggressive
                                              : price_rounding::passive;
    const auto legal =
      legal_price(c, traded, *terms.price, terms.side, rounding, why);
    if (!legal)
      return why;
    checked.limit_price = *legal;
  } else if (terms.trigger_price) {
    const auto limit =
      protected_price(c, traded, checked.trigger_price, terms.side);
    if (!limit)
      return "the trigger price leaves no protected price";
    checked.limit_price = *limit;
  }
  return {};
}

} // namespace

std::string check_terms(context& c, const order_terms& terms,
                        bool size_may_be_zero, checked_terms& checked) {
  const auto index = c.state.instruments.index_of(terms.instrument);
  if (!index)
    return "unknown instrument " + terms.instrument;
  const auto& traded = c.state.instruments.all()[*index];
  checked.instrument = *index;
  if (traded.delisted)
    return traded.name + " is delisted";
  if (auto why = shape_refusal(c, terms); !why.empty())
    return why;
  const bool sized = terms.quantity.raw != 0 || !size_may_be_zero;
  if (sized)
    if (auto why = size_refusal(traded, terms.quantity); !why.empty())
      return why;
  if (auto why = price_refusal(c, terms, traded, checked); !why.empty())
    return why;
  if (sized && checked.limit_price.raw != 0 && !terms.reduce_only
      && notional(checked.limit_price, terms.quantity) < min_notional())
    return "worth less than the minimum of 10 " + traded.quote;
  return {};
}

std::optional<price> protected_price(context& c, const instrument& traded,
                                     price reference, order_side side) {
  const auto slippage =
    static_cast<wide_integer>(c.state.options.market_slippage.raw);
  const auto factor = side == order_side::buy ? decimal_scale + slippage
                                              : decimal_scale - slippage;
  const auto moved = reference.raw * factor / decimal_scale;
  if (moved <= 0 || moved > std::numeric_limits<std::int64_t>::max())
    return std::nullopt;
  return round_price(traded, price{static_cast<std::int64_t>(moved)}, side,
                     price_rounding::aggressive);
}

} // namespace hlx
