// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/simulate/demo.hpp"
#include "tests/simulate/demo_strategy.hpp"
#include "tests/simulate/team_lines.hpp"

#include <caf/scoped_actor.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hlx::simulate {

/// The strategies of the demo, wherever they run.
class demo_team {
public:
  static constexpr std::size_t size = 2;

  demo_team() = default;
  virtual ~demo_team() = default;
  demo_team(const demo_team&) = delete;
  demo_team& operator=(const demo_team&) = delete;

  /// They trade.
  virtual void look(const team_look& x) = 0;

  /// They submit no more and take away what is open. May be repeated.
  virtual void close() = 0;

  /// Whether all of them have reached the client.
  virtual bool is_linked() { return true; }

  /// How they are, in the order of team_member.
  virtual std::vector<strategy_status> statuses() = 0;

  /// When `pass` has something to do, ms since the trading began.
  virtual std::optional<std::int64_t> next_ms() const { return std::nullopt; }

  /// Time has passed.
  virtual void pass(std::int64_t elapsed_ms) { (void)elapsed_ms; }

  /// Ends them: nothing is printed any more. What was wrong with them; empty:
  /// nothing. May be repeated.
  virtual std::vector<std::string> stop() = 0;
};

/// Who member `index` is. `run` is for once in the life of an account, and so
/// is `life` in a run, if there are several.
trader_settings team_member(std::size_t index, const std::string& run,
                            std::uint64_t seed,
                            std::optional<std::uint64_t> life = std::nullopt);

/// Of what the members may have submitted together by now, the share of one.
std::uint64_t share_of(std::uint64_t orders_due, std::size_t index);

/// Asks an actor how it is. Throws std::runtime_error when it does not answer.
template <class Status, class Handle>
Status status_of(caf::scoped_actor& self, const Handle& actor) {
  constexpr std::chrono::seconds answer_max{10};
  Status result;
  self->request(actor, answer_max, status_request{})
    .receive([&](Status& x) { result = std::move(x); },
             [](const caf::error& e) {
               throw std::runtime_error("an actor does not answer: "
                                        + caf::to_string(e));
             });
  return result;
}

/// Strategies that are actors of this process.
std::unique_ptr<demo_team> make_local_team(caf::actor_system& system,
                                           const order_entry_actor& client,
                                           const demo_options& options,
                                           const std::string& run,
                                           const event_printer& print);

} // namespace hlx::simulate
