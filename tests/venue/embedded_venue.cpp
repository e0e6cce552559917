// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/embedded_venue.hpp"

#include <caf/send.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <stdexcept>
#include <utility>

namespace hlx::venue {

namespace {

constexpr std::chrono::seconds answer_max{10};

std::runtime_error failure(const caf::error& x) {
  return std::runtime_error("the venue: " + caf::to_string(x));
}

std::shared_ptr<const signing::signer> fixed_key() {
  auto key = signing::secret_key::from_hex(std::string(64, '7'));
  return std::make_shared<const signing::signer>(std::move(*key));
}

} // namespace

embedded_venue::embedded_venue(caf::actor_system& system,
                               venue_server_options options)
  : self_(system),
    key_(fixed_key()),
    server_(spawn_simulated_venue(system, std::move(options))) {
  self_->request(server_, answer_max, caf::get_atom_v)
    .receive([this](std::uint16_t port, std::uint16_t) { port_ = port; },
             [](const caf::error& x) { throw failure(x); });
  control(R"({"fund":{"user":")" + to_string(key_->signer_address())
          + R"(","usdc":"1000000"}})");
}

embedded_venue::~embedded_venue() {
  caf::anon_send_exit(server_, caf::exit_reason::user_shutdown);
}

client_options embedded_venue::options() const {
  client_options x;
  x.url = "http://127.0.0.1:" + std::to_string(port_);
  x.key = key_;
  x.limits = false; // This venue has none.
  return x;
}

std::string embedded_venue::control(const std::string& request) {
  std::string answer;
  int status = 0;
  self_->request(server_, answer_max, caf::put_atom_v, request)
    .receive(
      [&](int code, std::string& text) {
        status = code;
        answer = std::move(text);
      },
      [](const caf::error& x) { throw failure(x); });
  if (status != 200)
    throw std::runtime_error("the venue refuses " + request + ": " + answer);
  return answer;
}

} // namespace hlx::venue
