// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

namespace {

/// A stop-loss "sl" of a whole position of 0.02 BTC, with no size of its own.
struct position_fixture : dispatch_fixture {
  position_fixture() {
    submit_list list;
    list.strategy.value = "S-1";
    list.grouping = order_grouping::position_tpsl;
    list.orders = {terms("sl", "0")};
    auto& stop = list.orders.front();
    stop.side = order_side::sell;
    stop.type = order_type::stop_market;
    stop.price.reset();
    stop.trigger_price = dec<price>("49000");
    stop.reduce_only = true;
    apply(list);
    reply(1, {{.status = element_status::waiting_for_trigger}});
    status("sl", 7, "open", "0", "0");
  }

  /// A trade of a position that was `before`.
  fill_report part(std::uint64_t number, const char* size,
                   const char* before) const {
    auto report = trade("sl", 7, number, size);
    report.side = order_side::sell;
    report.start_position = dec<amount>(before);
    return report;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch_position_orders_suite, position_fixture)

BOOST_AUTO_TEST_CASE(the_trade_that_closes_the_position_is_terminal) {
  frame(part(1, "0.005", "0.02"));
  frame(part(2, "0.015", "0.015"));
  BOOST_TEST(heard() == "submitted accepted filled filled");
  BOOST_TEST(is_terminal(events.back()));
  BOOST_TEST(to_string(last<order_filled>().quantity) == "0.02");
  BOOST_TEST(state.open_orders() == 0u);
  status("sl", 7, "filled", "0", "0.02");
  advance(600'000);
  BOOST_TEST(heard() == "submitted accepted filled filled");
  BOOST_TEST(queries.empty());
  BOOST_TEST(warnings.empty());
}

BOOST_AUTO_TEST_CASE(the_last_promised_trade_is_terminal) {
  status("sl", 7, "triggered", "0.02", "0");
  status("sl", 7, "filled", "0", "0.02");
  BOOST_TEST(heard() == "submitted accepted");
  frame(part(1, "0.005", "0.05"));
  BOOST_TEST(!is_terminal(events.back()));
  frame(part(2, "0.015", "0.045"));
  BOOST_TEST(heard() == "submitted accepted filled filled");
  BOOST_TEST(is_terminal(events.back()));
  BOOST_TEST(state.open_orders() == 0u);
}

BOOST_AUTO_TEST_CASE(a_filled_that_promises_nothing_waits_for_all_trades) {
  status("sl", 7, "filled", "0", "0");
  BOOST_TEST(heard() == "submitted accepted");
  frame(part(1, "0.005", "0.02"));
  BOOST_TEST(heard() == "submitted accepted filled");
  frame(part(2, "0.015", "0.015"));
  BOOST_TEST(heard() == "submitted accepted filled filled");
  BOOST_TEST(is_terminal(events.back()));
  advance(600'000);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(the_last_trade_is_terminal_wherever_filled_arrives) {
  // The book took 0.02 of a position of 0.05.
  for (const std::size_t told_after : {0u, 1u, 2u}) {
    position_fixture run;
    const auto tell = [&](std::size_t trades) {
      if (trades == told_after)
        run.status("sl", 7, "filled", "0.03", "0.05");
    };
    tell(0);
    run.frame(run.part(1, "0.005", "0.05"));
    tell(1);
    run.frame(run.part(2, "0.015", "0.045"));
    tell(2);
    BOOST_TEST_CONTEXT("told after " << told_after) {
      BOOST_TEST(run.heard() == "submitted accepted filled filled");
      BOOST_TEST(is_terminal(run.events.back()));
      BOOST_TEST(to_string(run.last<order_filled>().quantity) == "0.02");
      BOOST_TEST(run.state.open_orders() == 0u);
      run.advance(600'000);
      BOOST_TEST(run.queries.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_trade_that_may_be_the_last_waits_two_seconds_at_most) {
  frame(part(1, "0.005", "0.02"));
  frame(part(1, "0.005", "0.02"));
  BOOST_TEST(heard() == "submitted accepted");
  advance(2'000);
  BOOST_TEST(queries.size() == 1u);
  fail<order_status_query>();
  BOOST_TEST(heard() == "submitted accepted filled");
  BOOST_TEST(!is_terminal(events.back()));
  frame(part(1, "0.005", "0.02"));
  BOOST_TEST(heard() == "submitted accepted filled");
}

BOOST_AUTO_TEST_CASE(
  a_trade_that_waits_is_not_lost_when_its_order_is_canceled) {
  frame(part(1, "0.005", "0.02"));
  status("sl", 7, "reduceOnlyCanceled", "0", "0.005");
  BOOST_TEST(heard() == "submitted accepted filled canceled");
}

BOOST_AUTO_TEST_CASE(one_answered_query_settles_what_was_not_promised) {
  status("sl", 7, "filled", "0", "0");
  advance(2'000);
  answer_fills({part(1, "0.005", "0.02")});
  BOOST_TEST(heard() == "submitted accepted filled canceled");
  advance(600'000);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_CASE(a_position_that_closes_otherwise_cancels_its_order) {
  status("sl", 7, "reduceOnlyCanceled", "0", "0");
  BOOST_TEST(heard() == "submitted accepted canceled");
  BOOST_TEST(last<order_canceled>().reason == "reduceOnlyCanceled");
}

BOOST_AUTO_TEST_SUITE_END()
