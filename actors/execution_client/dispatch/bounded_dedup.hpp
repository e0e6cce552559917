// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/assert.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace hlx {

/// Remembers the last `capacity` keys. At capacity the oldest key goes, never
/// more than one. Memory grows with use up to the capacity.
template <class Key, class Hash = std::hash<Key>>
class bounded_dedup {
public:
  explicit bounded_dedup(std::size_t capacity)
    : capacity_(capacity), index_(index_min) {
    HLX_ASSERT(capacity > 0 && capacity < UINT32_MAX);
  }

  bool contains(const Key& key) const {
    return index_[find(key, hash_of(key))].place != 0;
  }

  /// Remembers the key. Returns false when it was known already.
  bool insert(const Key& key) {
    const auto hash = hash_of(key);
    if (index_[find(key, hash)].place != 0)
      return false;
    if (ring_.size() < capacity_) {
      ring_.push_back(key);
      if (index_.size() < 2 * ring_.size())
        grow();
    } else {
      forget(next_);
      ring_[next_] = key;
    }
    index_[find(key, hash)] = {hash, next_ + 1};
    next_ = next_ + 1 == capacity_ ? 0 : next_ + 1;
    return true;
  }

  std::size_t size() const { return ring_.size(); }

private:
  /// Where a key is in the ring. With its hash, so that neither looking for
  /// other keys nor moving entries has to touch the ring.
  struct entry {
    std::uint32_t hash = 0;
    std::uint32_t place = 0; ///< From 1; 0: the entry is free.
  };

  static constexpr std::size_t index_min = 16;

  static std::uint32_t hash_of(const Key& key) {
    return static_cast<std::uint32_t>((Hash{}(key)*0x9e3779b97f4a7c15ULL)
                                      >> 32);
  }

  std::size_t after(std::size_t i) const {
    return (i + 1) & (index_.size() - 1);
  }

  std::size_t home_of(const entry& x) const {
    return x.hash & (index_.size() - 1);
  }

  /// The first entry from the hash's own on that is free or as wanted.
  template <class F>
  std::size_t probe(std::uint32_t hash, F is_wanted) const {
    auto i = home_of({hash, 0});
    while (index_[i].place != 0 && !is_wanted(index_[i]))
      i = after(i);
    return i;
  }

  /// The key's entry, or the free one that it would get.
  std::size_t find(const Key& key, std::uint32_t hash) const {
    return probe(hash, [&](const entry& x) {
      return x.hash == hash && ring_[x.place - 1] == key;
    });
  }

  /// Takes the key at the position out of the index. Those behind it move up,
  /// so that no search ends before it comes to them.
  void forget(std::uint32_t position) {
    auto hole = probe(hash_of(ring_[position]),
                      [&](const entry& x) { return x.place == position + 1; });
    for (auto i = after(hole); index_[i].place != 0; i = after(i)) {
      const auto mask = index_.size() - 1;
      if (((i - home_of(index_[i])) & mask) < ((i - hole) & mask))
        continue;
      index_[hole] = index_[i];
      hole = i;
    }
    index_[hole] = {};
  }

  void grow() {
    std::vector<entry> old(2 * index_.size());
    old.swap(index_);
    for (const auto& x : old)
      if (x.place != 0)
        index_[probe(x.hash, [](const entry&) { return false; })] = x;
  }

  std::size_t capacity_;
  std::uint32_t next_ = 0; ///< Where the next key goes.
  std::vector<Key> ring_;
  std::vector<entry> index_; ///< A power of two, at most half of it in use.
};

} // namespace hlx
