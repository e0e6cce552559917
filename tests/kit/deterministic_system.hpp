// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/interfaces.hpp"
#include "hlx/actors/wall_clock.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace hlx::kit {

/// hlx's messages under the scheduler that runs nothing by itself.
struct deterministic_config : caf::actor_system_config {
  /// `adapt` may load modules.
  explicit deterministic_config(
    const std::function<void(caf::actor_system_config&)>& adapt = {}) {
    hlx::add_message_types(*this);
    set("scheduler.policy", caf::atom("testing"));
    if (adapt)
      adapt(*this);
  }
};

/// An actor system on one thread and a clock that stands still: the test says
/// who handles a message, and when time goes on. Fixtures derive from it.
/// Actors that would outlive the test are given to own(); detached ones have no
/// place here. The clock is both the actors' and the wall clock.
class deterministic_system {
public:
  deterministic_config config;
  caf::actor_system sys{config};
  caf::scoped_actor self{sys, true};
  caf::scheduler::test_coordinator& sched =
    dynamic_cast<caf::scheduler::test_coordinator&>(sys.scheduler());

  explicit deterministic_system(
    std::int64_t start_ms = 1'700'000'000'000,
    const std::function<void(caf::actor_system_config&)>& adapt = {})
    : config(adapt) {
    sched.clock().current_time =
      caf::actor_clock::time_point{std::chrono::milliseconds{start_ms}};
  }

  deterministic_system(const deterministic_system&) = delete;
  deterministic_system& operator=(const deterministic_system&) = delete;

  /// Ends what is owned, and handles what a failed check left behind: else the
  /// actor system would wait for ever.
  ~deterministic_system() {
    run();
    for (auto i = owned_.rbegin(); i != owned_.rend(); ++i)
      (*i)();
    run();
  }

  /// Ends the actor with the fixture.
  template <class Handle>
  Handle own(Handle actor) {
    owned_.emplace_back([actor]() mutable {
      caf::anon_send_exit(actor, caf::exit_reason::kill);
      actor = nullptr;
    });
    return actor;
  }

  std::int64_t now_ms() { return wall_clock{}.now_ms(sched.clock()); }

  /// Handles messages until there is none; timers stay.
  void run() {
    while (sched.has_job())
      sched.run_once();
  }

  /// Lets time pass, and handles what that causes ms by ms.
  void advance(std::int64_t duration_ms) {
    run();
    for (std::int64_t i = 0; i < duration_ms; ++i) {
      sched.advance_time(std::chrono::milliseconds{1});
      run();
    }
  }

  /// Lets `to` handle its next message, which must be a T from `from`, and
  /// returns it.
  template <class T, class From, class To>
  T deliver(const From& from, const To& to, const char* file = __builtin_FILE(),
            int line = __builtin_LINE()) {
    std::optional<T> result;
    BOOST_TEST_CONTEXT("deliver at " << file << ':' << line) {
      const auto* next = next_of(to);
      BOOST_REQUIRE_MESSAGE(next, "no message waits");
      BOOST_REQUIRE_MESSAGE(next->content().template match_elements<T>(),
                            "next is " << caf::to_string(next->content()));
      BOOST_REQUIRE_MESSAGE(
        caf::actor_cast<caf::actor_addr>(next->sender)
          == caf::actor_cast<caf::actor_addr>(from),
        "from somebody else: " << caf::to_string(next->content()));
      result = next->content().template get_as<T>(0);
      BOOST_REQUIRE(sched.prioritize(to));
      sched.run_once();
    }
    return *result;
  }

private:
  template <class Handle>
  static const caf::mailbox_element* next_of(const Handle& x) {
    return caf::actor_cast<caf::abstract_actor*>(x)
      ->peek_at_next_mailbox_element();
  }

  std::vector<std::function<void()>> owned_;
};

} // namespace hlx::kit
