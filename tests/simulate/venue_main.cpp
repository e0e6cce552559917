// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/termination_signals.hpp"
#include "hlx/messages/decimal.hpp"
#include "tests/simulate/checked_output.hpp"
#include "tests/simulate/options.hpp"
#include "tests/simulate/subcommands.hpp"
#include "tests/simulate/venue_settings.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <limits>

namespace hlx::simulate {

namespace {

// Any: without a signal the wait begins anew.
constexpr std::int64_t signal_wait_ms = 60'000;

struct call {
  std::uint16_t port = 0;
  std::optional<std::uint16_t> control_port;
  std::string certificate_file;
  std::string key_file;
  std::vector<std::string> control; // Requests before the start.
  std::uint64_t seed = 1;
  bool mainnet = false;
  bool chaos = false;
  bool limits = false;
};

std::uint16_t parse_port(std::string_view text) {
  return static_cast<std::uint16_t>(parse_number(text, 0, 65'535));
}

// ADDRESS=USDC as a control request.
std::string parse_fund(std::string_view text) {
  const auto equals = text.find('=');
  const auto user = venue::parse_venue_address(text.substr(0, equals));
  const auto usdc = equals == std::string_view::npos
                      ? std::nullopt
                      : parse<amount>(text.substr(equals + 1));
  if (!user || !usdc || usdc->raw < 0)
    throw usage_error("\"" + std::string{text.substr(0, 100)}
                      + "\" is not ADDRESS=USDC, an address (0x and 40 hex "
                        "digits) and a decimal");
  return R"({"fund":{"user":")" + to_string(*user) + R"(","usdc":")"
         + to_string(*usdc) + R"("}})";
}

std::string parse_file(std::string_view text) {
  std::string path{text};
  std::ifstream in{path};
  if (in.peek() == std::ifstream::traits_type::eof())
    throw usage_error("cannot read \"" + path + "\"");
  return path;
}

bool parse_call(int argc, char** argv, call& out) {
  const std::vector<option> options{
    {"--port", "P", "where to listen on 127.0.0.1; 0 (the default) picks one",
     [&](auto x) { out.port = parse_port(x); }},
    {"--control-port", "Q", "serves POST /control there; 0 picks one",
     [&](auto x) { out.control_port = parse_port(x); }},
    {"--tls-certificate", "F", "PEM; with --tls-key: TLS instead of plaintext",
     [&](auto x) { out.certificate_file = parse_file(x); }},
    {"--tls-key", "F", "PEM", [&](auto x) { out.key_file = parse_file(x); }},
    {"--fund", "ADDRESS=USDC", "credits an account; repeatable",
     [&](auto x) { out.control.push_back(parse_fund(x)); }},
    {"--mainnet", "", "signatures for mainnet instead of testnet",
     [&](auto) { out.mainnet = true; }},
    {"--seed", "N", "of everything random (1)",
     [&](auto x) {
       out.seed = parse_number(x, 0, std::numeric_limits<std::uint64_t>::max());
     }},
    {"--chaos", "", "frames and replies get lost, late, doubled; sockets close",
     [&](auto) { out.chaos = true; }},
    {"--limits", "", "the venue's limits of one IP address, else none",
     [&](auto) { out.limits = true; }},
  };
  if (!parse_options(argc, argv,
                     "The simulated venue alone: POST /info, POST /exchange, "
                     "WebSocket /ws.",
                     options))
    return false;
  if (out.certificate_file.empty() != out.key_file.empty())
    throw usage_error("--tls-certificate and --tls-key go together");
  if (out.control_port && *out.control_port != 0
      && *out.control_port == out.port)
    throw usage_error("--control-port: the venue itself is at port "
                      + std::to_string(out.port) + "; give another, or 0");
  return true;
}

venue::venue_server_options settings_of(const call& x) {
  auto result = venue_settings(x.seed, x.chaos);
  result.port = x.port;
  result.control_port = x.control_port;
  result.certificate_file = x.certificate_file;
  result.key_file = x.key_file;
  if (x.mainnet)
    result.api.network = signing::network::mainnet;
  result.venue.address_budget = venue_address_budget;
  if (x.limits)
    add_limits(result);
  return result;
}

std::string reason_of(const caf::error& e) {
  const auto& context = e.context();
  if (context.match_elements<std::string>())
    return context.get_as<std::string>(0);
  return to_string(e);
}

// The venue knows its files, and not the options that name them.
std::string naming_options(std::string failure) {
  if (failure.find("private key") != std::string::npos
      || failure.find("certificate") != std::string::npos)
    failure += " (--tls-key, --tls-certificate)";
  return failure;
}

// Why the request failed; empty when it did not.
std::string fund_accounts(caf::scoped_actor& self,
                          const venue::simulated_venue_actor& server,
                          const std::vector<std::string>& requests) {
  std::string failure;
  for (const auto& body : requests)
    self->request(server, caf::infinite, caf::put_atom_v, body)
      .receive(
        [&](int status, const std::string& answer) {
          if (status != 200)
            failure = answer;
        },
        [&](const caf::error& e) { failure = reason_of(e); });
  return failure;
}

// Prints where the venue listens. Why it does not, or nobody learns it; empty
// when all is well.
std::string announce(caf::scoped_actor& self,
                     const venue::simulated_venue_actor& server) {
  std::string failure;
  self->request(server, caf::infinite, caf::get_atom_v)
    .receive(
      [&](std::uint16_t port, std::uint16_t control_port) {
        auto text = "listening on 127.0.0.1:" + std::to_string(port) + "\n";
        if (control_port != 0)
          text += "control on 127.0.0.1:" + std::to_string(control_port) + "\n";
        auto out = standard_output();
        out.write(text);
        failure = out.failure();
      },
      [&](const caf::error& e) { failure = naming_options(reason_of(e)); });
  return failure;
}

} // namespace

int venue_main(int argc, char** argv) {
  call asked;
  if (!parse_call(argc, argv, asked))
    return 0;
  const daemon::termination_signals signals;
  std::atomic<bool> stopping{false};
  std::atomic<bool> failed{false};
  caf::actor_system_config config;
  caf::actor_system system{config};
  auto server = venue::spawn_simulated_venue(system, settings_of(asked));
  server->attach_functor([&](const caf::error&) {
    if (!stopping) {
      failed = true;
      kill(getpid(), SIGTERM);
    }
  });
  auto failure = [&] {
    caf::scoped_actor self{system};
    auto result = fund_accounts(self, server, asked.control);
    return result.empty() ? announce(self, server) : result;
  }();
  while (failure.empty() && !signals.wait(signal_wait_ms))
    ;
  stopping = true;
  caf::anon_send_exit(server, caf::exit_reason::user_shutdown);
  if (failed)
    failure = "the venue stopped by itself";
  if (!failure.empty())
    std::fprintf(stderr, "hlx-sim venue: %s\n", failure.c_str());
  return failure.empty() ? 0 : 1;
}

} // namespace hlx::simulate
