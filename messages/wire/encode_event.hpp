// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/actions.hpp"
#include "hlx/messages/events.hpp"
#include "hlx/messages/reports.hpp"
#include "hlx/messages/requests.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// What the client did, one JSON object each, as the programs print it. `at`
/// comes first; amounts are strings without trailing zeros; a member that does
/// not apply is left out. All append to `out`, without a line end, and are
/// valid JSON whatever the texts hold.
namespace hlx::wire {

/// {"at","event":"order_accepted","strategy","client_order_id","sequence",...}
void append_event(std::string& out, std::int64_t at_ms,
                  const order_event& event);

/// {"at","report":"order_status",...}: a raw report of an untracked order.
void append_report(std::string& out, std::int64_t at_ms,
                   const order_status_report& report);

/// {"at","report":"fill",...}: the same for a trade.
void append_report(std::string& out, std::int64_t at_ms,
                   const fill_report& report);

/// {"at","warning":"..."}
void append_warning(std::string& out, std::int64_t at_ms,
                    std::string_view text);

/// {"at","stream":"up"} or {"at","stream":"down"}
void append_stream(std::string& out, std::int64_t at_ms, bool up);

/// {"at","request":N,"action":{..},"nonce":..}
void append_request(std::string& out, std::int64_t at_ms, std::uint64_t number,
                    const l1_action& action, std::uint64_t nonce);

/// {"at","info":{..}}
void append_info(std::string& out, std::int64_t at_ms,
                 const info_query_body& query, const address& account);

} // namespace hlx::wire
