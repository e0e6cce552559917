// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/restart_plan.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

using namespace hlx;

namespace {

constexpr std::int64_t start_ms = 1'000'000;

struct restart_plan_fixture {
  restart_plan plan;
  std::int64_t now_ms = start_ms;

  restart_plan_fixture() { plan.started(now_ms); }

  /// The child lives for so long, dies, and is started again when due.
  std::int64_t pause_after(std::int64_t life_ms) {
    now_ms += life_ms;
    plan.died(now_ms);
    const auto pause_ms = *plan.start_at_ms() - now_ms;
    now_ms += pause_ms;
    BOOST_TEST(plan.is_due(now_ms));
    plan.started(now_ms);
    return pause_ms;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(restart_plan_suite, restart_plan_fixture)

BOOST_AUTO_TEST_CASE(pauses_double_from_none_to_ten_seconds) {
  std::vector<std::int64_t> pauses(10);
  for (auto& pause_ms : pauses)
    pause_ms = pause_after(1);
  const std::vector<std::int64_t> expected{0,    100,  200,  400,    800,
                                           1600, 3200, 6400, 10'000, 10'000};
  BOOST_TEST(pauses == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_steady_life_ends_the_series) {
  pause_after(1);
  pause_after(1);
  BOOST_TEST(pause_after(59'999) == 200);
  BOOST_TEST(pause_after(60'000) == 0);
}

BOOST_AUTO_TEST_CASE(one_that_cannot_start_is_never_tried_at_once) {
  plan.failed_to_start(now_ms);
  BOOST_TEST(!plan.is_due(now_ms + 99));
  BOOST_TEST(plan.is_due(now_ms + 100));
}

BOOST_AUTO_TEST_CASE(nothing_is_due_while_it_lives_or_after_giving_up) {
  BOOST_TEST(!plan.start_at_ms());
  plan.died(now_ms);
  plan.give_up();
  BOOST_TEST(!plan.is_due(now_ms + 1'000'000));
}

BOOST_AUTO_TEST_SUITE_END()
