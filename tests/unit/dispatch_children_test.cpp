// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

namespace {

const element_outcome waits{.status = element_status::waiting_for_fill};

/// A parent "p" and its stop-loss "sl"; the answer is still to come.
struct family_fixture : dispatch_fixture {
  family_fixture() {
    submit_list list;
    list.strategy.value = "S-1";
    list.grouping = order_grouping::normal_tpsl;
    list.orders = {terms("p"), terms("sl")};
    auto& child = list.orders[1];
    child.side = order_side::sell;
    child.type = order_type::stop_market;
    child.price.reset();
    child.trigger_price = dec<price>("49000");
    child.reduce_only = true;
    apply(list);
  }

  void answer() {
    reply(1, {{.status = element_status::resting, .oid = {7}}, waits});
  }

  /// Names the order of the last event.
  std::string about() const {
    return std::string{header_of(events.back()).client_order_id.value};
  }

  order_status_report child(const char* word) const {
    auto report = record("sl", 8, word);
    report.limit_price = dec<price>("48510");
    return report;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch_children_suite, family_fixture)

BOOST_AUTO_TEST_CASE(a_child_that_waits_emits_nothing_until_its_oid_shows) {
  answer();
  BOOST_TEST(heard() == "submitted submitted accepted");
  advance(600'000);
  BOOST_TEST(queries.empty());
  fill("p", 7, 1, "0.01");
  advance(600'000);
  BOOST_TEST(queries.empty());
  frame(child("open"));
  BOOST_TEST(heard() == "submitted submitted accepted filled accepted");
  BOOST_TEST(about() == "sl");
}

BOOST_AUTO_TEST_CASE(a_refused_cancel_of_a_child_that_waits_is_told) {
  answer();
  cancel("sl");
  refused(2, "Order was never placed, already canceled, or filled. asset=0");
  BOOST_TEST(heard() == "submitted submitted accepted cancel_rejected");
  BOOST_TEST(about() == "sl");
  BOOST_TEST(asked() == "status by cloid");
}

BOOST_AUTO_TEST_CASE(a_lost_cancel_of_a_child_that_waits_leaves_again) {
  answer();
  cancel("sl");
  for (std::size_t n = 2; n <= 6; ++n) {
    BOOST_REQUIRE(requests.size() == n);
    lost(n);
    advance(2'000);
    for (int i = 0; i < 3; ++i) {
      answer_status();
      advance(1'000);
    }
  }
  BOOST_TEST(heard() == "submitted submitted accepted cancel_rejected");
  BOOST_TEST(about() == "sl");
  advance(600'000);
  BOOST_TEST(requests.size() == 6u);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(a_child_canceled_and_never_seen_has_ended) {
  answer();
  cancel("sl");
  success(2);
  advance(2'000);
  answer_status();
  advance(1'000);
  answer_status();
  advance(1'000);
  BOOST_TEST(heard() == "submitted submitted accepted");
  answer_status();
  BOOST_TEST(heard() == "submitted submitted accepted rejected");
  BOOST_TEST(about() == "sl");
  BOOST_TEST(last<order_rejected>().reason == "canceled before it was placed");
  fill("p", 7, 1, "0.01");
  frame(child("open"));
  BOOST_TEST(sent(3) == "cancel 8");
}

BOOST_AUTO_TEST_CASE(a_child_unknown_after_its_parent_ended_is_rejected) {
  answer();
  canceled("p", 7);
  BOOST_TEST(queries.empty()); // the next element may name it
  advance(0);
  BOOST_TEST(asked() == "status by cloid");
  answer_status();
  advance(999);
  BOOST_TEST(asked() == "");
  advance(1);
  answer_status();
  advance(1'000);
  BOOST_TEST(heard() == "submitted submitted accepted canceled");
  answer_status();
  BOOST_TEST(heard() == "submitted submitted accepted canceled rejected");
  BOOST_TEST(about() == "sl");
  BOOST_TEST(last<order_rejected>().reason == "parent ended");
  advance(600'000);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(a_child_named_with_its_parents_end_is_not_asked_for) {
  answer();
  user_stream_update update;
  update.orders = {record("p", 7, "canceled"), child("canceled")};
  apply(update);
  advance(600'000);
  BOOST_TEST(queries.empty());
  BOOST_TEST(heard()
             == "submitted submitted accepted canceled accepted canceled");
}

BOOST_AUTO_TEST_CASE(the_answer_tells_what_became_of_the_child) {
  answer();
  canceled("p", 7, "0.005");
  fill("p", 7, 1, "0.005");
  BOOST_TEST(heard() == "submitted submitted accepted filled canceled");
  advance(0);
  answer_status(child("open"));
  BOOST_TEST(heard()
             == "submitted submitted accepted filled canceled accepted");
  advance(600'000);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(a_failed_query_about_a_child_is_repeated) {
  answer();
  canceled("p", 7);
  advance(0);
  fail<order_status_query>();
  advance(1'999);
  BOOST_TEST(asked() == "");
  advance(1);
  BOOST_TEST(asked() == "status by cloid");
}

BOOST_AUTO_TEST_CASE(a_frame_ends_the_asking) {
  answer();
  canceled("p", 7);
  advance(0);
  answer_status();
  frame(child("open"));
  advance(600'000);
  BOOST_TEST(queries.empty());
  modify("sl", "0.005", nullptr);
  BOOST_TEST(requests.size() == 2u);
}

BOOST_AUTO_TEST_CASE(the_parents_end_may_come_before_the_reply) {
  open("p", 7);
  canceled("p", 7);
  advance(1'000);
  BOOST_TEST(queries.empty());
  answer();
  for (int i = 0; i < 3; ++i) {
    advance(i == 0 ? 0 : 1'000);
    answer_status();
  }
  BOOST_TEST(last<order_rejected>().reason == "parent ended");
}

BOOST_AUTO_TEST_CASE(a_rejected_parent_leaves_its_child_to_be_asked_for) {
  reply(1, {{.status = element_status::error, .error = "Nope"}, waits});
  advance(0);
  BOOST_TEST(asked() == "status by cloid");
}

BOOST_AUTO_TEST_CASE(an_unknown_list_resolves_each_of_its_orders) {
  lost(1);
  advance(7'000);
  answer_clock();
  BOOST_TEST(asked() == "status by cloid, open orders, status by cloid");
  answer_status(record("p", 7, "open"));
  answer_open_orders({child("open")});
  BOOST_TEST(heard() == "submitted submitted accepted accepted");
  advance(600'000);
  BOOST_TEST(heard() == "submitted submitted accepted accepted");
}

BOOST_AUTO_TEST_SUITE_END()
