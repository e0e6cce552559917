// SPDX-License-Identifier: BSD-3-Clause
#include "tests/socket/submitter_fixture.hpp"

#include <caf/send.hpp>

#include <boost/test/unit_test.hpp>

#include <optional>
#include <utility>

namespace hlx::socket_tests {

namespace {

using namespace std::chrono_literals;

/// An EXECUTION CLIENT that passes on what the submitter tells it.
venue_report_actor::behavior_type relaying_client(
  venue_report_actor::pointer self, const caf::actor& sink) {
  const auto relay = [self, sink](const auto& x) {
    caf::unsafe_send_as(self, sink, x);
  };
  return {
    [=](const user_stream_update& x) { relay(x); },
    [=](const stream_up& x) { relay(x); },
    [=](const stream_down& x) { relay(x); },
    [=](const request_outcome& x) { relay(x); },
    [=](const info_answer& x) { relay(x); },
  };
}

} // namespace

submitter_fixture::submitter_fixture()
  : client(system.spawn(relaying_client, caf::actor_cast<caf::actor>(self))) {
  // nop
}

submitter_fixture::~submitter_fixture() {
  for (const auto& x : {caf::actor_cast<caf::actor>(submitter),
                        caf::actor_cast<caf::actor>(client)})
    if (x)
      self->send_exit(x, caf::exit_reason::user_shutdown);
}

void submitter_fixture::start_submitter(http_submitter_settings settings,
                                        std::uint16_t port) {
  settings.venue = {"127.0.0.1", port, false, {}};
  settings.key = kit::test_signer();
  settings.clock = clock;
  submitter = spawn_http_submitter(system, client, std::move(settings));
}

void submitter_fixture::cancel(std::uint64_t id, std::int64_t timeout_ms) {
  cancel_action action;
  action.cancels.emplace_back();
  self->send(submitter, exchange_request{
                          {id}, action, std::nullopt, now_ms() + timeout_ms});
}

request_outcome submitter_fixture::outcome() {
  std::optional<request_outcome> result;
  self->receive([&](const request_outcome& x) { result = x; },
                caf::after(10s) >> [] {});
  BOOST_REQUIRE(result);
  return *result;
}

} // namespace hlx::socket_tests
