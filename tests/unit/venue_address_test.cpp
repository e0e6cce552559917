// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/venue_address.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;

BOOST_AUTO_TEST_SUITE(venue_address_suite)

BOOST_AUTO_TEST_CASE(a_url_gives_host_port_and_security) {
  auto x = parse_url("https://api.hyperliquid.xyz");
  BOOST_REQUIRE(x.ok());
  BOOST_CHECK((*x == venue_address{"api.hyperliquid.xyz", 443, true, {}}));
  x = parse_url("http://127.0.0.1:8080/");
  BOOST_REQUIRE(x.ok());
  BOOST_CHECK((*x == venue_address{"127.0.0.1", 8080, false, {}}));
  BOOST_TEST(to_string(*x) == "http://127.0.0.1:8080");
  BOOST_TEST(parse_url("wss://localhost:65535")->port == 65'535);
}

BOOST_AUTO_TEST_CASE(what_is_no_url_is_refused_with_the_reason) {
  for (const auto* text :
       {"", "localhost:1", "ftp://x", "https://", "https://:1", "https://a:0",
        "https://a:65536", "https://a:1x", "https://a:", "https://a/b",
        "https://u@a", "https://a b", "https://[::1]"}) {
    const auto x = parse_url(text);
    BOOST_TEST(!x.ok(), text);
    if (!x.ok())
      BOOST_TEST(x.error().text.find("the address '") == 0u);
  }
  BOOST_TEST(
    parse_url("https://" + std::string(1'000'000, 'x')).error().text.size()
    < 200u);
}

BOOST_AUTO_TEST_SUITE_END()
