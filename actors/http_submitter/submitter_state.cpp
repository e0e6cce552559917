// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/http_submitter/submitter_state.hpp"

#include "hlx/messages/assert.hpp"
#include "hlx/messages/wire/decode_exchange.hpp"
#include "hlx/messages/wire/decode_info.hpp"
#include "hlx/messages/wire/encode_query.hpp"
#include "hlx/messages/wire/encode_request.hpp"

#include <algorithm>

namespace hlx {

namespace {

info_answer failed(query_id query, std::string reason) {
  return {query, failed_answer{std::move(reason)}};
}

} // namespace

submitter_state::submitter_state(submitter_options options,
                                 std::shared_ptr<const signing::signer> key)
  : options_(options),
    key_(std::move(key)),
    requests_(options_.queued_max) {
  HLX_ASSERT(key_ != nullptr);
  HLX_ASSERT(options_.cancel_slots < options_.action_slots);
  HLX_ASSERT(options_.query_slots > 0);
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
  const auto order_slots = options_.action_slots - options_.cancel_slots;
  while (auto expired = requests_.pop_expired(now_ms))
    answer_not_sent(expired->request, too_late, out);
  while (sent_requests_.size() < options_.action_slots) {
    auto request = requests_.pop(orders_sent_ < order_slots);
    if (!request)
      break;
    if (now_ms >= request->deadline_ms)
      answer_not_sent(request->request, too_late, out);
    else
      send(std::move(*request), now_ms, out);
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
  const bool is_order = !is_cancel(request.action);
  orders_sent_ += is_order ? 1 : 0;
  sent_requests_.emplace(
    leaving.id, sent_request{request.request, request.deadline_ms, is_order});
  deadlines_.emplace(request.deadline_ms, leaving.id);
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
  if (auto i = sent_requests_.find(result.id); i != sent_requests_.end()) {
    const auto sent = i->second;
    sent_requests_.erase(i);
    release(sent);
    deadlines_.erase({sent.deadline_ms, result.id});
    finish(result.id, sent, result, now_ms, out);
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
  } else {
    answer_late(result, out);
  }
  pump(now_ms, out);
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
  auto reply = wire::decode_exchange(result.status, result.body);
  if (reply.kind == reply_kind::none) {
    answer_unknown(id, sent, std::move(reply.text), now_ms, out);
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
                                     submitter_outputs& out) {
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

void submitter_state::answer_late(const transmission_result& result,
                                  submitter_outputs& out) {
  const auto i = late_.find(result.id);
  if (i == late_.end() || !result.complete)
    return;
  auto reply = wire::decode_exchange(result.status, result.body);
  if (reply.kind == reply_kind::none)
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
    if (auto i = sent_requests_.find(id); i != sent_requests_.end()) {
      const auto sent = i->second;
      sent_requests_.erase(i);
      release(sent);
      answer_unknown(id, sent, "no answer in time", now_ms, out);
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
  result.queued = requests_.size() + queries_.size();
  result.on_the_wire = sent_requests_.size() + sent_queries_.size();
  return result;
}

} // namespace hlx
