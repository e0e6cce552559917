// SPDX-License-Identifier: BSD-3-Clause
#include "tests/bench/frame_source.hpp"

#include "hlx/actors/transport/socket_actor.hpp"
#include "hlx/actors/transport/socket_server.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace hlx::bench {

namespace {

class frame_source : public transport::socket_actor<frame_source_actor> {
public:
  explicit frame_source(caf::actor_config& config) : socket_actor(config) {}

  frame_source_actor::behavior_type make_behavior() override {
    require_own_thread();
    loop.open();
    transport::socket_server_callbacks callbacks;
    callbacks.on_ws_open = [this](transport::connection_id id) {
      connections_.push_back(id);
    };
    callbacks.on_ws_text = [this](transport::connection_id id,
                                  std::string_view text) {
      if (text.find(R"("subscribe")") != std::string_view::npos)
        server_->ws_send(id, R"({"channel":"subscriptionResponse","data":)"
                               + std::string{text} + "}");
    };
    server_ = std::make_unique<transport::socket_server>(
      loop, transport::socket_server_options{}, std::move(callbacks));
    return {
      [this](caf::get_atom) { return server_->port(); },
      [this](const std::string& frame) {
        for (const auto id : connections_)
          server_->ws_send(id, frame);
      },
    };
  }

  const char* name() const override { return "hlx.frame-source"; }

protected:
  void last_words() override { server_.reset(); }

private:
  std::unique_ptr<transport::socket_server> server_;
  std::vector<transport::connection_id> connections_;
};

} // namespace

frame_source_actor spawn_frame_source(caf::actor_system& system) {
  return caf::actor_cast<frame_source_actor>(
    system.spawn<frame_source, caf::detached>());
}

} // namespace hlx::bench
