// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

namespace {

struct trigger_fixture : dispatch_fixture {
  void submit_trigger(const std::string& id, order_type type,
                      bool reduce_only = false) {
    auto order = terms(id);
    order.type = type;
    order.trigger_price = dec<price>("50000");
    order.reduce_only = reduce_only;
    if (is_market(type))
      order.price.reset();
    submit(order);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch_triggers_suite, trigger_fixture)

BOOST_AUTO_TEST_CASE(a_resting_trigger_order_is_triggered_once) {
  submit_trigger("a", order_type::stop_limit);
  const auto& order = std::get<order_action>(requests[0].action).orders[0];
  BOOST_REQUIRE(order.trigger.has_value());
  BOOST_TEST(!order.trigger->is_market);
  BOOST_TEST((order.trigger->kind == trigger_kind::stop_loss));
  resting(1, 7);
  status("a", 7, "triggered");
  status("a", 7, "triggered");
  fill("a", 7, 1, "0.01");
  BOOST_TEST(heard() == "submitted accepted triggered filled");
  BOOST_TEST(std::get<order_triggered>(events[2]).venue_order_id.value == 7u);
}

BOOST_AUTO_TEST_CASE(a_fill_before_the_word_is_preceded_by_triggered) {
  submit_trigger("a", order_type::limit_if_touched);
  fill("a", 7, 1, "0.01");
  status("a", 7, "triggered");
  resting(1, 7);
  BOOST_TEST(heard() == "submitted accepted triggered filled");
}

BOOST_AUTO_TEST_CASE(market_triggers_are_never_triggered) {
  submit_trigger("a", order_type::stop_market);
  resting(1, 7);
  status("a", 7, "triggered");
  fill("a", 7, 1, "0.01");
  BOOST_TEST(heard() == "submitted accepted filled");
}

BOOST_AUTO_TEST_CASE(a_fired_market_trigger_drops_what_does_not_match) {
  submit_trigger("a", order_type::stop_market);
  resting(1, 7);
  status("a", 7, "triggered");
  status("a", 7, "filled", "0.006");
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "submitted accepted filled canceled");
  BOOST_TEST(last<order_canceled>().reason == "filled");
}

BOOST_AUTO_TEST_CASE(a_market_trigger_has_fired_when_it_is_filled) {
  submit_trigger("a", order_type::market_if_touched);
  resting(1, 7);
  // The word that it fired was missed.
  status("a", 7, "filled", "0.006");
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "submitted accepted filled canceled");
}

BOOST_AUTO_TEST_CASE(a_fired_market_trigger_takes_no_modify_and_no_cancel) {
  submit_trigger("a", order_type::stop_market, true);
  resting(1, 7);
  status("a", 7, "triggered");
  cancel("a");
  modify("a", "0.02", nullptr);
  BOOST_TEST(heard() == "submitted accepted cancel_rejected modify_rejected");
  BOOST_TEST(requests.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_market_trigger_can_be_canceled_before_it_fires) {
  submit_trigger("a", order_type::stop_market);
  resting(1, 7);
  cancel("a");
  BOOST_TEST(sent(2) == "cancel by cloid");
}

BOOST_AUTO_TEST_CASE(a_refusal_when_it_fires_is_canceled) {
  for (const auto* word : {"marketOrderNoLiquidityRejected",
                           "perpMarginRejected", "iocCancelRejected"}) {
    events.clear();
    submit_trigger(word, order_type::stop_market);
    // Its open was never seen, but placement gives no such word.
    status(word, 100 + requests.size(), word);
    BOOST_TEST(heard() == "submitted accepted canceled");
    BOOST_TEST(last<order_canceled>().reason == word);
  }
}

BOOST_AUTO_TEST_CASE(a_refusal_at_placement_is_rejected) {
  submit_trigger("a", order_type::stop_market);
  status("a", 7, "badTriggerPxRejected");
  refused(1, "Invalid TP/SL price. asset=0");
  BOOST_TEST(heard() == "submitted rejected");
}

BOOST_AUTO_TEST_CASE(
  a_trigger_that_fired_in_a_gap_is_told_and_is_a_plain_order) {
  for (const bool told_by_list : {false, true}) {
    trigger_fixture run;
    run.submit_trigger("a", order_type::stop_limit, true);
    run.resting(1, 7);
    run.disconnect();
    run.advance(1'000);
    run.connect();
    auto listed = run.record("a", 7, "open");
    listed.is_trigger = true;
    listed.trigger_fired = told_by_list;
    listed.status_ms -= 1'000; // A list has the time of placement.
    run.answer_open_orders({listed});
    run.answer_nothing();
    BOOST_TEST(run.heard()
               == (told_by_list ? "submitted accepted triggered"
                                : "submitted accepted"));
    run.modify("a", nullptr, "49900");
    const auto& action =
      std::get<batch_modify_action>(run.requests.back().action);
    BOOST_TEST(action.always_place != told_by_list);
    BOOST_TEST(action.modifies[0].order.trigger.has_value() != told_by_list);
  }
}

BOOST_AUTO_TEST_CASE(the_trigger_of_an_old_leg_fires_no_replacement) {
  // The old leg's `triggered` before and after the replacement's proof.
  for (const bool before : {true, false}) {
    trigger_fixture run;
    run.submit_trigger("a", order_type::stop_limit, true);
    run.resting(1, 7);
    run.modify("a", nullptr, "49900");
    if (before)
      run.status("a", 7, "triggered");
    run.resting(2, 8);
    if (!before)
      run.status("a", 7, "triggered");
    BOOST_TEST(run.heard()
               == (before ? "submitted accepted triggered updated"
                          : "submitted accepted updated triggered"));
    const auto& fired = run.events[before ? 2 : 3];
    BOOST_TEST(std::get<order_triggered>(fired).venue_order_id.value == 7u);
    run.modify("a", nullptr, "49800");
    const auto& action =
      std::get<batch_modify_action>(run.requests.back().action);
    BOOST_TEST(action.always_place);
    BOOST_TEST(action.modifies[0].order.trigger.has_value());
  }
}

BOOST_AUTO_TEST_CASE(a_fill_of_an_old_leg_leaves_its_replacement_cancelable) {
  submit_trigger("a", order_type::stop_market, true);
  resting(1, 7);
  modify("a", "0.02", nullptr);
  resting(2, 8);
  fill("a", 7, 1, "0.004");
  cancel("a");
  BOOST_TEST(heard() == "submitted accepted updated filled");
  BOOST_TEST(sent(requests.size()) == "cancel by cloid");
}

BOOST_AUTO_TEST_CASE(only_reduce_only_triggers_can_be_modified) {
  submit_trigger("a", order_type::stop_limit);
  resting(1, 7);
  modify("a", "0.02", nullptr);
  BOOST_TEST(heard() == "submitted accepted modify_rejected");
  submit_trigger("b", order_type::stop_limit, true);
  resting(2, 8);
  modify("b", "0.02", nullptr);
  BOOST_TEST(sent(3) == "modify 8 to 0.02@50000");
  const auto& action = std::get<batch_modify_action>(requests[2].action);
  BOOST_TEST(action.always_place);
  BOOST_TEST(action.modifies[0].order.trigger.has_value());
  BOOST_TEST(action.modifies[0].order.reduce_only);
}

BOOST_AUTO_TEST_CASE(a_fired_limit_is_modified_as_a_plain_limit) {
  submit_trigger("a", order_type::stop_limit);
  resting(1, 7);
  status("a", 7, "triggered");
  modify("a", "0.02", nullptr);
  BOOST_TEST(sent(2) == "modify 7 to 0.02@50000");
  const auto& action = std::get<batch_modify_action>(requests[1].action);
  BOOST_TEST(!action.always_place);
  BOOST_TEST(!action.modifies[0].order.trigger.has_value());
}

BOOST_AUTO_TEST_CASE(a_replacement_of_a_trigger_that_was_filled_is_canceled) {
  submit_trigger("a", order_type::stop_limit, true);
  resting(1, 7);
  modify("a", "0.02", nullptr);
  resting(2, 8);
  status("a", 7, "triggered");
  status("a", 7, "filled", "0");
  BOOST_TEST(sent(3) == "cancel by cloid");
  fill("a", 7, 1, "0.01");
  success(3);
  canceled("a", 8, "0.02", "0.02");
  BOOST_TEST(state.open_orders() == 0u);
}

BOOST_AUTO_TEST_CASE(the_protected_price_of_a_market_trigger) {
  submit_trigger("a", order_type::stop_market);
  BOOST_TEST(sent(1) == "order 0.01@50500");
}

BOOST_AUTO_TEST_SUITE_END()
