// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/http_submitter/http_submitter.hpp"
#include "hlx/actors/transport/socket_actor.hpp"
#include "hlx/actors/transport/socket_server.hpp"
#include "tests/socket/submitter_fixture.hpp"

#include <caf/send.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>

using namespace hlx;
using socket_tests::success;
using namespace std::chrono_literals;

namespace {

/// What the server in these tests does with an action.
enum class manners { answers, drops, is_silent, answers_late };

/// Answers info queries at once, and actions as its manners are.
using server_actor = caf::typed_actor<
  caf::replies_to<caf::get_atom>::with<std::uint16_t, std::uint64_t>>;

class server : public transport::socket_actor<server_actor> {
public:
  server(caf::actor_config& cfg, manners how)
    : socket_actor(cfg), how_(how), timer_(loop, [this] { answer(); }) {}

protected:
  server_actor::behavior_type make_behavior() override {
    require_own_thread();
    loop.open();
    transport::socket_server_callbacks callbacks;
    callbacks.on_http = [this](const transport::http_request& x) {
      if (x.path == "/info")
        server_->respond(x.id, 200, "application/json", R"({"time":1})");
      else
        on_action(x.id);
    };
    server_ = std::make_unique<transport::socket_server>(
      loop, transport::socket_server_options{}, std::move(callbacks));
    return {[this](caf::get_atom) {
      return caf::result<std::uint16_t, std::uint64_t>{server_->port(),
                                                       server_->accepted()};
    }};
  }

  void last_words() override { server_.reset(); }

private:
  void on_action(transport::http_request_id id) {
    pending_ = id;
    switch (how_) {
      case manners::answers:
        return answer();
      case manners::drops:
        server_->drop_request(id);
        return;
      case manners::is_silent:
        return;
      case manners::answers_late:
        timer_.start(150);
    }
  }

  void answer() {
    server_->respond(pending_, 200, "application/json", success);
  }

  manners how_;
  transport::http_request_id pending_ = 0;
  std::unique_ptr<transport::socket_server> server_;
  transport::loop_timer timer_;
};

struct http_fixture : socket_tests::submitter_fixture {
  server_actor venue;
  std::shared_ptr<std::atomic<std::uint64_t>> last_nonce =
    std::make_shared<std::atomic<std::uint64_t>>(0);

  ~http_fixture() {
    if (venue)
      self->send_exit(venue, caf::exit_reason::user_shutdown);
  }

  void start(manners how) {
    venue = system.spawn<server, caf::detached>(how);
    http_submitter_settings settings;
    settings.options.action_slots = 3;
    settings.options.cancel_slots = 1;
    settings.options.query_slots = 1;
    settings.last_nonce = last_nonce;
    start_submitter(std::move(settings), facts().first);
  }

  /// The server's port and how many connections it has accepted.
  std::pair<std::uint16_t, std::uint64_t> facts() {
    std::pair<std::uint16_t, std::uint64_t> result;
    self->request(venue, caf::infinite, caf::get_atom_v)
      .receive(
        [&](std::uint16_t port, std::uint64_t accepted) {
          result = {port, accepted};
        },
        [](const caf::error& e) { BOOST_FAIL(caf::to_string(e)); });
    return result;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(http_submitter_suite, http_fixture)

BOOST_AUTO_TEST_CASE(warm_connections_are_used_again) {
  start(manners::answers);
  for (std::uint64_t id = 1; id <= 50; ++id) {
    cancel(id);
    const auto x = outcome();
    BOOST_TEST(x.request.value == id);
    BOOST_CHECK(x.delivery == request_delivery::answered);
  }
  // One more when the first request met nothing but connections in the making.
  BOOST_TEST(facts().second <= 5u);
}

BOOST_AUTO_TEST_CASE(a_burst_is_answered_once_each) {
  start(manners::answers);
  for (std::uint64_t id = 1; id <= 100; ++id)
    cancel(id);
  std::set<std::uint64_t> answered;
  for (int i = 0; i < 100; ++i)
    answered.insert(outcome().request.value);
  BOOST_TEST(answered.size() == 100u);
  BOOST_TEST(facts().second <= 8u);
}

BOOST_AUTO_TEST_CASE(a_connection_closed_after_the_request_is_unknown) {
  start(manners::drops);
  cancel(1);
  BOOST_CHECK(outcome().delivery == request_delivery::unknown);
  cancel(2);
  BOOST_CHECK(outcome().delivery == request_delivery::unknown);
}

BOOST_AUTO_TEST_CASE(silence_is_unknown_at_the_deadline) {
  start(manners::is_silent);
  const auto before = now_ms();
  cancel(1, 100);
  const auto x = outcome();
  BOOST_CHECK(x.delivery == request_delivery::unknown);
  BOOST_TEST(now_ms() - before >= 100);
  BOOST_TEST(now_ms() - before < 1'000);
}

BOOST_AUTO_TEST_CASE(a_late_answer_is_told_as_late) {
  start(manners::answers_late);
  cancel(1, 50);
  BOOST_CHECK(outcome().delivery == request_delivery::unknown);
  const auto x = outcome();
  BOOST_TEST(x.late);
  BOOST_CHECK(x.delivery == request_delivery::answered);
}

BOOST_AUTO_TEST_CASE(a_venue_that_is_gone_gets_nothing_sent) {
  start(manners::answers);
  cancel(1);
  outcome();
  self->send_exit(venue, caf::exit_reason::user_shutdown);
  self->wait_for(venue);
  venue = nullptr;
  // Up to four may have met a connection whose end nobody had noticed yet.
  auto last = request_delivery::answered;
  for (std::uint64_t id = 2; id <= 6; ++id) {
    cancel(id, 200);
    last = outcome().delivery;
  }
  BOOST_CHECK(last == request_delivery::not_sent);
}

BOOST_AUTO_TEST_CASE(a_stop_answers_what_is_open_and_keeps_the_nonce) {
  start(manners::is_silent);
  for (std::uint64_t id = 1; id <= 5; ++id)
    cancel(id);
  self->send_exit(submitter, caf::exit_reason::user_shutdown);
  int unknown = 0;
  int not_sent = 0;
  for (int i = 0; i < 5; ++i)
    ++(outcome().delivery == request_delivery::unknown ? unknown : not_sent);
  BOOST_TEST(unknown == 3);
  BOOST_TEST(not_sent == 2);
  self->wait_for(submitter);
  submitter = nullptr;
  BOOST_TEST(last_nonce->load() > 0u);
}

BOOST_AUTO_TEST_SUITE_END()
