// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_frame.hpp"

#include "hlx/messages/wire/decode_elements.hpp"
#include "hlx/messages/wire/frame_handler.hpp"
#include "hlx/messages/wire/json.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <cstring>

namespace hlx::wire {

namespace {

using stream = rapidjson::InsituStringStream;
using handler = frame_handler<stream>;

constexpr std::string_view greeting = "Websocket connection established.";

/// The reader looks at blocks of this many bytes, past the end too.
constexpr std::size_t padding = 32;

/// How many numbers of a frame may be beyond a double before it is given up.
constexpr int huge_numbers_max = 16;

void forget(decoded_frame& x) {
  x.kind = frame_kind::unknown;
  x.update.orders.clear();
  x.update.fills.clear();
  x.update.snapshot = false;
  x.update.warnings.clear();
  x.acknowledged = {};
  x.post.id = 0;
  x.post.payload = post_payload::error;
  x.post.text.clear();
  x.text.clear();
}

void complain(decoded_frame& x, std::string_view why, std::string_view frame) {
  std::string line{why};
  line += ": ";
  line += excerpt(frame);
  x.update.warnings.push_back(std::move(line));
}

/// Leaves nothing but the warning.
void give_up(decoded_frame& x, std::string_view why, std::string_view frame) {
  forget(x);
  complain(x, why, frame);
}

/// Writes a number that a double holds, but 64 bits do not, over one that is
/// beyond both, so that only the element it is in suffers.
void tame_number(std::string& text, std::size_t offset) {
  static constexpr std::string_view tamed = "1e99";
  const auto end =
    std::min(text.find_first_not_of("+-.0123456789eE", offset), text.size());
  std::fill(text.begin() + static_cast<std::ptrdiff_t>(offset),
            text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
  text.replace(offset, tamed.size(), tamed);
}

bool decode_acknowledgement(const json& data, subscription_ack& out) {
  const auto* method = data.find("method");
  const auto* subscription = data.find("subscription");
  const auto* type =
    subscription != nullptr ? subscription->find("type") : nullptr;
  if (method == nullptr || type == nullptr || !type->is_string()
      || (method->text() != "subscribe" && method->text() != "unsubscribe"))
    return false;
  out.subscribed = method->text() == "subscribe";
  out.type = type->text();
  if (const auto* user = subscription->find("user"))
    out.user = parse_bytes<address>(user->text());
  if (const auto* coin = subscription->find("coin"))
    out.coin = coin->text();
  return true;
}

/// The part of an info reply's payload that HTTP would have answered.
bool unwrap_info(std::string& payload) {
  const auto parsed = parse_json(payload);
  const auto* data = parsed.value ? parsed.value->find("data") : nullptr;
  if (data == nullptr)
    return false;
  payload = data->dump();
  return true;
}

} // namespace

struct frame_decoder::state {
  decoded_frame frame;
  std::string scratch; ///< The reader scribbles on a copy of the frame.
  rapidjson::Reader reader;

  void load(std::string_view text) {
    scratch.assign(text);
    scratch.append(padding, '\0');
  }

  void run(std::string_view text);
  void finish(std::string_view text, const handler& seen);
  void finish_cold(std::string_view text, frame_channel channel);
};

void frame_decoder::state::run(std::string_view text) {
  const bool ascii = is_ascii(text);
  if (!ascii && !is_utf8(text))
    return give_up(frame, "frame is not UTF-8", text);
  const bool plain = ascii && text.find('\\') == std::string_view::npos;
  auto channel = frame_channel::none;
  std::string tamed;
  int huge_numbers = 0;
  for (;;) {
    load(tamed.empty() ? text : std::string_view{tamed});
    stream bytes{scratch.data()};
    handler seen{bytes, text, frame, channel, plain};
    const auto outcome = reader.Parse<rapidjson::kParseInsituFlag>(bytes, seen);
    if (seen.too_deep())
      return give_up(frame, "frame nests too deeply", text);
    if (outcome.Code() == rapidjson::kParseErrorNumberTooBig
        && ++huge_numbers <= huge_numbers_max) {
      if (tamed.empty())
        tamed = text;
      tame_number(tamed, outcome.Offset());
      forget(frame);
      continue;
    }
    if (outcome.IsError() || bytes.Tell() != text.size())
      return give_up(frame, "frame is not JSON", text);
    // Rarely the data stands before the name of its channel.
    if (channel == frame_channel::none && seen.data_came_first()) {
      channel = seen.channel();
      if (channel != frame_channel::none) {
        forget(frame);
        continue;
      }
    }
    return finish(text, seen);
  }
}

void frame_decoder::state::finish(std::string_view text, const handler& seen) {
  auto& update = frame.update;
  switch (seen.channel()) {
    case frame_channel::order_updates:
      frame.kind = frame_kind::order_updates;
      if (!seen.has_list())
        complain(frame, "orderUpdates without a list", text);
      return;
    case frame_channel::user_fills:
      frame.kind = frame_kind::user_fills;
      if (!seen.has_list())
        complain(frame, "userFills without a list", text);
      if (!seen.is_snapshot_flag_readable())
        complain(frame, "\"isSnapshot\" is not a boolean", text);
      if (update.snapshot)
        sort_by_time(update.fills);
      return;
    case frame_channel::user:
      frame.kind = frame_kind::user_events;
      if (!seen.has_list() && !seen.has_unused_event())
        complain(frame, "unknown user event", text);
      return;
    case frame_channel::post:
      if (!seen.is_post_complete())
        return give_up(frame, "post reply without id or payload", text);
      if (frame.post.payload == post_payload::info
          && !unwrap_info(frame.post.text))
        return give_up(frame, "post reply without data", text);
      frame.kind = frame_kind::post_reply;
      return;
    case frame_channel::error:
      if (frame.text.empty())
        return give_up(frame, "error without a text", text);
      frame.kind = frame_kind::error;
      return;
    case frame_channel::pong:
      frame.kind = frame_kind::pong;
      return;
    case frame_channel::unused:
      frame.kind = frame_kind::known_unused;
      return;
    case frame_channel::open_orders:
    case frame_channel::subscription_response:
      return finish_cold(text, seen.channel());
    case frame_channel::unknown:
      return give_up(
        frame, "unknown channel \"" + excerpt(seen.channel_name()) + '"', text);
    case frame_channel::none:
      return give_up(frame, "frame names no channel", text);
  }
}

void frame_decoder::state::finish_cold(std::string_view text,
                                       frame_channel channel) {
  const auto parsed = parse_json(text);
  if (!parsed.value)
    return give_up(frame, "frame is not JSON, " + parsed.error, text);
  const auto* data = parsed.value->find("data");
  if (channel == frame_channel::open_orders) {
    const auto* orders = data != nullptr ? data->find("orders") : nullptr;
    if (orders == nullptr || !orders->is_array())
      return give_up(frame, "openOrders without a list", text);
    frame.kind = frame_kind::open_orders;
    frame.update.snapshot = true;
    decode_open_orders(*orders, "openOrders", frame.update.orders,
                       frame.update.warnings);
    return;
  }
  if (data == nullptr || !decode_acknowledgement(*data, frame.acknowledged))
    return give_up(frame, "subscriptionResponse without a subscription", text);
  frame.kind = frame_kind::subscription_acknowledged;
}

frame_decoder::frame_decoder() : state_(std::make_unique<state>()) {
}

frame_decoder::~frame_decoder() = default;
frame_decoder::frame_decoder(frame_decoder&&) noexcept = default;
frame_decoder& frame_decoder::operator=(frame_decoder&&) noexcept = default;

decoded_frame& frame_decoder::decode(std::string_view frame) {
  auto& result = state_->frame;
  forget(result);
  if (frame == greeting)
    result.kind = frame_kind::greeting;
  else if (frame.size() > frame_size_max)
    give_up(result, "frame is too long", frame);
  else
    state_->run(frame);
  return result;
}

} // namespace hlx::wire
