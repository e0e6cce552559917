// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/tracked_order.hpp"

#include <absl/container/flat_hash_map.h>
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

  /// From now on the venue order belongs to the order.
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

  struct slot_hash {
    using is_transparent = void;
    std::size_t operator()(hashed_slot x) const { return spread(x.hash); }
    std::size_t operator()(std::string_view id) const {
      return spread(hash_of(id));
    }
    std::size_t operator()(const cloid& x) const { return spread(hash_of(x)); }

    static std::size_t spread(std::uint32_t hash) {
      return static_cast<std::size_t>(hash * 0x9e3779b97f4a7c15ULL);
    }
  };

  struct slot_equal {
    using is_transparent = void;
    const order_table* table;
    bool operator()(hashed_slot a, hashed_slot b) const {
      return a.slot == b.slot;
    }
    bool operator()(hashed_slot a, std::string_view id) const {
      return table->at(a.slot).client_order_id.value == id;
    }
    bool operator()(hashed_slot a, const cloid& x) const {
      return table->at(a.slot).cloid == x;
    }
    template <class Key>
    bool operator()(const Key& x, hashed_slot a) const {
      return (*this)(a, x);
    }
  };

  /// Venue order ids come in sequence: spread them.
  struct oid_hash {
    std::size_t operator()(std::uint64_t oid) const noexcept {
      const auto h = oid * 0x9e3779b97f4a7c15ULL;
      return static_cast<std::size_t>(h ^ (h >> 32));
    }
  };

  void forget(std::uint32_t slot);

  std::size_t ended_max_;
  std::size_t live_ = 0;
  std::uint32_t used_ = 0;
  std::uint32_t next_serial_ = 1;
  std::vector<std::unique_ptr<chunk>> chunks_;
  std::vector<std::uint32_t> free_;
  std::deque<std::uint32_t> ended_;
  absl::flat_hash_set<hashed_slot, slot_hash, slot_equal> by_id_;
  absl::flat_hash_set<hashed_slot, slot_hash, slot_equal> by_cloid_;
  absl::flat_hash_map<std::uint64_t, std::uint32_t, oid_hash, std::equal_to<>>
    by_oid_;
};

} // namespace hlx
