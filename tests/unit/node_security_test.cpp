// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/node_security.hpp"
#include "tests/kit/certificates.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <fstream>

using namespace hlx;

namespace {

node_security secured_by(const kit::test_certificates& x) {
  return {.certificate_file = x.certificate_file(),
          .key_file = x.key_file(),
          .ca_file = x.ca_file()};
}

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch())
    .count();
}

constexpr std::int64_t two_days_ms = 2 * 86'400'000;

bool names(const std::string& text, const std::string& part) {
  BOOST_TEST_INFO("it says: " << text);
  return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(node_security_suite)

BOOST_AUTO_TEST_CASE(a_link_takes_certificate_key_and_authority) {
  BOOST_TEST(names(objection_to(node_security{}), "certificate_file: missing"));
  const node_security keyless{.certificate_file = "c.pem"};
  BOOST_TEST(names(objection_to(keyless), "key_file: missing"));
  const node_security trustless{.certificate_file = "c.pem",
                                .key_file = "c.key"};
  BOOST_TEST(names(objection_to(trustless), "ca_file: missing"));
  node_security x{
    .certificate_file = "c.pem", .key_file = "c.key", .ca_file = "ca.pem"};
  BOOST_TEST(objection_to(x) == "");
  BOOST_TEST(objection_to(x, "0.0.0.0") == "");
  x.plaintext = true;
  BOOST_TEST(names(objection_to(x), "plaintext: excludes"));
}

BOOST_AUTO_TEST_CASE(plaintext_stays_on_this_machine) {
  const node_security plain{.plaintext = true};
  for (const auto* host : {"127.0.0.1", "127.8.9.10", "localhost", "::1"})
    BOOST_TEST(objection_to(plain, host) == "", host);
  for (const auto* host : {"0.0.0.0", "10.0.0.1", "::", "127.example.com", "",
                           "localhost.example.com", "128.0.0.1"})
    BOOST_TEST(names(objection_to(plain, host), "only on this machine"), host);
}

BOOST_AUTO_TEST_CASE(an_address_has_a_host_and_a_port) {
  BOOST_TEST(
    (*parse_node_address("127.0.0.1:4242") == node_address{"127.0.0.1", 4242}));
  BOOST_TEST((*parse_node_address("[::1]:0") == node_address{"::1", 0}));
  BOOST_TEST(to_string(node_address{"::1", 7}) == "[::1]:7");
  for (const auto* text :
       {"", ":", "host", "host:", ":1", "host:65536", "host:-1", "host:1x",
        "::1:80", "a b:1", "http://host:1", "[]:1", "u@h:1"})
    BOOST_TEST(!parse_node_address(text).ok(), text);
}

BOOST_AUTO_TEST_CASE(good_files_are_taken) {
  const kit::test_certificates certificates;
  BOOST_TEST(objection_to_files(secured_by(certificates), now_ms()) == "");
  BOOST_TEST(objection_to_files({.plaintext = true}, now_ms()) == "");
}

BOOST_AUTO_TEST_CASE(bad_files_are_named) {
  const kit::test_certificates certificates;
  const kit::test_certificates others;
  auto x = secured_by(certificates);
  x.certificate_file = std::string{"/no/such/file"};
  BOOST_TEST(names(objection_to_files(x, now_ms()),
                   "certificate_file: cannot read /no/such/file"));
  x = secured_by(certificates);
  x.key_file = others.key_file();
  BOOST_TEST(names(objection_to_files(x, now_ms()), "key_file: "));
  x.key_file = certificates.ca_file();
  BOOST_TEST(names(objection_to_files(x, now_ms()), "key_file: cannot use"));
  x = secured_by(certificates);
  x.ca_file = certificates.key_file();
  BOOST_TEST(names(objection_to_files(x, now_ms()), "ca_file: cannot read"));
}

BOOST_AUTO_TEST_CASE(a_certificate_out_of_its_time_is_refused) {
  const kit::test_certificates certificates;
  const auto x = secured_by(certificates);
  BOOST_TEST(
    names(objection_to_files(x, now_ms() + two_days_ms), "has expired"));
  BOOST_TEST(
    names(objection_to_files(x, now_ms() - two_days_ms), "is not valid yet"));
  const kit::test_certificates expired{"localhost", -10};
  BOOST_TEST(
    names(objection_to_files(secured_by(expired), now_ms()), "has expired"));
}

BOOST_AUTO_TEST_SUITE_END()
