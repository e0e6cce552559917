// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/nodes.hpp"

#include "hlx/actors/gate.hpp"
#include "hlx/actors/node_middleman.hpp"
#include "hlx/actors/reception/reception.hpp"
#include "hlx/actors/tls_context.hpp"
#include "hlx/actors/transport/plain_doorman.hpp"
#include "hlx/actors/transport/tls_doorman.hpp"
#include "hlx/actors/wall_clock.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/io/middleman.hpp>
#include <caf/openssl/manager.hpp>
#include <caf/timespan.hpp>

#include <arpa/inet.h>

#include <chrono>
#include <utility>

namespace hlx {

namespace {

caf::error sentence(std::string text) {
  return caf::make_error(caf::sec::runtime_error, std::move(text));
}

std::string objection_to_heartbeats(const node_options& options) {
  if (options.heartbeat_ms < 0 || options.give_up_ms < 0)
    return "heartbeat_ms and give_up_ms: not below 0";
  if (options.heartbeat_ms > 0 && options.give_up_ms <= options.heartbeat_ms)
    return "give_up_ms: must be above heartbeat_ms";
  return {};
}

bool is_number(const std::string& host) {
  ::in6_addr any{};
  return host == "localhost" || ::inet_pton(AF_INET, host.c_str(), &any) == 1
         || ::inet_pton(AF_INET6, host.c_str(), &any) == 1;
}

} // namespace

std::string load_nodes(caf::actor_system_config& config,
                       const node_options& options) {
  const auto& security = options.security;
  if (auto what = objection_to(security); !what.empty())
    return what;
  if (auto what = objection_to_heartbeats(options); !what.empty())
    return what;
  const auto now_ms =
    wall_clock::measure().unix_ms(caf::actor_clock::clock_type::now());
  if (auto what = objection_to_files(security, now_ms); !what.empty())
    return what;
  using std::chrono::milliseconds;
  config.set("middleman.heartbeat-interval",
             caf::timespan{milliseconds{options.heartbeat_ms}});
  config.set("middleman.connection-timeout",
             caf::timespan{milliseconds{options.give_up_ms}});
  config.load<caf::io::middleman>();
  if (!security.plaintext) {
    config.openssl_certificate = security.certificate_file;
    config.openssl_key = security.key_file;
    config.openssl_cafile = security.ca_file;
    config.openssl_capath.clear();
    config.openssl_passphrase.clear();
    config.load<caf::openssl::manager>();
  }
  return {};
}

caf::expected<std::uint16_t> publish(caf::actor_system& system,
                                     const execution_client_actor& client,
                                     const publish_options& options) {
  const auto& security = options.security;
  if (auto what = objection_to(security, options.at.host); !what.empty())
    return sentence(std::move(what));
  if (!is_number(options.at.host))
    return sentence("listen: " + wire::quoted(options.at.host)
                    + " is not the number of an address of this machine");
  const auto middleman = middleman_of(system, security);
  if (!middleman)
    return middleman.error();
  tls_context context;
  if (!security.plaintext) {
    auto loaded = load_tls_context(security);
    if (!loaded)
      return sentence(loaded.error().text);
    context = std::move(*loaded);
  }
  const auto reception =
    spawn_reception(system, client, options.strategies, options.reserved);
  const auto published = caf::actor_cast<caf::strong_actor_ptr>(reception);
  auto spoken = system.message_types(reception);
  auto result =
    security.plaintext
      ? publish_plainly(system, published, std::move(spoken), options.at)
      : publish_by_tls(system, published, std::move(spoken), options.at,
                       std::move(context));
  if (!result) {
    close_gate_of(reception);
    return sentence("listen: cannot listen at " + to_string(options.at) + " ("
                    + caf::to_string(result.error())
                    + "); the port may be in use");
  }
  const auto unpublish = [middleman = *middleman, address = reception.address(),
                          port = *result] {
    caf::anon_send(middleman, caf::unpublish_atom_v, address, port);
  };
  caf::actor_cast<caf::abstract_actor*>(client)->attach_functor(unpublish);
  return result;
}

} // namespace hlx
