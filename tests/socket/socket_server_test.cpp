// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/file_descriptor.hpp"
#include "tests/socket/loop_fixture.hpp"
#include "tests/socket/loopback.hpp"

#include <sys/socket.h>

#include <cerrno>

using namespace hlx;
using namespace hlx::transport;

namespace {

struct raw_client_fixture : loop_fixture {
  echo_server venue{loop};
  file_descriptor client{::socket(AF_INET, SOCK_STREAM, 0)};
  std::string heard;
  bool ended = false;

  raw_client_fixture() {
    const auto to = test::loopback(venue.server->port());
    BOOST_REQUIRE(::connect(client.number(),
                            reinterpret_cast<const ::sockaddr*>(&to),
                            sizeof(to))
                  == 0);
  }

  void say(std::string_view bytes) const {
    BOOST_REQUIRE(::send(client.number(), bytes.data(), bytes.size(), 0)
                  == static_cast<::ssize_t>(bytes.size()));
  }

  void say_no_more() const { ::shutdown(client.number(), SHUT_WR); }

  /// Takes what has come.
  void hear() {
    char part[4096];
    ::ssize_t size = 0;
    while ((size = ::recv(client.number(), part, sizeof(part), MSG_DONTWAIT))
           > 0)
      heard.append(part, static_cast<std::size_t>(size));
    ended = size == 0;
  }

  void hear_all() {
    run_until([this] {
      hear();
      return ended;
    });
  }
};

std::string post_of(std::string_view body) {
  return "POST /exchange HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
         + std::to_string(body.size()) + "\r\n\r\n" + std::string{body};
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(socket_server_suite, raw_client_fixture)

BOOST_AUTO_TEST_CASE(a_client_that_has_said_all_still_gets_its_answer) {
  venue.answers = false;
  say(post_of("{}"));
  say_no_more();
  run_until([&] { return venue.requests.size() == 1; });
  run_for(20);
  const std::string answer(1'000'000, 'x');
  BOOST_TEST(
    venue.server->respond(venue.requests[0].id, 200, "text/plain", answer));
  hear_all();
  BOOST_TEST(heard.starts_with("HTTP/1.1 200"));
  BOOST_TEST(heard.ends_with("\r\n\r\n" + answer));
}

BOOST_AUTO_TEST_CASE(one_that_is_answered_at_once_gets_its_answer_too) {
  say(post_of("{}"));
  say_no_more();
  hear_all();
  BOOST_TEST(heard.starts_with("HTTP/1.1 200"));
}

BOOST_AUTO_TEST_CASE(late_answers_leave_one_after_the_other) {
  venue.answers = false;
  for (std::size_t i = 1; i <= 3; ++i) {
    const auto body = std::to_string(i);
    say(post_of(body));
    run_until([&] { return venue.requests.size() == i; });
    run_for(5);
    BOOST_TEST(
      venue.server->respond(venue.requests.back().id, 200, "text/plain", body));
    run_until([&] {
      hear();
      return heard.ends_with("\r\n\r\n" + body);
    });
  }
  BOOST_TEST(venue.server->accepted() == 1u);
}

BOOST_AUTO_TEST_CASE(a_uri_that_is_too_long_is_refused_as_such) {
  say("GET /" + std::string(9'000, 'a')
      + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  hear_all();
  BOOST_TEST(heard.starts_with("HTTP/1.1 414"), heard);
  BOOST_TEST(venue.requests.empty());
}

BOOST_AUTO_TEST_CASE(headers_that_are_too_long_are_refused_as_such) {
  say("POST /exchange HTTP/1.1\r\nHost: localhost\r\nUser-Agent: "
      + std::string(20'000, 'a') + "\r\nContent-Length: 2\r\n\r\n{}");
  hear_all();
  BOOST_TEST(heard.starts_with("HTTP/1.1 431"), heard);
  BOOST_TEST(venue.requests.empty());
}

BOOST_AUTO_TEST_SUITE_END()
