// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/interfaces.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <functional>
#include <string_view>

namespace hlx::daemon {

/// Takes one JSON line without its end. Called on an actor's thread.
using line_printer = std::function<void(std::string_view)>;

/// Prints what belongs to no strategy as one line each.
void print_report(const line_printer& print, const order_status_report& x);
void print_report(const line_printer& print, const fill_report& x);
void print_report(const line_printer& print, const client_warning& x);

/// Listens to the client's reports and prints them.
report_listener_actor::behavior_type report_printer(
  report_listener_actor::pointer self, const execution_client_actor& client,
  const line_printer& print);

} // namespace hlx::daemon
