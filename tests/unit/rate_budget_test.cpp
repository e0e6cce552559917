// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/rate_budget.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <random>
#include <vector>

using namespace hlx;

namespace {

constexpr std::int64_t start_ms = 1'700'000'000'000;

budget_options switched_on() {
  budget_options result;
  result.enabled = true;
  return result;
}

request_outcome answered(reply_kind kind, std::string text = {}) {
  request_outcome result;
  result.delivery = request_delivery::answered;
  result.reply.kind = kind;
  result.reply.text = std::move(text);
  return result;
}

request_outcome throttled() {
  request_outcome result;
  result.throttled = true;
  return result;
}

rate_limit_answer account(std::uint64_t used, std::uint64_t cap) {
  return {used, cap};
}

std::string reason_of(const std::optional<budget_refusal>& x) {
  return x ? x->reason : "";
}

} // namespace

BOOST_AUTO_TEST_SUITE(rate_budget_suite)

BOOST_AUTO_TEST_CASE(a_minute_forgets_what_is_older) {
  minute_window x;
  x.add(10, start_ms);
  x.add(5, start_ms + 1'000);
  BOOST_TEST(x.used(start_ms + 1'000) == 15);
  BOOST_TEST(x.used(start_ms + 60'999) == 15);
  BOOST_TEST(x.used(start_ms + 61'000) == 5);
  BOOST_TEST(x.used(start_ms + 62'000) == 0);
  BOOST_TEST(x.falls_to(5, start_ms + 1'000) == start_ms + 61'000);
  BOOST_TEST(x.falls_to(4, start_ms + 1'000) == start_ms + 62'000);
  BOOST_TEST(x.falls_to(15, start_ms + 1'000) == start_ms + 1'000);
}

BOOST_AUTO_TEST_CASE(a_minute_is_the_sum_of_its_seconds) {
  std::mt19937_64 random{7};
  minute_window x;
  std::map<std::int64_t, std::int64_t> seconds;
  auto now_ms = start_ms;
  for (int i = 0; i < 5'000; ++i) {
    // Mostly a little on, sometimes far.
    const std::int64_t steps_ms[] = {0, 3, 700, 40, 1'300, 9'000, 70'000};
    now_ms += steps_ms[random() % (i % 50 == 0 ? 7 : 5)];
    if (random() % 4 != 0) {
      const auto weight = static_cast<std::int64_t>(random() % 30);
      x.add(weight, now_ms);
      seconds[now_ms / 1'000] += weight;
    }
    std::int64_t expected = 0;
    for (auto at = seconds.lower_bound(now_ms / 1'000 - 60);
         at != seconds.end(); ++at)
      expected += at->second;
    BOOST_REQUIRE_EQUAL(x.used(now_ms), expected);
  }
}

BOOST_AUTO_TEST_CASE(a_minute_never_sees_more_than_its_limit) {
  // Whatever sliding minute the venue looks at.
  rate_budget x{switched_on()};
  std::vector<std::int64_t> sent;
  for (auto now = start_ms; now < start_ms + 180'000; now += 7)
    if (!x.refusal(budget_use::order, 1, now)) {
      x.sent(budget_use::order, 1, now);
      x.outcome(answered(reply_kind::statuses), 1, now, now);
      sent.push_back(now);
    }
  for (std::size_t i = 960; i < sent.size(); ++i)
    BOOST_TEST_REQUIRE(sent[i] - sent[i - 960] >= 60'000);
  BOOST_TEST(sent.size() > 2u * 960u);
}

BOOST_AUTO_TEST_CASE(nothing_is_refused_while_it_is_switched_off) {
  rate_budget x{budget_options{}};
  x.answered(account(20'000, 10'000), start_ms, start_ms);
  for (int i = 0; i < 5'000; ++i)
    x.sent(budget_use::order, 1, start_ms);
  x.outcome(throttled(), 1, start_ms, start_ms);
  BOOST_TEST(!x.refusal(budget_use::order, 1, start_ms));
  BOOST_TEST(!x.open_refusal(49'999, 1, true));
  BOOST_TEST(x.may_ask(user_role_query{}, start_ms));
}

BOOST_AUTO_TEST_CASE(orders_leave_weight_for_queries_and_those_for_cancels) {
  rate_budget x{switched_on()};
  for (int i = 0; i < 960; ++i)
    x.sent(budget_use::order, 1, start_ms);
  const auto no = x.refusal(budget_use::order, 1, start_ms);
  BOOST_REQUIRE(no);
  BOOST_TEST(no->reason
             == "rate limit: weight 960 of 960 in a minute is used; passes at "
                "1700000061000");
  BOOST_TEST(no->passes_at_ms.value() == start_ms + 61'000);
  BOOST_TEST(reason_of(x.refusal(budget_use::modify, 1, start_ms)) != "");
  for (int i = 0; i < 60; ++i) {
    BOOST_TEST(x.may_ask(order_status_query{}, start_ms));
    x.asked(order_status_query{}, start_ms);
  }
  BOOST_TEST(!x.may_ask(order_status_query{}, start_ms));
  BOOST_TEST(x.ask_again_at_ms(order_status_query{}, start_ms).value()
             == start_ms + 61'000);
  for (int i = 0; i < 120; ++i) {
    BOOST_TEST(!x.refusal(budget_use::cancel, 1, start_ms));
    x.sent(budget_use::cancel, 1, start_ms);
  }
  BOOST_TEST(reason_of(x.refusal(budget_use::cancel, 1, start_ms))
             == "rate limit: weight 1200 of 1200 in a minute is used; passes "
                "at 1700000061000");
  BOOST_TEST(!x.refusal(budget_use::order, 1, start_ms + 61'000));
}

BOOST_AUTO_TEST_CASE(a_batch_weighs_one_more_for_each_forty) {
  rate_budget x{switched_on()};
  x.sent(budget_use::order, 200, start_ms);
  for (int i = 0; i < 954; ++i)
    x.sent(budget_use::order, 39, start_ms);
  BOOST_TEST(x.refusal(budget_use::order, 1, start_ms).has_value());
  BOOST_TEST(!x.refusal(budget_use::cancel, 1, start_ms));
}

BOOST_AUTO_TEST_CASE(an_answer_with_many_fills_weighs_more) {
  rate_budget x{switched_on()};
  fills_answer fills;
  fills.fills.resize(2'000);
  for (int i = 0; i < 9; ++i)
    x.answered(fills, start_ms, start_ms);
  BOOST_TEST(!x.refusal(budget_use::order, 1, start_ms));
  x.answered(fills, start_ms, start_ms);
  BOOST_TEST(x.refusal(budget_use::order, 1, start_ms).has_value());
}

BOOST_AUTO_TEST_CASE(an_account_without_requests_left_waits_for_its_gate) {
  rate_budget x{switched_on()};
  x.answered(account(9'998, 10'000), start_ms, start_ms);
  BOOST_TEST(reason_of(x.refusal(budget_use::order, 3, start_ms))
             == "rate limit: the account's requests are used up, 9998 of 10000"
                "; fewer at a time pass");
  x.sent(budget_use::order, 2, start_ms);
  x.outcome(answered(reply_kind::statuses), 2, start_ms, start_ms + 500);
  x.answered(account(10'000, 10'000), start_ms + 500, start_ms + 500);
  const auto no = x.refusal(budget_use::order, 1, start_ms + 500);
  BOOST_REQUIRE(no);
  BOOST_TEST(no->passes_at_ms.value() == start_ms + 10'000);
  BOOST_TEST(no->reason
             == "rate limit: the account's requests are used up, 10000 of "
                "10000; passes at 1700000010000");
  // Cancels have a budget that is twice as large.
  BOOST_TEST(!x.refusal(budget_use::cancel, 1, start_ms + 500));
}

BOOST_AUTO_TEST_CASE(beyond_the_budget_one_request_at_a_time_passes) {
  rate_budget x{switched_on()};
  x.answered(account(10'000, 10'000), start_ms, start_ms);
  auto now = start_ms + 10'000;
  BOOST_TEST(!x.refusal(budget_use::order, 1, now));
  x.sent(budget_use::order, 1, now);
  BOOST_TEST(reason_of(x.refusal(budget_use::order, 1, now))
             == "rate limit: the account's requests are used up, 10001 of "
                "10000; one request is trying to pass");
  x.outcome(answered(reply_kind::statuses), 1, now, now + 1'000);
  BOOST_TEST(x.refusal(budget_use::order, 1, now + 10'999).has_value());
  BOOST_TEST(!x.refusal(budget_use::order, 1, now + 11'000));
}

BOOST_AUTO_TEST_CASE(the_venue_knows_better_what_is_used) {
  rate_budget x{switched_on()};
  x.answered(account(0, 10'000), start_ms, start_ms);
  x.sent(budget_use::order, 1, start_ms);
  x.outcome(answered(reply_kind::refused,
                     "Too many cumulative requests sent (97460 > 97456) for "
                     "cumulative volume traded $87457.46. Place taker orders "
                     "to free up 1 request per USDC traded."),
            1, start_ms, start_ms + 300);
  const auto no = x.refusal(budget_use::order, 1, start_ms + 300);
  BOOST_REQUIRE(no);
  BOOST_TEST(no->reason
             == "rate limit: the account's requests are used up, 97460 of "
                "97456; passes at 1700000010300");
  BOOST_TEST(!x.refusal(budget_use::cancel, 1, start_ms + 300));
}

BOOST_AUTO_TEST_CASE(refused_and_unsent_actions_cost_nothing) {
  rate_budget x{switched_on()};
  x.answered(account(9'999, 10'000), start_ms, start_ms);
  request_outcome not_sent;
  not_sent.delivery = request_delivery::not_sent;
  for (const auto& outcome :
       {not_sent, answered(reply_kind::http_refused, "422"),
        answered(reply_kind::refused, "Vault not registered: 0x1")}) {
    x.sent(budget_use::order, 1, start_ms);
    BOOST_TEST(x.refusal(budget_use::order, 1, start_ms).has_value());
    x.outcome(outcome, 1, start_ms, start_ms);
    BOOST_TEST(!x.refusal(budget_use::order, 1, start_ms));
  }
}

BOOST_AUTO_TEST_CASE(an_action_that_came_too_late_costs_five_times) {
  rate_budget x{switched_on()};
  x.answered(account(9'995, 10'000), start_ms, start_ms);
  x.sent(budget_use::order, 1, start_ms);
  BOOST_TEST(!x.refusal(budget_use::order, 4, start_ms));
  x.outcome(answered(reply_kind::refused, "Action already expired"), 1,
            start_ms, start_ms);
  BOOST_TEST(x.refusal(budget_use::order, 1, start_ms).has_value());
}

BOOST_AUTO_TEST_CASE(a_429_stops_all_but_cancels_until_a_probe_is_answered) {
  rate_budget x{switched_on()};
  x.sent(budget_use::order, 1, start_ms);
  x.sent(budget_use::order, 1, start_ms);
  x.outcome(throttled(), 1, start_ms, start_ms + 50);
  const auto no = x.refusal(budget_use::order, 1, start_ms + 50);
  BOOST_REQUIRE(no);
  BOOST_TEST(no->reason
             == "rate limit: the venue answered HTTP 429; passes at "
                "1700000010050");
  BOOST_TEST(!x.may_ask(exchange_status_query{}, start_ms + 50));
  BOOST_TEST(!x.refusal(budget_use::cancel, 1, start_ms + 50));
  // What had left before ends neither the pause nor prolongs it.
  x.outcome(answered(reply_kind::statuses), 1, start_ms, start_ms + 60);
  BOOST_TEST(x.refusal(budget_use::order, 1, start_ms + 10'049).has_value());
  BOOST_TEST(!x.refusal(budget_use::order, 1, start_ms + 10'050));
  x.sent(budget_use::order, 1, start_ms + 10'050);
  BOOST_TEST(reason_of(x.refusal(budget_use::order, 1, start_ms + 10'060))
             == "rate limit: the venue answered HTTP 429; one request is "
                "trying whether it is over");
  BOOST_TEST(!x.may_ask(exchange_status_query{}, start_ms + 10'060));
  BOOST_TEST(
    !x.ask_again_at_ms(exchange_status_query{}, start_ms + 10'060).has_value());
  x.outcome(answered(reply_kind::statuses), 1, start_ms + 10'050,
            start_ms + 10'100);
  BOOST_TEST(!x.refusal(budget_use::order, 1, start_ms + 10'100));
  BOOST_TEST(x.may_ask(exchange_status_query{}, start_ms + 10'100));
}

BOOST_AUTO_TEST_CASE(a_probe_that_is_refused_doubles_the_pause) {
  rate_budget x{switched_on()};
  auto now = start_ms;
  x.sent(budget_use::order, 1, now);
  x.outcome(throttled(), 1, now, now);
  for (const std::int64_t pause_ms : {10'000, 20'000, 40'000, 60'000, 60'000}) {
    BOOST_TEST(x.refusal(budget_use::order, 1, now)->passes_at_ms.value()
               == now + pause_ms);
    now += pause_ms;
    x.asked(exchange_status_query{}, now);
    x.answered(failed_answer{"HTTP 429", true}, now, now);
  }
}

BOOST_AUTO_TEST_CASE(a_probe_without_an_answer_is_followed_by_another) {
  rate_budget x{switched_on()};
  x.outcome(throttled(), 1, start_ms, start_ms);
  x.sent(budget_use::order, 1, start_ms + 10'000);
  request_outcome unknown;
  x.outcome(unknown, 1, start_ms + 10'000, start_ms + 15'000);
  BOOST_TEST(!x.refusal(budget_use::order, 1, start_ms + 15'000));
  x.sent(budget_use::order, 1, start_ms + 15'000);
  BOOST_TEST(x.refusal(budget_use::order, 1, start_ms + 15'000).has_value());
}

BOOST_AUTO_TEST_CASE(a_cancel_answered_in_the_pause_does_not_end_it) {
  rate_budget x{switched_on()};
  x.outcome(throttled(), 1, start_ms, start_ms);
  x.sent(budget_use::cancel, 1, start_ms + 1);
  x.outcome(answered(reply_kind::statuses), 1, start_ms + 1, start_ms + 100);
  BOOST_TEST(x.refusal(budget_use::order, 1, start_ms + 9'999).has_value());
  x.sent(budget_use::cancel, 1, start_ms + 10'000);
  x.outcome(answered(reply_kind::statuses), 1, start_ms + 10'000,
            start_ms + 10'100);
  for (int i = 0; i < 2; ++i) {
    BOOST_TEST(!x.refusal(budget_use::order, 1, start_ms + 10'100));
    x.sent(budget_use::order, 1, start_ms + 10'100);
  }
}

BOOST_AUTO_TEST_CASE(posts_in_flight_leave_room_for_cancels) {
  auto options = switched_on();
  options.posts = true;
  rate_budget x{options};
  for (int i = 0; i < 90; ++i)
    x.sent(budget_use::order, 1, start_ms);
  BOOST_TEST(reason_of(x.refusal(budget_use::order, 1, start_ms))
             == "rate limit: 90 requests are unanswered, at most 90; passes "
                "with the next answer");
  for (int i = 0; i < 10; ++i) {
    BOOST_TEST(!x.refusal(budget_use::cancel, 1, start_ms));
    x.sent(budget_use::cancel, 1, start_ms);
  }
  BOOST_TEST(x.refusal(budget_use::cancel, 1, start_ms).has_value());
  for (int i = 0; i < 11; ++i)
    x.outcome(answered(reply_kind::statuses), 1, start_ms, start_ms);
  BOOST_TEST(!x.refusal(budget_use::order, 1, start_ms));
}

BOOST_AUTO_TEST_CASE(messages_are_counted_where_requests_are_posts) {
  auto options = switched_on();
  options.posts = true;
  options.weight_max = 100'000;
  rate_budget x{options};
  for (int i = 0; i < 1'800; ++i) {
    x.sent(budget_use::order, 1, start_ms);
    x.outcome(answered(reply_kind::statuses), 1, start_ms, start_ms);
  }
  BOOST_TEST(reason_of(x.refusal(budget_use::order, 1, start_ms))
             == "rate limit: 1800 of 1800 messages in a minute are used; "
                "passes at 1700000061000");
  BOOST_TEST(!x.refusal(budget_use::cancel, 1, start_ms));
}

BOOST_AUTO_TEST_CASE(open_orders_are_bounded_by_what_was_traded) {
  rate_budget x{switched_on()};
  BOOST_TEST(!x.open_refusal(999, 1, true));
  BOOST_TEST(reason_of(x.open_refusal(1'000, 1, true))
             == "limit of the venue: 1000 orders are open, at most 1000 with "
                "reduce-only orders or triggers; passes when one has ended");
  BOOST_TEST(reason_of(x.open_refusal(1'000, 1, false))
             == "limit of the venue: 1000 orders are open, at most 1000; "
                "passes when one has ended");
  BOOST_TEST(reason_of(x.open_refusal(990, 11, false))
             == "limit of the venue: 990 orders are open and 10 of this list "
                "are new, at most 1000; passes when one has ended");
  x.answered(account(0, 15'010'000), start_ms, start_ms);
  BOOST_TEST(!x.open_refusal(1'002, 1, false));
  BOOST_TEST(x.open_refusal(1'003, 1, false).has_value());
  BOOST_TEST(x.open_refusal(1'000, 1, true).has_value());
  x.answered(account(0, 1'000'000'000'000), start_ms, start_ms);
  BOOST_TEST(!x.open_refusal(4'999, 1, false));
  BOOST_TEST(x.open_refusal(5'000, 1, false).has_value());
}

BOOST_AUTO_TEST_CASE(the_account_is_asked_for_at_first_and_when_it_runs_low) {
  rate_budget x{switched_on()};
  BOOST_TEST(x.take_refresh(start_ms));
  BOOST_TEST(!x.take_refresh(start_ms));
  x.answered(account(0, 10'000), start_ms, start_ms);
  BOOST_TEST(!x.take_refresh(start_ms + 60'000));
  x.sent(budget_use::order, 200, start_ms);
  BOOST_TEST(!x.take_refresh(start_ms + 60'000));
  for (int i = 0; i < 45; ++i)
    x.sent(budget_use::order, 200, start_ms);
  BOOST_TEST(x.take_refresh(start_ms + 60'000));
  BOOST_TEST(!x.take_refresh(start_ms + 119'999));
  BOOST_TEST(x.take_refresh(start_ms + 120'000));
}

BOOST_AUTO_TEST_SUITE_END()
