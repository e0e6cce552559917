// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/account_desk.hpp"
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

namespace {

dispatch_options with_limits() {
  dispatch_options result;
  result.budget.enabled = true;
  return result;
}

/// A dispatch that keeps to the venue's limits.
struct limited_fixture : dispatch_fixture {
  explicit limited_fixture(dispatch_options options = with_limits())
    : dispatch_fixture(options) {}

  void throttle(std::uint64_t request) {
    request_outcome outcome;
    outcome.request.value = request;
    outcome.failure = "HTTP 429: null";
    outcome.throttled = true;
    apply(outcome);
  }
};

/// The same, with the account's budget asked for and not answered yet.
struct low_fixture : limited_fixture {
  low_fixture() {
    // Low enough to be asked for again by the next order.
    advance(60'000);
    place("O-0", 7);
    answer(next<rate_limit_query>(), rate_limit_answer{9'999, 10'000});
    events.clear();
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch_budget_suite, limited_fixture)

BOOST_AUTO_TEST_CASE(a_minute_full_of_orders_denies_the_next) {
  for (int i = 0; i < 935; ++i) {
    const auto id = "O-" + std::to_string(i);
    submit(id);
    refused(requests.size(), "Insufficient margin to place order.");
  }
  events.clear();
  const auto sent_before = requests.size();
  for (int i = 0; i < 60 && heard().find("denied") == std::string::npos; ++i) {
    events.clear();
    submit("P-" + std::to_string(i));
  }
  BOOST_TEST(heard() == "denied");
  const auto& denied = last<order_denied>();
  BOOST_TEST(denied.reason
             == "rate limit: weight 960 of 960 in a minute is used; passes at "
                "1061000");
  BOOST_TEST(denied.passes_at_ms.value() == 1'061'000);
  BOOST_TEST(requests.size() - sent_before < 30u);
  advance(61'000 - 1);
  events.clear();
  submit("Q-1");
  BOOST_TEST(heard() == "denied");
  advance(1);
  events.clear();
  submit("Q-1");
  BOOST_TEST(heard() == "submitted");
}

BOOST_FIXTURE_TEST_CASE(an_account_at_its_end_cancels_and_does_not_order,
                        low_fixture) {
  submit("O-1");
  BOOST_TEST(heard() == "submitted");
  events.clear();
  submit("O-2");
  BOOST_TEST(heard() == "denied");
  BOOST_TEST(last<order_denied>().reason.starts_with(
    "rate limit: the account's requests are used up, 10000 of 10000"));
  modify("O-0", "0.02", nullptr);
  BOOST_TEST(heard() == "denied modify_rejected");
  BOOST_TEST(last<order_modify_rejected>().reason.starts_with(
    "rate limit: the account's requests are used up"));
  const auto before = requests.size();
  cancel("O-0");
  BOOST_TEST(requests.size() == before + 1);
  BOOST_TEST(heard() == "denied modify_rejected");
}

BOOST_FIXTURE_TEST_CASE(a_list_is_cut_to_what_passes, low_fixture) {
  submit_list list{{"S-1"}, {terms("O-1"), terms("O-2"), terms("O-3")}};
  apply(list);
  BOOST_TEST(heard() == "denied denied submitted");
  BOOST_TEST(header_of(events[0]).client_order_id.value == "O-3");
  BOOST_TEST(header_of(events[2]).client_order_id.value == "O-1");
  BOOST_TEST(sent(requests.size()) == "order 0.01@50000");
}

BOOST_FIXTURE_TEST_CASE(a_list_that_belongs_together_is_denied_as_a_whole,
                        low_fixture) {
  submit_list list{{"S-1"}, {terms("O-1"), terms("O-2")}};
  list.orders[1].type = order_type::stop_market;
  list.orders[1].side = order_side::sell;
  list.orders[1].price.reset();
  list.orders[1].trigger_price = dec<price>("49000");
  list.orders[1].reduce_only = true;
  list.grouping = order_grouping::normal_tpsl;
  const auto before = requests.size();
  apply(list);
  BOOST_TEST(heard() == "denied denied");
  BOOST_TEST(requests.size() == before);
}

BOOST_AUTO_TEST_CASE(the_venues_own_count_stops_orders_for_ten_seconds) {
  place("O-0", 7);
  submit("O-1");
  refused_whole(requests.size(),
                "Too many cumulative requests sent (10001 > 10000) for "
                "cumulative volume traded $0. Place taker orders to free up 1 "
                "request per USDC traded.");
  events.clear();
  submit("O-2");
  BOOST_TEST(heard() == "denied");
  BOOST_TEST(last<order_denied>().passes_at_ms.value() == now_ms + 10'000);
  advance(10'000);
  events.clear();
  submit("O-3");
  submit("O-4");
  BOOST_TEST(heard() == "submitted denied");
  cancel("O-0");
  BOOST_TEST(sent(requests.size()) == "cancel by cloid");
}

BOOST_AUTO_TEST_CASE(a_429_pauses_orders_and_queries_and_one_of_them_probes) {
  place("O-0", 7);
  queries.clear();
  submit("O-1");
  submit("O-2");
  throttle(requests.size());
  events.clear();
  submit("O-3");
  BOOST_TEST(heard() == "denied");
  BOOST_TEST(last<order_denied>().reason
             == "rate limit: the venue answered HTTP 429; passes at 1010000");
  apply(query_order{{"S-1"}, {"O-0"}});
  apply(query_order{{"S-1"}, {"O-0"}});
  BOOST_TEST(asked() == "");
  cancel("O-0");
  BOOST_TEST(sent(requests.size()) == "cancel by cloid");
  advance(9'999);
  BOOST_TEST(asked() == "");
  advance(1);
  BOOST_TEST(asked() == "status by cloid");
  submit("O-4");
  BOOST_TEST(last<order_denied>().reason
             == "rate limit: the venue answered HTTP 429; one request is "
                "trying whether it is over");
  advance(100);
  answer_status(record("O-0", 7, "open"));
  BOOST_TEST(asked().starts_with("status by cloid"));
  submit("O-5");
  BOOST_TEST(heard().ends_with("submitted"));
}

BOOST_AUTO_TEST_CASE(an_order_answered_429_is_resolved_after_the_pause) {
  submit("O-1");
  queries.clear();
  throttle(requests.size());
  advance(9'999);
  BOOST_TEST(asked() == "");
  advance(1);
  BOOST_TEST(asked() == "clock");
  advance(10);
  answer_clock();
  BOOST_TEST(asked() == "status by cloid, open orders");
  answer_open_orders();
  for (int i = 0; i < 3; ++i) {
    answer_status();
    advance(1'000);
  }
  BOOST_TEST(heard() == "submitted rejected");
}

BOOST_AUTO_TEST_CASE(no_more_orders_are_open_than_the_venue_takes) {
  dispatch_options options = with_limits();
  options.budget.open_orders = 2;
  limited_fixture x{options};
  x.place("O-1", 7);
  x.place("O-2", 8);
  x.events.clear();
  x.submit("O-3");
  BOOST_TEST(x.heard() == "denied");
  BOOST_TEST(x.last<order_denied>().reason
             == "limit of the venue: 2 orders are open, at most 2; passes "
                "when one has ended");
  x.canceled("O-1", 7);
  x.events.clear();
  x.submit("O-4");
  BOOST_TEST(x.heard() == "submitted");
}

BOOST_AUTO_TEST_CASE(a_cancel_is_refused_only_without_a_reserve) {
  constexpr std::int64_t weight_of_the_start = 20 + 2 + 20 + 2 + 20;
  dispatch_options options = with_limits();
  options.budget.weight_max = weight_of_the_start + 3 + 2;
  options.budget.weight_kept = 2;
  options.budget.weight_kept_for_cancels = 2;
  limited_fixture x{options};
  x.place("O-1", 7);
  x.place("O-2", 8);
  x.place("O-3", 9);
  x.events.clear();
  x.submit("O-4");
  BOOST_TEST(x.heard() == "denied");
  x.cancel("O-1");
  x.cancel("O-2");
  BOOST_TEST(x.heard() == "denied");
  BOOST_TEST(x.requests.size() == 5u);
  x.cancel("O-3");
  BOOST_TEST(x.heard() == "denied cancel_rejected");
  BOOST_TEST(x.last<order_cancel_rejected>().reason
             == "rate limit: weight 69 of 69 in a minute is used; passes at "
                "1061000");
  BOOST_TEST(x.requests.size() == 5u);
}

BOOST_FIXTURE_TEST_CASE(account_commands_take_from_the_same_budget,
                        low_fixture) {
  const request_id transfer{account_desk::first_request};
  BOOST_TEST(!state.account_request_refusal(now_ms));
  state.account_request_sent(transfer, now_ms, out);
  take();
  submit("O-1");
  BOOST_TEST(heard() == "denied");
  BOOST_TEST(last<order_denied>().reason.starts_with(
    "rate limit: the account's requests are used up, 10000 of 10000"));
  BOOST_TEST(state.account_request_refusal(now_ms)->reason.starts_with(
    "rate limit: the account's requests are used up, 10000 of 10000"));
}

BOOST_AUTO_TEST_CASE(a_429_to_an_account_command_pauses_orders_too) {
  request_outcome outcome;
  outcome.request.value = account_desk::first_request;
  outcome.throttled = true;
  state.account_request_sent(outcome.request, now_ms, out);
  state.account_request_outcome(outcome, now_ms, out);
  submit("O-1");
  BOOST_TEST(heard() == "denied");
  BOOST_TEST(state.account_request_refusal(now_ms).has_value());
}

BOOST_AUTO_TEST_CASE(limits_are_off_when_nothing_is_said) {
  dispatch_fixture x;
  for (int i = 0; i < 1'500; ++i)
    x.submit("O-" + std::to_string(i));
  BOOST_TEST(x.requests.size() == 1'500u);
}

BOOST_AUTO_TEST_CASE(submits_are_denied_while_down_if_the_options_say_so) {
  dispatch_options options;
  options.submits_while_down = stream_down_policy::deny;
  dispatch_fixture x{options};
  x.place("O-0", 7);
  x.disconnect();
  x.events.clear();
  x.submit("O-1");
  BOOST_TEST(x.heard() == "denied");
  BOOST_TEST(x.last<order_denied>().reason == "the user stream is down");
  x.cancel("O-0");
  BOOST_TEST(x.sent(x.requests.size()) == "cancel by cloid");
  x.connect();
  x.answer_nothing();
  x.submit("O-1");
  BOOST_TEST(x.heard().ends_with("submitted"));
}

BOOST_AUTO_TEST_SUITE_END()
