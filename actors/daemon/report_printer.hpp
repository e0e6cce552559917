// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/daemon/line_printer.hpp"
#include "hlx/actors/interfaces.hpp"

#include <caf/typed_event_based_actor.hpp>

namespace hlx::daemon {

/// Prints what belongs to no strategy as one line each.
void print_report(const line_sink& print, const order_status_report& x);
void print_report(const line_sink& print, const fill_report& x);
void print_report(const line_sink& print, const client_warning& x);

/// Listens to the client's reports and prints them.
report_listener_actor::behavior_type report_printer(
  report_listener_actor::pointer self, const execution_client_actor& client,
  const line_sink& print);

} // namespace hlx::daemon
