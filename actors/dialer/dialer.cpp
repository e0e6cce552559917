// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/dialer/dialer.hpp"

#include "hlx/actors/own_thread.hpp"
#include "hlx/actors/tls_context.hpp"
#include "hlx/actors/transport/basp.hpp"
#include "hlx/actors/transport/dial.hpp"
#include "hlx/actors/transport/node_scribe.hpp"
#include "hlx/actors/transport/tls_bytes.hpp"

#include <caf/actor_system.hpp>
#include <caf/io/scribe.hpp>
#include <caf/policy/tcp.hpp>
#include <caf/sec.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <set>
#include <string>
#include <utility>

namespace hlx {

namespace {

caf::io::scribe_ptr scribe_of(caf::io::network::default_multiplexer& loop,
                              dialed_connection&& x) {
  if (!x.session)
    return caf::make_counted<node_scribe<caf::policy::tcp>>(
      loop, x.socket.release(), /*has_input=*/false, node_scribe_limits{});
  const bool has_input = SSL_has_pending(x.session.get()) == 1;
  return caf::make_counted<node_scribe<tls_bytes>>(
    loop, x.socket.release(), has_input, node_scribe_limits{},
    std::move(x.session));
}

class dialer : public own_thread<connector_actor::base> {
public:
  dialer(caf::actor_config& config, tls_context context,
         std::chrono::milliseconds patience)
    : own_thread(config), context_(std::move(context)), patience_(patience) {}

  const char* name() const override { return "hlx.dialer"; }

  behavior_type make_behavior() override {
    return {
      [this](caf::connect_atom, const std::string& host, std::uint16_t port) {
        return connect({host, port});
      }};
  }

private:
  using connected =
    caf::result<caf::node_id, caf::strong_actor_ptr, std::set<std::string>>;

  connected connect(const node_address& at) {
    auto* loop = socket_loop(system());
    if (loop == nullptr)
      return caf::sec::feature_disabled; // Another backend than CAF's own.
    auto dialed = dial(at, context_.get(), patience_);
    if (!dialed)
      return caf::make_error(caf::sec::cannot_connect_to_node,
                             dialed.error().text);
    auto answer = make_response_promise<caf::node_id, caf::strong_actor_ptr,
                                        std::set<std::string>>();
    request(basp_broker(system()), caf::infinite, caf::connect_atom_v,
            scribe_of(*loop, std::move(*dialed)), at.port)
      .then(
        [answer](caf::node_id& node, caf::strong_actor_ptr& published,
                 std::set<std::string>& spoken) mutable {
          answer.deliver(std::move(node), std::move(published),
                         std::move(spoken));
        },
        [answer](caf::error& e) mutable { answer.deliver(std::move(e)); });
    return answer;
  }

  tls_context context_; ///< Null for plaintext.
  std::chrono::milliseconds patience_;
};

} // namespace

caf::expected<connector_actor> spawn_dialer(
  caf::actor_system& system, const node_security& security,
  std::chrono::milliseconds patience) {
  if (!system.has_middleman())
    return caf::make_error(caf::sec::invalid_argument,
                           "load_nodes() was not called for this actor system");
  tls_context context;
  if (!security.plaintext) {
    auto loaded = load_tls_context(security);
    if (!loaded)
      return caf::make_error(caf::sec::invalid_argument, loaded.error().text);
    context = std::move(*loaded);
  }
  return caf::actor_cast<connector_actor>(
    system.spawn<dialer, caf::detached>(std::move(context), patience));
}

} // namespace hlx
