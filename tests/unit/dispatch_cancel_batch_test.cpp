// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

namespace {

constexpr auto never_placed =
  "Order was never placed, already canceled, or filled. asset=0";

struct many_fixture : dispatch_fixture {
  void cancel_everything() { apply(cancel_all{{"S-1"}, std::nullopt}); }

  /// How many cancels the request holds.
  std::size_t cancels_of(std::size_t request) const {
    const auto& action = requests[request - 1].action;
    const auto* cancels = std::get_if<cancel_by_cloid_action>(&action);
    BOOST_REQUIRE(cancels);
    return cancels->cancels.size();
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch_cancel_batch_suite, many_fixture)

BOOST_AUTO_TEST_CASE(cancel_all_leaves_as_one_action_orders_in_flight_too) {
  place("a", 7);
  submit("b");
  place("c", 9);
  cancel_everything();
  BOOST_TEST(requests.size() == 4u);
  BOOST_TEST(sent(4) == "cancel by cloid + cancel by cloid + cancel by cloid");
  BOOST_TEST(!requests[3].expires_after_ms);
}

BOOST_AUTO_TEST_CASE(each_element_of_the_answer_speaks_of_its_order) {
  place("a", 7);
  submit("b");
  place("c", 9);
  cancel_everything();
  reply(4, {{.status = element_status::success},
            {.status = element_status::error, .error = never_placed},
            {.status = element_status::error, .error = "Trading is halted."}});
  BOOST_TEST(last<order_cancel_rejected>().header.client_order_id.value == "c");
  BOOST_TEST(last<order_cancel_rejected>().reason == "Trading is halted.");
  canceled("a", 7);
  BOOST_TEST(last<order_canceled>().header.client_order_id.value == "a");
  // It was on its way when it was canceled: once more, by itself.
  resting(2, 8);
  BOOST_TEST(sent(5) == "cancel by cloid");
}

BOOST_AUTO_TEST_CASE(chosen_orders_leave_as_one_action) {
  place("a", 7);
  submit("b");
  place("c", 9);
  apply(cancel_orders{{"S-1"}, {{"c"}, {"b"}, {"c"}}});
  BOOST_TEST(requests.size() == 4u);
  BOOST_TEST(sent(4) == "cancel by cloid + cancel by cloid");
  canceled("c", 9);
  BOOST_TEST(last<order_canceled>().header.client_order_id.value == "c");
  BOOST_TEST(state.open_orders() == 2u);
}

BOOST_AUTO_TEST_CASE(each_chosen_order_answers_for_itself) {
  place("a", 7);
  submit_order other{{"S-2"}, terms("x")};
  apply(other);
  events.clear();
  apply(cancel_orders{{"S-1"}, {{"nobody"}, {"a"}, {"x"}}});
  BOOST_TEST(heard() == "cancel_rejected cancel_rejected");
  BOOST_TEST(std::get<order_cancel_rejected>(events[0]).reason
             == "unknown order");
  BOOST_TEST(last<order_cancel_rejected>().reason
             == "the order of another strategy");
  BOOST_TEST(sent(requests.size()) == "cancel by cloid");
}

BOOST_AUTO_TEST_CASE(chosen_orders_need_no_strategy) {
  place("a", 7);
  apply(cancel_orders{{}, {{"nobody"}, {"a"}}});
  BOOST_TEST(sent(requests.size()) == "cancel by cloid");
  BOOST_TEST(warnings.back() == "cancel of the unknown order nobody");
  warnings.clear();
  apply(cancel_orders{{"S-1"}, {}});
  BOOST_TEST(warnings.back()
             == "cancel_orders of strategy \"S-1\" names no order");
}

BOOST_AUTO_TEST_CASE(chosen_orders_without_end_leave_in_parts) {
  cancel_orders command{{"S-1"}, {}};
  for (int i = 0; i < 201; ++i) {
    submit("o-" + std::to_string(i));
    command.client_order_ids.push_back({"o-" + std::to_string(i)});
  }
  apply(command);
  BOOST_TEST(requests.size() == 203u);
  BOOST_TEST(cancels_of(202) == 200u);
  BOOST_TEST(cancels_of(203) == 1u);
}

BOOST_AUTO_TEST_CASE(an_instrument_is_canceled_for_all_strategies) {
  place("a", 7);
  apply(submit_order{{"S-2"}, terms("x")});
  auto eth = terms("e", "1");
  eth.instrument = "ETH";
  eth.price = dec<price>("3000");
  submit(eth);
  apply(cancel_all{{}, "BTC"});
  BOOST_TEST(sent(requests.size()) == "cancel by cloid + cancel by cloid");
  const auto before = requests.size();
  apply(cancel_all{{}, std::nullopt});
  BOOST_TEST(requests.size() == before);
  BOOST_TEST(warnings.back()
             == "cancel_all names neither a strategy nor an instrument");
}

BOOST_AUTO_TEST_CASE(a_refusal_of_the_action_is_told_for_each_order) {
  place("a", 7);
  place("b", 8);
  cancel_everything();
  refused_whole(3, "Too many cumulative requests sent (2 > 1) for ...");
  BOOST_TEST(heard()
             == "submitted accepted submitted accepted cancel_rejected "
                "cancel_rejected");
}

BOOST_AUTO_TEST_CASE(without_a_usable_answer_each_order_is_asked_for) {
  place("a", 7);
  place("b", 8);
  cancel_everything();
  reply(3, {{.status = element_status::success},
            {.status = element_status::success},
            {.status = element_status::success}});
  advance(1'999);
  BOOST_TEST(asked() == "");
  advance(1);
  BOOST_TEST(asked() == "status by cloid, status by cloid");
  answer_status(record("a", 7, "canceled"));
  answer_status(record("b", 8, "open"));
  BOOST_TEST(sent(4) == "cancel by cloid");
}

BOOST_AUTO_TEST_CASE(a_batch_that_was_not_written_leaves_again_as_one) {
  place("a", 7);
  place("b", 8);
  cancel_everything();
  for (const auto request : {3u, 4u, 5u}) {
    BOOST_TEST(cancels_of(request) == 2u);
    not_sent(request);
  }
  BOOST_TEST(cancels_of(6) == 2u);
  not_sent(6);
  BOOST_TEST(requests.size() == 6u);
  BOOST_TEST(heard()
             == "submitted accepted submitted accepted cancel_rejected "
                "cancel_rejected");
}

BOOST_AUTO_TEST_CASE(an_action_holds_no_more_than_the_venue_takes) {
  for (int i = 0; i < 250; ++i)
    submit(std::to_string(i));
  cancel_everything();
  BOOST_TEST(requests.size() == 252u);
  BOOST_TEST(cancels_of(251) == 200u);
  BOOST_TEST(cancels_of(252) == 50u);
}

BOOST_AUTO_TEST_CASE(legs_without_a_cloid_are_canceled_by_number_beside) {
  place("a", 7);
  submit("b");
  auto report = record("b", 8, "open");
  report.cloid.reset();
  resting(2, 8);
  frame(report);
  cancel_everything();
  BOOST_TEST(sent(3) == "cancel by cloid");
  BOOST_TEST(sent(4) == "cancel 8");
}

BOOST_AUTO_TEST_CASE(what_is_being_canceled_is_left_out) {
  place("a", 7);
  place("b", 8);
  cancel("a");
  cancel_everything();
  BOOST_TEST(sent(4) == "cancel by cloid");
  cancel_everything();
  BOOST_TEST(requests.size() == 4u);
}

BOOST_AUTO_TEST_CASE(own_cancels_leave_before_submits_after_a_gap) {
  auto order = terms("a");
  order.time_in_force = time_in_force::gtd;
  order.expire_at_ms = now_ms + 60'000;
  submit(order);
  open("a", 7);
  resting(1, 7);
  advance(60'000);
  BOOST_TEST(sent(2) == "cancel by cloid");
  refused_whole(2, "Too many cumulative requests sent (2 > 1) for ...");
  disconnect();
  submit("b");
  connect();
  const auto listed = record("a", 7, "open");
  answer_open_orders({listed});
  BOOST_TEST(requests.size() == 2u);
  answer_fills();
  BOOST_TEST(requests.size() == 4u);
  BOOST_TEST(sent(3) == "cancel by cloid");
  BOOST_TEST(sent(4) == "order 0.01@50000");
  canceled("a", 7);
  BOOST_TEST(heard() == "submitted accepted submitted expired");
}

BOOST_AUTO_TEST_SUITE_END()
