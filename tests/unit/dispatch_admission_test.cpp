// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

using namespace hlx;

namespace {

struct admission_fixture : dispatch_fixture {
  /// Submits and returns why it was denied; empty when it was not.
  std::string denial(order_terms order) {
    const auto before = requests.size();
    submit(std::move(order));
    const auto* denied = std::get_if<order_denied>(&events.back());
    if (denied == nullptr)
      return {};
    BOOST_TEST(requests.size() == before);
    BOOST_TEST(!denied->reason.empty());
    return denied->reason;
  }

  order_terms market(const std::string& id, const char* size = "0.01") {
    auto order = terms(id, size);
    order.type = order_type::market;
    order.price.reset();
    return order;
  }

  book_answer book(const char* bid, const char* ask) {
    book_answer result{.instrument = "BTC"};
    if (bid)
      result.best_bid = dec<price>(bid);
    if (ask)
      result.best_ask = dec<price>(ask);
    return result;
  }
};

struct builder_fixture : dispatch_fixture {
  builder_fixture() : dispatch_fixture({.builder = builder_fee{{}, 10}}) {
    // nop
  }
};

struct exact_fixture : dispatch_fixture {
  exact_fixture() : dispatch_fixture({.round_prices = false}) {
    // nop
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch_admission_suite, admission_fixture)

BOOST_AUTO_TEST_CASE(what_the_instrument_excludes_is_denied) {
  auto order = terms("a");
  order.instrument = "DOGE";
  BOOST_TEST(denial(order) == "unknown instrument DOGE");
  BOOST_TEST(!denial(terms("a", "0.010001")).empty());
  BOOST_TEST(!denial(terms("a", "0")).empty());
  BOOST_TEST(!denial(terms("a", "-1")).empty());
  BOOST_TEST(!denial(terms("a", "0.000001")).empty());
  // 0.00019 at 50000 are 9.5.
  BOOST_TEST(!denial(terms("a", "0.00019")).empty());
  order = terms("a", "0.00019");
  order.reduce_only = true;
  BOOST_TEST(denial(order) == "");
  BOOST_TEST(denial(terms("b", "0.0002")) == "");
}

BOOST_AUTO_TEST_CASE(a_delisted_instrument_is_denied) {
  auto delisted = *default_instruments().find("BTC");
  delisted.delisted = true;
  state.apply(delisted);
  BOOST_TEST(denial(terms("a")) == "BTC is delisted");
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_together_is_denied) {
  const auto denied = [&](auto change) {
    auto order = terms("a");
    change(order);
    BOOST_TEST(!denial(order).empty());
  };
  denied([](order_terms& x) { x.price.reset(); });
  denied([](order_terms& x) { x.price = dec<price>("0"); });
  denied([](order_terms& x) { x.price = dec<price>("-5"); });
  denied([](order_terms& x) { x.trigger_price = dec<price>("5"); });
  denied([](order_terms& x) { x.type = order_type::stop_limit; });
  denied([](order_terms& x) { x.type = order_type::market; });
  denied([](order_terms& x) { x.time_in_force = time_in_force::gtd; });
  denied([](order_terms& x) {
    x.time_in_force = time_in_force::gtd;
    x.expire_at_ms = dispatch_start_ms;
  });
  denied([](order_terms& x) { x.expire_at_ms = dispatch_start_ms + 9; });
  denied([](order_terms& x) {
    x.post_only = true;
    x.time_in_force = time_in_force::ioc;
  });
  denied([](order_terms& x) { x.client_order_id.value.clear(); });
}

BOOST_AUTO_TEST_CASE(a_denied_order_never_used_its_id) {
  BOOST_TEST(!denial(terms("a", "0")).empty());
  BOOST_TEST(denial(terms("a")) == "");
  BOOST_TEST(denial(terms("a")) == "duplicate client order id");
  refused(1, "Order has zero size.");
  BOOST_TEST(denial(terms("a")) == "duplicate client order id");
}

BOOST_AUTO_TEST_CASE(a_duplicate_leaves_the_order_that_has_the_id) {
  place("a", 7);
  BOOST_TEST(!denial(terms("a")).empty());
  fill("a", 7, 1, "0.01");
  BOOST_TEST(heard() == "submitted accepted denied filled");
}

BOOST_AUTO_TEST_CASE(limits_are_rounded_to_the_passive_side) {
  auto order = terms("a");
  order.price = dec<price>("50000.9");
  submit(order);
  BOOST_TEST(sent(1) == "order 0.01@50000");
  order = terms("b");
  order.side = order_side::sell;
  order.price = dec<price>("50000.1");
  submit(order);
  BOOST_TEST(sent(2) == "order 0.01@50001");
  BOOST_TEST(to_string(*last<order_submitted>().price) == "50001");
}

BOOST_AUTO_TEST_CASE(post_only_is_sent_as_alo) {
  auto order = terms("a");
  order.post_only = true;
  submit(order);
  const auto& wire = std::get<order_action>(requests[0].action).orders[0];
  BOOST_TEST((wire.time_in_force == wire_time_in_force::alo));
}

BOOST_AUTO_TEST_CASE(a_market_order_takes_the_best_opposite_price) {
  submit(market("a"));
  BOOST_TEST(heard() == "");
  BOOST_TEST(asked() == "book, mids");
  answer(next<book_query>(), book("49990", "50010"));
  BOOST_TEST(heard() == "submitted");
  // One percent above the ask, rounded up to five figures.
  BOOST_TEST(sent(1) == "order 0.01@50511");
  const auto& wire = std::get<order_action>(requests[0].action).orders[0];
  BOOST_TEST((wire.time_in_force == wire_time_in_force::ioc));
  auto sell = market("b");
  sell.side = order_side::sell;
  submit(sell);
  queries.erase(queries.begin());
  answer(next<book_query>(), book("49990", "50010"));
  BOOST_TEST(sent(2) == "order 0.01@49490");
}

BOOST_AUTO_TEST_CASE(without_a_book_the_mid_serves) {
  submit(market("a"));
  fail<book_query>();
  answer(next<mids_query>(), mids_answer{{{"BTC", dec<price>("50000")}}, {}});
  BOOST_TEST(sent(1) == "order 0.01@50500");
  submit(market("b"));
  answer(next<mids_query>(), mids_answer{{{"BTC", dec<price>("50000")}}, {}});
  BOOST_TEST(requests.size() == 1u);
  answer(next<book_query>(), book("49990", nullptr));
  BOOST_TEST(sent(2) == "order 0.01@50500");
}

BOOST_AUTO_TEST_CASE(the_book_of_another_instrument_is_no_reference) {
  submit(market("a"));
  auto other = book("49990", "50010");
  other.instrument = "ETH";
  answer(next<book_query>(), other);
  BOOST_TEST(requests.empty());
  BOOST_REQUIRE(warnings.size() == 1u);
  BOOST_TEST(warnings[0]
             == "order a in BTC: the venue answered with the book of ETH; the "
                "mid price serves instead");
  answer(next<mids_query>(), mids_answer{{{"BTC", dec<price>("50000")}}, {}});
  BOOST_TEST(sent(1) == "order 0.01@50500");
}

BOOST_AUTO_TEST_CASE(an_old_book_is_no_reference) {
  submit(market("a"));
  answer(next<mids_query>(), mids_answer{{{"BTC", dec<price>("50000")}}, {}});
  auto old = book("49990", "50010");
  old.time_ms = now_ms - 60'001;
  answer(next<book_query>(), old);
  BOOST_TEST(sent(1) == "order 0.01@50500");
  BOOST_REQUIRE(warnings.size() == 1u);
  BOOST_TEST(warnings[0]
             == "order a in BTC: the book is 60001 ms old, at most 60000 are "
                "allowed; the mid price serves instead");
  submit(market("b"));
  old.time_ms = now_ms - 60'000;
  answer(next<book_query>(), old);
  BOOST_TEST(sent(2) == "order 0.01@50511");
  BOOST_TEST(warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_age_of_a_book_goes_by_the_venues_clock) {
  state = dispatch_state{{}, default_instruments()};
  connect();
  answer(next<exchange_status_query>(),
         exchange_status_answer{now_ms - 20'000});
  answer_nothing();
  submit(market("a"));
  auto x = book("49990", "50010");
  x.time_ms = now_ms - 70'000;
  answer(next<book_query>(), x);
  BOOST_TEST(sent(1) == "order 0.01@50511");
}

BOOST_AUTO_TEST_CASE(without_any_reference_a_market_order_is_denied) {
  submit(market("a"));
  fail<book_query>();
  fail<mids_query>();
  advance(999);
  BOOST_TEST(heard() == "");
  advance(1);
  BOOST_TEST(heard() == "denied");
  submit(market("b"));
  advance(1'000);
  BOOST_TEST(heard() == "denied denied");
  answer(next<book_query>(), book("49990", "50010"));
  BOOST_TEST(requests.empty());
}

BOOST_AUTO_TEST_CASE(a_cancel_before_the_reference_denies) {
  submit(market("a"));
  cancel("a");
  answer(next<book_query>(), book("49990", "50010"));
  BOOST_TEST(heard() == "denied");
  BOOST_TEST(requests.empty());
}

BOOST_AUTO_TEST_CASE(a_market_order_below_the_minimum_is_denied) {
  submit(market("a", "0.00019"));
  answer(next<book_query>(), book("49990", "50010"));
  BOOST_TEST(heard() == "denied");
}

BOOST_AUTO_TEST_CASE(a_reference_from_before_a_gap_is_not_used_after_it) {
  submit(market("a"));
  disconnect();
  answer(next<book_query>(), book("49990", "50010"));
  reconnect_after(60'000);
  BOOST_TEST(requests.empty());
  answer(next<book_query>(), book("39990", "40010"));
  BOOST_TEST(sent(1) == "order 0.01@40411");
}

BOOST_AUTO_TEST_CASE(one_denied_order_of_a_list_denies_only_itself) {
  submit_list list;
  list.strategy.value = "S-1";
  list.orders = {terms("a"), terms("b", "0"), terms("c")};
  apply(list);
  BOOST_TEST(heard() == "denied submitted submitted");
  BOOST_TEST(sent(1) == "order 0.01@50000 + order 0.01@50000");
}

BOOST_AUTO_TEST_CASE(alo_and_taking_orders_leave_in_actions_of_their_own) {
  submit_list list;
  list.strategy.value = "S-1";
  list.orders = {terms("a"), terms("b"), terms("c")};
  list.orders[1].post_only = true;
  apply(list);
  BOOST_TEST(requests.size() == 2u);
  BOOST_TEST(sent(1) == "order 0.01@50000");
  BOOST_TEST(sent(2) == "order 0.01@50000 + order 0.01@50000");
}

BOOST_AUTO_TEST_CASE(a_long_list_leaves_in_actions_that_the_venue_takes) {
  submit_list list;
  list.strategy.value = "S-1";
  for (int i = 0; i < 201; ++i)
    list.orders.push_back(terms(std::to_string(i)));
  apply(list);
  BOOST_TEST(requests.size() == 2u);
  BOOST_TEST(std::get<order_action>(requests[0].action).orders.size() == 200u);
  BOOST_TEST(sent(2) == "order 0.01@50000");
  BOOST_TEST(!std::get<order_action>(requests[0].action).builder);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(dispatch_builder_suite, builder_fixture)

BOOST_AUTO_TEST_CASE(every_order_pays_the_builder_of_the_options) {
  place("a", 7);
  const auto& builder = std::get<order_action>(requests[0].action).builder;
  BOOST_REQUIRE(builder.has_value());
  BOOST_TEST(builder->fee == 10u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(dispatch_exact_price_suite, exact_fixture)

BOOST_AUTO_TEST_CASE(without_rounding_a_price_off_the_grid_is_denied) {
  auto order = terms("a");
  order.price = dec<price>("50000.9");
  submit(order);
  BOOST_TEST(heard() == "denied");
  place("b", 7);
  modify("b", nullptr, "50000.9");
  BOOST_TEST(heard() == "denied submitted accepted modify_rejected");
}

BOOST_AUTO_TEST_SUITE_END()
