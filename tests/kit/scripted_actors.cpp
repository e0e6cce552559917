// SPDX-License-Identifier: BSD-3-Clause
#include "tests/kit/scripted_actors.hpp"

#include "hlx/actors/strategy.hpp"
#include "hlx/messages/assert.hpp"
#include "hlx/messages/signing/secret_key.hpp"

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

strategy_actor::behavior_type recording_strategy(strategy_actor::pointer,
                                                 std::shared_ptr<heard> log) {
  return on_events(
    [log](const stream_changed& x) { log->streams.push_back(x); },
    [log](const auto& x) { log->events.emplace_back(x); });
}

report_listener_actor::behavior_type recording_listener(
  report_listener_actor::pointer, std::shared_ptr<heard> log) {
  return {
    [log](const order_status_report& x) { log->statuses.push_back(x); },
    [log](const fill_report& x) { log->fills.push_back(x); },
    [log](const client_warning& x) { log->warnings.push_back(x); },
  };
}

http_submitter_actor::behavior_type recording_submitter(
  http_submitter_actor::pointer, std::shared_ptr<heard> log) {
  return {
    [log](const exchange_request& x) { log->requests.push_back(x); },
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
