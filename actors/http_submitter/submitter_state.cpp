// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/http_submitter/submitter_state.hpp"

#include "hlx/messages/assert.hpp"
#include "hlx/messages/wire/decode_exchange.hpp"
#include "hlx/messages/wire/decode_info.hpp"
#include "hlx/messages/wire/encode_query.hpp"
#include "hlx/messages/wire/encode_request.hpp"

#include <algorithm>
#include <charconv>

namespace hlx {

namespace {

/// Any would do; this is what the venue's own clients sign with.
constexpr auto signature_chain_id = "0x66eee";

/// What a post has around the body of the same request by HTTP.
constexpr std::size_t post_frame_extra = 100;

constexpr int http_throttled = 429;

/// Whether the reply tells what became of the request.
bool says_something(const exchange_reply& reply) {
  return reply.kind != reply_kind::none && reply.kind != reply_kind::unreadable;
}

info_answer failed(query_id query, std::string reason) {
  return {query, failed_answer{std::move(reason), false}};
}

} // namespace

submitter_state::submitter_state(submitter_options options,
                                 std::shared_ptr<const signing::signer> key)
  : options_(options), key_(std::move(key)), requests_(options_.queued_max) {
  HLX_ASSERT(key_ != nullptr);
  HLX_ASSERT(options_.cancel_slots < options_.action_slots);
  HLX_ASSERT(options_.query_slots > 0);
  HLX_ASSERT(options_.post_cancel_slots < options_.post_slots);
}

void submitter_state::apply(const exchange_request& request,
                            std::int64_t now_ms, submitter_outputs& out) {
  if (requests_.push(request))
    pump(now_ms, out);
  else
    answer_not_sent(request.request,
                    "too many requests are waiting, at most "
                      + std::to_string(options_.queued_max),
                    out);
}

void submitter_state::apply(const user_signed_request& request,
                            std::int64_t now_ms, submitter_outputs& out) {
  if (user_signed_.size() >= options_.queued_max) {
    answer_not_sent(request.request,
                    "too many requests are waiting, at most "
                      + std::to_string(options_.queued_max),
                    out);
    return;
  }
  user_signed_.push_back(request);
  pump(now_ms, out);
}

void submitter_state::apply(const info_query& query, std::int64_t now_ms,
                            submitter_outputs& out) {
  if (queries_.size() >= options_.queries_max) {
    out.emplace_back(
      failed(query.query, "too many queries are waiting, at most "
                            + std::to_string(options_.queries_max)));
    return;
  }
  queries_.emplace_back(query, now_ms + options_.query_timeout_ms);
  pump(now_ms, out);
}

void submitter_state::pump(std::int64_t now_ms, submitter_outputs& out) {
  constexpr auto too_late = "no free connection in time";
  while (auto expired = requests_.pop_expired(now_ms))
    answer_not_sent(expired->request, too_late, out);
  while (sent_requests_.size() < slots()) {
    auto request = requests_.pop(orders_sent_ < order_slots());
    if (!request)
      break;
    if (now_ms >= request->deadline_ms)
      answer_not_sent(request->request, too_late, out);
    else
      send(std::move(*request), now_ms, out);
  }
  while (!user_signed_.empty() && user_signed_.front().deadline_ms <= now_ms) {
    answer_not_sent(user_signed_.front().request, too_late, out);
    user_signed_.pop_front();
  }
  while (!user_signed_.empty() && orders_sent_ < order_slots()
         && sent_requests_.size() < slots()) {
    auto request = std::move(user_signed_.front());
    user_signed_.pop_front();
    send(std::move(request), now_ms, out);
  }
  while (!queries_.empty() && queries_.front().second <= now_ms) {
    out.emplace_back(failed(queries_.front().first.query, too_late));
    queries_.pop_front();
  }
  while (!queries_.empty() && sent_queries_.size() < options_.query_slots) {
    auto query = std::move(queries_.front().first);
    queries_.pop_front();
    send(std::move(query), now_ms, out);
  }
}

void submitter_state::send(exchange_request&& request, std::int64_t now_ms,
                           submitter_outputs& out) {
  wire::action_terms terms;
  terms.nonce = nonces_.next(now_ms);
  terms.vault = options_.vault;
  if (request.expires_after_ms)
    terms.expires_after_ms =
      static_cast<std::uint64_t>(*request.expires_after_ms);
  const auto signature = signing::sign_action(*key_, options_.network, scratch_,
                                              request.action, terms);
  transmission leaving;
  leaving.id = ++last_transmission_;
  leaving.nonce = terms.nonce;
  leaving.deadline_ms = request.deadline_ms;
  leaving.give_up_ms = request.deadline_ms + options_.late_reply_ms;
  wire::append_exchange_request(leaving.body, request.action, terms, signature);
  enter(leaving, {request.request, request.deadline_ms,
                  !is_cancel(request.action), posts_up_});
  leaving.content = std::move(request);
  out.emplace_back(std::move(leaving));
}

/// Notes what is on the wire from now on, and wraps it for its path.
void submitter_state::enter(transmission& leaving, const sent_request& sent) {
  orders_sent_ += sent.is_order ? 1 : 0;
  sent_requests_.emplace(leaving.id, sent);
  deadlines_.emplace(sent.deadline_ms, leaving.id);
  if (!sent.by_post)
    return;
  leaving.by_post = true;
  std::string frame;
  frame.reserve(leaving.body.size() + post_frame_extra);
  wire::append_post_request(frame, leaving.id, leaving.body);
  leaving.body = std::move(frame);
  ++counts_.posted;
}

std::size_t submitter_state::slots() const {
  return posts_up_ ? options_.post_slots : options_.action_slots;
}

std::size_t submitter_state::order_slots() const {
  return posts_up_ ? options_.post_slots - options_.post_cancel_slots
                   : options_.action_slots - options_.cancel_slots;
}

void submitter_state::send(user_signed_request&& request, std::int64_t now_ms,
                           submitter_outputs& out) {
  const auto nonce = nonces_.next(now_ms);
  const auto* chain =
    options_.network == signing::network::mainnet ? "Mainnet" : "Testnet";
  std::visit(
    [&](auto& x) {
      x.domain = {chain, signature_chain_id};
      if constexpr (requires { x.nonce; })
        x.nonce = nonce;
      else
        x.time = nonce;
    },
    request.action);
  transmission leaving;
  leaving.id = ++last_transmission_;
  leaving.nonce = nonce;
  leaving.deadline_ms = request.deadline_ms;
  leaving.give_up_ms = request.deadline_ms + options_.late_reply_ms;
  wire::append_exchange_request(leaving.body, request.action,
                                signing::sign_action(*key_, request.action));
  enter(leaving, {request.request, request.deadline_ms, true, posts_up_});
  leaving.content = std::move(request);
  out.emplace_back(std::move(leaving));
}

void submitter_state::send(info_query&& query, std::int64_t now_ms,
                           submitter_outputs& out) {
  transmission leaving;
  leaving.id = ++last_transmission_;
  leaving.path = "/info";
  leaving.deadline_ms = now_ms + options_.query_timeout_ms;
  leaving.give_up_ms = leaving.deadline_ms;
  wire::append_info_query(leaving.body, query.body, options_.account);
  sent_queries_.emplace(leaving.id, sent_query{query, leaving.deadline_ms});
  deadlines_.emplace(leaving.deadline_ms, leaving.id);
  leaving.content = std::move(query);
  out.emplace_back(std::move(leaving));
}

void submitter_state::apply(const transmission_result& result,
                            std::int64_t now_ms, submitter_outputs& out) {
  if (const auto request = take_sent(result.id)) {
    finish(result.id, *request, result, now_ms, out);
  } else if (auto j = sent_queries_.find(result.id); j != sent_queries_.end()) {
    const auto sent = std::move(j->second);
    sent_queries_.erase(j);
    deadlines_.erase({sent.deadline_ms, result.id});
    if (result.complete)
      out.emplace_back(info_answer{
        sent.query.query,
        wire::decode_info(sent.query.body, result.status, result.body)});
    else
      out.emplace_back(failed(sent.query.query, result.failure));
  } else if (result.complete) {
    answer_late(result.id, wire::decode_exchange(result.status, result.body),
                out);
  }
  pump(now_ms, out);
}

void submitter_state::apply(const wire::post_answer& answer,
                            std::int64_t now_ms, submitter_outputs& out) {
  const auto status = as_http(answer).status;
  auto reply = answer.payload == wire::post_payload::error
                 ? wire::decode_post_error(answer.text)
                 : wire::decode_exchange(status, answer.text);
  const bool throttled = status == http_throttled;
  if (const auto sent = take_sent(answer.id))
    conclude(answer.id, *sent, std::move(reply), throttled, now_ms, out);
  else
    answer_late(answer.id, std::move(reply), out);
  pump(now_ms, out);
}

transmission_result submitter_state::as_http(const wire::post_answer& answer) {
  constexpr int http_ok = 200;
  constexpr int http_bad_gateway = 502; // For an error that names no status.
  transmission_result result{answer.id, true, true, http_ok, answer.text, {}};
  if (answer.payload != wire::post_payload::error)
    return result;
  const auto& text = answer.text;
  const auto read =
    std::from_chars(text.data(), text.data() + text.size(), result.status);
  if (read.ec != std::errc{})
    result.status = http_bad_gateway;
  return result;
}

bool submitter_state::complaint(std::string_view text, std::int64_t now_ms,
                                submitter_outputs& out) {
  // The only one that names a post, which then was not executed.
  constexpr std::string_view too_many = "too many pending post requests id=";
  if (!text.starts_with(too_many))
    return false;
  transmission_id id = 0;
  std::from_chars(text.data() + too_many.size(), text.data() + text.size(), id);
  const auto sent = take_sent(id);
  if (!sent)
    return false;
  answer_not_sent(sent->request, std::string{text}, out);
  pump(now_ms, out);
  return true;
}

void submitter_state::posts_up(std::int64_t now_ms, submitter_outputs& out) {
  posts_up_ = true;
  pump(now_ms, out);
}

void submitter_state::posts_down(std::string_view reason,
                                 const std::set<transmission_id>& unsent,
                                 std::int64_t now_ms, submitter_outputs& out) {
  posts_up_ = false;
  std::vector<transmission_id> lost;
  for (const auto& [id, sent] : sent_requests_)
    if (sent.by_post)
      lost.push_back(id);
  const auto text = "the socket for posts: " + std::string{reason};
  for (const auto id : lost) {
    const auto sent = *take_sent(id);
    if (unsent.contains(id))
      answer_not_sent(sent.request, text, out);
    else
      answer_unknown(id, sent, text, now_ms, out);
  }
  pump(now_ms, out);
}

std::optional<submitter_state::sent_request> submitter_state::take_sent(
  transmission_id id) {
  const auto found = sent_requests_.find(id);
  if (found == sent_requests_.end())
    return std::nullopt;
  const auto result = found->second;
  sent_requests_.erase(found);
  release(result);
  deadlines_.erase({result.deadline_ms, id});
  return result;
}

void submitter_state::release(const sent_request& sent) {
  orders_sent_ -= sent.is_order ? 1 : 0;
}

void submitter_state::finish(transmission_id id, const sent_request& sent,
                             const transmission_result& result,
                             std::int64_t now_ms, submitter_outputs& out) {
  if (!result.complete) {
    if (result.written)
      answer_unknown(id, sent, result.failure, now_ms, out);
    else
      answer_not_sent(sent.request, result.failure, out);
    return;
  }
  conclude(id, sent, wire::decode_exchange(result.status, result.body),
           result.status == http_throttled, now_ms, out);
}

void submitter_state::conclude(transmission_id id, const sent_request& sent,
                               exchange_reply&& reply, bool throttled,
                               std::int64_t now_ms, submitter_outputs& out) {
  if (!says_something(reply)) {
    answer_unknown(id, sent, reply.text, now_ms, out, throttled);
    std::get<request_outcome>(out.back()).reply = std::move(reply);
    return;
  }
  ++counts_.answered;
  request_outcome outcome;
  outcome.request = sent.request;
  outcome.delivery = request_delivery::answered;
  outcome.reply = std::move(reply);
  out.emplace_back(std::move(outcome));
}

void submitter_state::answer_unknown(transmission_id id,
                                     const sent_request& sent,
                                     std::string reason, std::int64_t now_ms,
                                     submitter_outputs& out, bool throttled) {
  ++counts_.unknown;
  while (late_.size() >= options_.late_replies_max) {
    const auto oldest = late_until_.front().second;
    late_until_.pop_front();
    if (late_.erase(oldest) > 0)
      out.emplace_back(abandoned_transmission{oldest});
  }
  late_.emplace(id, sent.request);
  late_until_.emplace_back(now_ms + options_.late_reply_ms, id);
  request_outcome outcome;
  outcome.request = sent.request;
  outcome.delivery = request_delivery::unknown;
  outcome.failure = std::move(reason);
  outcome.throttled = throttled;
  out.emplace_back(std::move(outcome));
}

void submitter_state::answer_not_sent(request_id request, std::string reason,
                                      submitter_outputs& out) {
  ++counts_.not_sent;
  request_outcome outcome;
  outcome.request = request;
  outcome.delivery = request_delivery::not_sent;
  outcome.failure = std::move(reason);
  out.emplace_back(std::move(outcome));
}

void submitter_state::answer_late(transmission_id id, exchange_reply&& reply,
                                  submitter_outputs& out) {
  const auto i = late_.find(id);
  if (i == late_.end() || !says_something(reply))
    return;
  ++counts_.late;
  request_outcome outcome;
  outcome.request = i->second;
  outcome.delivery = request_delivery::answered;
  outcome.reply = std::move(reply);
  outcome.late = true;
  late_.erase(i);
  out.emplace_back(std::move(outcome));
}

std::optional<std::int64_t> submitter_state::next_deadline_ms() const {
  auto result = requests_.next_deadline_ms();
  const auto earlier = [&result](std::int64_t x) {
    result = result ? std::min(*result, x) : x;
  };
  if (!user_signed_.empty())
    earlier(user_signed_.front().deadline_ms);
  if (!queries_.empty())
    earlier(queries_.front().second);
  if (!deadlines_.empty())
    earlier(deadlines_.begin()->first);
  if (!late_until_.empty())
    earlier(late_until_.front().first);
  return result;
}

void submitter_state::timers_due(std::int64_t now_ms, submitter_outputs& out) {
  while (!deadlines_.empty() && deadlines_.begin()->first <= now_ms) {
    const auto id = deadlines_.begin()->second;
    deadlines_.erase(deadlines_.begin());
    if (const auto sent = take_sent(id)) {
      answer_unknown(id, *sent, "no answer in time", now_ms, out);
    } else if (auto j = sent_queries_.find(id); j != sent_queries_.end()) {
      out.emplace_back(failed(j->second.query.query, "no answer in time"));
      out.emplace_back(abandoned_transmission{id});
      sent_queries_.erase(j);
    }
  }
  while (!late_until_.empty() && late_until_.front().first <= now_ms) {
    const auto id = late_until_.front().second;
    late_until_.pop_front();
    if (late_.erase(id) > 0)
      out.emplace_back(abandoned_transmission{id});
  }
  pump(now_ms, out);
}

void submitter_state::stop(submitter_outputs& out) {
  for (const auto& [id, sent] : std::exchange(sent_requests_, {}))
    answer_unknown(id, sent, "the submitter stopped", 0, out);
  while (auto request = requests_.pop(true))
    answer_not_sent(request->request, "the submitter stopped", out);
  for (const auto& request : std::exchange(user_signed_, {}))
    answer_not_sent(request.request, "the submitter stopped", out);
  for (const auto& [id, sent] : std::exchange(sent_queries_, {}))
    out.emplace_back(failed(sent.query.query, "the submitter stopped"));
  for (const auto& [query, deadline_ms] : std::exchange(queries_, {}))
    out.emplace_back(failed(query.query, "the submitter stopped"));
  late_.clear();
  late_until_.clear();
  deadlines_.clear();
}

void submitter_state::continue_after(std::uint64_t last_nonce) {
  nonces_.next(static_cast<std::int64_t>(last_nonce));
}

submitter_status submitter_state::status() const {
  auto result = counts_;
  result.queued = requests_.size() + user_signed_.size() + queries_.size();
  result.post_up = posts_up_;
  result.on_the_wire = sent_requests_.size() + sent_queries_.size();
  return result;
}

} // namespace hlx
