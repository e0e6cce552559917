// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/dispatch_parts.hpp"

/// Requests of account commands share the venue's limits with those of orders.
/// Nothing else of them concerns dispatch.
namespace hlx {

void on_account_request_sent(context& c, request_id request);
void on_account_request_outcome(context& c, const request_outcome& outcome);

} // namespace hlx
