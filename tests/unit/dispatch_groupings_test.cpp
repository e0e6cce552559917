// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/dispatch_fixture.hpp"

#include <functional>

using namespace hlx;

namespace {

/// A buy "p" with take-profit "tp" and stop-loss "sl".
struct grouping_fixture : dispatch_fixture {
  explicit grouping_fixture(dispatch_options options = {})
    : dispatch_fixture(options) {}

  static order_terms trigger(const std::string& id, order_type type,
                             const char* at) {
    auto order = terms(id);
    order.side = order_side::sell;
    order.type = type;
    order.price.reset();
    order.trigger_price = dec<price>(at);
    order.reduce_only = true;
    return order;
  }

  static submit_list family() {
    submit_list list;
    list.strategy.value = "S-1";
    list.grouping = order_grouping::normal_tpsl;
    list.orders = {terms("p"),
                   trigger("tp", order_type::market_if_touched, "51000"),
                   trigger("sl", order_type::stop_market, "49000")};
    return list;
  }

  static submit_list position() {
    auto list = family();
    list.grouping = order_grouping::position_tpsl;
    list.orders.erase(list.orders.begin());
    return list;
  }

  /// The reason of each denial, in order of the events: "p: ..., sl: ...".
  std::string denials() const {
    std::string result;
    for (const auto& event : events) {
      const auto* denied = std::get_if<order_denied>(&event);
      BOOST_REQUIRE_MESSAGE(denied, heard());
      result += (result.empty() ? "" : "; ")
                + std::string{denied->header.client_order_id.value} + ": "
                + denied->reason;
    }
    return result;
  }

  /// Why the changed list is denied; nothing may leave.
  std::string denials(submit_list list,
                      const std::function<void(submit_list&)>& change) {
    events.clear();
    change(list);
    const auto before = requests.size();
    const auto orders = list.orders.size();
    apply(list);
    BOOST_TEST(requests.size() == before);
    BOOST_TEST(events.size() == orders);
    BOOST_TEST(state.open_orders() == 0u);
    return denials();
  }

  /// The same when the fault is that of one order, and says so first.
  std::string reason(submit_list list,
                     const std::function<void(submit_list&)>& change) {
    const auto all = denials(std::move(list), change);
    auto first = all.substr(0, all.find("; "));
    const auto id = first.substr(0, first.find(':'));
    std::size_t others = 0;
    for (auto i = all.find("; "); i != std::string::npos;
         i = all.find("; ", i + 1), ++others)
      BOOST_TEST(
        all.substr(i).find("order " + id + " of the same list was denied")
        != std::string::npos);
    BOOST_TEST(others + 1 == events.size());
    return first;
  }
};

/// The same whose parent is a market order.
struct market_fixture : grouping_fixture {
  static submit_list family() {
    auto list = grouping_fixture::family();
    list.orders[0].type = order_type::market;
    list.orders[0].price.reset();
    return list;
  }

  static book_answer book(const char* ask) {
    return {.instrument = "BTC",
            .best_bid = dec<price>("40000"),
            .best_ask = dec<price>(ask)};
  }
};

/// The same, and only the last ended order is remembered.
struct forgetful_fixture : grouping_fixture {
  forgetful_fixture() : grouping_fixture({.ended_orders = 1}) {}
};

struct denying_fixture : grouping_fixture {
  denying_fixture()
    : grouping_fixture({.submits_while_down = stream_down_policy::deny}) {}
};

constexpr auto triggers_allowed =
  " (allowed: stop_market, stop_limit, market_if_touched, limit_if_touched)";

} // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch_groupings_suite, grouping_fixture)

BOOST_AUTO_TEST_CASE(a_right_list_leaves_in_one_action) {
  apply(family());
  BOOST_TEST(heard() == "submitted submitted submitted");
  BOOST_TEST(sent(1)
             == "order 0.01@50000 + order 0.01@50490 + order 0.01@48510");
  apply(position());
  BOOST_TEST(heard().ends_with("denied denied")); // their ids are in use
  auto other = position();
  other.orders.pop_back();
  other.orders[0].client_order_id.value = "x";
  other.orders[0].quantity = {};
  apply(other);
  BOOST_TEST(sent(2) == "order 0@50490");
}

BOOST_AUTO_TEST_CASE(a_list_has_as_many_orders_as_its_grouping_takes) {
  const std::string family_allowed =
    " (allowed: a parent, then 1 or 2 trigger orders)";
  BOOST_TEST(denials(family(), [](submit_list& x) { x.orders.resize(1); })
             == "p: a list of normalTpsl has 1 order" + family_allowed);
  const auto why = "a list of normalTpsl has 4 orders" + family_allowed;
  BOOST_TEST(denials(family(),
                     [](submit_list& x) {
                       x.orders.push_back(
                         trigger("more", order_type::stop_market, "48000"));
                     })
             == "p: " + why + "; tp: " + why + "; sl: " + why
                  + "; more: " + why);
  BOOST_TEST(denials(position(),
                     [](submit_list& x) {
                       x.orders.push_back(
                         trigger("more", order_type::stop_market, "48000"));
                     })
               .starts_with("tp: a list of positionTpsl has 3 orders (allowed: "
                            "1 or 2 trigger orders); sl: a list"));
}

BOOST_AUTO_TEST_CASE(a_parent_is_no_trigger) {
  BOOST_TEST(reason(family(),
                    [](submit_list& x) {
                      x.orders[0] =
                        trigger("p", order_type::stop_market, "49000");
                      x.orders[0].side = order_side::buy;
                    })
             == "p: the parent of normalTpsl is a stop_market order (allowed: "
                "market, limit)");
}

BOOST_AUTO_TEST_CASE(a_child_is_a_reduce_only_trigger) {
  BOOST_TEST(reason(family(),
                    [](submit_list& x) {
                      x.orders[1] = terms("tp");
                      x.orders[1].side = order_side::sell;
                      x.orders[1].reduce_only = true;
                    })
             == std::string{"tp: a child of normalTpsl is a limit order"}
                  + triggers_allowed);
  BOOST_TEST(
    reason(family(), [](submit_list& x) { x.orders[2].reduce_only = false; })
    == "sl: a child of normalTpsl is not reduce-only (allowed: reduce-only)");
}

BOOST_AUTO_TEST_CASE(a_child_is_in_its_parents_instrument) {
  BOOST_TEST(
    reason(family(), [](submit_list& x) { x.orders[1].instrument = "ETH"; })
    == "tp: a child of normalTpsl is in ETH (allowed: its parent's "
       "instrument, BTC)");
}

BOOST_AUTO_TEST_CASE(a_child_is_opposite_to_its_parent) {
  BOOST_TEST(
    reason(family(), [](submit_list& x) { x.orders[2].side = order_side::buy; })
    == "sl: a child of normalTpsl is on its parent's side, buy (allowed: "
       "sell)");
}

BOOST_AUTO_TEST_CASE(an_order_of_a_position_is_a_reduce_only_trigger) {
  BOOST_TEST(
    reason(position(), [](submit_list& x) { x.orders[0] = terms("tp"); })
    == std::string{"tp: an order of positionTpsl is a limit order"}
         + triggers_allowed);
  BOOST_TEST(
    reason(position(), [](submit_list& x) { x.orders[1].reduce_only = false; })
    == "sl: an order of positionTpsl is not reduce-only (allowed: "
       "reduce-only)");
}

BOOST_AUTO_TEST_CASE(each_order_that_is_wrong_says_its_own_reason) {
  BOOST_TEST(denials(family(),
                     [](submit_list& x) {
                       x.orders[1].quantity = {};
                       x.orders[2].reduce_only = false;
                     })
             == "tp: quantity 0 is not positive; sl: a child of normalTpsl is "
                "not reduce-only (allowed: reduce-only); p: order sl of the "
                "same list was denied");
}

BOOST_AUTO_TEST_CASE(a_list_that_waits_is_denied_with_one_of_its_orders) {
  const auto all = {"p", "tp", "sl"};
  for (const auto* id : all) {
    grouping_fixture run;
    run.disconnect();
    run.apply(family());
    run.cancel(id);
    BOOST_TEST(run.denials().starts_with(std::string{id}
                                         + ": canceled before it was sent; "));
    BOOST_TEST(run.heard() == "denied denied denied");
    run.connect();
    run.answer_nothing();
    BOOST_TEST(run.requests.empty());
  }
}

BOOST_AUTO_TEST_CASE(one_cancel_of_several_tells_each_order_once) {
  disconnect();
  apply(family());
  apply(cancel_orders{{"S-1"}, {{"p"}, {"sl"}, {"tp"}}});
  BOOST_TEST(heard() == "denied denied denied");
  apply(family());
  apply(cancel_all{{"S-1"}, std::nullopt});
  BOOST_TEST(heard() == "denied denied denied denied denied denied");
}

BOOST_AUTO_TEST_CASE(a_parent_that_comes_too_late_leaves_no_children_behind) {
  disconnect();
  auto list = family();
  list.orders[0].time_in_force = time_in_force::gtd;
  list.orders[0].expire_at_ms = now_ms + 1'000;
  apply(list);
  now_ms += 2'000;
  connect();
  answer_nothing();
  BOOST_TEST(denials()
             == "p: the end time has passed; tp: order p of the same list was "
                "denied; sl: order p of the same list was denied");
  BOOST_TEST(requests.empty());
}

BOOST_AUTO_TEST_CASE(a_list_that_waited_leaves_as_a_whole) {
  disconnect();
  apply(family());
  connect();
  answer_nothing();
  BOOST_TEST(heard() == "submitted submitted submitted");
  BOOST_TEST(sent(1)
             == "order 0.01@50000 + order 0.01@50490 + order 0.01@48510");
  // What has left is canceled by itself.
  cancel("sl");
  BOOST_TEST(heard() == "submitted submitted submitted");
  BOOST_TEST(sent(2) == "cancel by cloid");
}

BOOST_FIXTURE_TEST_CASE(what_has_left_has_no_part_in_later_denials,
                        forgetful_fixture) {
  apply(position());
  const element_outcome waits{.status = element_status::waiting_for_trigger};
  reply(1, {waits, waits});
  canceled("tp", 7);
  place("other", 8);
  canceled("other", 8);
  disconnect();
  // It is kept where the take-profit was.
  submit("x");
  cancel("x");
  BOOST_TEST(last<order_denied>().reason == "canceled before it was sent");
  BOOST_TEST(state.open_orders() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_list_while_down_is_denied_for_one_reason,
                        denying_fixture) {
  disconnect();
  apply(family());
  BOOST_TEST(denials()
             == "p: the user stream is down; tp: the user stream is down; sl: "
                "the user stream is down");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(dispatch_market_parent_suite, market_fixture)

BOOST_AUTO_TEST_CASE(a_list_leaves_when_its_market_parent_has_a_price) {
  apply(family());
  BOOST_TEST(asked() == "book, mids");
  BOOST_TEST(heard() == "");
  answer(next<book_query>(), book("50010"));
  BOOST_TEST(heard() == "submitted submitted submitted");
  BOOST_TEST(requests.size() == 1u);
  BOOST_TEST(sent(1)
             == "order 0.01@50511 + order 0.01@50490 + order 0.01@48510");
  const auto& action = std::get<order_action>(requests[0].action);
  BOOST_TEST((action.grouping == order_grouping::normal_tpsl));
  BOOST_TEST((action.orders[0].time_in_force == wire_time_in_force::ioc));
}

BOOST_AUTO_TEST_CASE(a_market_parents_children_wait_for_its_end) {
  apply(family());
  answer(next<book_query>(), book("50010"));
  queries.clear();
  const element_outcome waits{.status = element_status::waiting_for_fill};
  reply(1, {{.status = element_status::filled,
             .oid = {7},
             .total_quantity = dec<quantity>("0.004")},
            waits,
            waits});
  fill("p", 7, 1, "0.004");
  BOOST_TEST(heard()
             == "submitted submitted submitted accepted filled canceled");
  advance(0);
  BOOST_TEST(asked() == "status by cloid, status by cloid");
}

BOOST_AUTO_TEST_CASE(without_a_price_for_its_parent_a_list_is_denied) {
  apply(family());
  advance(999);
  BOOST_TEST(heard() == "");
  advance(1);
  BOOST_TEST(denials()
             == "p: no reference price for a market order in BTC; tp: order p "
                "of the same list was denied; sl: order p of the same list was "
                "denied");
  BOOST_TEST(requests.empty());
  BOOST_TEST(state.open_orders() == 0u);
  answer(next<book_query>(), book("50010"));
  BOOST_TEST(requests.empty());
}

BOOST_AUTO_TEST_CASE(a_cancel_before_the_price_denies_the_list) {
  for (const auto* id : {"p", "tp", "sl"}) {
    market_fixture run;
    run.apply(family());
    run.cancel(id);
    run.answer(run.next<book_query>(), book("50010"));
    run.advance(60'000);
    BOOST_TEST(run.heard() == "denied denied denied");
    BOOST_TEST(run.denials().starts_with(std::string{id}
                                         + ": canceled before it was sent; "));
    BOOST_TEST(run.requests.empty());
  }
}

BOOST_AUTO_TEST_CASE(a_market_parent_below_the_minimum_denies_its_list) {
  auto list = family();
  list.orders[0].quantity = dec<quantity>("0.00019");
  apply(list);
  answer(next<book_query>(), book("50010"));
  BOOST_TEST(denials().starts_with("p: worth less than the minimum"));
  BOOST_TEST(heard() == "denied denied denied");
}

BOOST_AUTO_TEST_CASE(a_list_whose_price_came_in_a_gap_asks_again_after_it) {
  apply(family());
  disconnect();
  answer(next<book_query>(), book("50010"));
  BOOST_TEST(heard() == "");
  reconnect_after(60'000);
  BOOST_TEST(requests.empty());
  answer(next<book_query>(), book("40010"));
  BOOST_TEST(sent(1)
             == "order 0.01@40411 + order 0.01@50490 + order 0.01@48510");
  BOOST_TEST(heard() == "submitted submitted submitted");
}

BOOST_AUTO_TEST_CASE(a_list_that_could_not_be_written_leaves_again_as_it_was) {
  apply(family());
  answer(next<book_query>(), book("50010"));
  not_sent(1);
  BOOST_TEST(sent(2) == sent(1));
  BOOST_TEST((std::get<order_action>(requests[1].action).grouping
              == order_grouping::normal_tpsl));
}

BOOST_AUTO_TEST_CASE(a_market_order_is_no_child_and_of_no_position) {
  BOOST_TEST(reason(grouping_fixture::family(),
                    [](submit_list& x) {
                      x.orders[1] = market_fixture::family().orders[0];
                      x.orders[1].client_order_id.value = "tp";
                      x.orders[1].side = order_side::sell;
                      x.orders[1].reduce_only = true;
                    })
             == std::string{"tp: a child of normalTpsl is a market order"}
                  + triggers_allowed);
  BOOST_TEST(queries.empty());
}

BOOST_AUTO_TEST_SUITE_END()
