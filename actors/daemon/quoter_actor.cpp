// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/quoter_actor.hpp"

#include "hlx/actors/strategy.hpp"
#include "hlx/messages/wire/encode_event.hpp"

#include <memory>

namespace hlx::daemon {

namespace {

/// What the handlers share.
struct shell {
  quoter_actor::pointer self;
  execution_client_actor client;
  quoter decisions;
  line_sink print;

  void send(const std::vector<quoter_command>& commands) {
    for (const auto& command : commands)
      std::visit([this](const auto& x) { self->send(client, x); }, command);
  }

  void handle(const order_event& event) {
    std::string line;
    wire::append_event(line, header_of(event).client_time_ms, event);
    print(line);
    send(decisions.on_event(event));
  }

  [[nodiscard]] quoter_status status() const {
    return {.idle = decisions.idle(),
            .halt_reason = decisions.halt_reason(),
            .pause_reason = decisions.pause_reason(),
            .fills = decisions.fills(),
            .position = decisions.position(),
            .profit = {static_cast<std::int64_t>(decisions.profit().value_or(0)
                                                 / decimal_scale)}};
  }
};

} // namespace

quoter_actor::behavior_type quoting(quoter_actor::pointer self,
                                    execution_client_actor client,
                                    quoter decisions,
                                    const strategy_id& strategy,
                                    line_sink print) {
  self->send(client, caf::subscribe_atom_v, strategy,
             caf::actor_cast<strategy_actor>(self));
  self->send(client, caf::subscribe_atom_v,
             caf::actor_cast<report_listener_actor>(self));
  auto state = std::make_shared<shell>(
    shell{self, std::move(client), std::move(decisions), std::move(print)});
  return handlers_of<quoter_actor>(
    [state](const auto& event) { state->handle(event); },
    [state](const stream_changed& x) {
      std::string line;
      wire::append_stream(line, x.client_time_ms, x.up);
      state->print(line);
      state->decisions.on_stream(x.up);
    },
    [state](const order_status_report& x) { print_report(state->print, x); },
    [state](const fill_report& x) { print_report(state->print, x); },
    [state](const client_warning& x) { print_report(state->print, x); },
    [state](const market_prices& x) {
      state->send(state->decisions.on_prices(x));
    },
    [state](caf::close_atom) { state->send(state->decisions.stop()); },
    [state](const status_request&) { return state->status(); });
}

} // namespace hlx::daemon
