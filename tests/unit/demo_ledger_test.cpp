// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/demo_ledger.hpp"
#include "tests/simulate/demo_report.hpp"
#include "tests/simulate/demo_trader.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace hlx;
using namespace hlx::simulate;

namespace {

constexpr quantity one{decimal_scale};

struct ledger_fixture {
  demo_ledger ledger;
  std::uint64_t sequence = 0;

  event_header next(const char* id = "O-1") {
    return {.strategy = {"S"},
            .client_order_id = {id},
            .sequence = ++sequence,
            .client_time_ms = 1'700'000'000'000,
            .venue_time_ms = std::nullopt};
  }

  void submit(const char* id = "O-1") {
    order_submitted x;
    x.header = next(id);
    x.quantity = {2 * one.raw};
    ledger.apply(x);
  }

  void accept(const char* id = "O-1") {
    order_accepted x;
    x.header = next(id);
    x.quantity = {2 * one.raw};
    ledger.apply(x);
  }

  void fill(std::uint64_t tid, quantity cum,
            order_side side = order_side::buy) {
    order_filled x;
    x.header = next();
    x.trade_id = {tid};
    x.side = side;
    x.quantity = {2 * one.raw};
    x.last_quantity = one;
    x.cum_quantity = cum;
    ledger.apply(x);
  }

  void cancel() {
    order_canceled x;
    x.header = next();
    ledger.apply(x);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(demo_ledger_suite, ledger_fixture)

BOOST_AUTO_TEST_CASE(a_whole_life_adds_up_without_violations) {
  submit();
  BOOST_TEST(ledger.undecided() == 1u);
  accept();
  BOOST_TEST(ledger.undecided() == 0u);
  BOOST_TEST(ledger.sum().open_orders == 1u);
  fill(1, one);
  fill(2, {2 * one.raw});
  const auto sum = ledger.sum();
  BOOST_TEST(sum.orders == 1u);
  BOOST_TEST(sum.open_orders == 0u);
  BOOST_TEST(to_string(sum.filled) == "2");
  BOOST_TEST(to_string(sum.position) == "2");
  BOOST_TEST(ledger.violations().empty());
}

BOOST_AUTO_TEST_CASE(a_late_fill_counts_and_is_in_order) {
  submit();
  accept();
  cancel();
  fill(1, one, order_side::sell);
  BOOST_TEST(to_string(ledger.sum().position) == "-1");
  BOOST_TEST(ledger.sum().open_orders == 0u);
  BOOST_TEST(ledger.violations().empty());
}

BOOST_AUTO_TEST_CASE(a_trade_told_twice_is_noticed) {
  submit();
  accept();
  fill(1, one);
  fill(1, {2 * one.raw});
  BOOST_REQUIRE(ledger.violations().size() == 1);
  BOOST_TEST(ledger.violations()[0]
             == "order_filled 4 of O-1: expected each trade once");
}

BOOST_AUTO_TEST_CASE(a_wrong_sum_is_noticed) {
  submit();
  accept();
  fill(1, {2 * one.raw});
  BOOST_TEST(ledger.violations().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_gap_in_the_numbers_is_noticed) {
  submit();
  ++sequence;
  accept();
  BOOST_TEST(ledger.violations().size() == 1u);
}

BOOST_AUTO_TEST_CASE(events_out_of_order_are_noticed) {
  submit();
  fill(1, one); // before accepted
  BOOST_TEST(ledger.violations().size() == 1u);
  accept();
  accept(); // twice
  BOOST_TEST(ledger.violations().size() == 2u);
  cancel();
  cancel(); // twice
  BOOST_TEST(ledger.violations().size() == 3u);
  accept("O-2"); // never submitted
  BOOST_TEST(ledger.violations().size() == 4u);
}

BOOST_AUTO_TEST_CASE(ledgers_are_printed_side_by_side) {
  submit();
  accept();
  fill(1, one);
  const std::vector<ledger_comparison> ledgers{
    {"S", ledger.sum(), {.orders = 1, .filled = one}}};
  BOOST_TEST(!ledgers[0].equal());
  BOOST_TEST(
    ledgers_json(ledgers, false)
    == R"({"ledgers":[{"strategy":"S","orders":1,"filled":"1","open_orders":1,"position":"1","venue":{"orders":1,"filled":"1","open_orders":0,"position":"0"}}],"equal":false})");
  BOOST_TEST(ledgers_text(ledgers, false).find("DIFFER") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_same_seed_trades_the_same) {
  const auto trade = [] {
    demo_trader trader{{.strategy = {"S"}, .id_prefix = "O-", .seed = 5}};
    return trader.on_market({60'000 * decimal_scale}, {60'006 * decimal_scale},
                            40);
  };
  const auto commands = trade();
  BOOST_TEST((commands == trade()));
  BOOST_TEST(std::count_if(
               commands.begin(), commands.end(),
               [](auto& x) { return std::holds_alternative<submit_order>(x); })
             == 40);
}

BOOST_AUTO_TEST_CASE(a_stopped_trader_only_cancels) {
  demo_trader trader{{.strategy = {"S"}, .id_prefix = "O-"}};
  const auto commands = trader.stop();
  BOOST_REQUIRE(commands.size() == 1);
  BOOST_TEST(std::holds_alternative<cancel_all>(commands[0]));
  BOOST_TEST(
    trader.on_market({60'000 * decimal_scale}, {60'006 * decimal_scale}, 40)
      .empty());
}

BOOST_AUTO_TEST_SUITE_END()
