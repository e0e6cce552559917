// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/assert.hpp"

#include <absl/container/flat_hash_set.h>

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace hlx {

/// Remembers the last `capacity` keys. At capacity the oldest key goes, never
/// more than one. Memory grows with use up to the capacity.
template <class Key, class Hash = std::hash<Key>>
class bounded_dedup {
public:
  explicit bounded_dedup(std::size_t capacity) : capacity_(capacity) {
    HLX_ASSERT(capacity > 0);
  }

  bool contains(const Key& key) const { return set_.contains(key); }

  /// Remembers the key. Returns false when it was known already.
  bool insert(const Key& key) {
    if (!set_.insert(key).second)
      return false;
    if (fifo_.size() < capacity_) {
      fifo_.push_back(key);
      return true;
    }
    set_.erase(fifo_[oldest_]);
    fifo_[oldest_] = key;
    oldest_ = oldest_ + 1 == capacity_ ? 0 : oldest_ + 1;
    return true;
  }

  std::size_t size() const { return fifo_.size(); }

private:
  std::size_t capacity_;
  std::size_t oldest_ = 0;
  std::vector<Key> fifo_; ///< A ring once it is full.
  absl::flat_hash_set<Key, Hash, std::equal_to<>> set_;
};

} // namespace hlx
