// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/report_printer.hpp"

#include "hlx/actors/strategy.hpp"
#include "hlx/messages/wire/encode_event.hpp"

#include <string>

namespace hlx::daemon {

void print_report(const line_sink& print, const order_status_report& x) {
  std::string line;
  wire::append_report(line, x.status_ms, x);
  print(line);
}

void print_report(const line_sink& print, const fill_report& x) {
  std::string line;
  wire::append_report(line, x.time_ms, x);
  print(line);
}

void print_report(const line_sink& print, const client_warning& x) {
  std::string line;
  wire::append_warning(line, x.client_time_ms, x.text);
  print(line);
}

report_listener_actor::behavior_type report_printer(
  report_listener_actor::pointer self, const execution_client_actor& client,
  const line_sink& print) {
  self->send(client, caf::subscribe_atom_v, report_listener_actor{self});
  return handlers_of<report_listener_actor>(
    [print](const auto& x) { print_report(print, x); });
}

} // namespace hlx::daemon
