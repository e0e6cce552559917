// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/websocket_reader/websocket_reader.hpp"

#include "hlx/actors/transport/socket_actor.hpp"
#include "hlx/actors/transport/ws_session.hpp"

#include <caf/actor_system.hpp>

#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hlx {

namespace {

constexpr const char* stream_path = "/ws";

class websocket_reader
  : public transport::socket_actor<websocket_reader_actor> {
public:
  websocket_reader(caf::actor_config& config, venue_report_actor client,
                   websocket_reader_settings settings)
    : socket_actor(config),
      client_(std::move(client)),
      settings_(std::move(settings)),
      state_(settings_.link),
      tick_(loop, [this] { state_.timers_due(now_ms(), out_); }) {
    // nop
  }

  const char* name() const override { return "hlx.websocket-reader"; }

protected:
  websocket_reader_actor::behavior_type make_behavior() override {
    require_own_thread();
    loop.open();
    const auto& venue = settings_.venue;
    transport::ws_session_callbacks callbacks;
    callbacks.on_open = [this] { state_.connected(now_ms(), out_); };
    callbacks.on_text = [this](std::string& text) {
      if (settings_.tap)
        leave(); // What is not of this frame.
      frame_ = text;
      state_.frame(text, now_ms(), out_);
      // The next frame of the same read does not hold this one up.
      leave();
      frame_ = {};
    };
    callbacks.on_pong = [this] { state_.pong(now_ms()); };
    callbacks.on_closed = [this](const std::string& reason) {
      // Its own close is known already.
      if (!std::exchange(closing_, false))
        state_.closed(reason, now_ms(), out_);
    };
    session_ = std::make_unique<transport::ws_session>(
      loop,
      transport::endpoint{venue.host, venue.port, venue.tls, venue.ca_file},
      stream_path, std::move(callbacks));
    state_.start(now_ms(), out_);
    return {[this](const status_request&) { return state_.status(); }};
  }

  void turn() override {
    leave();
    arm();
  }

  void last_words() override { client_ = nullptr; }

private:
  std::int64_t now_ms() { return settings_.clock.now_ms(this->clock()); }

  void leave() {
    for (auto& x : out_)
      std::visit([this](auto& y) { leave(y); }, x);
    out_.clear();
  }

  // Neither of the three calls back before this returns.
  void leave(link_connect&) { session_->connect(); }

  void leave(link_send& x) { session_->send(x.text); }

  void leave(link_close&) {
    closing_ = true;
    session_->close();
  }

  template <class Report>
  void leave(Report& x) {
    if constexpr (std::is_same_v<Report, user_stream_update>)
      if (settings_.tap)
        settings_.tap->update(frame_);
    if (client_)
      this->send(client_, std::move(x));
  }

  void arm() {
    const auto next = state_.next_deadline_ms();
    if (next == armed_ms_ && tick_.is_running())
      return;
    armed_ms_ = next;
    if (next)
      tick_.start(*next - now_ms() + 1);
    else
      tick_.stop();
  }

  venue_report_actor client_;
  websocket_reader_settings settings_;
  link_state state_;
  link_outputs out_;
  std::string_view frame_; // The one that is being handled.
  std::unique_ptr<transport::ws_session> session_;
  bool closing_ = false;
  std::optional<std::int64_t> armed_ms_;
  transport::loop_timer tick_;
};

} // namespace

websocket_reader_actor spawn_websocket_reader(
  caf::actor_system& system, venue_report_actor client,
  websocket_reader_settings settings) {
  return system.spawn<websocket_reader, caf::detached>(std::move(client),
                                                       std::move(settings));
}

} // namespace hlx
