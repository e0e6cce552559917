// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace hlx {

/// Connections that have not shown yet who they are, by number. A value: no
/// socket, no clock; times are ms of any clock.
class waiting_room {
public:
  /// `places`: above 0. Who waits for longer than the patience has to leave.
  waiting_room(std::size_t places, std::int64_t patience_ms)
    : places_(places), patience_ms_(patience_ms) {}

  /// One comes in. If there is no place, the one that waits for longest leaves,
  /// and is returned: who knows what to say does not wait for long.
  std::optional<int> enter(int connection, std::int64_t now_ms);

  /// One has shown who it is, or is gone.
  void leave(int connection);

  /// The one that waits for longest leaves, and is returned.
  std::optional<int> take_oldest();

  /// Those leave, and are returned, for whom the patience is over.
  std::vector<int> take_overdue(std::int64_t now_ms);

  /// When that is the case for one; nothing when nobody waits.
  std::optional<std::int64_t> next_deadline_ms() const;

  std::size_t size() const { return waiting_.size(); }

private:
  struct entry {
    int connection = -1;
    std::int64_t deadline_ms = 0;
  };

  std::size_t places_;
  std::int64_t patience_ms_;
  std::deque<entry> waiting_; ///< The oldest first.
};

} // namespace hlx
