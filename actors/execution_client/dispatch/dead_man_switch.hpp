// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/dispatch_parts.hpp"

/// The venue cancels all orders of the account unless hlx lives to put that
/// off again and again.
namespace hlx {

/// Begins with it, where the options ask for it and it has not begun.
void start_dead_man_switch(context& c);

/// Puts it off.
void renew_dead_man_switch(context& c);

/// What became of such a request. A failure is told and tried again.
void on_dead_man_switch_outcome(context& c, const request_outcome& outcome);

} // namespace hlx
