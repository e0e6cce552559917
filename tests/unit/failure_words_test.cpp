// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/failure_words.hpp"

#include <boost/test/unit_test.hpp>

using hlx::transport::failure_words;

BOOST_AUTO_TEST_SUITE(failure_words_suite)

BOOST_AUTO_TEST_CASE(a_refused_certificate_is_explained) {
  const auto words = [](const char* reason, const char* number) {
    return failure_words(
      "connect SSL err 1: error:00000001:lib(0)::reason(1) (SSL error: "
      + std::string{reason} + " (preverify_ok=0;err=" + number + ";depth=0))");
  };
  BOOST_TEST(words("hostname mismatch", "62")
             == "the certificate is for another host (hostname mismatch)");
  BOOST_TEST(words("IP address mismatch", "64")
             == "the certificate is for another host (IP address mismatch)");
  BOOST_TEST(words("self-signed certificate", "18")
             == "no trusted authority vouches for the certificate; a CA file "
                "names one beside the system's (self-signed certificate)");
  BOOST_TEST(words("certificate has expired", "10")
               .starts_with("the certificate has expired"));
  BOOST_TEST(
    failure_words("connect SSL err 1: error:00000001:lib(0)::reason(1)")
    == "no TLS connection comes about; does the port serve TLS?");
}

BOOST_AUTO_TEST_CASE(a_port_that_cannot_be_had_is_explained) {
  BOOST_TEST(failure_words("ERROR on binding fd 7 to port 35443 (-1 98); init "
                           "server failed")
             == "the port is in use");
  BOOST_TEST(failure_words("ERROR on binding fd 7 to port 80 (-1 13); init "
                           "server failed")
             == "this user may not listen on the port");
  BOOST_TEST(failure_words("ssl problem getting key 'k.pem' 92274804: "
                           "error:05800074:x509 certificate routines::key "
                           "values mismatch; lws_create_vhost failed")
             == "the private key is not that of the certificate");
}

BOOST_AUTO_TEST_CASE(what_nobody_knows_is_passed_on) {
  BOOST_TEST(failure_words("Unable to connect") == "Unable to connect");
  BOOST_TEST(failure_words("") == "");
}

BOOST_AUTO_TEST_SUITE_END()
