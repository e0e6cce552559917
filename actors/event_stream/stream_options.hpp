// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/ids.hpp"
#include "hlx/messages/signing/signature.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace hlx {

/// How the execution client serves event streams.
struct stream_options {
  /// Most events of one strategy that are kept because it has not acknowledged
  /// them. One more ends its stream.
  std::size_t log_max = 100'000;
  /// Largest window that a receiver may ask for.
  std::uint64_t window_max = 10'000;
  /// How many answers to numbered commands are kept for each strategy.
  std::size_t answers_max = 10'000;
  /// The strategies that may open a stream; empty: any.
  std::vector<strategy_id> strategies;
  /// Sessions are numbered from here. Above every number of an earlier run, a
  /// receiver's last session tells what has become of its stream meanwhile.
  std::uint64_t first_session = 1;
  /// What the client trades; a receiver that expects something else is told.
  std::optional<signing::network> network;
  std::optional<address> account;
};

} // namespace hlx
