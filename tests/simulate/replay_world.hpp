// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/http_submitter/submitter_state.hpp"
#include "hlx/actors/websocket_reader/link_state.hpp"
#include "hlx/messages/events.hpp"
#include "hlx/messages/reports.hpp"
#include "hlx/messages/requests.hpp"
#include "tests/simulate/replay_script.hpp"
#include "tests/simulate/scripted_venue.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace hlx::simulate {

/// Everything around the execution client in a replay: its strategies and
/// listeners, whose hearing is the output, and its submitter and reader, whose
/// network is the script. A value; time comes in with each call, Unix ms.
class replay_world {
public:
  /// What the client is to be told.
  using message = std::variant<request_outcome, info_answer, user_stream_update,
                               stream_up, stream_down>;

  explicit replay_world(const script_config& config);

  /// Opens the user stream.
  void start(std::int64_t now_ms);

  /// While silent, nothing is printed but the requests that leave.
  void set_silent(bool silent) { silent_ = silent; }

  // What the client does.

  void hear(const order_event& event, std::int64_t now_ms);
  void hear(const order_status_report& report, std::int64_t now_ms);
  void hear(const fill_report& report, std::int64_t now_ms);
  void hear(const client_warning& warning, std::int64_t now_ms);
  void hear(const stream_changed& change, std::int64_t now_ms);
  void hear(const exchange_request& request, std::int64_t now_ms);
  void hear(const info_query& query, std::int64_t now_ms);

  // What the script says of the venue and the network.

  void apply(const meta_step& step, std::int64_t now_ms);
  void apply(const info_step& step, std::int64_t now_ms);
  void apply(const reply_step& step, std::int64_t now_ms);
  void apply(const failure_step& step, std::int64_t now_ms);
  void apply(const answer_step& step, std::int64_t now_ms);
  void apply(const frame_step& step, std::int64_t now_ms);
  void apply(const stream_step& step, std::int64_t now_ms);

  /// When `timers_due` has something to do; nothing when idle.
  std::optional<std::int64_t> next_deadline_ms() const;

  void timers_due(std::int64_t now_ms);

  /// What has come up for the client since the last call, in order.
  std::vector<message> take_messages() { return std::exchange(messages_, {}); }

  /// What has been printed since the last call: whole lines.
  std::string take_output() { return std::exchange(output_, {}); }

private:
  /// What the script may still say about a request.
  enum class request_state : std::uint8_t {
    open,    ///< Anything.
    unknown, ///< It failed: only a late reply.
    over,    ///< Nothing.
  };

  struct sent_request {
    transmission_id transmission = 0;
    request_state state = request_state::open;
  };

  void end_line();
  void warn(std::int64_t now_ms, std::string_view text);

  /// Lets everything leave that an input caused, and all that this causes.
  void leave(submitter_outputs&& outputs, std::int64_t now_ms);
  void leave(transmission& x, std::int64_t now_ms, submitter_outputs& out);
  void leave(link_outputs&& outputs, std::int64_t now_ms);
  void leave(link_connect&, std::int64_t now_ms, link_outputs& out);
  void leave(link_send& x, std::int64_t now_ms, link_outputs& out);

  /// The request of that number; warns when nothing can be said about it.
  sent_request* find(std::uint64_t number, std::int64_t now_ms);
  void note(const request_outcome& outcome);

  /// Tells the client of a recorded change of the stream.
  void announce(const stream_step& step, std::int64_t now_ms);

  address account_;
  bool recorded_;
  scripted_venue venue_;
  submitter_state submitter_;
  link_state link_;
  std::vector<sent_request> requests_;        ///< By number, from 1.
  std::map<request_id, std::size_t> numbers_; ///< Positions in requests_.
  /// Of the queries by number, from 1; none: it has its answer.
  std::vector<std::optional<transmission_id>> queries_;
  std::vector<message> messages_;
  std::string line_;
  std::string output_;
  bool silent_ = false;
  bool network_is_up_ = true; ///< As the script has it.
  bool stream_was_up_ = true; ///< As last printed.
};

} // namespace hlx::simulate
