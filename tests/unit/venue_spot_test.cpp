// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_desk.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::venue;

namespace {

struct spot_desk : desk {
  std::string balance(const address& user, std::string_view coin) const {
    for (const auto& x : v.spot_balances(user))
      if (x.coin == coin)
        return to_string(x.total) + " hold " + to_string(x.hold);
    return "none";
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_spot_suite, spot_desk)

BOOST_AUTO_TEST_CASE(a_pair_without_a_name_moves_its_own_tokens) {
  v.fund_spot(alice, "USDC", decimal<amount>("1000"), now);
  v.fund_spot(bob, "HFUN", decimal<amount>("50"), now);
  BOOST_TEST(place(bob, sell("20.005", "1.1", hfun))
             == "error Order has invalid size.");
  BOOST_TEST(place(bob, sell("20.5", "1.1", hfun)) == "resting 1001");
  BOOST_TEST(balance(bob, "HFUN") == "50 hold 20.5");
  BOOST_TEST(place(alice, ioc(buy("10", "1.1", hfun))) == "filled 10@1.1 1002");
  const auto& fill = blocks.back().fills.front();
  BOOST_TEST(fill.coin == "@1");
  BOOST_TEST(fill.fee_token == "HFUN");
  BOOST_TEST(balance(alice, "HFUN") == "9.993 hold 0");
  BOOST_TEST(balance(alice, "USDC") == "989 hold 0");
  BOOST_TEST(balance(bob, "HFUN") == "40 hold 10.5");
  BOOST_TEST(balance(bob, "PURR") == "none");
}

BOOST_AUTO_TEST_CASE(an_outcome_is_traded_for_its_quote_and_never_for_more) {
  v.fund_spot(alice, "USDH", decimal<amount>("100"), now);
  quote(order_side::sell, "150", "0.4", yes);
  BOOST_TEST(place(alice, buy("10.5", "0.4", yes))
             == "error Order has invalid size.");
  BOOST_TEST(place(alice, buy("10", "1", yes))
             == "error Order has invalid price.");
  BOOST_TEST(place(alice, buy("20", "0.4", yes))
             == "error Order must have minimum value of 10 USDH. "
                "asset=100000000");
  BOOST_TEST(place(alice, sell("100", "0.9", yes))
             == "error Insufficient spot balance asset=100000000");
  BOOST_TEST(place(alice, ioc(buy("100", "0.45", yes)))
             == "filled 100@0.4 1004");
  BOOST_TEST(fills(alice) == "1004 buy 100@0.4 taker fee 0.07 Buy");
  BOOST_TEST(blocks.back().fills.front().fee_token == "+0");
  BOOST_TEST(balance(alice, "+0") == "99.93 hold 0");
  BOOST_TEST(balance(alice, "USDH") == "60 hold 0");
  BOOST_TEST(place(alice, sell("99", "0.9", yes)) == "resting 1005");
  BOOST_TEST(balance(alice, "+0") == "99.93 hold 99");
  // The other side is another book.
  BOOST_TEST(place(alice, ioc(buy("30", "0.5", no)))
             == "error Order could not immediately match against any resting "
                "orders. asset=100000001");
}

BOOST_AUTO_TEST_CASE(an_outcome_has_no_leverage_triggers_or_priority) {
  BOOST_TEST(act(alice, update_leverage_action{.asset = yes, .leverage = 1})
             == "err Invalid asset.");
  BOOST_TEST(place(alice, triggered(sell("30", "0.5", yes),
                                    trigger_kind::stop_loss, "0.4"))
             == "error Unexpected number of trigger orders");
  BOOST_TEST(act(alice, order_action{.orders = {ioc(buy("30", "0.5", yes))},
                                     .priority = 1})
             == "error Priority orders must not be of outcomes");
  BOOST_TEST(!v.set_mark("#0", decimal<price>("1"), now));
  BOOST_TEST(v.set_mark("#0", decimal<price>("0.99"), now));
  BOOST_TEST(!v.settle_funding("#0", decimal<amount>("0.01"), now));
}

BOOST_AUTO_TEST_CASE(an_outcome_pays_the_side_that_won) {
  for (const auto& user : {alice, bob})
    v.fund_spot(user, "USDH", decimal<amount>("1000"), now);
  v.fund_spot(bob, "+1", decimal<amount>("50"), now);
  quote(order_side::sell, "100", "0.4", yes);
  place(alice, ioc(buy("100", "0.4", yes)));
  place(alice, buy("50", "0.3", yes));
  place(bob, sell("50", "0.7", no));
  BOOST_TEST(!v.settle_outcome(0, 2, now));
  BOOST_TEST(!v.settle_outcome(1, 0, now));
  BOOST_TEST(v.settle_outcome(0, 0, now));
  blocks = v.advance(now);
  BOOST_TEST(statuses(alice) == "outcomeSettledCanceled 1003 50");
  BOOST_TEST(statuses(bob) == "outcomeSettledCanceled 1004 50");
  BOOST_TEST(balance(alice, "+0") == "none");
  BOOST_TEST(balance(alice, "USDH") == "1059.93 hold 0");
  BOOST_TEST(balance(bob, "+1") == "none");
  BOOST_TEST(balance(bob, "USDH") == "1000 hold 0");
  const auto last = v.fills(alice).back();
  BOOST_TEST(last.direction == "Settlement");
  BOOST_TEST(to_string(last.closed_pnl) == "59.93");
  BOOST_TEST(place(alice, buy("50", "0.3", yes))
             == "error Order has invalid asset.");
  BOOST_TEST(!v.settle_outcome(0, 0, now));
  v.check_invariants();
}

BOOST_AUTO_TEST_SUITE_END()
