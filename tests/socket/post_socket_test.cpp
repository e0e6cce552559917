// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/http_submitter/http_submitter.hpp"
#include "hlx/actors/transport/socket_actor.hpp"
#include "hlx/actors/transport/socket_server.hpp"
#include "tests/socket/submitter_fixture.hpp"

#include <caf/send.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <vector>

using namespace hlx;
using socket_tests::success;
using namespace std::chrono_literals;

namespace {

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

struct posts_fixture : socket_tests::submitter_fixture {
  server_actor venue;

  ~posts_fixture() {
    if (venue)
      self->send_exit(venue, caf::exit_reason::user_shutdown);
  }

  void start(manners how) {
    venue = system.spawn<server, caf::detached>(how);
    http_submitter_settings settings;
    settings.options.path = submit_path::websocket;
    settings.post_link.retry_delay_min_ms = 10;
    start_submitter(std::move(settings), std::get<0>(facts()));
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
