// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/interfaces.hpp"
#include "tests/simulate/demo_trader.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace hlx::simulate {

/// DEMO -> DEMO STRATEGY. How the market is, and how many orders it may have
/// submitted by now.
struct market_look {
  price best_bid;
  price best_ask;
  std::uint64_t orders_due = 0;

  friend bool operator==(const market_look&, const market_look&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, market_look& x) {
    return inspect_fields(
      f, "hlx::simulate::market_look", field("best_bid", x.best_bid),
      field("best_ask", x.best_ask), field("orders_due", x.orders_due));
  }
};

/// How a DEMO STRATEGY is.
struct strategy_status {
  ledger_sum sum;
  std::uint64_t undecided = 0; ///< Orders whose fate is not told yet.
  std::uint64_t submitted = 0;
  std::uint64_t events = 0;
  std::vector<client_order_id> ids;    ///< Of every order.
  std::vector<std::string> violations; ///< Of the order of events.

  friend bool operator==(const strategy_status&,
                         const strategy_status&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 strategy_status& x) {
    return inspect_fields(f, "hlx::simulate::strategy_status",
                          field("sum", x.sum), field("undecided", x.undecided),
                          field("submitted", x.submitted),
                          field("events", x.events), field("ids", x.ids),
                          field("violations", x.violations));
  }
};

strategy_status status_of(const demo_ledger& ledger);

/// DEMO STRATEGY: a strategy that trades at random.
using demo_strategy_actor = strategy_actor::extend<
  // Trade.
  caf::reacts_to<market_look>,
  // Submit no more, and take away what is open.
  caf::reacts_to<caf::close_atom>,
  // How it is.
  caf::replies_to<status_request>::with<strategy_status>>;

/// Hears of every event. Called on the actor's thread.
using event_printer = std::function<void(const order_event&)>;

/// The DEMO STRATEGY. Subscribes to `client` at once.
demo_strategy_actor::behavior_type demo_strategy(
  demo_strategy_actor::pointer self, order_entry_actor client,
  demo_trader trader, event_printer print);

/// DEMO LISTENER: prints what belongs to no strategy as diagnostics.
report_listener_actor::behavior_type demo_listener(
  report_listener_actor::pointer self,
  const std::function<void(std::string_view)>& print);

} // namespace hlx::simulate

CAF_BEGIN_TYPE_ID_BLOCK(hlx_simulate, caf::id_block::hlx_actors::end)

CAF_ADD_TYPE_ID(hlx_simulate, (hlx::simulate::market_look))
CAF_ADD_TYPE_ID(hlx_simulate, (hlx::simulate::strategy_status))

CAF_END_TYPE_ID_BLOCK(hlx_simulate)
