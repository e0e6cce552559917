// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/http_submitter/http_submitter.hpp"

#include "hlx/actors/http_submitter/post_socket.hpp"
#include "hlx/actors/transport/http_lane.hpp"
#include "hlx/actors/transport/socket_actor.hpp"
#include "hlx/messages/wire/encode_query.hpp"

#include <caf/actor_system.hpp>

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

namespace hlx {

namespace {

constexpr std::int64_t warm_up_timeout_ms = 5'000;
constexpr std::int64_t warm_up_delay_min_ms = 500;
constexpr std::int64_t warm_up_delay_max_ms = 30'000;

/// A connection and what is on it.
struct lane {
  std::unique_ptr<transport::http_lane> http;
  transmission_id current = 0; ///< 0: nothing, or a warm-up.
  std::int64_t deadline_ms = 0;
  std::int64_t warm_up_at_ms = 0;
  std::int64_t warm_up_delay_ms = warm_up_delay_min_ms;
};

class http_submitter : public transport::socket_actor<http_submitter_actor> {
public:
  http_submitter(caf::actor_config& config, venue_report_actor client,
                 http_submitter_settings settings)
    : socket_actor(config),
      client_(std::move(client)),
      settings_(std::move(settings)),
      state_(settings_.options, settings_.key),
      tick_(loop, [] {}) {
    wire::append_info_query(warm_up_body_, exchange_status_query{},
                            settings_.options.account);
  }

  const char* name() const override { return "hlx.http-submitter"; }

protected:
  http_submitter_actor::behavior_type make_behavior() override {
    require_own_thread();
    loop.open();
    if (settings_.last_nonce)
      state_.continue_after(settings_.last_nonce->load());
    const auto& options = settings_.options;
    warm_lanes_ = options.action_slots + options.query_slots;
    lanes_max_ = warm_lanes_ + options.late_replies_max;
    for (std::size_t i = 0; i < warm_lanes_; ++i)
      add_lane();
    if (options.path == submit_path::websocket)
      open_posts();
    return {
      [this](const exchange_request& x) { state_.apply(x, now_ms(), out_); },
      [this](const user_signed_request& x) { state_.apply(x, now_ms(), out_); },
      [this](const info_query& x) { state_.apply(x, now_ms(), out_); },
      [this](const status_request&) { return status(); },
    };
  }

  void turn() override {
    const auto now = now_ms();
    apply_results(now);
    if (const auto deadline = state_.next_deadline_ms();
        deadline && *deadline <= now)
      expire(now);
    leave();
    if (posts_) {
      posts_->turn();
      leave();
    }
    assign(now);
    warm_up(now);
    arm(now);
  }

  void last_words() override {
    state_.stop(out_);
    posts_.reset();
    leave();
    if (settings_.last_nonce)
      settings_.last_nonce->store(state_.last_nonce());
    client_ = nullptr;
  }

private:
  std::int64_t now_ms() { return settings_.clock.now_ms(this->clock()); }

  void open_posts() {
    post_socket_callbacks callbacks;
    callbacks.on_up = [this] { state_.posts_up(now_ms(), out_); };
    callbacks.on_down = [this](std::string_view reason,
                               const std::set<transmission_id>& unsent) {
      state_.posts_down(reason, unsent, now_ms(), out_);
    };
    callbacks.on_answer = [this](const wire::post_answer& x) { on_post(x); };
    callbacks.on_complaint = [this](std::string_view text) {
      return state_.complaint(text, now_ms(), out_);
    };
    callbacks.on_warning = [this](std::string text) {
      user_stream_update update;
      update.warnings.push_back(std::move(text));
      if (settings_.tap)
        settings_.tap->update({});
      this->send(client_, std::move(update));
    };
    auto link = settings_.post_link;
    link.user_stream = false;
    posts_.emplace(
      loop, settings_.venue, link, [this] { return now_ms(); },
      std::move(callbacks));
  }

  /// The next frame of the same read does not hold this one up.
  void on_post(const wire::post_answer& x) {
    if (!settings_.tap) {
      state_.apply(x, now_ms(), out_);
      leave();
      return;
    }
    leave(); // What is not of this answer.
    const auto raw = submitter_state::as_http(x);
    raw_ = &raw;
    state_.apply(x, now_ms(), out_);
    leave();
    raw_ = nullptr;
  }

  lane& add_lane() {
    const auto index = lanes_.size();
    const auto& venue = settings_.venue;
    auto& result = lanes_.emplace_back();
    result.http = std::make_unique<transport::http_lane>(
      loop,
      transport::endpoint{venue.host, venue.port, venue.tls, venue.ca_file},
      "lane " + std::to_string(index),
      [this, index](transport::http_result x) { on_result(index, x); });
    return result;
  }

  /// Called by libwebsockets, so it only takes notes.
  void on_result(std::size_t index, transport::http_result& x) {
    auto& from = lanes_[index];
    const auto id = std::exchange(from.current, 0);
    if (id != 0) {
      results_.push_back({id, x.complete, x.written, x.status,
                          std::move(x.body), std::move(x.failure)});
    } else if (x.complete) {
      from.warm_up_delay_ms = warm_up_delay_min_ms;
    } else {
      from.warm_up_at_ms = now_ms() + from.warm_up_delay_ms;
      from.warm_up_delay_ms =
        std::min(2 * from.warm_up_delay_ms, warm_up_delay_max_ms);
    }
  }

  /// What has not been written at its deadline is taken back first, so that it
  /// is known not to have been sent.
  void expire(std::int64_t now) {
    for (auto& x : lanes_)
      if (x.current != 0 && x.deadline_ms <= now)
        x.http->abandon_unwritten();
    for (auto& x : std::exchange(waiting_, {}))
      if (x.deadline_ms > now)
        waiting_.push_back(std::move(x));
      else
        results_.push_back(
          {x.id, false, false, 0, {}, "no free connection in time"});
    apply_results(now);
    state_.timers_due(now, out_);
  }

  void apply_results(std::int64_t now) {
    for (const auto& result : std::exchange(results_, {})) {
      if (settings_.tap)
        leave(); // What is not of this result.
      raw_ = &result;
      state_.apply(result, now, out_);
      if (settings_.tap)
        leave();
      raw_ = nullptr;
    }
  }

  void leave() {
    for (auto& x : std::exchange(out_, {}))
      std::visit([this](auto& y) { leave(y); }, x);
  }

  void leave(transmission& x) {
    if (x.by_post && posts_)
      posts_->post(x.id, x.body);
    else
      waiting_.push_back(std::move(x));
  }

  void leave(abandoned_transmission& x) {
    for (auto& y : lanes_)
      if (y.current == x.id)
        y.http->abandon();
  }

  void leave(request_outcome& x) {
    if (settings_.tap)
      settings_.tap->outcome(x, std::exchange(raw_, nullptr));
    this->send(client_, std::move(x));
  }

  void leave(info_answer& x) {
    if (settings_.tap)
      settings_.tap->answer(x, std::exchange(raw_, nullptr));
    this->send(client_, std::move(x));
  }

  void assign(std::int64_t now) {
    while (!waiting_.empty()) {
      auto* free = pick_lane();
      if (!free)
        return;
      auto& next = waiting_.front();
      free->current = next.id;
      free->deadline_ms = next.deadline_ms;
      free->http->post(next.id, next.path, next.body, next.give_up_ms - now);
      waiting_.pop_front();
    }
  }

  /// A warm one, if there is; else any that is free, if need be a new one.
  lane* pick_lane() {
    lane* idle = nullptr;
    for (auto& x : lanes_) {
      if (!x.http->is_idle())
        continue;
      if (x.http->is_warm())
        return &x;
      if (!idle)
        idle = &x;
    }
    if (!idle && lanes_.size() < lanes_max_)
      idle = &add_lane();
    return idle;
  }

  /// So that no order waits for a handshake.
  void warm_up(std::int64_t now) {
    for (std::size_t i = 0; i < warm_lanes_; ++i) {
      auto& x = lanes_[i];
      if (x.http->is_idle() && !x.http->is_warm() && x.warm_up_at_ms <= now) {
        x.current = 0;
        x.http->post(0, "/info", warm_up_body_, warm_up_timeout_ms);
      }
    }
  }

  void arm(std::int64_t now) {
    auto next = state_.next_deadline_ms();
    for (std::size_t i = 0; i < warm_lanes_; ++i) {
      const auto& x = lanes_[i];
      if (x.http->is_idle() && !x.http->is_warm()
          && (!next || x.warm_up_at_ms < *next))
        next = x.warm_up_at_ms;
    }
    if (next == armed_ms_ && tick_.is_running())
      return;
    armed_ms_ = next;
    if (next)
      tick_.start(*next - now + 1);
    else
      tick_.stop();
  }

  submitter_status status() const {
    auto result = state_.status();
    for (const auto& x : lanes_)
      result.connections += x.http->connections();
    return result;
  }

  venue_report_actor client_;
  http_submitter_settings settings_;
  submitter_state state_;
  submitter_outputs out_;
  std::optional<post_socket> posts_;
  std::deque<transmission> waiting_;
  std::vector<transmission_result> results_;
  const transmission_result* raw_ = nullptr; // Belongs to the next to leave.
  std::deque<lane> lanes_; // Grows without moving: callbacks point into it.
  std::size_t warm_lanes_ = 0;
  std::size_t lanes_max_ = 0;
  std::string warm_up_body_;
  std::optional<std::int64_t> armed_ms_;
  transport::loop_timer tick_;
};

} // namespace

http_submitter_actor spawn_http_submitter(caf::actor_system& system,
                                          venue_report_actor client,
                                          http_submitter_settings settings) {
  return system.spawn<http_submitter, caf::detached>(std::move(client),
                                                     std::move(settings));
}

} // namespace hlx
