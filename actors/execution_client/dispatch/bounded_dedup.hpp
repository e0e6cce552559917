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
    // A new key takes the place after the newest; only then does the oldest
    // go, since the index still looks at it meanwhile.
    bool is_new = false;
    index_.lazy_emplace(key, [&](const auto& construct) {
      is_new = true;
      if (ring_.size() <= capacity_)
        ring_.push_back(key);
      else
        ring_[next_] = key;
      construct(next_);
    });
    if (!is_new)
      return false;
    const auto after = next_ == capacity_ ? 0 : next_ + 1;
    if (ring_.size() > capacity_)
      index_.erase(after);
    next_ = after;
    return true;
  }

  std::size_t size() const { return index_.size(); }

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
  std::uint32_t next_ = 0; ///< Where the next key goes; never indexed.
  keys ring_;              ///< One place more than the capacity.
  /// Positions in the ring: small, so that it stays in the cache.
  absl::flat_hash_set<std::uint32_t, key_hash, key_equal> index_;
};

} // namespace hlx
