// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/demo_team.hpp"
#include "tests/simulate/kill_plan.hpp"
#include "tests/simulate/team_lines.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <vector>

using namespace hlx;
using namespace hlx::simulate;

namespace {

std::vector<std::int64_t> moments_of(kill_plan plan) {
  std::vector<std::int64_t> result;
  while (const auto next = plan.next_ms()) {
    result.push_back(*next);
    plan.take(*next);
  }
  return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(demo_team_suite)

BOOST_AUTO_TEST_CASE(a_kill_plan_has_as_many_moments_as_asked_for_in_order) {
  const auto moments = moments_of({50, 1'000, 7});
  BOOST_TEST(moments.size() == 50u);
  BOOST_TEST(std::is_sorted(moments.begin(), moments.end()));
  BOOST_TEST(moments.front() >= 0);
  BOOST_TEST(moments.back() <= 1'000);
}

BOOST_AUTO_TEST_CASE(a_kill_plan_follows_its_seed) {
  BOOST_TEST(moments_of({5, 1'000, 7}) == moments_of({5, 1'000, 7}));
  BOOST_TEST(moments_of({5, 1'000, 7}) != moments_of({5, 1'000, 8}));
}

BOOST_AUTO_TEST_CASE(a_kill_is_taken_once_and_not_before_its_moment) {
  kill_plan plan{1, 1'000, 7};
  const auto moment = plan.next_ms().value();
  BOOST_TEST(!plan.take(moment - 1));
  BOOST_TEST(plan.take(moment));
  BOOST_TEST(!plan.take(moment));
  BOOST_TEST(!plan.next_ms().has_value());
  BOOST_TEST(plan.done() == 1u);
  BOOST_TEST(!kill_plan{}.take(1'000));
}

BOOST_AUTO_TEST_CASE(no_life_uses_the_ids_or_the_seed_of_another) {
  std::set<std::string> prefixes;
  std::set<std::uint64_t> seeds;
  for (std::size_t member = 0; member < demo_team::size; ++member) {
    for (std::uint64_t life = 1; life <= 12; ++life) {
      const auto x = team_member(member, "77", 1, life);
      prefixes.insert(x.id_prefix);
      seeds.insert(x.seed);
    }
  }
  BOOST_TEST(prefixes.size() == 24u);
  BOOST_TEST(seeds.size() == 24u);
  BOOST_TEST(team_member(0, "77", 1, 12).id_prefix == "M-77-12-");
  BOOST_TEST(team_member(1, "77", 1).id_prefix == "T-77-");
}

BOOST_AUTO_TEST_CASE(the_shares_of_the_members_add_up) {
  for (const std::uint64_t due : {0U, 1U, 2U, 39U, 40U})
    BOOST_TEST(share_of(due, 0) + share_of(due, 1) == due);
}

BOOST_AUTO_TEST_CASE(requests_to_the_team_come_back_as_they_were) {
  const team_request look =
    team_look{{5'999'950'000'000}, {6'000'100'000'000}, 12};
  BOOST_TEST(encode(look) == "look 59999.5 60001 12");
  BOOST_TEST((*decode_request(encode(look)) == look));
  BOOST_TEST(encode(team_request{team_close{}}) == "close");
  BOOST_TEST((*decode_request("close") == team_request{team_close{}}));
}

BOOST_AUTO_TEST_CASE(reports_of_the_team_come_back_as_they_were) {
  const team_report event = team_event{{"maker"}, 17, R"({"event":"x y"})"};
  BOOST_TEST(encode(event) == R"(event maker 17 {"event":"x y"})");
  BOOST_TEST((*decode_report(encode(event)) == event));
  const team_report linked = team_linked{{"maker"}};
  BOOST_TEST((*decode_report(encode(linked)) == linked));
  const team_report note = team_note{"two words"};
  BOOST_TEST((*decode_report(encode(note)) == note));
}

BOOST_AUTO_TEST_CASE(a_report_stays_one_line) {
  BOOST_TEST(encode(team_report{team_note{"one\ntwo"}}) == "note one two");
}

BOOST_AUTO_TEST_CASE(a_line_that_is_not_understood_is_quoted) {
  for (const auto* line : {"", "look", "look 1 2", "look 1 2 x", "look 1 2 3 4",
                           "close now", "LOOK 1 2 3"})
    BOOST_TEST(decode_request(line).error().text
               == "expected look BID ASK ORDERS or close, not \""
                    + std::string{line} + "\"");
  for (const auto* line : {"", "event", "event maker", "event maker x y",
                           "linked", "linked a b", "notes"})
    BOOST_TEST(decode_report(line).error().text
               == "expected event STRATEGY NUMBER TEXT, linked STRATEGY or "
                  "note TEXT, not \""
                    + std::string{line} + "\"");
}

BOOST_AUTO_TEST_CASE(an_event_that_is_told_again_is_known) {
  event_numbers numbers;
  BOOST_TEST(numbers.take({"maker"}, 1));
  BOOST_TEST(numbers.take({"maker"}, 2));
  BOOST_TEST(!numbers.take({"maker"}, 1));
  BOOST_TEST(!numbers.take({"maker"}, 2));
  BOOST_TEST(numbers.take({"taker"}, 1));
  BOOST_TEST(numbers.take({"maker"}, 3));
  BOOST_TEST(numbers.last({"maker"}) == 3u);
  BOOST_TEST(numbers.last({"other"}) == 0u);
  BOOST_TEST(numbers.gaps().empty());
}

BOOST_AUTO_TEST_CASE(an_event_that_is_missing_is_noticed) {
  event_numbers numbers;
  numbers.take({"maker"}, 1);
  BOOST_TEST(numbers.take({"maker"}, 3));
  BOOST_REQUIRE(numbers.gaps().size() == 1);
  BOOST_TEST(numbers.gaps()[0]
             == "event 3 of strategy maker came after event 1");
}

BOOST_AUTO_TEST_SUITE_END()
