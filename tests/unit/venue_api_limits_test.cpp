// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_api_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::venue;

namespace {

struct limits_fixture : api_fixture {
  limits_fixture() : api_fixture({.limits = venue_ip_limits}) {}

  std::string subscribe(const std::string& fields) {
    return R"({"method":"subscribe","subscription":{)" + fields + "}}";
  }

  /// To a user of that number.
  std::string subscribe(int user) {
    return subscribe(R"("type":"orderUpdates","user":"0x)"
                     + std::to_string(10 + user) + alice.user().substr(4)
                     + R"(")");
  }

  /// Why the WebSocket was closed; empty: it is open.
  std::string closed(session_id id) const {
    for (const auto& x : others)
      if (x.kind == output_kind::ws_close && x.target == id)
        return x.text;
    return {};
  }

  /// Minutes are those of the clock.
  void await_minute() { run(60'000 - now_ms % 60'000); }
};

std::string error(std::string_view text) {
  return R"({"channel":"error","data":")" + std::string{text} + R"("})";
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_api_limits_suite, limits_fixture)

BOOST_AUTO_TEST_CASE(users_are_counted_over_all_connections) {
  const auto one = listen({});
  const auto two = listen({});
  for (int i = 0; i < 15; ++i)
    BOOST_TEST(contains(say(i % 2 == 0 ? one : two, subscribe(i)).front(),
                        "subscriptionResponse"));
  BOOST_TEST(contains(say(two, subscribe(0)).front(), "subscriptionResponse"));
  const auto refused = error("Cannot track more than 15 total users.");
  BOOST_TEST(say(one, subscribe(15)).front() == refused);
  BOOST_TEST(say(listen({}), subscribe(15)).front() == refused);
  api.ws_closed(two);
  BOOST_TEST(contains(say(one, subscribe(15)).front(), "subscriptionResponse"));
}

BOOST_AUTO_TEST_CASE(subscriptions_are_counted_over_all_connections) {
  api.set_limits({});
  const auto one = listen({});
  const auto two = listen({});
  for (int i = 0; i < 1000; ++i) {
    const auto fields = R"("type":"openOrders","user":")" + alice.user()
                        + R"(","dex":"d)" + std::to_string(i) + R"(")";
    BOOST_REQUIRE(
      contains(say(i % 2 == 0 ? one : two, subscribe(fields)).front(),
               "subscriptionResponse"));
  }
  BOOST_TEST(say(one, subscribe(R"("type":"allMids")")).front()
             == error("Cannot subscribe to more than 1000 channels."));
}

BOOST_AUTO_TEST_CASE(posts_in_flight_are_counted_over_all_connections) {
  const session_id ids[]{listen({}), listen({})};
  for (int i = 1; i <= 101; ++i)
    api.ws_text(ids[i % 2],
                R"({"method":"post","id":)" + std::to_string(i)
                  + R"(,"request":{"type":"action","payload":)"
                  + envelope(alice, R"({"type":"noop"})") + "}}",
                now_ms);
  BOOST_TEST(heard(ids[1]).at(0)
             == error("too many pending post requests id=101"));
  BOOST_TEST(heard(ids[0]).empty());
}

BOOST_AUTO_TEST_CASE(messages_are_counted_over_all_connections) {
  await_minute();
  run(30'000); // So that nothing is idle when the next minute begins.
  const auto one = listen({});
  const auto two = listen({});
  for (int i = 0; i < 1000; ++i) {
    BOOST_REQUIRE(contains(say(one, R"({"method":"ping"})").at(0), "pong"));
    BOOST_REQUIRE(contains(say(two, R"({"method":"ping"})").at(0), "pong"));
  }
  BOOST_TEST(say(two, R"({"method":"ping"})").at(0)
             == error("Too many messages sent in a minute."));
  await_minute();
  BOOST_TEST(contains(say(two, R"({"method":"ping"})").at(0), "pong"));
}

BOOST_AUTO_TEST_CASE(the_11th_connection_is_closed_while_the_others_last) {
  await_minute();
  for (int i = 0; i < 10; ++i)
    BOOST_TEST(closed(listen({})) == "");
  const auto late = listen({});
  BOOST_TEST(closed(late) == "Too many connections");
  BOOST_TEST(say(late, R"({"method":"ping"})").empty());
  BOOST_TEST(api.open_sessions() == 10U);
  api.ws_closed(1);
  BOOST_TEST(closed(listen({})) == "");
}

BOOST_AUTO_TEST_CASE(the_31st_new_connection_of_a_minute_is_closed) {
  await_minute();
  for (int i = 0; i < 30; ++i) {
    const auto id = listen({});
    BOOST_TEST(closed(id) == "");
    api.ws_closed(id);
  }
  BOOST_TEST(closed(listen({})) == "Too many new connections in a minute");
  await_minute();
  BOOST_TEST(closed(listen({})) == "");
}

BOOST_AUTO_TEST_CASE(a_venue_without_limits_opens_as_many_as_are_asked_for) {
  api.set_limits({});
  for (int i = 0; i < 40; ++i)
    BOOST_TEST(closed(listen({})) == "");
}

BOOST_AUTO_TEST_SUITE_END()
