// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <utility>

namespace hlx::venue {

/// Limits of one IP address, all clients being one; 0: none.
struct ip_limits {
  std::int64_t weight = 0;          ///< Of requests, in a minute.
  std::int64_t messages = 0;        ///< On all WebSockets, in a minute.
  std::int64_t connections = 0;     ///< WebSockets at a time.
  std::int64_t new_connections = 0; ///< WebSockets opened in a minute.
};

/// Those of the venue.
inline constexpr ip_limits venue_ip_limits{
  .weight = 1200, .messages = 2000, .connections = 10, .new_connections = 30};

/// Counts what happens in each minute of the clock.
class minute_count {
public:
  /// Counts so many more, unless that would make more than `most` of this
  /// minute; 0: no limit. False: it would, and they are not counted.
  bool add(std::int64_t more, std::int64_t most, std::int64_t now_ms) {
    constexpr std::int64_t minute_ms = 60'000;
    const auto minute = now_ms / minute_ms;
    if (std::exchange(minute_, minute) != minute)
      count_ = 0;
    if (most > 0 && count_ + more > most)
      return false;
    count_ += more;
    return true;
  }

private:
  std::int64_t minute_ = 0;
  std::int64_t count_ = 0;
};

} // namespace hlx::venue
