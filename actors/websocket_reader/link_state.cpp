// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/websocket_reader/link_state.hpp"

#include "hlx/messages/assert.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace hlx {

namespace {

constexpr auto never = std::numeric_limits<std::int64_t>::max();

std::int64_t deadline(std::int64_t now_ms, std::int64_t timeout_ms) {
  return timeout_ms == 0 ? never : now_ms + timeout_ms;
}

} // namespace

link_state::link_state(link_options options)
  : options_(options),
    retry_(options.retry_delay_min_ms, options.retry_delay_max_ms,
           options.seed) {
  HLX_ASSERT(options_.retry_delay_min_ms > 1);
  HLX_ASSERT(options_.ping_period_ms < options_.silence_max_ms);
  using wire::subscription_type;
  if (!options_.user_stream)
    return;
  for (auto type :
       {subscription_type::order_updates, subscription_type::user_fills})
    subscriptions_.push_back({type, options_.account, {}});
}

void link_state::start(std::int64_t now_ms, link_outputs& out) {
  HLX_ASSERT(phase_ == phase::idle);
  connect(now_ms, out);
}

void link_state::connect(std::int64_t now_ms, link_outputs& out) {
  ++status_.connections;
  phase_ = phase::connecting;
  phase_until_ms_ = deadline(now_ms, options_.connect_timeout_ms);
  out.emplace_back(link_connect{});
}

void link_state::connected(std::int64_t now_ms, link_outputs& out) {
  if (phase_ != phase::connecting)
    return;
  phase_ = phase::subscribing;
  phase_until_ms_ = deadline(now_ms, options_.subscribe_timeout_ms);
  last_heard_ms_ = now_ms;
  next_ping_ms_ = now_ms + options_.ping_period_ms;
  acknowledged_.assign(subscriptions_.size(), false);
  for (const auto& x : subscriptions_) {
    link_send message;
    wire::append_subscribe(message.text, x);
    out.emplace_back(std::move(message));
  }
  if (subscriptions_.empty())
    come_up(now_ms, out);
}

void link_state::come_up(std::int64_t now_ms, link_outputs& out) {
  phase_ = phase::up;
  up_since_ms_ = now_ms;
  status_.up = true;
  out.emplace_back(stream_up{now_ms});
}

void link_state::lose(std::string_view reason, std::int64_t now_ms,
                      link_outputs& out) {
  status_.last_failure = reason;
  status_.up = false;
  const bool was_up = phase_ == phase::up;
  if (was_up && now_ms - up_since_ms_ >= options_.steady_ms)
    retry_.reset();
  const auto delay_ms = retry_.next_ms();
  phase_ = phase::waiting;
  phase_until_ms_ = now_ms + delay_ms;
  if (was_up) {
    ++status_.interruptions;
    out.emplace_back(stream_down{now_ms, std::string{reason}});
  } else {
    warn((options_.user_stream ? "the user stream" : "the socket for posts")
           + std::string{" could not be opened: "} + std::string{reason}
           + "; next attempt in " + std::to_string(delay_ms) + " ms",
         out);
  }
}

void link_state::closed(std::string_view reason, std::int64_t now_ms,
                        link_outputs& out) {
  if (phase_ != phase::idle && phase_ != phase::waiting)
    lose(reason, now_ms, out);
}

void link_state::acknowledge(std::size_t subscription, std::int64_t now_ms,
                             link_outputs& out) {
  acknowledged_[subscription] = true;
  if (phase_ != phase::subscribing
      || std::find(acknowledged_.begin(), acknowledged_.end(), false)
           != acknowledged_.end())
    return;
  come_up(now_ms, out);
}

void link_state::on_error(wire::decoded_frame& frame, std::int64_t now_ms,
                          link_outputs& out) {
  // A subscription that is there already is as good as an acknowledged one.
  if (frame.text.starts_with("Already subscribed"))
    for (std::size_t i = 0; i < subscriptions_.size(); ++i)
      if (frame.text.find('"' + std::string{to_string(subscriptions_[i].type)}
                          + '"')
          != std::string::npos) {
        acknowledge(i, now_ms, out);
        return;
      }
  warn("the venue complains on the user stream: " + frame.text, out);
}

void link_state::frame(std::string_view text, std::int64_t now_ms,
                       link_outputs& out) {
  if (phase_ != phase::subscribing && phase_ != phase::up)
    return;
  ++status_.frames;
  last_heard_ms_ = now_ms;
  auto& decoded = decoder_.decode(text);
  using wire::frame_kind;
  switch (decoded.kind) {
    case frame_kind::order_updates:
    case frame_kind::user_fills:
    case frame_kind::user_events:
    case frame_kind::unknown:
      break;
    case frame_kind::subscription_acknowledged:
      for (std::size_t i = 0; i < subscriptions_.size(); ++i)
        if (decoded.acknowledged.subscribed
            && decoded.acknowledged.type == to_string(subscriptions_[i].type)
            && decoded.acknowledged.user == options_.account)
          acknowledge(i, now_ms, out);
      break;
    case frame_kind::error:
      on_error(decoded, now_ms, out);
      break;
    case frame_kind::post_reply:
      warn("a reply to a post came on the user stream, which sends none", out);
      break;
    case frame_kind::open_orders:
      // Not subscribed: a list as of some moment, not a change.
      decoded.update.orders.clear();
      break;
    case frame_kind::pong:
    case frame_kind::known_unused:
    case frame_kind::greeting:
      break;
  }
  forward(decoded.update, out);
}

void link_state::forward(user_stream_update& update, link_outputs& out) {
  status_.warnings += update.warnings.size();
  if (update.orders.empty() && update.fills.empty() && update.warnings.empty())
    return;
  out.emplace_back(std::move(update));
}

void link_state::warn(std::string text, link_outputs& out) {
  user_stream_update update;
  update.warnings.push_back(std::move(text));
  forward(update, out);
}

void link_state::pong(std::int64_t now_ms) {
  last_heard_ms_ = now_ms;
}

void link_state::retry_now(std::int64_t now_ms, link_outputs& out) {
  if (phase_ == phase::waiting)
    connect(now_ms, out);
}

std::optional<std::int64_t> link_state::next_deadline_ms() const {
  std::int64_t result = never;
  switch (phase_) {
    case phase::idle:
      break;
    case phase::waiting:
    case phase::connecting:
      result = phase_until_ms_;
      break;
    case phase::subscribing:
      result = std::min({phase_until_ms_, next_ping_ms_,
                         last_heard_ms_ + options_.silence_max_ms});
      break;
    case phase::up:
      result =
        std::min(next_ping_ms_, last_heard_ms_ + options_.silence_max_ms);
      break;
  }
  if (result == never)
    return std::nullopt;
  return result;
}

void link_state::timers_due(std::int64_t now_ms, link_outputs& out) {
  if (phase_ == phase::waiting) {
    if (now_ms >= phase_until_ms_)
      connect(now_ms, out);
    return;
  }
  if (phase_ == phase::idle)
    return;
  if (phase_ != phase::up && now_ms >= phase_until_ms_) {
    out.emplace_back(link_close{});
    lose(phase_ == phase::connecting ? "no connection in time"
                                     : "not every subscription was "
                                       "acknowledged in time",
         now_ms, out);
    return;
  }
  if (phase_ == phase::connecting)
    return;
  if (now_ms >= last_heard_ms_ + options_.silence_max_ms) {
    out.emplace_back(link_close{});
    lose("nothing was heard for " + std::to_string(options_.silence_max_ms)
           + " ms",
         now_ms, out);
    return;
  }
  if (now_ms >= next_ping_ms_) {
    next_ping_ms_ = now_ms + options_.ping_period_ms;
    out.emplace_back(link_send{std::string{wire::ping_frame}});
  }
}

} // namespace hlx
