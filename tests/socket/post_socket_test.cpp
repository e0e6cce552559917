// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/http_submitter/http_submitter.hpp"
#include "hlx/actors/transport/socket_actor.hpp"
#include "hlx/actors/transport/socket_server.hpp"
#include "tests/kit/scripted_actors.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <vector>

using namespace hlx;
using namespace std::chrono_literals;

namespace {

struct config : caf::actor_system_config {
  config() { hlx::add_message_types(*this); }
};

/// What the server in these tests does with a post.
enum class manners {
  answers,
  answers_in_pairs, ///< The second first.
  drops,            ///< The first one; later ones are answered.
};

/// Answers HTTP at once, and posts as its manners are. Tells its port, and how
/// many actions came by HTTP and by post.
using server_actor = caf::typed_actor<caf::replies_to<caf::get_atom>::with<
  std::uint16_t, std::uint64_t, std::uint64_t>>;

constexpr std::string_view success =
  R"({"status":"ok","response":{"type":"cancel","data":{"statuses":[)"
  R"("success"]}}})";

class server : public transport::socket_actor<server_actor> {
public:
  server(caf::actor_config& cfg, manners how) : socket_actor(cfg), how_(how) {}

protected:
  server_actor::behavior_type make_behavior() override {
    require_own_thread();
    loop.open();
    transport::socket_server_callbacks callbacks;
    callbacks.on_http = [this](const transport::http_request& x) {
      by_http_ += x.path == "/info" ? 0U : 1U;
      server_->respond(x.id, 200, "application/json",
                       x.path == "/info" ? R"({"time":1})" : success);
    };
    callbacks.on_ws_open = [](transport::connection_id) {};
    callbacks.on_ws_close = [](transport::connection_id) {};
    callbacks.on_ws_text = [this](transport::connection_id id,
                                  std::string_view text) { on_text(id, text); };
    server_ = std::make_unique<transport::socket_server>(
      loop, transport::socket_server_options{}, std::move(callbacks));
    return {[this](caf::get_atom) {
      return caf::result<std::uint16_t, std::uint64_t, std::uint64_t>{
        server_->port(), by_http_, by_post_};
    }};
  }

  void last_words() override { server_.reset(); }

private:
  void on_text(transport::connection_id connection, std::string_view text) {
    constexpr std::string_view before = R"({"method":"post","id":)";
    if (!text.starts_with(before))
      return;
    ++by_post_;
    text.remove_prefix(before.size());
    const std::string id{text.substr(0, text.find(','))};
    if (how_ == manners::drops && by_post_ == 1) {
      server_->drop(connection);
      return;
    }
    held_.push_back(id);
    if (how_ == manners::answers_in_pairs && held_.size() < 2)
      return;
    for (; !held_.empty(); held_.pop_back())
      server_->ws_send(connection,
                       R"({"channel":"post","data":{"id":)" + held_.back()
                         + R"(,"response":{"type":"action","payload":)"
                         + std::string{success} + "}}}");
  }

  manners how_;
  std::uint64_t by_http_ = 0;
  std::uint64_t by_post_ = 0;
  std::vector<std::string> held_;
  std::unique_ptr<transport::socket_server> server_;
};

venue_report_actor::behavior_type relaying_client(
  venue_report_actor::pointer self, caf::actor sink) {
  const auto relay = [self, sink](const auto& x) {
    caf::unsafe_send_as(self, sink, x);
  };
  return {
    [=](const user_stream_update&) {},
    [=](const stream_up& x) { relay(x); },
    [=](const stream_down& x) { relay(x); },
    [=](const request_outcome& x) { relay(x); },
    [=](const info_answer& x) { relay(x); },
  };
}

struct posts_fixture {
  config cfg;
  caf::actor_system system{cfg};
  caf::scoped_actor self{system};
  wall_clock clock = wall_clock::measure();
  server_actor venue;
  venue_report_actor client;
  http_submitter_actor submitter;

  ~posts_fixture() {
    for (const auto& x : {caf::actor_cast<caf::actor>(submitter),
                          caf::actor_cast<caf::actor>(venue),
                          caf::actor_cast<caf::actor>(client)})
      if (x)
        self->send_exit(x, caf::exit_reason::user_shutdown);
  }

  void start(manners how) {
    venue = system.spawn<server, caf::detached>(how);
    client = system.spawn(relaying_client, caf::actor_cast<caf::actor>(self));
    http_submitter_settings settings;
    settings.options.path = submit_path::websocket;
    settings.post_link.retry_delay_min_ms = 10;
    settings.venue = {"127.0.0.1", std::get<0>(facts()), false, {}};
    settings.key = kit::test_signer();
    settings.clock = clock;
    submitter = spawn_http_submitter(system, client, settings);
    wait_until_up();
  }

  std::tuple<std::uint16_t, std::uint64_t, std::uint64_t> facts() {
    std::tuple<std::uint16_t, std::uint64_t, std::uint64_t> result;
    self->request(venue, caf::infinite, caf::get_atom_v)
      .receive(
        [&](std::uint16_t port, std::uint64_t http, std::uint64_t post) {
          result = {port, http, post};
        },
        [](const caf::error& e) { BOOST_FAIL(caf::to_string(e)); });
    return result;
  }

  submitter_status status() {
    submitter_status result;
    self->request(submitter, 10s, status_request{})
      .receive([&](const submitter_status& x) { result = x; },
               [](const caf::error& e) { BOOST_FAIL(caf::to_string(e)); });
    return result;
  }

  /// Asks again and again: each question is a turn of the submitter.
  void wait_until_up() {
    const auto give_up = std::chrono::steady_clock::now() + 10s;
    while (!status().post_up)
      BOOST_REQUIRE(std::chrono::steady_clock::now() < give_up);
  }

  void cancel(std::uint64_t id) {
    cancel_action action;
    action.cancels.emplace_back();
    self->send(
      submitter,
      exchange_request{
        {id}, action, std::nullopt, clock.now_ms(system.clock()) + 5'000});
  }

  request_outcome outcome() {
    std::optional<request_outcome> result;
    self->receive([&](const request_outcome& x) { result = x; },
                  caf::after(10s) >> [] {});
    BOOST_REQUIRE(result);
    return *result;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(post_socket_suite, posts_fixture)

BOOST_AUTO_TEST_CASE(actions_go_by_post_and_are_answered) {
  start(manners::answers);
  for (std::uint64_t id = 1; id <= 50; ++id) {
    cancel(id);
    const auto x = outcome();
    BOOST_TEST(x.request.value == id);
    BOOST_CHECK(x.delivery == request_delivery::answered);
  }
  const auto [port, by_http, by_post] = facts();
  BOOST_TEST(by_http == 0u);
  BOOST_TEST(by_post == 50u);
}

BOOST_AUTO_TEST_CASE(replies_find_their_requests_in_any_order) {
  start(manners::answers_in_pairs);
  cancel(1);
  cancel(2);
  BOOST_TEST(outcome().request.value == 2u);
  BOOST_TEST(outcome().request.value == 1u);
}

BOOST_AUTO_TEST_CASE(while_the_socket_is_down_actions_go_by_http) {
  start(manners::drops);
  cancel(1);
  const auto lost = outcome();
  BOOST_CHECK(lost.delivery == request_delivery::unknown);
  BOOST_TEST(lost.failure.starts_with("the socket for posts: "), lost.failure);
  // It is down now, or up again: either way an answer comes.
  cancel(2);
  BOOST_CHECK(outcome().delivery == request_delivery::answered);
  wait_until_up();
  cancel(3);
  BOOST_CHECK(outcome().delivery == request_delivery::answered);
  const auto [port, by_http, by_post] = facts();
  BOOST_TEST(by_http + by_post == 3u);
  BOOST_TEST(by_post >= 2u);
}

BOOST_AUTO_TEST_CASE(a_stop_with_posts_in_flight_answers_them) {
  start(manners::answers_in_pairs);
  cancel(1);
  while (std::get<2>(facts()) == 0)
    status();
  self->send_exit(submitter, caf::exit_reason::user_shutdown);
  BOOST_CHECK(outcome().delivery == request_delivery::unknown);
  self->wait_for(submitter);
  submitter = nullptr;
}

BOOST_AUTO_TEST_SUITE_END()
