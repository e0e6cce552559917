// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/tracked_order.hpp"

#include <algorithm>

namespace hlx {

bool order_work::is_idle() const {
  return !modify && !waiting && !parked && !closing && !refused && !resolving
         && !cancel && held_fills.empty() && failed_correctives == 0
         && !expiry_cancel
         && std::all_of(timers.begin(), timers.end(),
                        [](std::int64_t due) { return due == never_ms; });
}

const order_leg* tracked_order::find_earlier_leg(venue_order_id oid) const {
  for (const auto& leg : earlier_legs)
    if (leg.oid == oid)
      return &leg;
  return nullptr;
}

order_leg* tracked_order::living_leg() {
  const auto lives = [](const order_leg& leg) {
    return leg.oid.value != 0 && leg.state == leg_state::live
           && leg.left().raw > 0;
  };
  if (lives(binding))
    return &binding;
  const auto found =
    std::find_if(earlier_legs.begin(), earlier_legs.end(), lives);
  return found != earlier_legs.end() ? &*found : nullptr;
}

bool tracked_order::may_replace(venue_order_id oid) {
  if (oid <= binding.oid)
    return false;
  const auto* leg = find_leg(oid);
  return leg == nullptr || leg->state == leg_state::live;
}

quantity tracked_order::counted() const {
  auto result = binding.counted();
  for (const auto& leg : earlier_legs)
    result += leg.counted();
  return result;
}

bool tracked_order::fills_missing() const {
  if (binding.promised > binding.filled)
    return true;
  if (is_sizeless() && !has_ended() && binding.state == leg_state::filled
      && binding.promised.raw == 0)
    return true;
  return std::any_of(
    earlier_legs.begin(), earlier_legs.end(),
    [](const order_leg& leg) { return leg.promised > leg.filled; });
}

} // namespace hlx
