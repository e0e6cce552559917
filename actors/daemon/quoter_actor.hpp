// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/daemon/quoter.hpp"
#include "hlx/actors/daemon/report_printer.hpp"
#include "hlx/actors/interfaces.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <string>

namespace hlx::daemon {

/// How the QUOTER is.
struct quoter_status {
  bool idle = true;         ///< None of its orders can be open.
  std::string halt_reason;  ///< Why it quotes no more; empty while it does.
  std::string pause_reason; ///< Why it quotes nothing now; empty while it does.
  std::uint64_t fills = 0;
  amount position;
  amount profit; ///< Since the start, at the last mid price.

  friend bool operator==(const quoter_status&, const quoter_status&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 quoter_status& x) {
    return inspect_fields(
      f, "hlx::daemon::quoter_status", field("idle", x.idle),
      field("halt_reason", x.halt_reason),
      field("pause_reason", x.pause_reason), field("fills", x.fills),
      field("position", x.position), field("profit", x.profit));
  }
};

/// QUOTER: the example strategy, which also prints what belongs to no strategy.
using quoter_actor = strategy_actor::extend_with<report_listener_actor>::extend<
  // Prices; without them for a while, all absent.
  caf::reacts_to<market_prices>,
  // Take all quotes away for good.
  caf::reacts_to<caf::close_atom>,
  // How it is.
  caf::replies_to<status_request>::with<quoter_status>>;

/// The QUOTER. Subscribes to `client` as strategy and as report listener.
quoter_actor::behavior_type quoting(quoter_actor::pointer self,
                                    execution_client_actor client,
                                    quoter decisions,
                                    const strategy_id& strategy,
                                    line_sink print);

} // namespace hlx::daemon

CAF_BEGIN_TYPE_ID_BLOCK(hlx_daemon, caf::id_block::hlx_actors::end)

CAF_ADD_TYPE_ID(hlx_daemon, (hlx::daemon::market_prices))
CAF_ADD_TYPE_ID(hlx_daemon, (hlx::daemon::quoter_status))

CAF_END_TYPE_ID_BLOCK(hlx_daemon)
