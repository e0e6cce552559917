// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/ws_session.hpp"
#include "tests/kit/certificates.hpp"
#include "tests/socket/loop_fixture.hpp"

#include <vector>

using namespace hlx;
using namespace hlx::transport;

namespace {

struct session_fixture : loop_fixture {
  std::unique_ptr<ws_session> session;
  int opened = 0;
  std::vector<std::string> texts;
  std::vector<std::string> closed;

  void make(const endpoint& to, std::string path = "/ws") {
    ws_session_callbacks callbacks;
    callbacks.on_open = [this] { ++opened; };
    callbacks.on_text = [this](std::string& text) { texts.push_back(text); };
    callbacks.on_pong = [] {};
    callbacks.on_closed = [this](std::string reason) {
      closed.push_back(std::move(reason));
    };
    session = std::make_unique<ws_session>(loop, to, std::move(path),
                                           std::move(callbacks));
  }

  void open(const endpoint& to) {
    make(to);
    session->connect();
    run_until([&] { return opened == 1 || !closed.empty(); });
    BOOST_REQUIRE_EQUAL(opened, 1);
  }

  std::string refusal(const endpoint& to, std::string path = "/ws") {
    make(to, std::move(path));
    session->connect();
    run_until([&] { return opened == 1 || !closed.empty(); });
    BOOST_REQUIRE_EQUAL(opened, 0);
    return closed.at(0);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(ws_session_suite, session_fixture)

BOOST_AUTO_TEST_CASE(texts_go_both_ways_in_order) {
  echo_server venue{loop};
  open(venue.plain());
  for (int i = 0; i < 100; ++i)
    session->send(std::to_string(i));
  run_until([&] { return texts.size() == 100; });
  for (int i = 0; i < 100; ++i)
    BOOST_TEST(texts[static_cast<std::size_t>(i)] == std::to_string(i));
}

BOOST_AUTO_TEST_CASE(texts_go_over_tls) {
  kit::test_certificates certificates;
  echo_server venue{loop,
                    {.certificate_file = certificates.certificate_file(),
                     .key_file = certificates.key_file()}};
  open({"localhost", venue.server->port(), true, certificates.ca_file()});
  session->send("hello");
  run_until([&] { return texts.size() == 1; });
  BOOST_TEST(texts[0] == "hello");
}

BOOST_AUTO_TEST_CASE(a_megabyte_arrives_whole) {
  echo_server venue{loop};
  open(venue.plain());
  const std::string text(1'000'000, 'x');
  session->send(text);
  run_until([&] { return texts.size() == 1; });
  BOOST_TEST((texts[0] == text));
}

BOOST_AUTO_TEST_CASE(a_close_frame_is_reported_with_its_code) {
  echo_server venue{loop};
  open(venue.plain());
  venue.server->ws_send(venue.ws_open.at(0), "last");
  venue.server->ws_close(venue.ws_open.at(0), 1001, "restart");
  run_until([&] { return closed.size() == 1; });
  BOOST_TEST(texts.size() == 1u);
  BOOST_TEST(closed[0] == "closed by the venue with code 1001");
}

BOOST_AUTO_TEST_CASE(a_dropped_connection_is_renewed_by_connect) {
  echo_server venue{loop};
  open(venue.plain());
  venue.server->drop(venue.ws_open.at(0));
  run_until([&] { return closed.size() == 1; });
  BOOST_TEST(!session->is_open());
  session->connect();
  run_until([&] { return opened == 2; });
  session->send("again");
  run_until([&] { return texts.size() == 1; });
  BOOST_TEST(venue.ws_closed.size() == 1u);
}

BOOST_AUTO_TEST_CASE(its_own_close_is_reported_once) {
  echo_server venue{loop};
  open(venue.plain());
  session->close();
  session->close();
  BOOST_TEST(closed.empty());
  run_until([&] { return closed.size() == 1 && venue.ws_closed.size() == 1; });
  BOOST_TEST(closed[0] == "closed by this side");
}

BOOST_AUTO_TEST_CASE(every_failure_to_connect_says_why) {
  echo_server venue{loop};
  BOOST_TEST(refusal(venue.plain(), "/other").find("cannot connect")
             != std::string::npos);
  closed.clear();
  BOOST_TEST(
    refusal({"no-such-host.invalid", 1, false, {}}).find("cannot connect")
    != std::string::npos);
  closed.clear();
  BOOST_TEST(refusal({"localhost", venue.server->port(), true, {}})
               .find("cannot connect")
             != std::string::npos);
}

BOOST_AUTO_TEST_CASE(certificates_are_checked) {
  kit::test_certificates certificates{"venue.invalid"};
  echo_server venue{loop,
                    {.certificate_file = certificates.certificate_file(),
                     .key_file = certificates.key_file()}};
  const auto port = venue.server->port();
  const auto mismatch =
    refusal({"localhost", port, true, certificates.ca_file()});
  BOOST_TEST(mismatch.find("hostname mismatch") != std::string::npos, mismatch);
  closed.clear();
  const auto unknown = refusal({"localhost", port, true, {}});
  BOOST_TEST(unknown.find("certificate") != std::string::npos, unknown);
}

BOOST_AUTO_TEST_CASE(a_loop_closes_with_connections_open) {
  echo_server venue{loop};
  open(venue.plain());
  session->send("on its way");
  loop.close();
  BOOST_TEST(venue.ws_closed.size() == 1u);
  BOOST_TEST(!session->is_open());
}

BOOST_AUTO_TEST_SUITE_END()
