// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

namespace {

std::string stream_text(const std::vector<std::string>& stream) {
  std::string result;
  for (const auto& word : stream)
    result += (result.empty() ? "" : " ") + word;
  return result;
}

} // namespace

/// After the start and after every gap of the user stream.
BOOST_FIXTURE_TEST_SUITE(dispatch_reconciliation_suite, dispatch_fixture)

BOOST_AUTO_TEST_CASE(nothing_leaves_before_the_first_reconciliation) {
  dispatch_state fresh{dispatch_options{}, default_instruments()};
  std::swap(state, fresh);
  submit("a");
  BOOST_TEST(heard() == "");
  BOOST_TEST(requests.empty());
  connect();
  BOOST_TEST(asked() == "clock, open orders, fills from 940000, positions");
  answer_open_orders();
  answer_fills();
  BOOST_TEST(requests.empty());
  answer_clock();
  BOOST_TEST(state.is_ready());
  BOOST_TEST(heard() == "submitted");
  BOOST_TEST(sent(1) == "order 0.01@50000");
  BOOST_TEST(stream_text(stream) == "up");
}

BOOST_AUTO_TEST_CASE(submits_are_held_while_the_stream_is_down) {
  disconnect();
  submit("a");
  submit("b");
  cancel("a");
  BOOST_TEST(heard() == "denied");
  BOOST_TEST(last<order_denied>().reason == "canceled before it was sent");
  connect();
  answer_nothing();
  BOOST_TEST(heard() == "denied submitted");
  BOOST_TEST(stream_text(stream) == "down up");
  submit("b");
  BOOST_TEST(last<order_denied>().reason.find("duplicate")
             != std::string::npos);
  submit("a");
  BOOST_TEST(heard() == "denied submitted denied submitted");
}

BOOST_AUTO_TEST_CASE(cancels_and_modifies_are_not_held) {
  place("a", 7);
  place("b", 8);
  disconnect();
  cancel("a");
  modify("b", nullptr, "50100");
  BOOST_TEST(requests.size() == 4u);
}

BOOST_AUTO_TEST_CASE(a_held_modify_follows_its_submit) {
  disconnect();
  submit("a");
  modify("a", "0.02", nullptr);
  connect();
  answer_nothing();
  resting(1, 7);
  BOOST_TEST(sent(2) == "modify 7 to 0.02@50000");
}

BOOST_AUTO_TEST_CASE(a_held_order_whose_end_time_passes_is_denied) {
  disconnect();
  auto order = terms("a");
  order.time_in_force = time_in_force::gtd;
  order.expire_at_ms = now_ms + 1'000;
  submit(order);
  now_ms += 1'000;
  connect();
  answer_nothing();
  BOOST_TEST(heard() == "denied");
  BOOST_TEST(requests.empty());
}

BOOST_AUTO_TEST_CASE(what_was_missed_comes_as_ordinary_events) {
  place("filled", 7);
  place("canceled", 8);
  place("open", 9);
  submit("unplaced");
  now_ms += 100'000;
  disconnect();
  connect();
  BOOST_TEST(asked() == "open orders, fills from 940000, positions");
  answer_open_orders({record("open", 9, "open")});
  events.clear();
  auto missed = trade("filled", 7, 1, "0.01");
  answer_fills({missed});
  BOOST_TEST(heard() == "filled");
  BOOST_TEST(asked() == "status by cloid, status by cloid");
  answer_status(record("canceled", 8, "canceled"));
  answer_status();
  BOOST_TEST(heard() == "filled canceled");
  BOOST_TEST(state.is_ready());
  BOOST_TEST(state.open_orders() == 2u);
}

BOOST_AUTO_TEST_CASE(a_replacement_made_in_the_gap_is_found) {
  place("a", 7);
  modify("a", "0.02", nullptr);
  disconnect();
  connect();
  answer_open_orders({record("a", 8, "open", "0.015", "0.02")});
  answer_fills({trade("a", 8, 1, "0.005")});
  BOOST_TEST(heard() == "submitted accepted updated filled");
  BOOST_TEST(state.is_ready());
}

BOOST_AUTO_TEST_CASE(an_order_that_neither_list_nor_cloid_knows_is_asked_for) {
  place("a", 7);
  disconnect();
  connect();
  answer_open_orders();
  answer_fills();
  answer_status();
  BOOST_TEST(asked() == "status by oid 7");
  BOOST_TEST(!state.is_ready());
  answer_status(record("a", 7, "canceled"));
  BOOST_TEST(state.is_ready());
  BOOST_TEST(heard() == "submitted accepted canceled");
}

BOOST_AUTO_TEST_CASE(fills_are_asked_from_before_the_last_one_seen) {
  now_ms += 500'000;
  fill("stranger", 70, 1, "0.01");
  disconnect();
  now_ms += 10'000;
  // The stream is back, and its first frames overtake the reconciliation.
  fill("stranger", 70, 2, "0.01");
  connect();
  BOOST_TEST(asked() == "open orders, fills from 1440000, positions");
}

BOOST_AUTO_TEST_CASE(a_failed_reconciliation_begins_again_with_back_off) {
  now_ms += 500'000;
  fill("stranger", 70, 1, "0.01");
  disconnect();
  connect();
  const auto stale = next<open_orders_query>();
  fail<fills_query>();
  BOOST_TEST(warnings.size() == 1u);
  answer(stale, open_orders_answer{});
  answer_positions({});
  BOOST_TEST(!state.is_ready());
  advance(1'999);
  BOOST_TEST(queries.empty());
  // A live fill does not shorten the gap.
  fill("stranger", 70, 2, "0.01");
  advance(1);
  BOOST_TEST(asked() == "open orders, fills from 1440000, positions");
  fail<open_orders_query>();
  queries.clear();
  advance(3'999);
  BOOST_TEST(queries.empty());
  advance(1);
  answer_nothing();
  BOOST_TEST(state.is_ready());
  BOOST_TEST(stream_text(stream) == "down up");
}

BOOST_AUTO_TEST_CASE(the_last_answer_can_fail_it_too) {
  disconnect();
  connect();
  answer_open_orders();
  fail<fills_query>();
  BOOST_TEST(!state.is_ready());
  place("a", 7);
  BOOST_TEST(heard() == "");
}

BOOST_AUTO_TEST_CASE(an_order_whose_status_nobody_understands_holds_no_other) {
  place("a", 7);
  disconnect();
  submit("b");
  connect();
  answer_open_orders();
  answer_fills();
  BOOST_TEST(asked() == "status by cloid");
  answer(next<order_status_query>(),
         failed_answer{.reason = "orderStatus: what?", .not_understood = true});
  BOOST_TEST(state.is_ready());
  BOOST_TEST(heard() == "submitted accepted submitted");
  BOOST_REQUIRE(warnings.size() == 1u);
  BOOST_TEST(warnings[0]
             == "order a: its status after the gap is not understood: "
                "orderStatus: what?");
  BOOST_TEST(asked() == "status by cloid");
  answer_status(record("a", 7, "canceled"));
  BOOST_TEST(heard() == "submitted accepted submitted canceled");
}

BOOST_AUTO_TEST_CASE(a_disconnect_during_it_begins_anew) {
  place("a", 7);
  now_ms += 500'000;
  fill("stranger", 70, 1, "0.01");
  disconnect();
  connect();
  const auto stale = next<open_orders_query>();
  now_ms += 100'000;
  fill("stranger", 70, 2, "0.01");
  disconnect();
  answer(stale, open_orders_answer{});
  answer_nothing();
  BOOST_TEST(!state.is_ready());
  connect();
  // Both gaps are one: nothing between them was reconciled.
  BOOST_TEST(asked() == "open orders, fills from 1440000, positions");
  answer_nothing();
  BOOST_TEST(state.is_ready());
  BOOST_TEST(stream_text(stream) == "down up");
  disconnect();
  connect();
  BOOST_TEST(asked() == "open orders, fills from 1540000, positions");
}

BOOST_AUTO_TEST_CASE(an_open_order_that_was_thought_gone_is_no_news) {
  place("a", 7);
  disconnect();
  connect();
  // The list is older than the frame that came meanwhile.
  const auto list = next<open_orders_query>();
  const auto before = record("a", 7, "open");
  now_ms += 50;
  canceled("a", 7);
  answer(list, open_orders_answer{{before}, {}});
  answer_nothing();
  BOOST_TEST(heard() == "submitted accepted canceled");
  BOOST_TEST(requests.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_full_page_of_missed_fills_has_a_successor) {
  place("a", 7);
  now_ms += 10'000;
  disconnect();
  connect();
  std::vector<fill_report> page;
  for (std::uint64_t i = 0; i < 2'000; ++i) {
    page.push_back(trade("stranger", 70, i, "0.001"));
    page.back().time_ms += static_cast<std::int64_t>(i / 100) - 20;
  }
  answer_fills(page);
  BOOST_TEST(asked()
             == "open orders, positions, fills from "
                  + std::to_string(now_ms - 1));
  answer_fills({page.back(), trade("a", 7, 1, "0.01")});
  answer_open_orders();
  BOOST_TEST(state.is_ready());
  BOOST_TEST(heard() == "submitted accepted filled");
}

BOOST_AUTO_TEST_CASE(a_listed_leg_that_outlived_its_order_is_canceled) {
  place("a", 7);
  fill("a", 7, 1, "0.01");
  fill("a", 8, 2, "0.001");
  disconnect();
  connect();
  answer_open_orders({record("a", 8, "open", "0.004", "0.005")});
  BOOST_TEST(sent(2) == "cancel 8");
}

namespace {

/// What the venue says of the account's position in BTC.
positions_answer holds(const char* size, std::int64_t time_ms) {
  positions_answer result;
  result.positions.push_back({"BTC", dec<amount>(size)});
  result.time_ms = time_ms;
  return result;
}

/// Order "a" has traded 0.004 of 0.01.
struct traded_fixture : dispatch_fixture {
  traded_fixture() {
    place("a", 7);
    fill("a", 7, 1, "0.004");
  }

  /// The stream is back after a gap; the order is still open.
  void come_back(const positions_answer& positions) {
    disconnect();
    connect();
    answer(next<open_orders_query>(),
           open_orders_answer{{record("a", 7, "open")}});
    answer_positions(positions);
  }

  /// The rest, which the gap hid.
  fill_report missed() const {
    auto result = trade("a", 7, 2, "0.006");
    result.start_position = dec<amount>("0.004");
    return result;
  }
};

} // namespace

BOOST_AUTO_TEST_CASE(positions_are_fetched_before_submits_leave) {
  disconnect();
  submit("a");
  connect();
  answer(next<open_orders_query>(), open_orders_answer{});
  answer_fills();
  BOOST_TEST(asked() == "positions");
  BOOST_TEST(requests.empty());
  answer_positions(holds("0.5", now_ms));
  BOOST_TEST(sent(1) == "order 0.01@50000");
  BOOST_TEST(warnings.empty());
}

BOOST_FIXTURE_TEST_CASE(a_position_that_its_trades_lead_to_is_fine,
                        traded_fixture) {
  now_ms += 100'000;
  come_back(holds("0.01", now_ms));
  answer_fills({missed()});
  BOOST_TEST(queries.empty());
  BOOST_TEST(warnings.empty());
  BOOST_TEST(state.is_ready());
}

BOOST_FIXTURE_TEST_CASE(a_position_that_proves_missing_fills_has_them_fetched,
                        traded_fixture) {
  now_ms += 100'000;
  come_back(holds("0.01", now_ms));
  answer_fills();
  BOOST_TEST(!state.is_ready());
  BOOST_TEST(asked() == "fills from 940000");
  answer_fills({missed()});
  BOOST_TEST(heard() == "submitted accepted filled filled");
  BOOST_TEST(state.is_ready());
  BOOST_TEST(warnings.empty());
}

BOOST_FIXTURE_TEST_CASE(a_position_that_no_trade_explains_is_a_warning_once,
                        traded_fixture) {
  now_ms += 100'000;
  for (int round = 0; round < 2; ++round) {
    come_back(holds("-3", now_ms));
    answer_fills();
    if (round == 0)
      answer_fills();
    BOOST_TEST(state.is_ready());
    BOOST_REQUIRE_EQUAL(warnings.size(), 1u);
    BOOST_TEST(warnings[0]
               == "the position in BTC is -3 at the venue, and 0.004 by the "
                  "fills that it lists");
  }
}

BOOST_FIXTURE_TEST_CASE(positions_from_before_a_trade_say_nothing_of_it,
                        traded_fixture) {
  come_back(holds("2", now_ms - 1));
  answer_fills();
  BOOST_TEST(state.is_ready());
  BOOST_TEST(warnings.empty());
}

BOOST_AUTO_TEST_CASE(positions_that_cannot_be_had_fail_it) {
  disconnect();
  connect();
  fail<positions_query>();
  BOOST_TEST(!state.is_ready());
  advance(2'000);
  answer_nothing();
  BOOST_TEST(state.is_ready());
}

BOOST_AUTO_TEST_SUITE_END()
