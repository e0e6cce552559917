// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/json.hpp"
#include "tests/simulate/demo.hpp"
#include "tests/socket/child_process.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

using namespace hlx;
using namespace hlx::simulate;

namespace {

/// Runs the demo with its strategies in a process of their own, and temporary
/// files in a folder of the test's own.
struct nodes_fixture {
  nodes_fixture() {
    auto name =
      (std::filesystem::temp_directory_path() / "hlx-test-XXXXXX").string();
    BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
    folder = name;
    const auto* before = std::getenv("TMPDIR");
    temporary = before ? before : "";
    ::setenv("TMPDIR", name.c_str(), 1);
  }

  ~nodes_fixture() {
    if (temporary.empty())
      ::unsetenv("TMPDIR");
    else
      ::setenv("TMPDIR", temporary.c_str(), 1);
    std::filesystem::remove_all(folder);
  }

  bool run(demo_options options) {
    options.nodes = true;
    options.json = true;
    options.strategies_program = HLX_SIM_PROGRAM;
    BOOST_TEST_MESSAGE("seed " << options.seed);
    const auto keep = [this](std::string_view line) {
      const std::lock_guard guard{lock};
      lines.emplace_back(line);
    };
    const auto tell = [this](std::string_view line) {
      const std::lock_guard guard{lock};
      kills += line.starts_with("kill ");
      BOOST_TEST_MESSAGE(std::string{line});
    };
    return run_demo(options, {keep, tell});
  }

  /// Every line is whole, and each strategy's events are there once, in order.
  void check_lines() const {
    std::map<std::string, std::uint64_t> last;
    for (const auto& line : lines) {
      const auto parsed = wire::parse_json(line);
      BOOST_REQUIRE_MESSAGE(parsed.value, line);
      if (&line == &lines.back()) {
        BOOST_TEST(parsed.value->find("equal")->is_true());
        continue;
      }
      auto& before = last[parsed.value->find("strategy")->text()];
      BOOST_TEST(parsed.value->find("sequence")->as_u64().value() == ++before);
    }
    BOOST_TEST(last.size() == 2u);
    for (const auto& [strategy, events] : last)
      BOOST_TEST(events > 0u);
  }

  /// No process, and no file.
  void check_nothing_left() const {
    BOOST_TEST(::waitpid(-1, nullptr, WNOHANG) == -1);
    BOOST_TEST(errno == ECHILD);
    BOOST_TEST(std::filesystem::is_empty(folder));
  }

  std::mutex lock;
  std::vector<std::string> lines;
  int kills = 0;
  std::filesystem::path folder;
  std::string temporary;
};

struct call {
  explicit call(const std::vector<std::string>& arguments) {
    std::vector<std::string> command;
    command.emplace_back(HLX_SIM_PROGRAM);
    for (const auto& x : arguments)
      command.push_back(x);
    test::child_process process{command};
    status = process.wait_for_end();
    output = process.output();
    errors = process.errors();
  }

  std::optional<int> status;
  std::string output;
  std::string errors;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(demo_nodes_suite, nodes_fixture)

BOOST_AUTO_TEST_CASE(ledgers_of_another_process_equal_the_books) {
  BOOST_TEST(run({.seconds = 1, .seed = 7}));
  BOOST_TEST(kills == 0);
  check_lines();
  check_nothing_left();
}

BOOST_AUTO_TEST_CASE(ledgers_equal_the_books_although_the_process_is_killed) {
  BOOST_TEST(run({.seconds = 1, .orders = 40, .seed = 8, .strategy_kills = 2}));
  BOOST_TEST(kills == 2);
  check_lines();
  check_nothing_left();
}

BOOST_AUTO_TEST_CASE(a_process_that_just_began_is_still_shown_the_market) {
  // None of the lives before is long enough to trade.
  BOOST_TEST(run({.seconds = 1, .seed = 405, .strategy_kills = 20}));
  BOOST_TEST(kills == 20);
  check_lines();
  check_nothing_left();
}

BOOST_AUTO_TEST_CASE(nothing_is_left_when_a_signal_ends_the_demo) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    test::child_process demo{
      {HLX_SIM_PROGRAM, "demo", "--nodes", "--seconds", "3600"}};
    BOOST_TEST(demo.wait_for_error("hlx-sim demo: trading").has_value());
    demo.send_signal(number);
    BOOST_TEST(demo.wait_for_end().value_or(-1) == 0, demo.errors());
    check_nothing_left();
  }
}

BOOST_AUTO_TEST_CASE(a_wrong_call_says_what_is_allowed) {
  const call alone{{"demo", "--kill-strategies", "1"}};
  BOOST_TEST(alone.status.value() == 2);
  BOOST_TEST(alone.errors == "hlx-sim demo: --kill-strategies needs --nodes\n");
  const call words{{"demo", "--nodes", "--kill-strategies", "x"}};
  BOOST_TEST(words.status.value() == 2);
  BOOST_TEST(words.errors
             == "hlx-sim demo: --kill-strategies: \"x\" is not a whole number "
                "from 0 to 1000\n");
}

BOOST_AUTO_TEST_CASE(the_strategies_process_is_not_for_users) {
  const call help{{"--help"}};
  BOOST_TEST(help.output.find("demo-strategies") == std::string::npos);
  BOOST_TEST(help.output.find("replay") != std::string::npos);
  const call direct{{"demo-strategies"}};
  BOOST_TEST(direct.status.value() == 2);
  BOOST_TEST(
    direct.errors
    == "hlx-sim demo-strategies: is started by hlx-sim demo --nodes\n");
}

BOOST_AUTO_TEST_SUITE_END()
