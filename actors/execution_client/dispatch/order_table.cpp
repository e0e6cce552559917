// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/order_table.hpp"

#include "hlx/messages/assert.hpp"

#include <memory>

namespace hlx {

order_table::order_table(std::size_t ended_max)
  : ended_max_(ended_max),
    by_id_(0, slot_hash{}, slot_equal{this}),
    by_cloid_(0, slot_hash{}, slot_equal{this}),
    by_oid_(0, slot_hash{}, slot_equal{this}) {
  // nop
}

tracked_order& order_table::add(client_order_id id, const cloid& wire_id) {
  std::uint32_t slot = used_;
  if (!free_.empty()) {
    slot = free_.back();
    free_.pop_back();
  } else {
    if (used_ % chunk_size == 0)
      chunks_.push_back(std::make_unique<chunk>());
    ++used_;
  }
  auto& order = at(slot);
  order.client_order_id = std::move(id);
  order.cloid = wire_id;
  order.slot = slot;
  order.serial = next_serial_++;
  if (next_serial_ == 0)
    next_serial_ = 1;
  order.id_hash = hash_of(std::string_view{order.client_order_id.value});
  by_id_.insert({order.id_hash, slot});
  by_cloid_.insert({hash_of(wire_id), slot});
  ++live_;
  return order;
}

tracked_order* order_table::find(std::string_view id) {
  return find_in(by_id_, id);
}

tracked_order* order_table::find(const cloid& wire_id) {
  return find_in(by_cloid_, wire_id);
}

tracked_order* order_table::find(venue_order_id oid) {
  return find_in(by_oid_, oid);
}

tracked_order* order_table::find(order_ref ref) {
  if (ref.serial == 0 || ref.slot >= used_)
    return nullptr;
  auto& order = at(ref.slot);
  return order.serial == ref.serial ? &order : nullptr;
}

order_ref order_table::ref_of(const tracked_order& order) const {
  return {order.slot, order.serial};
}

void order_table::bind(tracked_order& order, venue_order_id oid) {
  HLX_ASSERT(order.find_leg(oid) != nullptr);
  // A number that a reply gave to two orders belongs to the later one.
  const hashed_slot entry{hash_of(oid), order.slot};
  const auto known = by_oid_.lazy_emplace(
    hashed(oid), [&](const auto& construct) { construct(entry); });
  if (known->slot == order.slot)
    return;
  by_oid_.erase(known);
  by_oid_.insert(entry);
}

void order_table::retire(tracked_order& order) {
  HLX_ASSERT(order.has_ended());
  HLX_ASSERT(live_ > 0);
  --live_;
  ended_.push_back(order.slot);
  // Orders whose work goes on are passed over, unless there are absurdly many;
  // a few looks a time keep the cost of ending an order constant.
  constexpr int looks_max = 8;
  constexpr std::size_t unfinished_max = 10'000;
  for (int looks = 0; ended_.size() > ended_max_ && looks < looks_max;
       ++looks) {
    const auto slot = ended_.front();
    // The caller is not done with the order that ends now.
    if (slot == order.slot)
      break;
    ended_.pop_front();
    if (at(slot).work && ended_.size() < ended_max_ + unfinished_max)
      ended_.push_back(slot);
    else
      forget(slot);
  }
  if (ended_.size() >= ended_max_)
    fetch_next_forgotten();
}

/// The oldest ended order was last used long ago: its memory is fetched while
/// the next order lives, not waited for when that ends.
void order_table::fetch_next_forgotten() const {
  constexpr std::size_t cache_line = 64;
  const auto* first = reinterpret_cast<const char*>(&at(ended_.front()));
  for (std::size_t i = 0; i < sizeof(tracked_order); i += cache_line)
    __builtin_prefetch(first + i, 1);
}

void order_table::remove(tracked_order& order) {
  HLX_ASSERT(!order.has_ended() && live_ > 0);
  --live_;
  forget(order.slot);
}

void order_table::forget(std::uint32_t slot) {
  auto& order = at(slot);
  by_id_.erase(hashed_slot{order.id_hash, slot});
  by_cloid_.erase(hashed_slot{hash_of(order.cloid), slot});
  if (order.has_binding())
    by_oid_.erase(hashed_slot{hash_of(order.binding.oid), slot});
  for (const auto& leg : order.earlier_legs)
    by_oid_.erase(hashed_slot{hash_of(leg.oid), slot});
  std::destroy_at(&order);
  std::construct_at(&order);
  free_.push_back(slot);
}

} // namespace hlx
