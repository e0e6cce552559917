// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/replay_world.hpp"

#include "hlx/messages/wire/decode_exchange.hpp"
#include "hlx/messages/wire/decode_info.hpp"
#include "hlx/messages/wire/encode_event.hpp"
#include "hlx/messages/wire/encode_query.hpp"

#include <algorithm>

namespace hlx::simulate {

namespace {

constexpr int http_ok = 200;

/// Answers of a flat, funded master account without orders.
const std::map<std::string, std::string, std::less<>>& default_answers() {
  static const std::map<std::string, std::string, std::less<>> answers{
    {"frontendOpenOrders", "[]"},
    {"userFillsByTime", "[]"},
    {"clearinghouseState",
     R"({"marginSummary":{"accountValue":"1000000.0","totalNtlPos":"0.0",)"
     R"("totalRawUsd":"1000000.0","totalMarginUsed":"0.0"},)"
     R"("crossMarginSummary":{"accountValue":"1000000.0","totalNtlPos":"0.0",)"
     R"("totalRawUsd":"1000000.0","totalMarginUsed":"0.0"},)"
     R"("crossMaintenanceMarginUsed":"0.0","withdrawable":"1000000.0",)"
     R"("assetPositions":[],"time":0})"},
    {"userRateLimit",
     R"({"cumVlm":"0.0","nRequestsUsed":0,"nRequestsCap":10000,)"
     R"("nRequestsSurplus":0})"},
  };
  return answers;
}

constexpr std::string_view unknown_oid = R"({"status":"unknownOid"})";

} // namespace

replay_world::replay_world(const script_config& config)
  : account_(config.account),
    timeout_ms_(config.dispatch.action_timeout_ms),
    answers_(default_answers()) {
}

void replay_world::print(std::string_view line) {
  if (silent_)
    return;
  output_ += line;
  output_ += '\n';
}

void replay_world::warn(std::int64_t now_ms, std::string_view text) {
  line_.clear();
  wire::append_warning(line_, now_ms, text);
  print(line_);
}

void replay_world::hear(const order_event& event, std::int64_t now_ms) {
  line_.clear();
  wire::append_event(line_, now_ms, event);
  print(line_);
}

void replay_world::hear(const order_status_report& report,
                        std::int64_t now_ms) {
  line_.clear();
  wire::append_report(line_, now_ms, report);
  print(line_);
}

void replay_world::hear(const fill_report& report, std::int64_t now_ms) {
  line_.clear();
  wire::append_report(line_, now_ms, report);
  print(line_);
}

void replay_world::hear(const client_warning& warning, std::int64_t now_ms) {
  warn(now_ms, warning.text);
}

void replay_world::hear(const stream_changed& change, std::int64_t now_ms) {
  // Every strategy hears of it; the script's reader once.
  if (change.up == stream_is_up_)
    return;
  stream_is_up_ = change.up;
  line_.clear();
  wire::append_stream(line_, now_ms, change.up);
  print(line_);
}

void replay_world::hear(const exchange_request& request, std::int64_t now_ms) {
  requests_.push_back({request.request, request.deadline_ms});
  line_.clear();
  wire::append_request(line_, now_ms, requests_.size(), request.action,
                       nonces_.next(now_ms));
  print(line_);
}

void replay_world::hear(const info_query& query, std::int64_t now_ms) {
  line_.clear();
  wire::append_info(line_, now_ms, query.body, account_);
  print(line_);
  if (const auto text = answer_to(query.body, now_ms))
    answer(query.query, wire::decode_info(query.body, http_ok, *text));
  else
    queries_.push_back({query.query, now_ms + timeout_ms_});
}

void replay_world::answer(query_id query, info_answer_body body) {
  info_answer result;
  result.query = query;
  result.body = std::move(body);
  messages_.emplace_back(std::move(result));
}

std::optional<std::string> replay_world::answer_to(const info_query_body& query,
                                                   std::int64_t now_ms) const {
  if (const auto* by_id = std::get_if<order_status_query>(&query))
    return order_status_answer_to(*by_id);
  const auto found = answers_.find(wire::info_query_name(query));
  if (found != answers_.end())
    return found->second;
  if (std::holds_alternative<exchange_status_query>(query))
    return R"({"time":)" + std::to_string(now_ms)
           + R"(,"specialStatuses":null})";
  if (const auto* role = std::get_if<user_role_query>(&query)) {
    if (role->user == account_)
      return R"({"role":"user"})";
    return R"({"role":"agent","data":{"user":")" + to_string(account_)
           + R"("}})";
  }
  return std::nullopt;
}

std::string replay_world::order_status_answer_to(
  const order_status_query& query) const {
  if (order_status_.every)
    return *order_status_.every;
  const auto key =
    std::visit([](const auto& id) { return to_string(id); }, query.target);
  const auto found = order_status_.by_id.find(key);
  return found == order_status_.by_id.end() ? std::string{unknown_oid}
                                            : found->second;
}

void replay_world::apply(const info_step& step, std::int64_t) {
  for (const auto& [type, answer] : step.answers)
    answers_[type] = answer;
  if (step.order_status)
    order_status_ = *step.order_status;
}

replay_world::sent_request* replay_world::find(std::uint64_t number,
                                               std::int64_t now_ms) {
  if (number > requests_.size()) {
    warn(now_ms, "the script's reply to request " + std::to_string(number)
                   + " was ignored: no such request has left");
    return nullptr;
  }
  auto& request = requests_[number - 1];
  if (request.state == request_state::over) {
    warn(now_ms, "the script's reply to request " + std::to_string(number)
                   + " was ignored: it has had its answer");
    return nullptr;
  }
  return &request;
}

void replay_world::apply(const reply_step& step, std::int64_t now_ms) {
  auto* request = find(step.request, now_ms);
  if (request == nullptr)
    return;
  request_outcome outcome;
  outcome.request = request->id;
  outcome.reply =
    wire::decode_exchange(static_cast<int>(step.status), step.body);
  outcome.late = request->state == request_state::unknown;
  outcome.delivery = outcome.reply.kind == reply_kind::none
                       ? request_delivery::unknown
                       : request_delivery::answered;
  outcome.failure =
    outcome.reply.kind == reply_kind::none ? outcome.reply.text : std::string{};
  request->state = request_state::over;
  messages_.emplace_back(std::move(outcome));
}

void replay_world::apply(const failure_step& step, std::int64_t now_ms) {
  auto* request = find(step.request, now_ms);
  if (request == nullptr)
    return;
  if (request->state == request_state::unknown) {
    warn(now_ms, "the script's failure of request "
                   + std::to_string(step.request)
                   + " was ignored: it has failed already");
    return;
  }
  request_outcome outcome;
  outcome.request = request->id;
  request->state = request_state::unknown;
  switch (step.failure) {
    case request_failure::timeout:
      outcome.failure = "no answer in time";
      break;
    case request_failure::closed_after_send:
      outcome.failure = "the connection closed after the request was written";
      break;
    case request_failure::not_sent:
      outcome.delivery = request_delivery::not_sent;
      outcome.failure = "the request was never written";
      request->state = request_state::over;
      break;
  }
  messages_.emplace_back(std::move(outcome));
}

void replay_world::apply(const frame_step& step, std::int64_t) {
  auto& frame = decoder_.decode(step.text);
  if (frame.kind == wire::frame_kind::error)
    frame.update.warnings.push_back("the venue says: " + frame.text);
  auto& update = frame.update;
  if (!update.orders.empty() || !update.fills.empty()
      || !update.warnings.empty())
    messages_.emplace_back(std::move(update));
}

void replay_world::apply(const stream_step& step, std::int64_t now_ms) {
  if (step.connected)
    messages_.emplace_back(stream_up{now_ms});
  else
    messages_.emplace_back(stream_down{now_ms, "the script says so"});
}

std::optional<std::int64_t> replay_world::next_deadline_ms() const {
  std::optional<std::int64_t> result;
  const auto note = [&result](std::int64_t deadline_ms) {
    if (!result || deadline_ms < *result)
      result = deadline_ms;
  };
  for (const auto& request : requests_)
    if (request.state == request_state::waiting)
      note(request.deadline_ms);
  for (const auto& query : queries_)
    note(query.deadline_ms);
  return result;
}

void replay_world::timers_due(std::int64_t now_ms) {
  for (auto& request : requests_) {
    if (request.state != request_state::waiting || request.deadline_ms > now_ms)
      continue;
    request.state = request_state::unknown;
    request_outcome outcome;
    outcome.request = request.id;
    outcome.failure = "no answer in time";
    messages_.emplace_back(std::move(outcome));
  }
  std::erase_if(queries_, [&](const waiting_query& query) {
    if (query.deadline_ms > now_ms)
      return false;
    answer(query.id, failed_answer{"no answer in time"});
    return true;
  });
}

} // namespace hlx::simulate
