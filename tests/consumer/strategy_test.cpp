// SPDX-License-Identifier: BSD-3-Clause
// How a user tests a strategy: one thread, a clock that stands still, and a
// stand-in for the execution client that the test speaks for.
#define BOOST_TEST_MODULE strategy
#include "hlx/actors/strategy.hpp"
#include "tests/kit/deterministic_system.hpp"

#include <boost/test/unit_test.hpp>

namespace {

hlx::strategy_actor::behavior_type canceling(hlx::strategy_actor::pointer self,
                                             hlx::order_entry_actor client) {
  return hlx::on_events([=](const hlx::order_accepted& x) {
    self->send(client,
               hlx::cancel_order{.client_order_id = x.header.client_order_id});
  });
}

hlx::order_entry_actor::behavior_type mute_client() {
  return {
    [](caf::subscribe_atom, const hlx::strategy_id&,
       const hlx::strategy_actor&) {},
    [](const hlx::submit_order&) {},
    [](const hlx::submit_list&) {},
    [](const hlx::modify_order&) {},
    [](const hlx::cancel_order&) {},
    [](const hlx::cancel_all&) {},
    [](const hlx::query_order&) {},
  };
}

} // namespace

BOOST_FIXTURE_TEST_CASE(strategy_cancels_what_is_accepted,
                        hlx::kit::deterministic_system) {
  const auto client = own(sys.spawn(mute_client));
  const auto strategy = own(sys.spawn(canceling, client));
  hlx::order_accepted accepted;
  accepted.header.client_order_id = {"O-1"};
  self->send(strategy, accepted);
  deliver<hlx::order_accepted>(self, strategy);
  const auto heard = deliver<hlx::cancel_order>(strategy, client);
  BOOST_TEST(heard.client_order_id.value == "O-1");
}
