// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/api/exchange_entry.hpp"
#include "tests/venue/api/faults.hpp"
#include "tests/venue/api/info_answers.hpp"
#include "tests/venue/api/ip_limits.hpp"
#include "tests/venue/api/outbox.hpp"
#include "tests/venue/api/sessions.hpp"
#include "tests/venue/api/tally.hpp"
#include "tests/venue/venue.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hlx::venue {

/// How the venue's surface behaves.
struct api_options {
  signing::network network = signing::network::testnet;
  std::uint64_t seed = 1; ///< Of the faults.
  fault_rates faults = calm();
  ip_limits limits; ///< None, or venue_ip_limits.
  /// Whether every order is counted by cloid, for ever.
  bool tallies = false;
};

/// An HTTP request as it came in.
struct http_call {
  std::uint64_t id = 0; ///< Named by the server; unique.
  std::string_view method;
  std::string_view path;
  std::string_view content_type;
  std::string_view body;
};

/// What was done so far.
struct api_counters {
  std::uint64_t exchange_requests = 0;
  std::uint64_t info_requests = 0;
  std::uint64_t sessions_opened = 0;
  std::uint64_t messages_received = 0;
  std::uint64_t frames_sent = 0;
  std::uint64_t blocks = 0;
  std::int64_t ip_weight = 0;
};

/// The venue's surface without its sockets: requests and frames go in with
/// their time, outputs come out with theirs. The same calls and seed give the
/// same outputs.
class venue_api {
public:
  explicit venue_api(venue_config config = {}, api_options options = {});

  /// Takes a request. Its answer is among the outputs, now or later.
  void http(const http_call& call, std::int64_t now_ms);

  /// Over the limits the session is closed at once.
  void ws_open(session_id id, std::int64_t now_ms);
  void ws_text(session_id id, std::string_view text, std::int64_t now_ms);

  /// The socket is gone, by whose doing ever. May be repeated.
  void ws_closed(session_id id);

  /// Runs the blocks and timers due until `now_ms`. Every call above does so
  /// first.
  void advance(std::int64_t now_ms);

  /// Most that skip() lets pass in all: ten years.
  static constexpr std::int64_t skip_max_ms = std::int64_t{3650} * 86'400'000;

  /// Lets time pass for the books alone: from the next advance() on they are so
  /// much further ahead. Connections, the limits of one IP address and delays
  /// on the way keep to the callers' clock. False: negative, or more than
  /// skip_max_ms in all; nothing is done.
  bool skip(std::int64_t ms);

  /// Takes out the outputs that are due, in order.
  std::vector<api_output> take(std::int64_t now_ms);

  /// When advance() or take() has something next.
  std::optional<std::int64_t> next_due_ms() const;

  venue& books() { return books_; }
  const venue& books() const { return books_; }
  fault_plan& faults() { return faults_; }

  void set_limits(const ip_limits& limits) { options_.limits = limits; }

  /// nullptr unless api_options asked for it.
  const tally* counted() const { return options_.tallies ? &tally_ : nullptr; }
  const api_counters& counters() const { return counters_; }
  std::size_t open_sessions() const { return sessions_.size(); }

  /// The time of the books: the latest that was passed in, and what was
  /// skipped. It never runs backwards.
  std::int64_t books_ms() const { return now_ms_ + skipped_ms_; }

private:
  // Who waits for an answer.
  struct requester {
    bool is_post = false;
    std::uint64_t target = 0;  // The HTTP request or the session.
    std::uint64_t post_id = 0; // With is_post.
  };

  // The kinds of the payload of a post's answer.
  enum class answer_kind : std::uint8_t { action, info };

  bool over_weight(std::int64_t weight);

  void exchange(const requester& from, const wire::json& body);
  void info(const requester& from, const wire::json& query);
  void post(session_id id, const wire::json& message);

  /// How long the action takes to the books beside its own way.
  std::int64_t entry_delay_ms(const exchange_submission& submission);

  /// The index of cloids may lag a second behind.
  void hide_young_cloid(const wire::json& query, info_result& answer);

  /// Faults that strike before anything is done. True: answered already.
  bool fails_before(const requester& from);

  /// Answers an action that is done, faults permitting.
  void finish(const requester& from, std::string body);

  void reply(const requester& from, answer_kind kind, std::string body,
             std::int64_t due_ms);
  void reply_status(const requester& from, int status, std::string_view text);
  void disconnect(const requester& from);
  void close_session(session_id id, std::string reason);

  void tell(const block_output& block);
  void send_user(stream_frame frame);
  void send(session_id id, std::string text, std::int64_t due_ms);

  venue books_;
  api_options options_;
  fault_plan faults_;
  session_table sessions_;
  outbox outbox_;
  api_counters counters_;
  tally tally_;
  std::map<ticket, requester> waiting_; // For their block.
  std::int64_t now_ms_ = 0;             // The latest of the callers' times.
  std::int64_t skipped_ms_ = 0;
  minute_count weight_;
  minute_count messages_;
  minute_count new_connections_;
};

} // namespace hlx::venue
