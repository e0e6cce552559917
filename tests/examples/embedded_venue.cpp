// SPDX-License-Identifier: BSD-3-Clause
#include "tests/examples/embedded_venue.hpp"

#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <stdexcept>
#include <string>

namespace hlx::examples {

namespace {

constexpr std::chrono::seconds answer_max{10};

std::runtime_error failure(const caf::error& x) {
  return std::runtime_error("the venue: " + caf::to_string(x));
}

} // namespace

embedded_venue::embedded_venue(caf::actor_system& system) {
  auto key = signing::secret_key::from_hex(std::string(64, '7'));
  key_ = std::make_shared<const signing::signer>(std::move(*key));
  caf::scoped_actor self{system};
  server_ = self->spawn<venue::venue_server, caf::detached>(
    venue::venue_server_options{});
  self->request(server_, answer_max, caf::get_atom_v)
    .receive([this](std::uint16_t port, std::uint16_t) { port_ = port; },
             [](const caf::error& x) { throw failure(x); });
  self
    ->request(server_, answer_max, caf::put_atom_v,
              R"({"fund":{"user":")" + to_string(key_->signer_address())
                + R"(","usdc":"1000000"}})")
    .receive([](int, const std::string&) {},
             [](const caf::error& x) { throw failure(x); });
}

embedded_venue::~embedded_venue() {
  caf::anon_send_exit(server_, caf::exit_reason::user_shutdown);
}

client_options embedded_venue::options() const {
  client_options x;
  x.url = "http://127.0.0.1:" + std::to_string(port_);
  x.key = key_;
  return x;
}

} // namespace hlx::examples
