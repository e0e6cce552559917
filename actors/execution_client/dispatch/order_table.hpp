// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/tracked_order.hpp"

#include <absl/container/flat_hash_set.h>

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <string_view>
#include <vector>

namespace hlx {

/// Names an order; says nothing once the slot is reused.
struct order_ref {
  std::uint32_t slot = 0;
  std::uint32_t serial = 0; ///< 0: no order.

  friend bool operator==(const order_ref&, const order_ref&) = default;
};

/// Every live order and the last ended ones, found by client order id, cloid
/// and venue order id. Cost does not grow with the number of orders, and
/// memory not with the number of ended ones. References to orders stay valid
/// until the order is forgotten. Not movable: the indexes refer to it.
class order_table {
public:
  explicit order_table(std::size_t ended_max);
  order_table(const order_table&) = delete;
  order_table& operator=(const order_table&) = delete;

  /// Adds an order with these ids. Neither may be in the table.
  tracked_order& add(client_order_id id, const cloid& wire_id);

  tracked_order* find(std::string_view id);
  tracked_order* find(const cloid& wire_id);
  tracked_order* find(venue_order_id oid);
  tracked_order* find(order_ref ref);

  order_ref ref_of(const tracked_order& order) const;

  /// From now on the venue order, one of the order's legs, belongs to it.
  void bind(tracked_order& order, venue_order_id oid);

  /// The order has ended: it is remembered among the last ended ones, and the
  /// oldest of these without unfinished work is forgotten.
  void retire(tracked_order& order);

  /// Removes an order that never left.
  void remove(tracked_order& order);

  std::size_t live() const { return live_; }

  /// Calls `f` with every live order, in the order of their slots.
  template <class F>
  void for_each_live(F f) {
    for (std::uint32_t slot = 0; slot < used_; ++slot) {
      auto& order = at(slot);
      if (order.serial != 0 && !order.has_ended())
        f(order);
    }
  }

private:
  static constexpr std::size_t chunk_size = 256;
  using chunk = std::array<tracked_order, chunk_size>;

  tracked_order& at(std::uint32_t slot) {
    return (*chunks_[slot / chunk_size])[slot % chunk_size];
  }
  const tracked_order& at(std::uint32_t slot) const {
    return (*chunks_[slot / chunk_size])[slot % chunk_size];
  }

  /// An entry of an index brings its hash along: growing, and forgetting
  /// orders, need not touch the orders' own memory.
  struct hashed_slot {
    std::uint32_t hash = 0;
    std::uint32_t slot = 0;
  };

  static std::uint32_t hash_of(std::string_view id) {
    const auto h = std::hash<std::string_view>{}(id);
    return static_cast<std::uint32_t>(h ^ (h >> 32));
  }

  static std::uint32_t hash_of(const cloid& x) {
    return static_cast<std::uint32_t>(std::hash<cloid>{}(x));
  }

  static std::uint32_t hash_of(venue_order_id oid) {
    return static_cast<std::uint32_t>(oid.value ^ (oid.value >> 32));
  }

  /// What is looked for, and its hash.
  template <class Key>
  struct hashed_key {
    std::uint32_t hash;
    const Key& key;
  };

  template <class Key>
  static hashed_key<Key> hashed(const Key& key) {
    return {hash_of(key), key};
  }

  struct slot_hash {
    using is_transparent = void;
    template <class Hashed>
    std::size_t operator()(const Hashed& x) const {
      return static_cast<std::size_t>(x.hash * 0x9e3779b97f4a7c15ULL);
    }
  };

  /// The hashes are compared first: other orders' memory stays untouched.
  struct slot_equal {
    using is_transparent = void;
    const order_table* table;
    bool operator()(hashed_slot a, hashed_slot b) const {
      return a.slot == b.slot && a.hash == b.hash;
    }
    template <class Key>
    bool operator()(hashed_slot a, const hashed_key<Key>& x) const {
      return a.hash == x.hash && is_named(table->at(a.slot), x.key);
    }
    template <class Key>
    bool operator()(const hashed_key<Key>& x, hashed_slot a) const {
      return (*this)(a, x);
    }
  };

  static bool is_named(const tracked_order& order, std::string_view id) {
    return order.client_order_id.value == id;
  }
  static bool is_named(const tracked_order& order, const cloid& x) {
    return order.cloid == x;
  }
  static bool is_named(const tracked_order& order, venue_order_id oid) {
    return order.find_leg(oid) != nullptr;
  }

  template <class Index, class Key>
  tracked_order* find_in(const Index& index, const Key& key) {
    const auto found = index.find(hashed(key));
    return found != index.end() ? &at(found->slot) : nullptr;
  }

  using slot_index = absl::flat_hash_set<hashed_slot, slot_hash, slot_equal>;

  void forget(std::uint32_t slot);
  void fetch_next_forgotten() const;

  std::size_t ended_max_;
  std::size_t live_ = 0;
  std::uint32_t used_ = 0;
  std::uint32_t next_serial_ = 1;
  std::vector<std::unique_ptr<chunk>> chunks_;
  std::vector<std::uint32_t> free_;
  std::deque<std::uint32_t> ended_;
  slot_index by_id_;
  slot_index by_cloid_;
  slot_index by_oid_; ///< One entry for each leg.
};

} // namespace hlx
