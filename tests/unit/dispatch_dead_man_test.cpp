// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

BOOST_FIXTURE_TEST_SUITE(dispatch_dead_man_suite, dead_man_fixture)

BOOST_AUTO_TEST_CASE(
  the_switch_is_set_at_the_start_and_put_off_while_hlx_lives) {
  BOOST_TEST(sent(1) == "cancel all at 1060000");
  BOOST_TEST(*requests[0].expires_after_ms == 1'005'000);
  done(1);
  advance(19'999);
  BOOST_TEST(requests.size() == 1u);
  advance(1);
  BOOST_TEST(sent(2) == "cancel all at 1080000");
  done(2);
  advance(40'000);
  BOOST_TEST(sent(4) == "cancel all at 1120000");
  BOOST_TEST(warnings.empty());
}

BOOST_AUTO_TEST_CASE(the_stream_may_be_down_and_come_back) {
  done(1);
  disconnect();
  advance(20'000);
  BOOST_TEST(requests.size() == 2u);
  done(2);
  connect();
  answer_nothing();
  BOOST_TEST(requests.size() == 2u);
  advance(20'000);
  BOOST_TEST(requests.size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_refusal_is_told_and_tried_again_with_back_off) {
  refused_whole(1, "Not now.");
  BOOST_TEST(warnings.size() == 1u);
  BOOST_TEST(warnings[0].find("Not now.") != std::string::npos);
  advance(1'999);
  BOOST_TEST(requests.size() == 1u);
  advance(1);
  BOOST_TEST(requests.size() == 2u);
  refused_whole(2, "No.");
  advance(3'999);
  BOOST_TEST(requests.size() == 2u);
  advance(1);
  BOOST_TEST(requests.size() == 3u);
  done(3);
  advance(19'999);
  BOOST_TEST(requests.size() == 3u);
  advance(1);
  BOOST_TEST(requests.size() == 4u);
}

BOOST_AUTO_TEST_CASE(a_refusal_for_want_of_volume_is_seldom_tried_again) {
  refused_whole(1, "Cannot set scheduled cancel time until enough volume "
                   "traded. Required: $1000000. Traded: $1.");
  BOOST_TEST(warnings.size() == 1u);
  BOOST_TEST(warnings[0].find("Required: $1000000") != std::string::npos);
  advance(599'999);
  BOOST_TEST(requests.size() == 1u);
  advance(1);
  BOOST_TEST(requests.size() == 2u);
}

BOOST_AUTO_TEST_CASE(an_unknown_outcome_is_tried_again_before_it_fires) {
  lost(1);
  advance(2'000);
  BOOST_TEST(sent(2) == "cancel all at 1062000");
  not_sent(2);
  BOOST_TEST(warnings.size() == 2u);
  advance(4'000);
  BOOST_TEST(requests.size() == 3u);
}

BOOST_AUTO_TEST_CASE(what_it_canceled_is_reported_as_any_end) {
  done(1);
  place("a", 7);
  status("a", 7, "scheduledCancel");
  BOOST_TEST(heard() == "submitted accepted canceled");
  BOOST_TEST(last<order_canceled>().reason == "scheduledCancel");
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

/// The account has used up its requests; the switch is set for a minute.
struct used_up_fixture : dead_man_fixture {
  used_up_fixture() : dead_man_fixture(with_limits()) {
    done(1);
    submit("z");
    refused_whole(2, "Too many cumulative requests sent (10001 > 10000) for "
                     "cumulative volume traded $1.");
    events.clear();
  }

  static dispatch_options with_limits() {
    dispatch_options result;
    result.budget.enabled = true;
    return result;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch_used_up_suite, used_up_fixture)

BOOST_AUTO_TEST_CASE(orders_get_the_turns_that_the_switch_can_spare) {
  advance(20'000);
  BOOST_TEST(sent(3) == "cancel all at 1080000");
  done(3);
  for (std::size_t n = 4; n <= 7; ++n) {
    advance(9'999);
    submit("a");
    BOOST_TEST(heard() == "denied");
    BOOST_TEST(last<order_denied>().passes_at_ms.value() == now_ms + 1);
    advance(1);
    events.clear();
    submit("a" + std::to_string(n));
    BOOST_TEST(heard() == "submitted");
    BOOST_REQUIRE(requests.size() == n);
    refused(n, "Insufficient margin to place order. asset=0");
    events.clear();
  }
  advance(10'000);
  BOOST_TEST(sent(8) == "cancel all at 1130000");
  BOOST_TEST(warnings.empty());
}

BOOST_AUTO_TEST_CASE(the_switch_waits_for_its_turn) {
  advance(15'000);
  submit("a");
  resting(3, 7);
  advance(9'999);
  BOOST_TEST(requests.size() == 3u);
  advance(1);
  BOOST_TEST(sent(4) == "cancel all at 1085000");
  BOOST_TEST(warnings.empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(dispatch_no_dead_man_suite, dispatch_fixture)

BOOST_AUTO_TEST_CASE(there_is_no_switch_unless_asked_for) {
  advance(600'000);
  BOOST_TEST(requests.empty());
}

BOOST_AUTO_TEST_SUITE_END()
