// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/events.hpp"
#include "hlx/messages/reports.hpp"
#include "hlx/messages/requests.hpp"

#include <variant>
#include <vector>

namespace hlx {

/// One thing that leaves the dispatch state: an event for the strategy named
/// in its header; a raw report of an order that is not ours; a warning; news
/// about the stream for every strategy; a request or a query for the venue.
using effect =
  std::variant<order_event, order_status_report, fill_report, client_warning,
               stream_changed, exchange_request, info_query>;

/// What one input caused, in the order in which it is to leave.
using effects = std::vector<effect>;

/// What became of one report.
enum class dispatch_outcome : std::uint8_t {
  tracked,  ///< It is about an order of this client.
  external, ///< It is not; it was forwarded raw.
  skip,     ///< It was recognised as a repeat or stale.
};

} // namespace hlx
