// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

namespace {

/// A gtd order that rests as 7 and ends a minute after the start.
struct expiring_fixture : dispatch_fixture {
  expiring_fixture() {
    auto order = terms("a");
    order.time_in_force = time_in_force::gtd;
    order.expire_at_ms = now_ms + 60'000;
    submit(order);
    resting(1, 7);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch_expiry_suite, expiring_fixture)

BOOST_AUTO_TEST_CASE(an_order_expires_by_a_cancel_at_its_end_time) {
  const auto& order = std::get<order_action>(requests[0].action).orders[0];
  BOOST_TEST((order.time_in_force == wire_time_in_force::gtc));
  advance(59'999);
  BOOST_TEST(requests.size() == 1u);
  advance(1);
  BOOST_TEST(sent(2) == "cancel by cloid");
  success(2);
  canceled("a", 7);
  BOOST_TEST(heard() == "submitted accepted expired");
}

BOOST_AUTO_TEST_CASE(an_order_that_the_strategy_canceled_first_is_canceled) {
  advance(59'000);
  cancel("a");
  advance(1'000);
  BOOST_TEST(requests.size() == 2u);
  canceled("a", 7);
  BOOST_TEST(heard() == "submitted accepted canceled");
}

BOOST_AUTO_TEST_CASE(a_refused_expiry_goes_on_without_a_word) {
  advance(60'000);
  refused_whole(2, "Too many cumulative requests sent");
  BOOST_TEST(heard() == "submitted accepted");
  BOOST_TEST(warnings.size() == 1u);
  advance(2'000);
  answer_status(record("a", 7, "open"));
  BOOST_TEST(sent(3) == "cancel by cloid");
  success(3);
  // The next look is a longer pause away.
  advance(3'999);
  BOOST_TEST(queries.empty());
  advance(1);
  answer_status(record("a", 7, "open"));
  BOOST_TEST(sent(4) == "cancel by cloid");
  success(4);
  canceled("a", 7);
  BOOST_TEST(heard() == "submitted accepted expired");
}

BOOST_AUTO_TEST_CASE(
  an_expiry_that_cannot_be_written_leaves_again_with_back_off) {
  advance(60'000);
  for (std::size_t n = 2; n <= 5; ++n) {
    BOOST_REQUIRE(requests.size() == n);
    not_sent(n);
  }
  for (const std::int64_t pause : {2'000, 4'000}) {
    const auto before = requests.size();
    advance(pause - 1);
    BOOST_TEST(requests.size() == before);
    advance(1);
    BOOST_TEST(requests.size() == before + 1);
    for (int i = 0; i < 4; ++i)
      not_sent(requests.size());
  }
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(a_strategys_cancel_refused_after_the_end_time_goes_on) {
  advance(59'999);
  cancel("a");
  advance(1);
  refused_whole(2, "Too many cumulative requests sent");
  BOOST_TEST(heard() == "submitted accepted cancel_rejected");
  advance(2'000);
  answer_status(record("a", 7, "open"));
  BOOST_TEST(sent(3) == "cancel by cloid");
  success(3);
  canceled("a", 7);
  BOOST_TEST(heard() == "submitted accepted cancel_rejected expired");
}

BOOST_AUTO_TEST_CASE(a_strategys_cancel_does_not_wait_for_hlx_to_try_again) {
  advance(60'000);
  refused_whole(2, "Too many cumulative requests sent");
  advance(500);
  cancel("a");
  BOOST_TEST(sent(3) == "cancel by cloid");
  refused_whole(3, "Too many cumulative requests sent");
  BOOST_TEST(heard() == "submitted accepted cancel_rejected");
  advance(2'000);
  answer_status(record("a", 7, "open"));
  BOOST_TEST(sent(4) == "cancel by cloid");
  canceled("a", 7);
  BOOST_TEST(heard() == "submitted accepted cancel_rejected expired");
}

BOOST_AUTO_TEST_CASE(another_end_at_the_end_time_is_not_expired) {
  advance(60'000);
  status("a", 7, "marginCanceled");
  BOOST_TEST(heard() == "submitted accepted canceled");
}

BOOST_AUTO_TEST_CASE(no_modify_after_the_end_time) {
  advance(60'000);
  modify("a", "0.02", nullptr);
  BOOST_TEST(heard() == "submitted accepted modify_rejected");
}

BOOST_AUTO_TEST_SUITE_END()
