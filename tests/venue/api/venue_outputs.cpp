// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/json_writer.hpp"
#include "tests/venue/api/render.hpp"
#include "tests/venue/api/venue_api.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

/// The half of venue_api that lets its answers and frames out, with what can
/// go wrong on the way.
namespace hlx::venue {

namespace {

// A request that is never answered keeps its connection so long.
constexpr std::int64_t silence_ms = 60'000;

std::string_view phrase_of(int status) {
  switch (status) {
    case 400:
      return "400 Bad Request";
    case 422:
      return "422 Unprocessable Entity";
    case 429:
      return "429 Too Many Requests";
    case 502:
      return "502 Bad Gateway";
    case 503:
      return "503 Service Unavailable";
    default:
      return "500 Internal Server Error";
  }
}

// {"channel":"post","data":{"id":N,"response":{"type":T,"payload":P}}}
std::string post_frame(std::uint64_t id, std::string_view type,
                       std::string_view payload) {
  json_writer out;
  out.open_object().member("channel", "post").key("data").open_object();
  out.member("id", id).key("response").open_object();
  out.member("type", type).key("payload").raw(payload);
  return out.close_object().close_object().close_object().take();
}

std::string quoted(std::string_view text) {
  json_writer out;
  out.value(text);
  return out.take();
}

template <class T>
void shuffle(std::vector<T>& items, seeded_random& random) {
  for (auto i = items.size(); i > 1; --i)
    std::swap(items[i - 1], items[random.below(i)]);
}

} // namespace

bool venue_api::fails_before(const requester& from) {
  if (faults_.strikes(fault::reply_429_before))
    reply_status(from, 429, "null");
  else if (faults_.strikes(fault::reply_500_before))
    reply_status(from, 500, "null");
  else if (faults_.strikes(fault::reply_502_before))
    reply_status(from, 502, "Bad Gateway");
  else if (faults_.strikes(fault::close_before))
    disconnect(from);
  else
    return false;
  return true;
}

void venue_api::finish(const requester& from, std::string body) {
  if (faults_.strikes(fault::reply_drop)) {
    if (!from.is_post)
      outbox_.put({.kind = output_kind::http_drop, .target = from.target},
                  now_ms_ + silence_ms);
    return;
  }
  if (faults_.strikes(fault::reply_503_after)) {
    reply_status(from, 503, "Service Unavailable");
    return;
  }
  if (faults_.strikes(fault::close_after)) {
    disconnect(from);
    return;
  }
  const auto delay_ms = faults_.strikes(fault::reply_delay)
                          ? faults_.delay_ms(faults_.rates().reply_delay_ms_max)
                          : 0;
  const bool twice = from.is_post && faults_.strikes(fault::reply_duplicate);
  if (twice)
    reply(from, answer_kind::action, body, now_ms_ + delay_ms);
  reply(from, answer_kind::action, std::move(body), now_ms_ + delay_ms);
}

void venue_api::reply(const requester& from, answer_kind kind, std::string body,
                      std::int64_t due_ms) {
  if (from.is_post)
    send(from.target,
         post_frame(from.post_id,
                    kind == answer_kind::action ? "action" : "info", body),
         due_ms);
  else
    outbox_.put({.kind = output_kind::http_reply,
                 .target = from.target,
                 .text = std::move(body)},
                due_ms);
}

void venue_api::reply_status(const requester& from, int status,
                             std::string_view text) {
  if (!from.is_post) {
    outbox_.put(
      {.kind = output_kind::http_reply,
       .target = from.target,
       .status = status,
       .content_type = text == "null" ? "application/json" : "text/plain",
       .text = std::string{text}},
      now_ms_);
    return;
  }
  std::string payload{phrase_of(status)};
  if (text != "null" && payload.find(text) == std::string::npos)
    payload.append(": ").append(text);
  send(from.target, post_frame(from.post_id, "error", quoted(payload)),
       now_ms_);
}

void venue_api::disconnect(const requester& from) {
  outbox_.put(
    {.kind = from.is_post ? output_kind::ws_drop : output_kind::http_drop,
     .target = from.target},
    now_ms_);
  if (from.is_post)
    sessions_.close(from.target);
}

void venue_api::close_session(session_id id, std::string reason) {
  outbox_.put(
    {.kind = output_kind::ws_close, .target = id, .text = std::move(reason)},
    now_ms_);
  sessions_.close(id);
}

void venue_api::tell(const block_output& block) {
  ++counters_.blocks;
  if (options_.tallies)
    tally_.count(block);
  auto frames = sessions_.tell(block, books_, faults_);
  using item = std::variant<stream_frame, const ticket_reply*>;
  std::vector<item> items;
  for (auto& frame : frames.user)
    items.emplace_back(std::move(frame));
  const bool both = !items.empty() && !block.replies.empty();
  auto place =
    both && faults_.strikes(fault::reply_first) ? items.begin() : items.end();
  for (const auto& x : block.replies)
    place = std::next(items.emplace(place, &x));
  if (items.size() > 1 && faults_.strikes(fault::block_permute))
    shuffle(items, faults_.random());
  for (auto& x : items) {
    if (auto* frame = std::get_if<stream_frame>(&x)) {
      send_user(std::move(*frame));
      continue;
    }
    const auto& done = *std::get<const ticket_reply*>(x);
    const auto found = waiting_.find(done.ticket);
    if (found == waiting_.end())
      continue;
    const auto from = found->second;
    waiting_.erase(found);
    if (auto* self = from.is_post ? sessions_.find(from.target) : nullptr)
      --self->posts_in_flight;
    finish(from, exchange_reply_json(done.reply));
  }
  for (auto& frame : frames.market)
    send(frame.session, std::move(frame.text), now_ms_);
}

void venue_api::send_user(stream_frame frame) {
  auto* self = sessions_.find(frame.session);
  if (!self)
    return;
  if (faults_.strikes(fault::session_close)) {
    outbox_.put({.kind = output_kind::ws_drop, .target = frame.session},
                now_ms_);
    sessions_.close(frame.session);
    return;
  }
  if (faults_.strikes(fault::frame_drop))
    return;
  auto& lag_until_ms = self->lag_until_ms[frame.channel];
  lag_until_ms = std::max(lag_until_ms, now_ms_);
  if (faults_.strikes(fault::frame_delay))
    lag_until_ms += faults_.delay_ms(faults_.rates().frame_delay_ms_max);
  auto due_ms = lag_until_ms;
  if (frame.late || faults_.strikes(fault::frame_late))
    due_ms += faults_.delay_ms(faults_.rates().frame_delay_ms_max);
  if (faults_.strikes(fault::frame_duplicate))
    send(frame.session, frame.text, due_ms);
  send(frame.session, std::move(frame.text), due_ms);
}

void venue_api::send(session_id id, std::string text, std::int64_t due_ms) {
  auto* self = sessions_.find(id);
  if (!self)
    return;
  ++counters_.frames_sent;
  self->last_sent_ms = std::max(self->last_sent_ms, due_ms);
  outbox_.put(
    {.kind = output_kind::frame, .target = id, .text = std::move(text)},
    due_ms);
}

} // namespace hlx::venue
