// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace hlx::simulate {

struct demo_options {
  std::int64_t seconds = 10; ///< Of trading.
  /// How many orders both strategies submit together, at a steady pace; none:
  /// a few each second.
  std::optional<std::uint64_t> orders;
  std::uint64_t seed = 1;
  bool json = false;
  bool chaos = false;
  bool posts = false; ///< Requests leave by WebSocket post.
  bool nodes = false; ///< The strategies run in a process of their own.
  /// How often that process is killed and started again.
  std::uint64_t strategy_kills = 0;
  /// The program that it runs: hlx-sim.
  std::string strategies_program = "/proc/self/exe";
  std::string record_file; ///< Not empty: the session as a replay script.
};

/// Takes one line without its end; called from several threads.
struct demo_output {
  std::function<void(std::string_view)> result;     ///< stdout
  std::function<void(std::string_view)> diagnostic; ///< stderr
};

/// Runs the demo: a venue on a loopback port, an execution client on real
/// sockets, two strategies. Whether the ledgers equal the venue's books and
/// every event was in order. With `nodes` the strategies are in another
/// process, over mutual TLS. Throws usage_error when the record cannot be
/// opened and std::runtime_error when something does not start or the record
/// cannot be written. Whatever ends a program, SIGINT or SIGTERM, ends the
/// trading, or keeps it from beginning.
bool run_demo(const demo_options& options, const demo_output& output);

} // namespace hlx::simulate
