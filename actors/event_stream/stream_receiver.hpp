// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/event_stream/receiver_options.hpp"
#include "hlx/actors/event_stream/stream_effects.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace hlx {

/// The event stream of one strategy at the side of the strategy. A plain value:
/// no actor, no clock. Inputs come with the time `now_ms` (Unix ms) and append
/// to `out` what is to leave, in order.
///
/// Over a link that loses, repeats and reorders, the strategy gets every event
/// once and in order, and each of its commands is executed at most once.
class stream_receiver {
public:
  /// `last_handled`: the last event that the strategy has handled for good, in
  /// this or an earlier life; 0: none. The link is down.
  stream_receiver(receiver_options options, std::uint64_t last_handled);

  // The link to the client. After link_up the stream is opened.
  void link_up(std::int64_t now_ms, receiver_effects& out);
  void link_down(std::int64_t now_ms, receiver_effects& out);

  // What comes from the client.
  void apply(const event_stream_opened& x, std::int64_t now_ms,
             receiver_effects& out);
  void apply(const event_batch& x, std::int64_t now_ms, receiver_effects& out);
  void apply(const event_stream_ended& x, std::int64_t now_ms,
             receiver_effects& out);
  void apply(const command_answer& x, std::int64_t now_ms,
             receiver_effects& out);

  /// The strategy has handled the events up to `number` for good; they will not
  /// come again. Numbers that did not come yet are ignored.
  void handled(std::uint64_t number, std::int64_t now_ms,
               receiver_effects& out);

  /// A command of the strategy: leaves, waits for the link, or fails, at once
  /// or when it has waited for too long.
  void command(strategy_command command, std::int64_t now_ms,
               receiver_effects& out);

  /// Another actor stands for the strategy now: what is not handled comes
  /// again.
  void start_over(std::int64_t now_ms, receiver_effects& out);

  /// The strategy has ended. Of its commands only cancels are still wanted:
  /// those that wait for the link are dropped, and those whose fate is not
  /// known become queries, which keep the number and do nothing should the
  /// command never have come.
  void strategy_ended();

  /// When `timers_due` has something to do, Unix ms; nothing when idle.
  std::optional<std::int64_t> next_deadline_ms() const;

  void timers_due(std::int64_t now_ms, receiver_effects& out);

  /// Whether the stream is open.
  bool is_open() const { return state_ == state::open; }

  /// Whether the client has ended the stream for good.
  bool has_ended() const { return state_ == state::ended; }

  /// The newest event that came, and the newest that is handled.
  std::uint64_t last_received() const { return received_; }
  std::uint64_t last_handled() const { return handled_; }

  /// Commands that are held or not answered.
  std::size_t open_commands() const { return commands_.size(); }

private:
  enum class state : std::uint8_t { down, opening, open, ended };

  struct open_command {
    strategy_command command;
    std::int64_t given_ms = 0;
    bool is_sent = false;
    bool is_answered = false;
  };

  void ask_again(std::int64_t now_ms, receiver_effects& out);
  void acknowledge(bool probe, std::int64_t now_ms, receiver_effects& out);
  void number_commands(const event_stream_opened& x, receiver_effects& out);
  void send_commands(std::uint64_t from, std::int64_t now_ms,
                     receiver_effects& out);
  void end(const event_stream_ended& x, receiver_effects& out);
  bool has_room_for(const strategy_command& command) const;
  std::optional<std::int64_t> oldest_held_ms() const;
  void give_up_held(std::int64_t now_ms, receiver_effects& out);

  receiver_options options_;
  state state_ = state::down;
  std::uint64_t attempt_ = 0;
  std::uint64_t session_ = 0; ///< The last one; 0: none yet.
  std::uint64_t received_ = 0;
  std::uint64_t handled_ = 0;
  std::uint64_t acknowledged_ = 0;

  /// Those from number `first_command_` on.
  std::deque<open_command> commands_;
  std::uint64_t first_command_ = 0; ///< 0: not known yet.
  std::uint64_t resent_from_ = 0;   ///< Because of a gap, since the last retry.
  std::string end_reason_;

  std::optional<std::int64_t> open_retry_ms_;
  std::optional<std::int64_t> command_retry_ms_;
  std::optional<std::int64_t> acknowledge_at_ms_;
  std::optional<std::int64_t> probe_at_ms_;
};

} // namespace hlx
