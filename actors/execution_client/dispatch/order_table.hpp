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

  struct id_hash {
    using is_transparent = void;
    const order_table* table;
    std::size_t operator()(std::uint32_t slot) const {
      return (*this)(std::string_view{table->at(slot).client_order_id.value});
    }
    std::size_t operator()(std::string_view id) const {
      return std::hash<std::string_view>{}(id);
    }
  };

  struct id_equal {
    using is_transparent = void;
    const order_table* table;
    bool operator()(std::uint32_t a, std::uint32_t b) const {
      return a == b
             || table->at(a).client_order_id == table->at(b).client_order_id;
    }
    bool operator()(std::uint32_t slot, std::string_view id) const {
      return table->at(slot).client_order_id.value == id;
    }
    bool operator()(std::string_view id, std::uint32_t slot) const {
      return (*this)(slot, id);
    }
  };

  struct cloid_hash {
    using is_transparent = void;
    const order_table* table;
    std::size_t operator()(std::uint32_t slot) const {
      return (*this)(table->at(slot).cloid);
    }
    std::size_t operator()(const cloid& x) const {
      return std::hash<cloid>{}(x);
    }
  };

  struct cloid_equal {
    using is_transparent = void;
    const order_table* table;
    bool operator()(std::uint32_t a, std::uint32_t b) const {
      return a == b || table->at(a).cloid == table->at(b).cloid;
    }
    bool operator()(std::uint32_t slot, const cloid& x) const {
      return table->at(slot).cloid == x;
    }
    bool operator()(const cloid& x, std::uint32_t slot) const {
      return (*this)(slot, x);
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
  absl::flat_hash_set<std::uint32_t, id_hash, id_equal> by_id_;
  absl::flat_hash_set<std::uint32_t, cloid_hash, cloid_equal> by_cloid_;
  absl::flat_hash_map<std::uint64_t, std::uint32_t, oid_hash, std::equal_to<>>
    by_oid_;
};

} // namespace hlx
