// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/json.hpp"
#include "tests/simulate/demo.hpp"
#include "tests/simulate/options.hpp"
#include "tests/simulate/replay_run.hpp"

#include <boost/test/unit_test.hpp>
#include <pthread.h>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

using namespace hlx;
using namespace hlx::simulate;

namespace {

struct demo_fixture {
  std::mutex lock;
  std::vector<std::string> lines;

  bool run(const demo_options& options) {
    BOOST_TEST_MESSAGE("seed " << options.seed);
    const auto keep = [this](std::string_view line) {
      const std::lock_guard guard{lock};
      lines.emplace_back(line);
    };
    const auto tell = [](std::string_view line) {
      BOOST_TEST_MESSAGE(std::string{line});
    };
    return run_demo(options, {keep, tell});
  }

  std::size_t count(const std::string& event) const {
    std::size_t result = 0;
    for (const auto& line : lines)
      result += line.find(R"("event":")" + event + R"(")") != std::string::npos;
    return result;
  }

  void check_last_line() const {
    const auto last = wire::parse_json(lines.back()).value.value();
    BOOST_TEST(last.find("equal")->is_true());
    for (const auto& x : last.find("ledgers")->items())
      for (const auto* name : {"orders", "filled", "open_orders", "position"})
        BOOST_TEST(x.find(name)->text() == x.find("venue")->find(name)->text());
  }
};

/// The event lines of each strategy, byte for byte. What comes between two
/// strategies has no order in a demo.
std::map<std::string, std::string> by_strategy(
  const std::vector<std::string>& lines) {
  std::map<std::string, std::string> result;
  for (const auto& line : lines) {
    const auto parsed = wire::parse_json(line);
    if (parsed.value && parsed.value->find("event"))
      result[parsed.value->find("strategy")->text()] += line + '\n';
  }
  return result;
}

std::vector<std::string> lines_of(std::istream& text) {
  std::vector<std::string> result;
  for (std::string line; std::getline(text, line);)
    result.push_back(line);
  return result;
}

/// A signal that this thread has got, and still has to take.
class pending_signal {
public:
  explicit pending_signal(int number) {
    ::sigset_t one;
    ::sigemptyset(&one);
    ::sigaddset(&one, number);
    ::pthread_sigmask(SIG_BLOCK, &one, &former_);
    ::pthread_kill(::pthread_self(), number);
  }
  ~pending_signal() { ::pthread_sigmask(SIG_SETMASK, &former_, nullptr); }
  pending_signal(const pending_signal&) = delete;
  pending_signal& operator=(const pending_signal&) = delete;

private:
  ::sigset_t former_;
};

/// A file of the working directory that ends with its scope.
struct scratch_file {
  std::string name;
  ~scratch_file() { std::remove(name.c_str()); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(demo_suite, demo_fixture)

BOOST_AUTO_TEST_CASE(ledgers_equal_the_books_after_calm_trading) {
  BOOST_TEST(run({.seconds = 2, .orders = 40, .seed = 3, .json = true}));
  check_last_line();
  BOOST_TEST(count("order_submitted") + count("order_denied") >= 40u);
  BOOST_TEST(count("order_accepted") > 0u);
  BOOST_TEST(count("order_filled") > 0u);
  BOOST_TEST(count("order_updated") > 0u);
  BOOST_TEST(count("order_canceled") > 0u);
}

BOOST_AUTO_TEST_CASE(ledgers_equal_the_books_after_chaos) {
  BOOST_TEST(
    run({.seconds = 2, .orders = 40, .seed = 4, .json = true, .chaos = true}));
  check_last_line();
}

BOOST_AUTO_TEST_CASE(ledgers_equal_the_books_after_chaos_by_posts) {
  BOOST_TEST(run({.seconds = 2,
                  .orders = 40,
                  .seed = 6,
                  .json = true,
                  .chaos = true,
                  .posts = true}));
  check_last_line();
}

BOOST_AUTO_TEST_CASE(a_record_replays_to_the_same_events) {
  for (const bool chaos : {false, true}) {
    const scratch_file record{"demo_test_record.jsonl"};
    lines.clear();
    BOOST_TEST(run({.seconds = 2,
                    .orders = 40,
                    .seed = 5,
                    .json = true,
                    .chaos = chaos,
                    .record_file = record.name}));
    std::ifstream file{record.name};
    std::stringstream script;
    script << file.rdbuf();
    const auto again = replay(script.str());
    BOOST_TEST(again.error_count == 0u);
    std::istringstream output{again.output};
    const auto expected = by_strategy(lines);
    BOOST_TEST(expected.size() == 2u);
    BOOST_CHECK(by_strategy(lines_of(output)) == expected);
  }
}

BOOST_AUTO_TEST_CASE(a_signal_during_the_start_ends_the_demo_before_it_trades) {
  const pending_signal signal{SIGTERM};
  BOOST_TEST(run({.seconds = 3'600, .json = true}));
  BOOST_TEST(lines.size() == 1u);
  check_last_line();
}

BOOST_AUTO_TEST_CASE(a_record_that_cannot_be_opened_is_a_wrong_call) {
  BOOST_CHECK_EXCEPTION(
    run({.seconds = 1, .record_file = "no/such/folder/x"}), usage_error,
    [](const usage_error& e) {
      return std::string{e.what()}
             == R"(--record: cannot write "no/such/folder/x": )"
                "No such file or directory";
    });
}

BOOST_AUTO_TEST_CASE(a_record_that_is_lost_is_a_failure_with_its_reason) {
  BOOST_CHECK_EXCEPTION(
    run({.seconds = 1, .record_file = "/dev/full"}), std::runtime_error,
    [](const std::runtime_error& e) {
      return std::string{e.what()}
             == "--record: /dev/full: No space left on device";
    });
}

BOOST_AUTO_TEST_SUITE_END()
