// SPDX-License-Identifier: BSD-3-Clause
#include "tests/bench/stub_venue.hpp"

#include "hlx/actors/transport/socket_actor.hpp"
#include "hlx/actors/transport/socket_server.hpp"

#include <caf/actor_system.hpp>

#include <chrono>
#include <memory>
#include <string_view>
#include <utility>

namespace hlx::bench {

namespace {

class stub_venue : public transport::socket_actor<stub_venue_actor> {
public:
  stub_venue(caf::actor_config& config, std::string certificate_file,
             std::string key_file)
    : socket_actor(config) {
    options_.certificate_file = std::move(certificate_file);
    options_.key_file = std::move(key_file);
  }

protected:
  stub_venue_actor::behavior_type make_behavior() override {
    require_own_thread();
    loop.open();
    transport::socket_server_callbacks callbacks;
    callbacks.on_http = [this](const transport::http_request& x) {
      server_->respond(x.id, 200, "application/json", answer_about(x.body));
    };
    callbacks.on_ws_open = [](transport::connection_id) {};
    callbacks.on_ws_close = [](transport::connection_id) {};
    callbacks.on_ws_text = [this](transport::connection_id id,
                                  std::string_view text) {
      server_->ws_send(id, answer_to(text));
    };
    server_ = std::make_unique<transport::socket_server>(loop, options_,
                                                         std::move(callbacks));
    return {[this](caf::get_atom) { return server_->port(); }};
  }

  void last_words() override { server_.reset(); }

private:
  /// Nothing has happened yet on this venue.
  static std::string answer_about(std::string_view query) {
    const auto asks = [query](std::string_view word) {
      return query.find(word) != std::string_view::npos;
    };
    if (asks("exchangeStatus"))
      return time();
    if (asks("clearinghouseState"))
      return R"({"marginSummary":{"accountValue":"0.0"},)"
             R"("assetPositions":[],"time":1})";
    return "[]";
  }

  static std::string time() {
    using namespace std::chrono;
    const auto now = system_clock::now().time_since_epoch();
    return R"({"time":)"
           + std::to_string(duration_cast<milliseconds>(now).count()) + "}";
  }

  std::string answer_to(std::string_view text) {
    constexpr std::string_view before = R"({"method":"post","id":)";
    std::string_view id = "0";
    if (text.starts_with(before)) {
      text.remove_prefix(before.size());
      id = text.substr(0, text.find(','));
    }
    std::string result = R"({"channel":"post","data":{"id":)";
    result += id;
    result += R"(,"response":{"type":"action","payload":{"status":"ok",)"
              R"("response":{"type":"order","data":{"statuses":[)"
              R"({"resting":{"oid":)";
    result += std::to_string(++last_oid_);
    result += "}}]}}}}}}";
    return result;
  }

  transport::socket_server_options options_;
  std::uint64_t last_oid_ = 0;
  std::unique_ptr<transport::socket_server> server_;
};

} // namespace

stub_venue_actor spawn_stub_venue(caf::actor_system& system,
                                  std::string certificate_file,
                                  std::string key_file) {
  return system.spawn<stub_venue, caf::detached>(std::move(certificate_file),
                                                 std::move(key_file));
}

} // namespace hlx::bench
