// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/http_lane.hpp"
#include "tests/kit/certificates.hpp"
#include "tests/socket/loop_fixture.hpp"

#include <vector>

using namespace hlx;
using namespace hlx::transport;

namespace {

constexpr std::int64_t ample_ms = 5'000;

struct lane_fixture : loop_fixture {
  std::vector<http_result> results;
  std::unique_ptr<http_lane> lane;

  void connect(const endpoint& to) {
    lane = std::make_unique<http_lane>(
      loop, to, "lane", [this](http_result x) { results.push_back(x); });
  }

  const http_result& post(std::string_view body, std::int64_t timeout_ms) {
    const auto before = results.size();
    run_until([&] { return lane->is_idle(); });
    lane->post(before + 1, "/exchange", body, timeout_ms);
    run_until([&] { return results.size() > before; });
    return results.back();
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(http_lane_suite, lane_fixture)

BOOST_AUTO_TEST_CASE(requests_share_one_plain_connection) {
  echo_server venue{loop};
  connect(venue.plain());
  for (int i = 0; i < 20; ++i) {
    const auto& result = post("{\"n\":" + std::to_string(i) + "}", ample_ms);
    BOOST_TEST(result.complete);
    BOOST_TEST(result.status == 200);
    BOOST_TEST(result.body == "{\"n\":" + std::to_string(i) + "}");
  }
  BOOST_TEST(venue.server->accepted() == 1u);
  BOOST_TEST(lane->connections() == 1u);
  BOOST_TEST(venue.requests.back().content_type == "application/json");
  BOOST_TEST(venue.requests.back().method == "POST");
  BOOST_TEST(venue.requests.back().path == "/exchange");
}

BOOST_AUTO_TEST_CASE(requests_share_one_tls_connection) {
  kit::test_certificates certificates;
  echo_server venue{loop,
                    {.certificate_file = certificates.certificate_file(),
                     .key_file = certificates.key_file()}};
  connect({"localhost", venue.server->port(), true, certificates.ca_file()});
  for (int i = 0; i < 20; ++i)
    BOOST_TEST(post("{}", ample_ms).complete);
  BOOST_TEST(venue.server->accepted() == 1u);
}

BOOST_AUTO_TEST_CASE(a_loop_that_opens_meanwhile_breaks_no_handshake) {
  kit::test_certificates certificates;
  echo_server venue{loop,
                    {.certificate_file = certificates.certificate_file(),
                     .key_file = certificates.key_file()}};
  connect({"localhost", venue.server->port(), true, certificates.ca_file()});
  lane->post(1, "/exchange", "{}", ample_ms);
  run_until([&] {
    event_loop other;
    other.open();
    return !results.empty();
  });
  BOOST_TEST(results[0].complete, results[0].failure);
}

BOOST_AUTO_TEST_CASE(a_megabyte_goes_both_ways) {
  echo_server venue{loop};
  connect(venue.plain());
  const std::string body(1'000'000, 'x');
  BOOST_TEST((post(body, ample_ms).body == body));
  BOOST_TEST(post("{}", ample_ms).body == "{}");
  BOOST_TEST(venue.server->accepted() == 1u);
}

BOOST_AUTO_TEST_CASE(a_status_other_than_200_is_an_answer) {
  echo_server venue{loop};
  venue.status = 429;
  connect(venue.plain());
  const auto& result = post("null", ample_ms);
  BOOST_TEST(result.complete);
  BOOST_TEST(result.status == 429);
  BOOST_TEST(result.body == "null");
}

BOOST_AUTO_TEST_CASE(silence_ends_at_the_deadline) {
  echo_server venue{loop};
  venue.answers = false;
  connect(venue.plain());
  const auto first = post("{}", 50);
  BOOST_TEST(first.written);
  BOOST_TEST(!first.complete);
  venue.answers = true;
  BOOST_TEST(post("{}", ample_ms).complete);
  BOOST_TEST(venue.server->accepted() == 2u);
}

BOOST_AUTO_TEST_CASE(what_is_written_cannot_be_taken_back) {
  echo_server venue{loop};
  venue.answers = false;
  connect(venue.plain());
  lane->post(1, "/exchange", "{}", ample_ms);
  run_until([&] { return venue.requests.size() == 1; });
  lane->abandon_unwritten();
  BOOST_TEST(results.empty());
  lane->abandon();
  BOOST_TEST(results.size() == 1u);
  BOOST_TEST(results[0].written);
}

BOOST_AUTO_TEST_CASE(what_is_not_written_can_be_taken_back) {
  echo_server venue{loop};
  connect(venue.plain());
  lane->post(1, "/exchange", "{}", ample_ms);
  lane->abandon_unwritten();
  BOOST_TEST(results.size() == 1u);
  BOOST_TEST(!results[0].written);
  run_for(50);
  BOOST_TEST(venue.requests.empty());
  BOOST_TEST(post("{}", ample_ms).complete);
}

BOOST_AUTO_TEST_CASE(a_close_after_the_request_leaves_it_written) {
  echo_server venue{loop};
  venue.answers = false;
  connect(venue.plain());
  lane->post(1, "/exchange", "{}", ample_ms);
  run_until([&] { return venue.requests.size() == 1; });
  venue.server->drop_request(venue.requests[0].id);
  run_until([&] { return results.size() == 1; });
  BOOST_TEST(!results[0].complete);
  BOOST_TEST(results[0].written);
  BOOST_TEST(!results[0].failure.empty());
}

BOOST_AUTO_TEST_CASE(a_refused_connection_leaves_it_unwritten) {
  std::uint16_t port = 0;
  {
    event_loop other;
    other.open();
    port = echo_server{other}.server->port();
  }
  connect({"127.0.0.1", port, false, {}});
  const auto& result = post("{}", ample_ms);
  BOOST_TEST(!result.complete);
  BOOST_TEST(!result.written);
  BOOST_TEST(result.failure.find("cannot connect") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_unknown_name_leaves_it_unwritten) {
  connect({"no-such-host.invalid", 1, false, {}});
  BOOST_TEST(!post("{}", ample_ms).written);
  BOOST_TEST(!post("{}", ample_ms).written);
}

BOOST_AUTO_TEST_CASE(an_idle_connection_that_was_closed_is_renewed) {
  echo_server venue{loop};
  connect(venue.plain());
  BOOST_TEST(post("{}", ample_ms).complete);
  BOOST_TEST(lane->is_warm());
  venue.server->drop(venue.requests.at(0).connection);
  run_until([&] { return !lane->is_warm(); });
  BOOST_TEST(post("{}", ample_ms).complete);
  BOOST_TEST(venue.server->accepted() == 2u);
}

BOOST_AUTO_TEST_CASE(another_name_in_the_certificate_is_refused) {
  kit::test_certificates certificates{"venue.invalid"};
  echo_server venue{loop,
                    {.certificate_file = certificates.certificate_file(),
                     .key_file = certificates.key_file()}};
  connect({"localhost", venue.server->port(), true, certificates.ca_file()});
  const auto& result = post("{}", ample_ms);
  BOOST_TEST(!result.written);
  BOOST_TEST(result.failure.find("hostname mismatch") != std::string::npos,
             result.failure);
  BOOST_TEST(venue.requests.empty());
}

BOOST_AUTO_TEST_CASE(an_unknown_authority_is_refused) {
  kit::test_certificates certificates;
  echo_server venue{loop,
                    {.certificate_file = certificates.certificate_file(),
                     .key_file = certificates.key_file()}};
  connect({"localhost", venue.server->port(), true, {}});
  const auto& result = post("{}", ample_ms);
  BOOST_TEST(!result.written);
  BOOST_TEST(result.failure.find("certificate") != std::string::npos,
             result.failure);
  BOOST_TEST(venue.requests.empty());
}

BOOST_AUTO_TEST_CASE(a_plain_server_on_a_tls_port_is_an_error) {
  echo_server venue{loop};
  connect({"localhost", venue.server->port(), true, {}});
  BOOST_TEST(!post("{}", ample_ms).written);
  BOOST_TEST(venue.requests.empty());
}

BOOST_AUTO_TEST_CASE(a_ca_file_that_is_not_there_is_an_error) {
  BOOST_CHECK_THROW(connect({"localhost", 1, true, "/no/such/ca.pem"}),
                    std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_lane_ends_with_a_request_in_flight) {
  echo_server venue{loop};
  venue.answers = false;
  connect(venue.plain());
  lane->post(1, "/exchange", "{}", ample_ms);
  run_until([&] { return venue.requests.size() == 1; });
  loop.close();
  BOOST_TEST(results.size() == 1u);
  BOOST_TEST(!results[0].complete);
}

BOOST_AUTO_TEST_SUITE_END()
