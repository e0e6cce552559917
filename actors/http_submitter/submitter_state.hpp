// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/http_submitter/submit_queue.hpp"
#include "hlx/messages/control.hpp"
#include "hlx/messages/reports.hpp"
#include "hlx/messages/requests.hpp"
#include "hlx/messages/signing/nonce.hpp"
#include "hlx/messages/signing/signer.hpp"
#include "hlx/messages/wire/decode_frame.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace hlx {

/// How actions reach the venue. Queries always go by HTTP.
enum class submit_path : std::uint8_t {
  http,
  websocket, ///< By post on a socket of its own; by HTTP while that is down.
};

struct submitter_options {
  address account; ///< Whose orders, fills and positions are asked for.
  std::optional<address> vault; ///< Traded for, when not the account itself.
  signing::network network = signing::network::testnet;
  std::size_t queued_max = 1'000;  ///< Cancels, and other requests, waiting.
  std::size_t queries_max = 1'000; ///< Queries waiting.
  /// Unanswered requests at a time; that many connections are kept warm.
  std::size_t action_slots = 8;
  std::size_t cancel_slots = 2; ///< Those of them that only cancels may use.
  submit_path path = submit_path::http;
  /// The same while the socket for posts is up; the venue takes 100.
  std::size_t post_slots = 100;
  std::size_t post_cancel_slots = 10;
  std::size_t query_slots = 2;
  std::int64_t query_timeout_ms = 5'000;
  /// How long, after an outcome was reported unknown, its reply is waited for,
  /// and of how many requests at a time.
  std::int64_t late_reply_ms = 30'000;
  std::size_t late_replies_max = 16;
};

/// Numbers what one submitter has sent, from 1.
using transmission_id = std::uint64_t;

/// One POST that is to leave now.
struct transmission {
  transmission_id id = 0;
  const char* path = "/exchange"; ///< Or "/info".
  std::string body;
  std::int64_t deadline_ms = 0; ///< Not to be written after that. Unix ms.
  std::int64_t give_up_ms = 0;  ///< Its reply is worth nothing after that.
  std::uint64_t nonce = 0;      ///< Of an exchange request.
  bool by_post = false; ///< `body` is a whole frame for the socket for posts.
  /// What it carries.
  std::variant<exchange_request, info_query, user_signed_request> content;
};

/// A reply is no longer waited for: its connection may be closed.
struct abandoned_transmission {
  transmission_id id = 0;
};

/// How a POST ended.
struct transmission_result {
  transmission_id id = 0;
  bool complete = false; ///< There is a whole answer.
  bool written = false;  ///< A byte of the body may have left.
  int status = 0;        ///< HTTP's.
  std::string body;
  std::string failure; ///< Why it is not complete.
};

/// What an input caused, in the order in which it is to leave.
using submitter_output = std::variant<transmission, abandoned_transmission,
                                      request_outcome, info_answer>;
using submitter_outputs = std::vector<submitter_output>;

/// Decides what is sent when, signs it, and says what became of it: every
/// request ends in one outcome, and in a late one when a reply comes after the
/// outcome was unknown; every query in one answer. A value: no actor, no
/// socket, no clock. Cancels never wait behind other requests.
class submitter_state {
public:
  submitter_state(submitter_options options,
                  std::shared_ptr<const signing::signer> key);

  void apply(const exchange_request& request, std::int64_t now_ms,
             submitter_outputs& out);
  void apply(const user_signed_request& request, std::int64_t now_ms,
             submitter_outputs& out);
  void apply(const info_query& query, std::int64_t now_ms,
             submitter_outputs& out);

  /// To be called once for each transmission, and, only where the transport
  /// can tell more after a failure, again with the reply.
  void apply(const transmission_result& result, std::int64_t now_ms,
             submitter_outputs& out);

  /// The socket for posts is up: actions leave by it from now on.
  void posts_up(std::int64_t now_ms, submitter_outputs& out);

  /// It is gone, and with it the replies to all that had left by it. `unsent`:
  /// those of which not a byte had left.
  void posts_down(std::string_view reason,
                  const std::set<transmission_id>& unsent, std::int64_t now_ms,
                  submitter_outputs& out);

  /// A reply to a post.
  void apply(const wire::post_answer& answer, std::int64_t now_ms,
             submitter_outputs& out);

  /// What the venue would have answered by HTTP.
  static transmission_result as_http(const wire::post_answer& answer);

  /// The venue's complaint on the socket for posts. False when it is about no
  /// request that is open.
  bool complaint(std::string_view text, std::int64_t now_ms,
                 submitter_outputs& out);

  /// When `timers_due` has something to do, Unix ms; nothing when idle.
  std::optional<std::int64_t> next_deadline_ms() const;

  void timers_due(std::int64_t now_ms, submitter_outputs& out);

  /// Answers everything that is open; nothing may be applied after that.
  void stop(submitter_outputs& out);

  /// Nonces of an earlier submitter with the same key are not used again.
  void continue_after(std::uint64_t last_nonce);

  std::uint64_t last_nonce() const noexcept { return nonces_.last(); }

  submitter_status status() const;

private:
  /// What is on the wire.
  struct sent_request {
    request_id request;
    std::int64_t deadline_ms = 0;
    bool is_order = false; ///< In a slot that is not reserved for cancels.
    bool by_post = false;
  };

  struct sent_query {
    info_query query;
    std::int64_t deadline_ms = 0;
  };

  void pump(std::int64_t now_ms, submitter_outputs& out);
  void send(exchange_request&& request, std::int64_t now_ms,
            submitter_outputs& out);
  void send(user_signed_request&& request, std::int64_t now_ms,
            submitter_outputs& out);
  void send(info_query&& query, std::int64_t now_ms, submitter_outputs& out);
  void enter(transmission& leaving, const sent_request& sent);
  std::optional<sent_request> take_sent(transmission_id id);
  void finish(transmission_id id, const sent_request& sent,
              const transmission_result& result, std::int64_t now_ms,
              submitter_outputs& out);
  void conclude(transmission_id id, const sent_request& sent,
                exchange_reply&& reply, bool throttled, std::int64_t now_ms,
                submitter_outputs& out);
  void answer_unknown(transmission_id id, const sent_request& sent,
                      std::string reason, std::int64_t now_ms,
                      submitter_outputs& out, bool throttled = false);
  void answer_not_sent(request_id request, std::string reason,
                       submitter_outputs& out);
  void answer_late(transmission_id id, exchange_reply&& reply,
                   submitter_outputs& out);
  std::size_t slots() const;
  std::size_t order_slots() const;
  void release(const sent_request& sent);

  submitter_options options_;
  std::shared_ptr<const signing::signer> key_;
  signing::nonce_source nonces_;
  wire::byte_buffer scratch_;
  submit_queue requests_;
  std::deque<user_signed_request> user_signed_;             ///< Waiting.
  std::deque<std::pair<info_query, std::int64_t>> queries_; ///< And deadlines.
  transmission_id last_transmission_ = 0;
  std::map<transmission_id, sent_request> sent_requests_;
  std::map<transmission_id, sent_query> sent_queries_;
  std::set<std::pair<std::int64_t, transmission_id>> deadlines_;
  /// Reported unknown; a reply may still come until the time beside it.
  std::map<transmission_id, request_id> late_;
  std::deque<std::pair<std::int64_t, transmission_id>> late_until_;
  bool posts_up_ = false;
  std::size_t orders_sent_ = 0; ///< Of sent_requests_, those in order slots.
  submitter_status counts_;
};

} // namespace hlx
