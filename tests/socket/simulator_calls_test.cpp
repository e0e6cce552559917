// SPDX-License-Identifier: BSD-3-Clause
#include "tests/kit/certificates.hpp"
#include "tests/socket/child_process.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace hlx;

namespace {

/// Calls hlx-sim as a shell does: what it is given, and where its output goes.
struct shell_call {
  explicit shell_call(const std::string& arguments) {
    test::child_process process{
      {"/bin/sh", "-c", "exec " HLX_SIM_PROGRAM " " + arguments}};
    status = process.wait_for_end().value_or(-1);
    errors = process.errors();
  }

  bool says(const std::string& line) const {
    return ('\n' + errors).ends_with('\n' + line + '\n');
  }

  int status = -1;
  std::string errors;
};

} // namespace

BOOST_AUTO_TEST_SUITE(simulator_calls_suite)

BOOST_AUTO_TEST_CASE(results_that_a_full_disk_loses_are_no_success) {
  const shell_call demo{"demo --seconds 1 >/dev/full"};
  BOOST_TEST(demo.status == 1);
  BOOST_TEST(
    demo.says("hlx-sim demo: standard output: No space left on device"),
    demo.errors);
  const shell_call venue{"venue --port 0 >/dev/full"};
  BOOST_TEST(venue.status == 1);
  BOOST_TEST(venue.errors
             == "hlx-sim venue: standard output: No space left on device\n");
  const shell_call help{"demo --help >/dev/full"};
  BOOST_TEST(help.status == 1);
}

BOOST_AUTO_TEST_CASE(results_for_an_output_that_is_closed_are_no_success) {
  const shell_call demo{"demo --seconds 1 >&-"};
  BOOST_TEST(demo.status == 1);
  BOOST_TEST(demo.says("hlx-sim demo: standard output: Bad file descriptor"),
             demo.errors);
  const shell_call venue{"venue --port 0 >&-"};
  BOOST_TEST(venue.status == 1);
  BOOST_TEST(venue.errors
             == "hlx-sim venue: standard output: Bad file descriptor\n");
}

BOOST_AUTO_TEST_CASE(no_socket_takes_the_place_of_a_closed_stream) {
  const shell_call silent{"demo --nodes --seconds 1 <&- >&- 2>&-"};
  BOOST_TEST(silent.status == 1);
  const shell_call deaf{"demo --nodes --seconds 1 <&-"};
  BOOST_TEST(deaf.status == 0, deaf.errors);
}

BOOST_AUTO_TEST_CASE(a_key_of_another_certificate_names_the_options) {
  const kit::test_certificates own;
  const kit::test_certificates other;
  const shell_call venue{"venue --tls-certificate " + own.certificate_file()
                         + " --tls-key " + other.key_file()};
  BOOST_TEST(venue.status == 1);
  BOOST_TEST(venue.errors
             == "hlx-sim venue: cannot listen on 127.0.0.1:0: the private key "
                "is not that of the certificate (--tls-key, "
                "--tls-certificate)\n");
}

BOOST_AUTO_TEST_SUITE_END()
