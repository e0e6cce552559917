// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/event_streams.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace hlx {

/// What commands become that a strategy gives while its link is down. Cancels
/// are held in any case.
enum class link_down_policy : std::uint8_t {
  hold,   ///< They leave when the link is up again.
  refuse, ///< They fail at once.
};

/// How the receiver of one strategy's events behaves.
struct receiver_options {
  strategy_id strategy;
  absence_terms absence;
  /// How many events may be on their way, not acknowledged.
  std::uint64_t window = 1'000;
  /// What the client has to trade; absent: anything.
  std::optional<signing::network> network;
  std::optional<address> account;

  link_down_policy while_down = link_down_policy::hold;
  /// A command that is held for so long fails, unless it is a cancel: what it
  /// was decided on has passed. One that had left before the link broke is not
  /// held: it is sent again whenever the link is back, since it may have been
  /// executed.
  std::int64_t hold_max_ms = 30'000;
  /// Most commands that are held or not answered, cancels apart.
  std::size_t commands_max = 1'000;
  /// How many cancels there may be beyond that.
  std::size_t cancels_max = 1'000;

  /// What is not answered for so long is sent again.
  std::int64_t retry_ms = 500;
  /// After so long a silence the client is asked where its stream is.
  std::int64_t probe_ms = 1'000;
  /// How long an acknowledgement may wait for others. A quarter of the window
  /// does not wait.
  std::int64_t acknowledge_ms = 20;
};

} // namespace hlx
