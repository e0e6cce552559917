// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/json.hpp"
#include "tests/simulate/demo.hpp"

#include <boost/test/unit_test.hpp>

#include <mutex>
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
      result += line.find("\"event\":\"" + event + "\"") != std::string::npos;
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

BOOST_AUTO_TEST_SUITE_END()
