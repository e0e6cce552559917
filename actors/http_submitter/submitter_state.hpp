// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/http_submitter/submit_queue.hpp"
#include "hlx/messages/control.hpp"
#include "hlx/messages/reports.hpp"
#include "hlx/messages/requests.hpp"
#include "hlx/messages/signing/nonce.hpp"
#include "hlx/messages/signing/signer.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace hlx {

struct submitter_options {
  address account; ///< Whose orders, fills and positions are asked for.
  std::optional<address> vault; ///< Traded for, when not the account itself.
  signing::network network = signing::network::testnet;
  std::size_t queued_max = 1'000;  ///< Cancels, and other requests, waiting.
  std::size_t queries_max = 1'000; ///< Queries waiting.
  /// Unanswered requests at a time; that many connections are kept warm.
  std::size_t action_slots = 8;
  std::size_t cancel_slots = 2; ///< Those of them that only cancels may use.
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
  /// What it carries.
  std::variant<exchange_request, info_query> content;
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
  void apply(const info_query& query, std::int64_t now_ms,
             submitter_outputs& out);

  /// To be called once for each transmission, and, only where the transport
  /// can tell more after a failure, again with the reply.
  void apply(const transmission_result& result, std::int64_t now_ms,
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
  };

  struct sent_query {
    info_query query;
    std::int64_t deadline_ms = 0;
  };

  void pump(std::int64_t now_ms, submitter_outputs& out);
  void send(exchange_request&& request, std::int64_t now_ms,
            submitter_outputs& out);
  void send(info_query&& query, std::int64_t now_ms, submitter_outputs& out);
  void finish(transmission_id id, const sent_request& sent,
              const transmission_result& result, std::int64_t now_ms,
              submitter_outputs& out);
  void answer_unknown(transmission_id id, const sent_request& sent,
                      std::string reason, std::int64_t now_ms,
                      submitter_outputs& out);
  void answer_not_sent(request_id request, std::string reason,
                       submitter_outputs& out);
  void answer_late(const transmission_result& result, submitter_outputs& out);
  void release(const sent_request& sent);

  submitter_options options_;
  std::shared_ptr<const signing::signer> key_;
  signing::nonce_source nonces_;
  wire::byte_buffer scratch_;
  submit_queue requests_;
  std::deque<std::pair<info_query, std::int64_t>> queries_; ///< And deadlines.
  transmission_id last_transmission_ = 0;
  std::map<transmission_id, sent_request> sent_requests_;
  std::map<transmission_id, sent_query> sent_queries_;
  std::set<std::pair<std::int64_t, transmission_id>> deadlines_;
  /// Reported unknown; a reply may still come until the time beside it.
  std::map<transmission_id, request_id> late_;
  std::deque<std::pair<std::int64_t, transmission_id>> late_until_;
  std::size_t orders_sent_ = 0; ///< Of sent_requests_, those in order slots.
  submitter_status counts_;
};

} // namespace hlx
