// SPDX-License-Identifier: BSD-3-Clause
// A monitor that prints every event of all strategies, and what belongs to
// none, as JSON lines.
#pragma once

#include "hlx/actors/strategy.hpp"
#include "hlx/messages/wire/encode_event.hpp"

#include <functional>
#include <string>

using line_sink = std::function<void(const std::string& line)>;

// [begin monitor]
inline hlx::monitor_actor::behavior_type print_all(
  hlx::monitor_actor::pointer self, const hlx::monitoring_actor& client,
  const line_sink& print) {
  self->send(client, caf::subscribe_atom_v, hlx::monitor_actor{self});
  const auto line = [print](auto append, std::int64_t at_ms, const auto& x) {
    std::string text;
    append(text, at_ms, x);
    print(text);
  };
  using namespace hlx::wire;
  return hlx::on_everything(
    [=](const hlx::stream_changed& x) {
      line(append_stream, x.client_time_ms, x.up);
    },
    [=](const hlx::client_warning& x) {
      line(append_warning, x.client_time_ms, x.text);
    },
    [=](const hlx::order_status_report& x) {
      std::string text;
      append_report(text, x.status_ms, x);
      print(text);
    },
    [=](const hlx::fill_report& x) {
      std::string text;
      append_report(text, x.time_ms, x);
      print(text);
    },
    [=](const auto& event) {
      line(append_event, event.header.client_time_ms, event);
    });
}
// [end monitor]
