// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/remote_execution_client/link_plan.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace hlx;

namespace {

constexpr link_plan_options options{.retry_delay_min_ms = 50,
                                    .retry_delay_max_ms = 250,
                                    .steady_ms = 5'000,
                                    .patience_ms = 1'500,
                                    .seed = 7};

/// How long until the next attempt, when one fails at `now_ms`.
std::int64_t delay_after_failure(link_plan& plan, std::int64_t now_ms) {
  plan.down(now_ms);
  return *plan.next_deadline_ms() - now_ms;
}

void check_between(std::int64_t value, std::int64_t low, std::int64_t high) {
  BOOST_TEST(value >= low);
  BOOST_TEST(value <= high);
}

} // namespace

BOOST_AUTO_TEST_SUITE(link_plan_suite)

BOOST_AUTO_TEST_CASE(nothing_is_due_before_the_start_and_one_attempt_after_it) {
  link_plan plan{options};
  BOOST_TEST(!plan.is_due(1'000));
  plan.start(1'000);
  BOOST_TEST(plan.is_due(1'000));
  BOOST_TEST(plan.begin(1'000) == 1u);
  plan.start(1'001);
  BOOST_TEST(!plan.is_due(1'001));
}

BOOST_AUTO_TEST_CASE(delays_double_up_to_the_largest_less_at_most_a_half) {
  link_plan plan{options};
  plan.start(0);
  const std::int64_t delays[] = {50, 100, 200, 250, 250};
  for (const auto delay : delays) {
    plan.begin(0);
    check_between(delay_after_failure(plan, 0), delay / 2, delay);
  }
}

BOOST_AUTO_TEST_CASE(a_seed_makes_its_own_delays) {
  std::set<std::int64_t> seen;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    auto seeded = options;
    seeded.seed = seed;
    link_plan plan{seeded};
    link_plan twin{seeded};
    plan.begin(0);
    twin.begin(0);
    const auto delay = delay_after_failure(plan, 0);
    BOOST_TEST(delay == delay_after_failure(twin, 0));
    seen.insert(delay);
  }
  BOOST_TEST(seen.size() > 5u);
}

BOOST_AUTO_TEST_CASE(a_steady_link_begins_with_the_shortest_delay_again) {
  link_plan plan{options};
  plan.begin(0);
  plan.down(0);
  plan.begin(100);
  plan.up(100);
  check_between(delay_after_failure(plan, 5'099), 50, 100);
  plan.begin(6'000);
  plan.up(6'000);
  check_between(delay_after_failure(plan, 11'000), 25, 50);
}

BOOST_AUTO_TEST_CASE(only_the_attempt_under_way_is_of_interest) {
  link_plan plan{options};
  plan.start(0);
  BOOST_TEST(!plan.is_current(0));
  const auto first = plan.begin(0);
  BOOST_TEST(plan.is_current(first));
  plan.down(0);
  BOOST_TEST(!plan.is_current(first));
  const auto second = plan.begin(50);
  BOOST_TEST(!plan.is_current(first));
  BOOST_TEST(plan.is_current(second));
}

BOOST_AUTO_TEST_CASE(an_attempt_that_takes_long_is_told_of_once) {
  link_plan plan{options};
  plan.begin(1'000);
  BOOST_TEST((plan.next_deadline_ms() == 2'500));
  BOOST_TEST(!plan.is_overdue(2'499));
  BOOST_TEST(plan.is_overdue(2'500));
  BOOST_TEST(!plan.is_overdue(2'501));
  BOOST_TEST(!plan.next_deadline_ms());
}

BOOST_AUTO_TEST_CASE(nothing_is_due_while_the_link_is_up_or_given_up) {
  link_plan plan{options};
  plan.begin(0);
  plan.up(10);
  BOOST_TEST(plan.is_up());
  BOOST_TEST(!plan.next_deadline_ms());
  plan.stop();
  BOOST_TEST(!plan.is_up());
  BOOST_TEST(!plan.next_deadline_ms());
}

BOOST_AUTO_TEST_SUITE_END()
