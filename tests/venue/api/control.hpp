// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/api/venue_api.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace hlx::venue {

/// The answer of the control port.
struct control_answer {
  int status = 200; ///< 400: refused, nothing was done; the body says why.
  std::string body; ///< {"ok":true,..} or {"error":".."}
};

/// Carries out one control request, which is never part of the venue's
/// surface: a JSON object with exactly one of these members. Addresses are
/// "0x..", amounts decimals as strings or numbers.
///   fund {user,usdc} · spot {user,token,total} · mark {coin,px}
///   oracle {coin,px} · funding {coin,rate} · advance {ms}
///   list {coin,sz_decimals,max_leverage,px}
///   open_interest_max {coin,sz}
///   book {coin,side,px,sz} with side "buy" or "sell"
///   agent {user,agent,name?} · revoke {agent} · sub_account {user,name}
///   drop_margin {user,usdc} · liquidate {user} · delist {coin}
///   fault {name,count} · chaos true|false · counters true
///   halted true|false · post_only true|false · budget n · cloid_lag_ms n
///   limits true|false · schedule_cancel_volume n · oid_gap n
///   arrival_delay_ms {order?,cancel?,modify?,other?}
///   tally {user,cloids}, when the venue counts: {"orders","bought","sold",
///   "open_orders"} of the orders with these cloids
control_answer control(venue_api& api, std::string_view body,
                       std::int64_t now_ms);

} // namespace hlx::venue
