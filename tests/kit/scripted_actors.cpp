// SPDX-License-Identifier: BSD-3-Clause
#include "tests/kit/scripted_actors.hpp"

#include "hlx/actors/strategy.hpp"
#include "hlx/messages/assert.hpp"
#include "hlx/messages/signing/secret_key.hpp"
#include "hlx/messages/wire/encode_event.hpp"

#include <algorithm>

namespace hlx::kit {

std::string heard::event_names() const {
  std::string result;
  for (const auto& event : events) {
    if (!result.empty())
      result += ' ';
    result += name_of(event);
  }
  return result;
}

bool heard::was_warned(std::string_view text) const {
  return std::any_of(warnings.begin(), warnings.end(), [&](const auto& x) {
    return x.text.find(text) != std::string::npos;
  });
}

void heard::hear(const order_event& x) {
  events.push_back(x);
  wire::append_event(transcript, header_of(x).client_time_ms, x);
  transcript += '\n';
}

void heard::hear(const stream_changed& x) {
  streams.push_back(x);
  wire::append_stream(transcript, x.client_time_ms, x.up);
  transcript += '\n';
}

void heard::hear(const order_status_report& x) {
  statuses.push_back(x);
  wire::append_report(transcript, x.status_ms, x);
  transcript += '\n';
}

void heard::hear(const fill_report& x) {
  fills.push_back(x);
  wire::append_report(transcript, x.time_ms, x);
  transcript += '\n';
}

void heard::hear(const client_warning& x) {
  warnings.push_back(x);
  wire::append_warning(transcript, x.client_time_ms, x.text);
  transcript += '\n';
}

strategy_actor::behavior_type recording_strategy(
  strategy_actor::pointer, const std::shared_ptr<heard>& log) {
  return on_events([log](const stream_changed& x) { log->hear(x); },
                   [log](const auto& x) { log->hear(order_event{x}); });
}

report_listener_actor::behavior_type recording_listener(
  report_listener_actor::pointer, const std::shared_ptr<heard>& log) {
  return {
    [log](const order_status_report& x) { log->hear(x); },
    [log](const fill_report& x) { log->hear(x); },
    [log](const client_warning& x) { log->hear(x); },
  };
}

monitor_actor::behavior_type recording_monitor(
  monitor_actor::pointer, const std::shared_ptr<heard>& log) {
  return on_everything([log](const stream_changed& x) { log->hear(x); },
                       [log](const order_status_report& x) { log->hear(x); },
                       [log](const fill_report& x) { log->hear(x); },
                       [log](const client_warning& x) { log->hear(x); },
                       [log](const auto& x) { log->hear(order_event{x}); });
}

http_submitter_actor::behavior_type recording_submitter(
  http_submitter_actor::pointer, const std::shared_ptr<heard>& log) {
  return {
    [log](const exchange_request& x) { log->requests.push_back(x); },
    [log](const user_signed_request& x) { log->user_signed.push_back(x); },
    [log](const info_query& x) { log->queries.push_back(x); },
    [](const status_request&) { return submitter_status{}; },
  };
}

websocket_reader_actor::behavior_type mute_reader(
  websocket_reader_actor::pointer) {
  return {[](const status_request&) { return reader_status{}; }};
}

std::shared_ptr<const signing::signer> test_signer() {
  auto key = signing::secret_key::from_hex(
    "0x0123456789012345678901234567890123456789012345678901234567890123");
  HLX_ASSERT(key.ok());
  return std::make_shared<const signing::signer>(std::move(*key));
}

} // namespace hlx::kit
