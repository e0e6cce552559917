// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/events.hpp"
#include "hlx/messages/reports.hpp"
#include "hlx/messages/requests.hpp"
#include "hlx/messages/signing/nonce.hpp"
#include "hlx/messages/wire/decode_frame.hpp"
#include "tests/simulate/replay_script.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace hlx::simulate {

/// Everything around the execution client in a replay: its strategies and
/// listeners, whose hearing is the output, and its submitter and reader, whose
/// venue is the script. A plain value; time comes in with each call, Unix ms.
class replay_world {
public:
  /// What the client is to be told.
  using message = std::variant<request_outcome, info_answer, user_stream_update,
                               stream_up, stream_down>;

  explicit replay_world(const script_config& config);

  // What the client does. While silent, nothing is printed.

  void set_silent(bool silent) { silent_ = silent; }

  void hear(const order_event& event, std::int64_t now_ms);
  void hear(const order_status_report& report, std::int64_t now_ms);
  void hear(const fill_report& report, std::int64_t now_ms);
  void hear(const client_warning& warning, std::int64_t now_ms);
  void hear(const stream_changed& change, std::int64_t now_ms);
  void hear(const exchange_request& request, std::int64_t now_ms);
  void hear(const info_query& query, std::int64_t now_ms);

  // What the script says of the venue.

  void apply(const info_step& step, std::int64_t now_ms);
  void apply(const reply_step& step, std::int64_t now_ms);
  void apply(const failure_step& step, std::int64_t now_ms);
  void apply(const frame_step& step, std::int64_t now_ms);
  void apply(const stream_step& step, std::int64_t now_ms);

  /// When the next request or query times out; nothing when none waits.
  std::optional<std::int64_t> next_deadline_ms() const;

  void timers_due(std::int64_t now_ms);

  /// What has come up for the client since the last call, in order.
  std::vector<message> take_messages() { return std::exchange(messages_, {}); }

  /// What has been printed since the last call: whole lines.
  std::string take_output() { return std::exchange(output_, {}); }

private:
  enum class request_state : std::uint8_t {
    waiting,
    unknown, ///< Reported; an answer may still come.
    over,
  };

  struct sent_request {
    request_id id;
    std::int64_t deadline_ms = 0;
    request_state state = request_state::waiting;
  };

  struct waiting_query {
    query_id id;
    std::int64_t deadline_ms = 0;
  };

  void print(std::string_view line);
  void warn(std::int64_t now_ms, std::string_view text);
  void answer(query_id query, info_answer_body body);
  sent_request* find(std::uint64_t number, std::int64_t now_ms);
  std::optional<std::string> answer_to(const info_query_body& query,
                                       std::int64_t now_ms) const;
  std::string order_status_answer_to(const order_status_query& query) const;

  address account_;
  std::int64_t timeout_ms_;
  std::map<std::string, std::string, std::less<>> answers_;
  order_status_table order_status_;
  signing::nonce_source nonces_;
  wire::frame_decoder decoder_;
  std::vector<sent_request> requests_; ///< By number, from 1.
  std::vector<waiting_query> queries_;
  std::vector<message> messages_;
  std::string line_;
  std::string output_;
  bool silent_ = false;
  bool stream_is_up_ = true;
};

} // namespace hlx::simulate
