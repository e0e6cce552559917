// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/interfaces.hpp"
#include "tests/simulate/demo_strategy.hpp"
#include "tests/simulate/strategy_memory.hpp"
#include "tests/simulate/team_lines.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <filesystem>
#include <functional>
#include <string>

namespace hlx::simulate {

/// LINKED DEMO STRATEGY: a DEMO STRATEGY in another process than the execution
/// client.
using linked_demo_strategy_actor = linked_strategy_actor::extend<
  // Trade.
  caf::reacts_to<market_look>,
  // Submit no more, and take away what is open.
  caf::reacts_to<caf::close_atom>,
  // From itself: write down what was handled.
  caf::reacts_to<caf::tick_atom>>;

/// What surrounds a LINKED DEMO STRATEGY. Called on the actor's thread.
struct linked_strategy_world {
  std::filesystem::path memory_file;
  std::function<std::string(const order_event&)> text_of;
  std::function<void(const team_report&)> report;
  /// The strategy cannot go on: the stream has ended or the memory cannot be
  /// written.
  std::function<void(const std::string&)> give_up;
};

/// The LINKED DEMO STRATEGY. Subscribes to `client` at once. What it has
/// handled it writes down first and acknowledges then, so that nothing is
/// forgotten wherever it is killed. Writes files: for a thread of its own.
/// `life` goes into the file, with the ledger of `trader`.
linked_demo_strategy_actor::behavior_type linked_demo_strategy(
  linked_demo_strategy_actor::pointer self, remote_client_actor client,
  demo_trader trader, std::uint64_t life, linked_strategy_world world);

} // namespace hlx::simulate
