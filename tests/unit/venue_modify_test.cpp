// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_desk.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::venue;

namespace {

constexpr auto invalid_order = "error Attempted to modify to invalid new order";

struct modify_desk : desk {
  const venue_order_id first{1001};

  modify_desk() { place(alice, named(buy("0.02", "59000"), 1)); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_modify_suite, modify_desk)

BOOST_AUTO_TEST_CASE(without_always_place_only_a_resting_order_comes_of_it) {
  using enum trigger_kind;
  BOOST_TEST(batch_modify(alice, first, ioc(buy("0.02", "58000")))
             == invalid_order);
  BOOST_TEST(batch_modify(alice, first, sell("0.02", "61000"))
             == invalid_order);
  BOOST_TEST(batch_modify(alice, first,
                          triggered(buy("0.02", "61000"), stop_loss, "61000"))
             == invalid_order);
  BOOST_TEST(batch_modify(alice, first, buy("0.2", "2900", eth))
             == invalid_order);
  BOOST_TEST(statuses(alice) == "");
  BOOST_TEST(open(alice) == "1001 0.02/0.02");
}

BOOST_AUTO_TEST_CASE(a_replacement_never_takes_unless_told_to) {
  place(bob, sell("0.02", "60000"));
  BOOST_TEST(batch_modify(alice, first, buy("0.02", "60000"))
             == "error Error placing new order during modify: Post only order "
                "would have immediately matched, bbo was None@60000.0. "
                "asset=0");
  BOOST_TEST(statuses(alice)
             == "canceled 1001 0.02, badAloPxRejected 1003 0.02");
  BOOST_TEST(open(alice) == "");
}

BOOST_AUTO_TEST_CASE(always_place_may_take) {
  place(bob, sell("0.02", "60000"));
  BOOST_TEST(batch_modify(alice, first, buy("0.02", "60000"), true)
             == "filled 0.02@60000 1003");
  BOOST_TEST(statuses(alice)
             == "open 1003 0.02, canceled 1001 0.02, filled 1003 0");
}

BOOST_AUTO_TEST_CASE(always_place_places_although_the_target_is_gone) {
  cancel(alice, 1001);
  BOOST_TEST(batch_modify(alice, first, buy("0.01", "58000"), true)
             == "resting 1002");
}

BOOST_AUTO_TEST_CASE(the_error_of_a_batch_may_lack_the_prefix) {
  v.config().batch_modify_error_prefix = false;
  BOOST_TEST(batch_modify(alice, first, buy("0.00001", "59000"))
             == "error Order must have minimum value of $10. asset=0");
}

BOOST_AUTO_TEST_CASE(a_malformed_replacement_leaves_the_original_alone) {
  BOOST_TEST(batch_modify(alice, first, buy("0.0000001", "59000"))
             == "error Order has invalid size.");
  BOOST_TEST(modify(alice, first, buy("0.0000001", "59000"))
             == "err Order has invalid size.");
  BOOST_TEST(open(alice) == "1001 0.02/0.02");
}

BOOST_AUTO_TEST_CASE(the_target_may_be_named_by_cloid) {
  BOOST_TEST(modify(alice, cloid_of(1), named(buy("0.01", "58000"), 1))
             == "done");
  BOOST_TEST(open(alice) == "1002 0.01/0.01");
}

BOOST_AUTO_TEST_CASE(a_replacement_without_a_cloid_has_none) {
  batch_modify(alice, first, buy("0.01", "58000"));
  BOOST_TEST(!v.open_orders(alice).at(0).cloid.has_value());
}

BOOST_AUTO_TEST_CASE(a_replacement_loses_its_place_in_the_queue) {
  place(bob, buy("0.02", "59000"));
  batch_modify(alice, first, buy("0.01", "59000"));
  place(address_of(2), ioc(sell("0.001", "59500")));
  v.fund(address_of(3), decimal<amount>("1000"), now);
  place(address_of(3), ioc(sell("0.001", "59000")));
  BOOST_TEST(fills(bob) == "1002 buy 0.001@59000 maker fee 0.00885 Open Long");
}

BOOST_AUTO_TEST_CASE(the_full_size_of_the_new_order_is_placed_after_a_fill) {
  place(bob, sell("0.015", "59000"));
  BOOST_TEST(open(alice) == "1001 0.005/0.02");
  batch_modify(alice, first, buy("0.02", "58000"));
  BOOST_TEST(statuses(alice) == "open 1003 0.02, canceled 1001 0.005");
  BOOST_TEST(open(alice) == "1003 0.02/0.02");
}

BOOST_AUTO_TEST_CASE(the_old_leg_may_be_reported_first) {
  v.config().canceled_before_open_permille = 1000;
  batch_modify(alice, first, buy("0.02", "58000"));
  BOOST_TEST(statuses(alice) == "canceled 1001 0.02, open 1002 0.02");
}

BOOST_AUTO_TEST_CASE(a_modify_costs_one_request) {
  const auto before = v.rate_limit(alice).requests_used;
  batch_modify(alice, first, buy("0.02", "58000"));
  BOOST_TEST(v.rate_limit(alice).requests_used == before + 1);
}

BOOST_AUTO_TEST_CASE(a_chain_of_modifies_in_one_action_is_one_by_one) {
  batch_modify_action action;
  action.modifies.push_back({cloid_of(1), named(buy("0.02", "58000"), 1)});
  action.modifies.push_back({cloid_of(1), named(buy("0.02", "57000"), 1)});
  action.modifies.push_back({first, named(buy("0.02", "56000"), 1)});
  BOOST_TEST(act(alice, action)
             == "resting 1002; resting 1003; error Cannot modify canceled or "
                "filled order");
  BOOST_TEST(statuses(alice)
             == "open 1002 0.02, canceled 1001 0.02, open 1003 0.02, "
                "canceled 1002 0.02");
}

BOOST_AUTO_TEST_SUITE_END()
