// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/order_events.hpp"

namespace hlx {

/// What became of a request: each order that it was for hears its part. A
/// reply is evidence whenever it comes, after the request's timeout too.
void on_request_outcome(context& c, const request_outcome& outcome);

} // namespace hlx
