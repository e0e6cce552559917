// SPDX-License-Identifier: BSD-3-Clause
#include "tests/socket/client_process.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <csignal>
#include <functional>

using namespace hlx::test;

namespace {

/// The execution client's process, and that of strategy S-1, whose order O-1 is
/// held.
struct two_processes {
  client_process client{plaintext()};
  child_process strategies;

  explicit two_processes(std::int64_t absence_ms)
    : strategies({HLX_LINKED_NODE, std::to_string(client.port),
                  std::to_string(absence_ms)}) {
    BOOST_REQUIRE(strategies.wait_for_line("link 1 is up"));
    BOOST_REQUIRE(client.prints("order_denied O-2")); // It comes behind O-1.
  }
};

/// How long it takes until it holds.
std::int64_t duration_ms(const std::function<bool()>& wait) {
  using namespace std::chrono;
  const auto start = steady_clock::now();
  BOOST_REQUIRE(wait());
  return duration_cast<milliseconds>(steady_clock::now() - start).count();
}

} // namespace

BOOST_AUTO_TEST_SUITE(strategies_gone_suite)

BOOST_AUTO_TEST_CASE(orders_of_killed_and_frozen_processes_end_as_was_chosen) {
  for (const int signal : {SIGKILL, SIGSTOP})
    BOOST_TEST_CONTEXT("signal " << signal) {
      two_processes both{100};
      auto& client = both.client;
      both.strategies.send_signal(signal);
      BOOST_TEST(
        duration_ms([&] { return client.prints("strategy S-1 ended: "); })
        <= notice_max_ms);
      BOOST_TEST(client.prints("strategy S-1 has been gone for 100 ms: all its "
                               "orders are canceled"));
      BOOST_TEST(client.prints("order_denied O-1"));
    }
}

BOOST_AUTO_TEST_CASE(a_frozen_process_that_is_back_in_time_loses_no_order) {
  two_processes both{900};
  const auto freeze = [&both] {
    both.strategies.send_signal(SIGSTOP);
    return both.client.next_line("strategy S-1 ");
  };
  BOOST_REQUIRE(freeze().find("S-1 ended: ") != std::string::npos);
  both.strategies.send_signal(SIGCONT);
  BOOST_TEST(duration_ms([&both] {
               return both.strategies.wait_for_line("link 2 is up").has_value();
             })
             <= resume_max_ms);
  // Until this is noticed, the time of the first absence is over.
  const auto next = freeze();
  BOOST_TEST(next.find("S-1 ended: ") != std::string::npos, next);
  BOOST_TEST(both.client.prints("has been gone for 900 ms"));
  BOOST_TEST(both.client.prints("order_denied O-1"));
}

BOOST_AUTO_TEST_SUITE_END()
