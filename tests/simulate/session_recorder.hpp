// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/dispatch_options.hpp"
#include "hlx/actors/session_tap.hpp"
#include "hlx/messages/ids.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hlx::simulate {

/// What a record needs to know of a session beforehand.
struct recorded_session {
  address account;
  dispatch_options dispatch;
  /// The venue's answers to `meta`, `spotMeta` and `outcomeMeta`, as JSON text;
  /// may be empty.
  std::string meta;
  std::string spot_meta;
  std::string outcome_meta;
};

/// Writes a session down as a replay script: what the execution client handled,
/// in the order and with the times in which it did, its timers included. What
/// came from the venue is written as it came. The script replays to the same
/// events. For one client.
class session_recorder : public session_tap {
public:
  /// `write` takes whole lines, each with its end; called by one thread at a
  /// time.
  session_recorder(recorded_session session,
                   std::function<void(std::string_view)> write);

  void update(std::string_view frame) override;
  void outcome(const request_outcome& x,
               const transmission_result* raw) override;
  void answer(const info_answer& x, const transmission_result* raw) override;
  void handled(const client_input& x, std::int64_t now_ms) override;

  /// Ends the record: nothing is written any more.
  void stop();

private:
  using raw_reply = std::optional<transmission_result>;

  /// Takes out what came for that id, if it came from the network.
  template <class Id>
  static raw_reply take(std::map<Id, std::deque<raw_reply>>& from,
                        const Id& id);

  void begin(std::int64_t now_ms);
  void line(std::int64_t now_ms, std::string_view members);

  // One for each alternative.
  void write(std::int64_t now_ms, std::monostate);
  void write(std::int64_t now_ms, const submit_order* x);
  void write(std::int64_t now_ms, const submit_list* x);
  void write(std::int64_t now_ms, const modify_order* x);
  void write(std::int64_t now_ms, const cancel_order* x);
  void write(std::int64_t now_ms, const cancel_orders* x);
  void write(std::int64_t now_ms, const cancel_all* x);
  void write(std::int64_t now_ms, const query_order* x);
  void write(std::int64_t now_ms, const user_stream_update* x);
  void write(std::int64_t now_ms, const stream_up* x);
  void write(std::int64_t now_ms, const stream_down* x);
  void write(std::int64_t now_ms, const request_outcome* x);
  void write(std::int64_t now_ms, const info_answer* x);
  void write(std::int64_t now_ms, const timer_due* x);

  std::mutex lock_; // Three actors call.
  recorded_session session_;
  std::function<void(std::string_view)> write_;
  std::deque<std::string> frames_; ///< Handed on, not yet handled.
  std::map<request_id, std::deque<raw_reply>> replies_;
  std::map<query_id, std::deque<raw_reply>> answers_;
  bool begun_ = false;
  bool stopped_ = false;
};

} // namespace hlx::simulate
