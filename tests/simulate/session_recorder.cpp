// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/session_recorder.hpp"

#include "hlx/messages/wire/json.hpp"
#include "tests/venue/api/json_writer.hpp"
#include "tests/venue/api/render.hpp"

#include <utility>

namespace hlx::simulate {

namespace {

using venue::json_writer;

std::string as_json(std::string_view text) {
  json_writer out;
  out.value(text);
  return out.take();
}

// What is JSON as it is, anything else as a string. A script knows objects
// here only.
std::string embedded(const std::string& text) {
  const auto parsed = wire::parse_json(text);
  const bool is_object = parsed.value && parsed.value->is_object();
  return is_object ? parsed.value->dump() : as_json(text);
}

template <class Decimal>
void optional_decimal(json_writer& out, std::string_view name,
                      const std::optional<Decimal>& x) {
  if (x)
    out.member(name, to_string(*x));
}

std::string order_json(const order_terms& x) {
  json_writer out;
  out.open_object()
    .member("client_order_id", x.client_order_id.value)
    .member("instrument", x.instrument)
    .member("side", to_string(x.side))
    .member("type", to_string(x.type))
    .member("quantity", to_string(x.quantity));
  optional_decimal(out, "price", x.price);
  out.member("time_in_force", to_string(x.time_in_force))
    .member("post_only", x.post_only)
    .member("reduce_only", x.reduce_only);
  optional_decimal(out, "trigger_price", x.trigger_price);
  if (x.expire_at_ms)
    out.member("expire_at", *x.expire_at_ms);
  return out.close_object().take();
}

// The members of a command's line, up to and with its strategy.
std::string command(std::string_view word, const strategy_id& strategy) {
  auto result = R"("command":")" + std::string{word} + '"';
  if (!strategy.value.empty())
    result += R"(,"strategy":)" + as_json(strategy.value);
  return result;
}

std::string id_member(const client_order_id& id) {
  return R"(,"client_order_id":)" + as_json(id.value);
}

std::string numbered(std::string_view kind, std::uint64_t number) {
  return '"' + std::string{kind} + "\":" + std::to_string(number);
}

std::string answered(int status, const std::string& body) {
  return R"(,"status":)" + std::to_string(status) + R"(,"body":)"
         + embedded(body);
}

std::string_view policy_word(unseen_leg_fill_policy x) {
  return x == unseen_leg_fill_policy::buffer ? "buffer" : "promote";
}

std::string config_json(const recorded_session& x) {
  json_writer out;
  const auto& dispatch = x.dispatch;
  out.open_object()
    .member("account", to_string(x.account))
    .member("recorded", true)
    .member("unseen_leg_fill", policy_word(dispatch.unseen_leg_fill))
    .member("action_timeout_ms", dispatch.action_timeout_ms)
    .member("price_rounding", dispatch.round_prices)
    .member("market_slippage", to_string(dispatch.market_slippage))
    .member("trade_window", dispatch.trade_window)
    .member("ended_orders", dispatch.ended_orders);
  return out.close_object().take();
}

} // namespace

session_recorder::session_recorder(recorded_session session,
                                   std::function<void(std::string_view)> write)
  : session_(std::move(session)), write_(std::move(write)) {
}

void session_recorder::update(std::string_view frame) {
  const std::lock_guard guard{lock_};
  frames_.emplace_back(frame);
}

void session_recorder::outcome(const request_outcome& x,
                               const transmission_result* raw) {
  const std::lock_guard guard{lock_};
  replies_[x.request].push_back(raw ? raw_reply{*raw} : std::nullopt);
}

void session_recorder::answer(const info_answer& x,
                              const transmission_result* raw) {
  const std::lock_guard guard{lock_};
  answers_[x.query].push_back(raw ? raw_reply{*raw} : std::nullopt);
}

void session_recorder::handled(const client_input& x, std::int64_t now_ms) {
  const std::lock_guard guard{lock_};
  if (stopped_)
    return;
  if (!std::exchange(begun_, true))
    begin(now_ms);
  std::visit([this, now_ms](const auto& what) { write(now_ms, what); }, x);
}

void session_recorder::stop() {
  const std::lock_guard guard{lock_};
  stopped_ = true;
}

template <class Id>
session_recorder::raw_reply session_recorder::take(
  std::map<Id, std::deque<raw_reply>>& from, const Id& id) {
  const auto found = from.find(id);
  if (found == from.end())
    return std::nullopt;
  auto result = std::move(found->second.front());
  found->second.pop_front();
  if (found->second.empty())
    from.erase(found);
  return result && result->complete ? std::move(result) : std::nullopt;
}

void session_recorder::begin(std::int64_t now_ms) {
  line(now_ms, R"("config":)" + config_json(session_));
  if (!session_.meta.empty())
    line(now_ms, R"("meta":)" + embedded(session_.meta));
  if (!session_.spot_meta.empty())
    line(now_ms, R"("spotMeta":)" + embedded(session_.spot_meta));
  if (!session_.outcome_meta.empty())
    line(now_ms, R"("outcomeMeta":)" + embedded(session_.outcome_meta));
}

void session_recorder::line(std::int64_t now_ms, std::string_view members) {
  std::string text = R"({"at":)" + std::to_string(now_ms) + ',';
  write_(text.append(members).append("}\n"));
}

void session_recorder::write(std::int64_t now_ms, std::monostate) {
  write_("# at " + std::to_string(now_ms)
         + " the client handled what a script cannot say\n");
}

void session_recorder::write(std::int64_t now_ms, const submit_order* x) {
  line(now_ms,
       command("submit", x->strategy) + R"(,"order":)" + order_json(x->order));
}

void session_recorder::write(std::int64_t now_ms, const submit_list* x) {
  auto text = command("submit_list", x->strategy) + R"(,"orders":[)";
  for (std::size_t i = 0; i < x->orders.size(); ++i)
    text.append(i == 0 ? "" : ",").append(order_json(x->orders[i]));
  text.append(R"(],"grouping":")").append(to_string(x->grouping)).append("\"");
  line(now_ms, text);
}

void session_recorder::write(std::int64_t now_ms, const modify_order* x) {
  auto text = command("modify", x->strategy) + id_member(x->client_order_id);
  if (x->quantity)
    text.append(R"(,"quantity":")" + to_string(*x->quantity) + '"');
  if (x->price)
    text.append(R"(,"price":")" + to_string(*x->price) + '"');
  line(now_ms, text);
}

void session_recorder::write(std::int64_t now_ms, const cancel_order* x) {
  line(now_ms, command("cancel", x->strategy) + id_member(x->client_order_id));
}

void session_recorder::write(std::int64_t now_ms, const cancel_orders* x) {
  auto text = command("cancel_list", x->strategy) + R"(,"client_order_ids":[)";
  for (const auto& id : x->client_order_ids)
    text.append(text.ends_with('[') ? "" : ",").append(as_json(id.value));
  line(now_ms, text.append("]"));
}

void session_recorder::write(std::int64_t now_ms, const cancel_all* x) {
  auto text = command("cancel_all", x->strategy);
  if (x->instrument)
    text.append(R"(,"instrument":)").append(as_json(*x->instrument));
  line(now_ms, text);
}

void session_recorder::write(std::int64_t now_ms, const query_order* x) {
  line(now_ms, command("query", x->strategy) + id_member(x->client_order_id));
}

void session_recorder::write(std::int64_t now_ms, const user_stream_update*) {
  // What reaches the client by another way than the reader has no frame.
  auto frame = std::string{};
  if (!frames_.empty()) {
    frame = std::move(frames_.front());
    frames_.pop_front();
  }
  if (!frame.empty())
    line(now_ms, R"("frame":)" + embedded(frame));
}

void session_recorder::write(std::int64_t now_ms, const stream_up*) {
  line(now_ms, R"("stream":"connected")");
}

void session_recorder::write(std::int64_t now_ms, const stream_down* x) {
  line(now_ms, R"("stream":"disconnected","reason":)" + as_json(x->reason));
}

void session_recorder::write(std::int64_t now_ms, const request_outcome* x) {
  const auto raw = take(replies_, x->request);
  auto text = numbered("reply", x->request.value);
  if (raw)
    text += answered(raw->status, raw->body);
  else if (x->delivery == request_delivery::answered)
    text +=
      answered(200, venue::exchange_reply_json(
                      {.type = venue::response_type::order, .body = x->reply}));
  else
    text +=
      std::string{R"(,"failure":")"}
      + (x->delivery == request_delivery::not_sent ? "not_sent" : "timeout")
      + R"(","reason":)" + as_json(x->failure);
  line(now_ms, text);
}

void session_recorder::write(std::int64_t now_ms, const info_answer* x) {
  const auto raw = take(answers_, x->query);
  auto text = numbered("answer", x->query.value);
  if (raw) {
    text += answered(raw->status, raw->body);
  } else {
    const auto* failed = std::get_if<failed_answer>(&x->body);
    text +=
      R"(,"failure":)"
      + as_json(failed && !failed->reason.empty() ? failed->reason : "unknown");
  }
  line(now_ms, text);
}

void session_recorder::write(std::int64_t now_ms, const timer_due*) {
  line(now_ms, R"("advance":true)");
}

} // namespace hlx::simulate
