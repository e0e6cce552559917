// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

/// Modifies whose outcome nobody knows.
BOOST_FIXTURE_TEST_SUITE(dispatch_unknown_modify_suite, dispatch_fixture)

BOOST_AUTO_TEST_CASE(the_list_may_know_what_a_modify_of_unknown_outcome_did) {
  place("a", 7);
  modify("a", nullptr, "50100");
  lost(2);
  advance(7'000);
  answer_clock();
  for (int i = 0; i < 3; ++i) {
    BOOST_TEST(asked() == "status by cloid");
    answer_status();
    if (i < 2)
      advance(1'000);
  }
  BOOST_TEST(asked() == "open orders");
  answer_open_orders({record("a", 8, "open")});
  BOOST_TEST(heard() == "submitted accepted updated");
  advance(600'000);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(a_modify_whose_old_leg_is_still_listed_was_not_applied) {
  place("a", 7);
  modify("a", nullptr, "50100");
  lost(2);
  advance(7'000);
  answer_clock();
  answer_unknown_thrice();
  answer_open_orders({record("a", 7, "open")});
  BOOST_TEST(heard() == "submitted accepted modify_rejected");
  advance(600'000);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(
  a_modify_that_neither_status_nor_list_knows_was_not_applied) {
  for (const bool is_known : {false, true}) {
    dispatch_fixture run;
    run.place("a", 7);
    run.modify("a", nullptr, "50100");
    run.lost(2);
    run.advance(7'000);
    run.answer_clock();
    run.answer_unknown_thrice();
    run.answer_open_orders();
    BOOST_TEST(run.asked() == "status by oid 7");
    if (is_known)
      run.answer_status(run.record("a", 7, "open"));
    else
      run.answer_status();
    BOOST_TEST(run.heard() == "submitted accepted modify_rejected");
    run.advance(2'000);
    BOOST_TEST(run.asked() == (is_known ? "" : "status by oid 7"));
  }
}

BOOST_AUTO_TEST_SUITE_END()
