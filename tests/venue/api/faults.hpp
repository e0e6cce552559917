// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/seeded_random.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace hlx::venue {

/// What can go wrong between the venue's books and a client. Every one leaves
/// the books as they are: what a frame or a reply did not tell, queries do.
enum class fault : std::uint8_t {
  block_permute,    ///< Frames and replies of one block leave in any order.
  entry_permute,    ///< Entries of one orderUpdates frame, across orders.
  frame_drop,       ///< A user frame is never sent.
  frame_duplicate,  ///< A user frame is sent twice.
  frame_delay,      ///< A channel of a connection lags, in its own order.
  frame_late,       ///< One frame lags, those behind it do not.
  session_close,    ///< A WebSocket is closed instead of a frame.
  reply_drop,       ///< Executed, never answered.
  reply_duplicate,  ///< Answered twice (WebSocket post only).
  reply_delay,      ///< Executed, answered late.
  reply_429_before, ///< HTTP 429, not executed.
  reply_500_before, ///< HTTP 500, not executed.
  reply_502_before, ///< HTTP 502, not executed.
  reply_503_after,  ///< HTTP 503, although it is executed.
  close_before,     ///< The connection closes, not executed.
  close_after,      ///< The connection closes, executed.
  action_delay,     ///< An action reaches its block late.
  info_429,         ///< An info query is answered 429.
  info_500,         ///< An info query is answered 500.
  info_delay,       ///< An info query is answered late.
  info_close,       ///< The connection closes instead of an answer.
  unknown_field,    ///< An extra field in a frame.
  unknown_status,   ///< A word that no list has, in orderUpdates.
  open_late,        ///< The `open` entries of a frame come late, apart.
  reply_first,      ///< The replies of a block leave before its frames.
  double_lap,       ///< An order is overtaken by what is sent after it.
  nonce_skew,       ///< A nonce is refused as too high; not executed.
  cloid_lag,        ///< orderStatus does not find a cloid of the last second.
  snapshot_split,   ///< The snapshot of userFills comes in two frames.
  greeting,         ///< A WebSocket begins with a text that is no JSON.
};

inline constexpr std::size_t fault_count = 30;

std::string_view to_string(fault x);

/// The fault with that name, or nothing.
std::optional<fault> parse_fault(std::string_view name);

/// Every name, in the order of the enumeration.
std::vector<std::string_view> fault_names();

/// How often each fault strikes, in one of a thousand opportunities, and the
/// longest delays.
struct fault_rates {
  std::array<std::uint16_t, fault_count> permille{};
  std::int64_t frame_delay_ms_max = 600;
  std::int64_t reply_delay_ms_max = 1500;
  std::int64_t action_delay_ms_max = 300;

  std::uint16_t& operator[](fault x) {
    return permille[static_cast<std::size_t>(x)];
  }
  std::uint16_t operator[](fault x) const {
    return permille[static_cast<std::size_t>(x)];
  }
};

/// Nothing goes wrong.
fault_rates calm();

/// Everything does, each so often that a client meets it within minutes.
fault_rates chaos();

/// Decides for each opportunity whether a fault strikes: the scripted ones
/// first, else by the rates.
class fault_plan {
public:
  fault_plan(fault_rates rates, std::uint64_t seed)
    : rates_(rates), random_(seed) {}

  /// The next `count` opportunities of that fault strike.
  void script(fault x, std::uint64_t count);

  /// Whether the fault strikes now.
  bool strikes(fault x);

  /// A delay in [1, max_ms].
  std::int64_t delay_ms(std::int64_t max_ms);

  const fault_rates& rates() const { return rates_; }
  void set_rates(const fault_rates& rates) { rates_ = rates; }

  /// How often each fault struck so far.
  const std::array<std::uint64_t, fault_count>& struck() const {
    return struck_;
  }

  seeded_random& random() { return random_; }

private:
  fault_rates rates_;
  seeded_random random_;
  std::array<std::uint64_t, fault_count> scripted_{};
  std::array<std::uint64_t, fault_count> struck_{};
};

} // namespace hlx::venue
