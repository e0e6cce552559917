// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/venue_server.hpp"

#include "hlx/actors/transport/socket_actor.hpp"
#include "hlx/actors/transport/socket_server.hpp"
#include "hlx/actors/wall_clock.hpp"
#include "tests/venue/api/control.hpp"
#include "tests/venue/api/info_answers.hpp"

#include <caf/actor_system.hpp>
#include <caf/make_message.hpp>

#include <algorithm>
#include <exception>
#include <memory>
#include <utility>

namespace hlx::venue {

namespace {

// The engine's rarest timers are no reason to sleep longer.
constexpr std::int64_t sleep_ms_max = 1000;

/// Serves a venue_api by HTTP and WebSocket.
class venue_server : public transport::socket_actor<simulated_venue_actor> {
public:
  venue_server(caf::actor_config& config, venue_server_options options);

  simulated_venue_actor::behavior_type make_behavior() override;

  const char* name() const override { return "hlx.simulated-venue"; }

protected:
  void last_words() override;

private:
  void listen();
  transport::socket_server_callbacks venue_callbacks();
  transport::socket_server_callbacks control_callbacks();

  /// Lets out what is due and sets the timer for what comes next.
  void pump();
  void carry_out(const api_output& output);

  /// Unix ms.
  std::int64_t now_ms() const;

  venue_server_options options_;
  wall_clock clock_ = wall_clock::measure();
  venue_api api_;
  std::string failure_; // Why it does not listen.
  std::unique_ptr<transport::loop_timer> timer_;
  std::unique_ptr<transport::socket_server> server_;
  std::unique_ptr<transport::socket_server> control_;
};

venue_server::venue_server(caf::actor_config& config,
                           venue_server_options options)
  : transport::socket_actor<simulated_venue_actor>(config),
    options_(std::move(options)),
    api_(options_.venue, options_.api) {
}

simulated_venue_actor::behavior_type venue_server::make_behavior() {
  require_own_thread();
  try {
    listen();
  } catch (const std::exception& e) {
    failure_ = e.what();
  }
  return {
    [this](caf::get_atom) -> caf::result<std::uint16_t, std::uint16_t> {
      if (!failure_.empty())
        return caf::make_error(caf::sec::cannot_open_port, failure_);
      const std::uint16_t control = control_ ? control_->port() : 0;
      return {server_->port(), control};
    },
    [this](caf::put_atom,
           const std::string& body) -> caf::result<int, std::string> {
      auto answer = control(api_, body, now_ms());
      pump();
      return {answer.status, std::move(answer.body)};
    },
    [this](caf::get_atom, const std::string& query) {
      api_.advance(now_ms());
      const auto parsed = wire::parse_json(query);
      return parsed.value
               ? answer_info(api_.books(), *parsed.value, api_.books_ms()).body
               : std::string{broken_json_text};
    },
  };
}

void venue_server::listen() {
  loop.open();
  timer_ = std::make_unique<transport::loop_timer>(loop, [this] { pump(); });
  server_ = std::make_unique<transport::socket_server>(
    loop,
    transport::socket_server_options{.port = options_.port,
                                     .certificate_file =
                                       options_.certificate_file,
                                     .key_file = options_.key_file},
    venue_callbacks());
  if (options_.control_port)
    control_ = std::make_unique<transport::socket_server>(
      loop,
      transport::socket_server_options{.port = *options_.control_port,
                                       .ws_path = ""},
      control_callbacks());
  pump();
}

transport::socket_server_callbacks venue_server::venue_callbacks() {
  transport::socket_server_callbacks result;
  result.on_http = [this](const transport::http_request& x) {
    api_.http({.id = x.id,
               .method = x.method,
               .path = x.path,
               .content_type = x.content_type,
               .body = x.body},
              now_ms());
    pump();
  };
  result.on_ws_open = [this](transport::connection_id id) {
    api_.ws_open(id, now_ms());
    pump();
  };
  result.on_ws_text = [this](transport::connection_id id,
                             std::string_view text) {
    api_.ws_text(id, text, now_ms());
    pump();
  };
  result.on_ws_close = [this](transport::connection_id id) {
    api_.ws_closed(id);
  };
  return result;
}

transport::socket_server_callbacks venue_server::control_callbacks() {
  transport::socket_server_callbacks result;
  result.on_http = [this](const transport::http_request& x) {
    control_answer answer{404, R"({"error":"only POST /control is served"})"};
    if (x.method == "POST" && x.path == "/control")
      answer = control(api_, x.body, now_ms());
    control_->respond(x.id, answer.status, "application/json", answer.body);
    pump();
  };
  result.on_ws_open = [this](transport::connection_id id) {
    control_->drop(id);
  };
  result.on_ws_text = [](transport::connection_id, std::string_view) {};
  result.on_ws_close = [](transport::connection_id) {};
  return result;
}

void venue_server::pump() {
  const auto time_ms = now_ms();
  api_.advance(time_ms);
  for (const auto& output : api_.take(time_ms))
    carry_out(output);
  const auto due_ms = api_.next_due_ms();
  const auto wait_ms = due_ms ? *due_ms - now_ms() : sleep_ms_max;
  timer_->start(std::clamp<std::int64_t>(wait_ms, 0, sleep_ms_max));
}

void venue_server::carry_out(const api_output& output) {
  switch (output.kind) {
    case output_kind::http_reply:
      server_->respond(output.target, output.status, output.content_type,
                       output.text);
      return;
    case output_kind::http_drop:
      server_->drop_request(output.target);
      return;
    case output_kind::frame:
      server_->ws_send(output.target, output.text);
      return;
    case output_kind::ws_close:
      server_->ws_close(output.target, 1000, output.text);
      return;
    case output_kind::ws_drop:
      server_->drop(output.target);
      return;
  }
}

std::int64_t venue_server::now_ms() const {
  return clock_.now_ms(home_system().clock());
}

void venue_server::last_words() {
  timer_.reset();
  control_.reset();
  server_.reset();
}

} // namespace

simulated_venue_actor spawn_simulated_venue(caf::actor_system& system,
                                            venue_server_options options) {
  return system.spawn<venue_server, caf::detached>(std::move(options));
}

} // namespace hlx::venue
