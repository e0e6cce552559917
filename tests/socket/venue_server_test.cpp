// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/topology.hpp"
#include "hlx/actors/transport/http_lane.hpp"
#include "hlx/actors/transport/ws_session.hpp"
#include "tests/kit/certificates.hpp"
#include "tests/socket/loop_fixture.hpp"
#include "tests/socket/loopback.hpp"
#include "tests/venue/venue_server.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

using namespace hlx;
using namespace hlx::transport;

namespace {

constexpr std::int64_t ample_ms = 5'000;
const std::string user = "0x14791697260e4c9a71f18484c9f997b308e59325";

struct test_config : caf::actor_system_config {
  test_config() { hlx::add_message_types(*this); }
};

struct server_fixture : loop_fixture {
  test_config config;
  caf::actor_system system{config};
  caf::scoped_actor self{system};
  venue::simulated_venue_actor server;
  std::uint16_t port = 0;
  std::uint16_t control_port = 0;
  std::string failure;

  ~server_fixture() {
    if (server)
      self->send_exit(server, caf::exit_reason::user_shutdown);
  }

  void start(venue::venue_server_options options) {
    server = venue::spawn_simulated_venue(system, std::move(options));
    self->request(server, caf::infinite, caf::get_atom_v)
      .receive(
        [&](std::uint16_t venue_port, std::uint16_t other_port) {
          port = venue_port;
          control_port = other_port;
        },
        [&](const caf::error& e) { failure = caf::to_string(e); });
  }

  http_result post(const endpoint& to, std::string_view path,
                   std::string_view body) {
    std::optional<http_result> result;
    http_lane lane{loop, to, "test",
                   [&](http_result x) { result = std::move(x); }};
    lane.post(1, path, body, ample_ms);
    run_until([&] { return result.has_value(); });
    return *result;
  }

  /// Sends the bytes as they are; all that comes back until the server hangs
  /// up, which it has to do within a few seconds.
  std::string raw(std::string_view bytes) const {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    const ::timeval patience{ample_ms / 1'000, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    const auto to = test::loopback(port);
    BOOST_REQUIRE(
      ::connect(socket, reinterpret_cast<const ::sockaddr*>(&to), sizeof(to))
      == 0);
    BOOST_REQUIRE(::write(socket, bytes.data(), bytes.size())
                  == static_cast<::ssize_t>(bytes.size()));
    std::string result;
    char part[1024];
    ::ssize_t size = 0;
    while ((size = ::read(socket, part, sizeof(part))) > 0)
      result.append(part, static_cast<std::size_t>(size));
    if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
      result += " [still open]";
    ::close(socket);
    return result;
  }

  endpoint plain(std::uint16_t at) const {
    return {"127.0.0.1", at, false, {}};
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_server_suite, server_fixture)

BOOST_AUTO_TEST_CASE(both_ports_serve_what_is_theirs) {
  start({.control_port = 0});
  const auto funded =
    post(plain(control_port), "/control",
         R"({"fund":{"user":")" + user + R"(","usdc":"12.5"}})");
  BOOST_TEST(funded.status == 200);
  BOOST_TEST(funded.body == R"({"ok":true})");
  const auto state =
    post(plain(port), "/info",
         R"({"type":"clearinghouseState","user":")" + user + R"("})");
  BOOST_TEST(state.status == 200);
  BOOST_TEST(state.body.find(R"("accountValue":"12.5")") != std::string::npos);
  BOOST_TEST(post(plain(port), "/control", "{}").status == 404);
  BOOST_TEST(post(plain(control_port), "/info", "{}").status == 404);
}

BOOST_AUTO_TEST_CASE(requests_that_are_none_are_answered_and_hung_up_on) {
  start({});
  const std::string head = "POST /info HTTP/1.1\r\nHost: localhost\r\n"
                           "Content-Type: application/json\r\n";
  const std::pair<std::string, std::string> cases[] = {
    {head + "Content-Length: -1\r\n\r\n{}", "HTTP/1.1 400"},
    {head + "Content-Length: two\r\n\r\n{}", "HTTP/1.1 400"},
    {head + "Content-Length: 99999999999999999999999\r\n\r\n{}",
     "HTTP/1.1 413"},
    {head + "Content-Length: 8388609\r\n\r\n{}", "HTTP/1.1 413"},
    {head + "\r\n{}", "HTTP/1.1 411"},
    {head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
     "HTTP/1.1 501"},
    {"GARBAGE\r\n\r\n", "HTTP/1.1 400"},
  };
  for (const auto& [bytes, status] : cases) {
    const auto answer = raw(bytes);
    BOOST_TEST(answer.starts_with(status), bytes << " got " << answer);
    BOOST_TEST(answer.find("still open") == std::string::npos, bytes);
  }
  const auto state = post(plain(port), "/info", R"({"type":"exchangeStatus"})");
  BOOST_TEST(state.status == 200);
}

BOOST_AUTO_TEST_CASE(two_requests_in_one_piece_hold_up_nobody) {
  start({});
  const std::string one = "POST /info HTTP/1.1\r\nHost: localhost\r\n"
                          "Content-Type: application/json\r\n"
                          "Content-Length: 25\r\n\r\n"
                          R"({"type":"exchangeStatus"})";
  const auto answer = raw(one + one);
  BOOST_TEST(answer.starts_with("HTTP/1.1 200"), answer);
  // So that the client knows that the second one is not answered.
  BOOST_TEST(answer.find("connection: close\r\n") != std::string::npos, answer);
  BOOST_TEST(answer.find("still open") == std::string::npos);
  const auto state = post(plain(port), "/info", R"({"type":"exchangeStatus"})");
  BOOST_TEST(state.status == 200);
}

BOOST_AUTO_TEST_CASE(streams_follow_the_books) {
  start({.control_port = 0});
  std::vector<std::string> told;
  bool open = false;
  ws_session session{loop,
                     plain(port),
                     "/ws",
                     {.on_open = [&] { open = true; },
                      .on_text = [&](std::string& x) { told.push_back(x); },
                      .on_pong = [] {},
                      .on_closed = [](const std::string&) {}}};
  session.connect();
  run_until([&] { return open; });
  session.send(
    R"({"method":"subscribe","subscription":{"type":"bbo","coin":"ETH"}})");
  run_until([&] { return told.size() == 2; });
  post(plain(control_port), "/control",
       R"({"book":{"coin":"ETH","side":"buy","px":"2999","sz":"3"}})");
  run_until([&] { return told.size() == 3; });
  BOOST_TEST(told[2].find(R"([{"px":"2999.0","sz":"3.0","n":1},null])")
             != std::string::npos);
}

BOOST_AUTO_TEST_CASE(tls_is_served_with_the_given_certificate) {
  kit::test_certificates certificates;
  start({.certificate_file = certificates.certificate_file(),
         .key_file = certificates.key_file()});
  const auto answer = post({"localhost", port, true, certificates.ca_file()},
                           "/info", R"({"type":"allMids"})");
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(answer.body.find(R"("BTC":"60000.0")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_fault_can_drop_a_connection) {
  start({.control_port = 0});
  post(plain(control_port), "/control",
       R"({"fault":{"name":"info_close","count":1}})");
  const auto dropped = post(plain(port), "/info", R"({"type":"allMids"})");
  BOOST_TEST(!dropped.complete);
  BOOST_TEST(post(plain(port), "/info", R"({"type":"allMids"})").complete);
}

BOOST_AUTO_TEST_CASE(a_client_starts_although_some_answers_fail) {
  start({.control_port = 0});
  const auto key = std::make_shared<const signing::signer>(
    std::move(*signing::secret_key::from_hex(std::string(64, '1'))));
  post(plain(control_port), "/control",
       R"({"fund":{"user":")" + to_string(key->signer_address())
         + R"(","usdc":"100"}})");
  for (const auto* name : {"info_500", "info_close"})
    post(plain(control_port), "/control",
         R"({"fault":{"name":")" + std::string{name} + R"(","count":1}})");
  client_options options;
  options.url = "http://127.0.0.1:" + std::to_string(port);
  options.key = key;
  const auto client = spawn_execution_client(system, std::move(options));
  const bool started{client};
  BOOST_REQUIRE_MESSAGE(started, (started ? "" : text_of(client.error())));
  BOOST_TEST(stop(system, *client));
}

BOOST_AUTO_TEST_CASE(a_port_in_use_is_told_with_its_number) {
  start({});
  BOOST_REQUIRE(failure.empty());
  const auto taken = port;
  const auto first = server;
  start({.port = taken});
  BOOST_TEST(failure.find(std::to_string(taken)) != std::string::npos);
  self->send_exit(first, caf::exit_reason::user_shutdown);
}

BOOST_AUTO_TEST_CASE(mail_reaches_the_books_without_a_socket) {
  start({});
  int status = 0;
  self
    ->request(server, caf::infinite, caf::put_atom_v,
              std::string{R"({"mark":{"coin":"SOL","px":"151"}})"})
    .receive([&](int code, const std::string&) { status = code; },
             [](const caf::error&) {});
  BOOST_TEST(status == 200);
  std::string mids;
  self
    ->request(server, caf::infinite, caf::get_atom_v,
              std::string{R"({"type":"allMids"})"})
    .receive([&](const std::string& x) { mids = x; }, [](const caf::error&) {});
  BOOST_TEST(mids.find(R"("SOL":"151.0")") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
