// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/assert.hpp"

#include <absl/container/flat_hash_set.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace hlx {

/// Remembers the last `capacity` keys. At capacity the oldest key goes, never
/// more than one. Memory grows with use up to the capacity. Not movable: the
/// index refers to the keys.
template <class Key, class Hash = std::hash<Key>>
class bounded_dedup {
public:
  explicit bounded_dedup(std::size_t capacity)
    : capacity_(capacity), index_(0, key_hash{&ring_}, key_equal{&ring_}) {
    HLX_ASSERT(capacity > 0);
  }

  bounded_dedup(const bounded_dedup&) = delete;
  bounded_dedup& operator=(const bounded_dedup&) = delete;

  bool contains(const Key& key) const { return index_.contains(key); }

  /// Remembers the key. Returns false when it was known already.
  bool insert(const Key& key) {
    if (index_.contains(key))
      return false;
    auto position = static_cast<std::uint32_t>(ring_.size());
    if (ring_.size() < capacity_) {
      ring_.push_back(key);
    } else {
      position = static_cast<std::uint32_t>(oldest_);
      index_.erase(position);
      ring_[oldest_] = key;
      oldest_ = oldest_ + 1 == capacity_ ? 0 : oldest_ + 1;
    }
    index_.insert(position);
    return true;
  }

  std::size_t size() const { return ring_.size(); }

private:
  using keys = std::vector<Key>;

  struct key_hash {
    using is_transparent = void;
    const keys* ring;
    std::size_t operator()(std::uint32_t position) const {
      return Hash{}((*ring)[position]);
    }
    std::size_t operator()(const Key& key) const { return Hash{}(key); }
  };

  struct key_equal {
    using is_transparent = void;
    const keys* ring;
    bool operator()(std::uint32_t a, std::uint32_t b) const { return a == b; }
    bool operator()(std::uint32_t a, const Key& key) const {
      return (*ring)[a] == key;
    }
    bool operator()(const Key& key, std::uint32_t a) const {
      return (*ring)[a] == key;
    }
  };

  std::size_t capacity_;
  std::size_t oldest_ = 0;
  keys ring_;
  /// Positions in the ring: small, so that it stays in the cache.
  absl::flat_hash_set<std::uint32_t, key_hash, key_equal> index_;
};

} // namespace hlx
