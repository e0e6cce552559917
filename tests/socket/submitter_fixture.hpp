// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/http_submitter/http_submitter.hpp"
#include "hlx/actors/interfaces.hpp"
#include "tests/kit/scripted_actors.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>

#include <chrono>
#include <cstdint>
#include <string_view>

namespace hlx::socket_tests {

/// The venue's answer to a cancel.
inline constexpr std::string_view success =
  R"({"status":"ok","response":{"type":"cancel","data":{"statuses":[)"
  R"("success"]}}})";

struct actors_config : caf::actor_system_config {
  actors_config() { hlx::add_message_types(*this); }
};

/// The real submitter, and its client: the test. What stands for the venue is
/// a derived fixture's own.
struct submitter_fixture {
  actors_config cfg;
  caf::actor_system system{cfg};
  caf::scoped_actor self{system};
  wall_clock clock = wall_clock::measure();
  venue_report_actor client;
  http_submitter_actor submitter;

  submitter_fixture();
  submitter_fixture(const submitter_fixture&) = delete;
  submitter_fixture& operator=(const submitter_fixture&) = delete;
  ~submitter_fixture();

  /// Key, clock and venue are filled in.
  void start_submitter(http_submitter_settings settings, std::uint16_t port);

  std::int64_t now_ms() { return clock.now_ms(system.clock()); }

  void cancel(std::uint64_t id, std::int64_t timeout_ms = 5'000);

  /// The next one, within 10 s.
  request_outcome outcome();
};

} // namespace hlx::socket_tests
