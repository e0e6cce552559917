// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/venue_api.hpp"

#include "tests/venue/api/json_writer.hpp"
#include "tests/venue/api/render.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace hlx::venue {

namespace {

// So many blocks later than what is sent after it.
constexpr std::int64_t double_lap_blocks = 3;

constexpr std::int64_t young_cloid_ms = 1'000;

constexpr std::string_view content_type_text =
  "Expected request with `Content-Type: application/json`";

// application/json and application/<any>+json, whatever its parameters.
bool is_json_type(std::string_view type) {
  type = type.substr(0, type.find(';'));
  while (!type.empty() && type.back() == ' ')
    type.remove_suffix(1);
  constexpr std::string_view application = "application/";
  if (type.substr(0, application.size()) != application)
    return false;
  type.remove_prefix(application.size());
  constexpr std::string_view suffix = "+json";
  return type == "json"
         || (type.size() > suffix.size()
             && type.substr(type.size() - suffix.size()) == suffix);
}

} // namespace

venue_api::venue_api(venue_config config, api_options options)
  : books_(std::move(config)),
    options_(options),
    faults_(options.faults, options.seed) {
}

void venue_api::http(const http_call& call, std::int64_t now_ms) {
  advance(now_ms);
  const requester from{.target = call.id};
  const bool is_exchange = call.path == "/exchange";
  if (!is_exchange && call.path != "/info") {
    reply_status(from, 404, "Not Found");
  } else if (call.method != "POST") {
    reply_status(from, 405, "Method Not Allowed");
  } else if (!is_json_type(call.content_type)) {
    reply_status(from, 415, content_type_text);
  } else {
    const auto body = wire::parse_json(call.body, wire::json_trailing::ignored);
    if (!body.value)
      reply_status(from, 400, broken_json_text);
    else if (is_exchange)
      exchange(from, *body.value);
    else
      info(from, *body.value);
  }
}

void venue_api::ws_open(session_id id, std::int64_t now_ms) {
  advance(now_ms);
  const auto& limits = options_.limits;
  const auto open = static_cast<std::int64_t>(sessions_.size());
  if (limits.connections > 0 && open >= limits.connections) {
    close_session(id, "Too many connections");
    return;
  }
  if (!new_connections_.add(1, limits.new_connections, now_ms_)) {
    close_session(id, "Too many new connections in a minute");
    return;
  }
  ++counters_.sessions_opened;
  sessions_.open(id, now_ms_);
  if (faults_.strikes(fault::greeting))
    send(id, "Websocket connection established.", now_ms_);
}

void venue_api::ws_closed(session_id id) {
  sessions_.close(id);
}

void venue_api::ws_text(session_id id, std::string_view text,
                        std::int64_t now_ms) {
  advance(now_ms);
  ++counters_.messages_received;
  if (!sessions_.find(id))
    return;
  if (!messages_.add(1, options_.limits.messages, now_ms_)) {
    send(id, error_frame("Too many messages sent in a minute."), now_ms_);
    return;
  }
  const auto message = wire::parse_json(text);
  const auto method = message.value
                        ? string_member(*message.value, "method").value_or("")
                        : std::string{};
  const auto* wanted =
    message.value ? message.value->find("subscription") : nullptr;
  std::vector<stream_frame> answers;
  if (method == "ping")
    answers.push_back({id, "pong", R"({"channel":"pong"})"});
  else if (method == "subscribe" && wanted)
    answers =
      sessions_.subscribe(id, *wanted, books_, faults_, {now_ms_, books_ms()});
  else if (method == "unsubscribe" && wanted)
    answers = sessions_.unsubscribe(id, *wanted, books_);
  else if (method == "post")
    post(id, *message.value);
  else
    answers.push_back(
      {id, "error",
       error_frame("Error parsing JSON into valid websocket request: "
                   + std::string{text})});
  for (auto& x : answers)
    send(id, std::move(x.text), now_ms_);
}

void venue_api::post(session_id id, const wire::json& message) {
  const auto* number = message.find("id");
  const bool has_id = number && number->as_u64();
  const auto* request = message.find("request");
  const auto type = request ? string_member(*request, "type") : std::nullopt;
  const auto* payload = request ? request->find("payload") : nullptr;
  if (!has_id || !payload || (type != "action" && type != "info")) {
    send(id,
         error_frame("Error parsing JSON into valid websocket request: "
                     + message.dump()),
         now_ms_);
    return;
  }
  const auto post_id = number->as_u64().value_or(0);
  if (sessions_.posts_in_flight() >= posts_in_flight_max) {
    send(id,
         error_frame("too many pending post requests id="
                     + std::to_string(post_id)),
         now_ms_);
    return;
  }
  const requester from{.is_post = true, .target = id, .post_id = post_id};
  if (type == "info") {
    info(from, *payload);
    return;
  }
  exchange(from, *payload);
}

void venue_api::exchange(const requester& from, const wire::json& body) {
  ++counters_.exchange_requests;
  if (fails_before(from))
    return;
  auto read = read_submission(body, options_.network);
  if (const auto* refusal = std::get_if<entry_refusal>(&read)) {
    if (over_weight(1))
      reply_status(from, 429, "null");
    else if (refusal->status != 200)
      reply_status(from, refusal->status, refusal->text);
    else
      finish(from, refusal_json(refusal->text));
    return;
  }
  auto& submission = std::get<exchange_submission>(read);
  if (over_weight(1 + static_cast<std::int64_t>(item_count(submission) / 40))) {
    reply_status(from, 429, "null");
    return;
  }
  if (faults_.strikes(fault::nonce_skew)) {
    const auto text = std::to_string(submission.nonce) + " > "
                      + std::to_string(submission.nonce - 1);
    finish(from, refusal_json("Invalid nonce: nonce too high " + text));
    return;
  }
  const auto delay_ms = entry_delay_ms(submission);
  const auto result =
    books_.submit(std::move(submission), books_ms(), delay_ms);
  if (const auto* refused = std::get_if<action_reply>(&result)) {
    finish(from, exchange_reply_json(*refused));
    return;
  }
  waiting_.emplace(std::get<ticket>(result), from);
  if (auto* self = from.is_post ? sessions_.find(from.target) : nullptr)
    ++self->posts_in_flight;
}

std::int64_t venue_api::entry_delay_ms(const exchange_submission& submission) {
  const auto* action = std::get_if<l1_action>(&submission.action);
  if (action && std::holds_alternative<order_action>(*action)
      && faults_.strikes(fault::double_lap))
    return double_lap_blocks * books_.config().block_interval_ms;
  return faults_.strikes(fault::action_delay)
           ? faults_.delay_ms(faults_.rates().action_delay_ms_max)
           : 0;
}

void venue_api::hide_young_cloid(const wire::json& query, info_result& answer) {
  const auto* id = query.find("oid");
  if (answer.type != "orderStatus" || !id || !id->is_string())
    return;
  const auto parsed = wire::parse_json(answer.body);
  const wire::json* found = parsed.value ? &*parsed.value : nullptr;
  for (const auto* name : {"order", "order", "timestamp"})
    found = found ? found->find(name) : nullptr;
  const auto placed_ms = found ? found->as_i64() : std::nullopt;
  if (placed_ms && books_ms() - *placed_ms < young_cloid_ms
      && faults_.strikes(fault::cloid_lag))
    answer.body = R"({"status":"unknownOid"})";
}

void venue_api::info(const requester& from, const wire::json& query) {
  ++counters_.info_requests;
  auto answer = answer_info(books_, query, books_ms());
  hide_young_cloid(query, answer);
  if (over_weight(answer.weight) || faults_.strikes(fault::info_429)) {
    reply_status(from, 429, "null");
  } else if (faults_.strikes(fault::info_500)) {
    reply_status(from, 500, "null");
  } else if (faults_.strikes(fault::info_close)) {
    disconnect(from);
  } else if (answer.status != 200) {
    reply_status(from, answer.status, answer.body);
  } else {
    if (from.is_post) {
      json_writer out;
      out.open_object().member("type", answer.type);
      out.key("data").raw(answer.body);
      answer.body = out.close_object().take();
    }
    const auto delay_ms =
      faults_.strikes(fault::info_delay)
        ? faults_.delay_ms(faults_.rates().reply_delay_ms_max)
        : 0;
    reply(from, answer_kind::info, std::move(answer.body), now_ms_ + delay_ms);
  }
}

void venue_api::advance(std::int64_t now_ms) {
  now_ms_ = std::max(now_ms_, now_ms);
  for (const auto& block : books_.advance(books_ms()))
    tell(block);
  for (auto& frame : sessions_.due_books(books_, {now_ms_, books_ms()}))
    send(frame.session, std::move(frame.text), now_ms_);
  for (const auto id : sessions_.idle(now_ms_))
    close_session(id, "Inactive");
}

bool venue_api::skip(std::int64_t ms) {
  if (ms < 0 || ms > skip_max_ms - skipped_ms_)
    return false;
  skipped_ms_ += ms;
  return true;
}

std::vector<api_output> venue_api::take(std::int64_t now_ms) {
  now_ms_ = std::max(now_ms_, now_ms);
  return outbox_.take(now_ms_);
}

std::optional<std::int64_t> venue_api::next_due_ms() const {
  std::optional<std::int64_t> result;
  auto block_ms = books_.next_block_ms();
  if (block_ms)
    *block_ms -= skipped_ms_;
  for (const auto& due :
       {block_ms, outbox_.next_due_ms(), sessions_.next_due_ms()})
    if (due)
      result = std::min(result.value_or(*due), *due);
  return result;
}

bool venue_api::over_weight(std::int64_t weight) {
  if (!weight_.add(weight, options_.limits.weight, now_ms_))
    return true;
  counters_.ip_weight += weight;
  return false;
}

} // namespace hlx::venue
