// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/order_gate/order_gate.hpp"

#include "hlx/actors/gate.hpp"

#include <caf/actor_system.hpp>

namespace hlx {

namespace {

class order_gate : public gate<strategy_entry_actor> {
public:
  order_gate(caf::actor_config& config, const gated_client_actor& client,
             strategy_id strategy)
    : gate(config, client), strategy_(std::move(strategy)) {}

  const char* name() const override { return "hlx.order-gate"; }

  behavior_type make_behavior() override {
    return {
      [this](caf::subscribe_atom, const strategy_id& strategy,
             const strategy_actor& receiver) {
        if (is_own(strategy))
          pass_on(caf::subscribe_atom_v, strategy, outlet_of(receiver));
      },
      [this](caf::subscribe_atom, const strategy_id& strategy,
             const strategy_actor& receiver, const absence_terms& absence) {
        if (is_own(strategy))
          pass_on(caf::subscribe_atom_v, strategy, outlet_of(receiver),
                  absence);
      },
      [this](const open_event_stream& x, const event_receiver_actor& receiver) {
        if (is_own(x.strategy))
          pass_on(x, outlet_of(receiver));
      },
      [this](const acknowledge_events& x) {
        if (is_own(x.strategy))
          pass_on(x);
      },
      // Its command is the stream's to refuse: each number has to be answered.
      [this](const numbered_command& x) {
        if (is_own(x.strategy))
          pass_on(x);
      },
      [this](submit_order& x) { command(x); },
      [this](submit_list& x) { command(x); },
      [this](modify_order& x) { command(x); },
      [this](cancel_order& x) { command(x); },
      [this](cancel_orders& x) { command(x); },
      [this](cancel_all& x) { command(x); },
      [this](query_order& x) { command(x); },
      [this](close_gate) { quit(caf::exit_reason::user_shutdown); },
    };
  }

private:
  bool is_own(const strategy_id& strategy) {
    if (strategy == strategy_)
      return true;
    warn("a message for strategy " + strategy.value
         + " came over the handle of " + strategy_.value + " and was ignored");
    return false;
  }

  /// Without a strategy a command would reach any order.
  template <class Command>
  void command(Command& x) {
    if (x.strategy.value.empty())
      x.strategy = strategy_;
    if (is_own(x.strategy))
      pass_on(std::move(x));
  }

  strategy_id strategy_;
};

class watch_gate : public gate<monitoring_actor> {
public:
  using gate::gate;

  const char* name() const override { return "hlx.watch-gate"; }

  behavior_type make_behavior() override {
    return {
      [this](caf::subscribe_atom, const report_listener_actor& listener) {
        pass_on(caf::subscribe_atom_v, outlet_of(listener));
      },
      [this](caf::subscribe_atom, const monitor_actor& monitor) {
        pass_on(caf::subscribe_atom_v, outlet_of(monitor));
      },
      [this](close_gate) { quit(caf::exit_reason::user_shutdown); },
    };
  }
};

} // namespace

strategy_entry_actor spawn_order_gate(caf::actor_system& system,
                                      const execution_client_actor& client,
                                      const strategy_id& strategy) {
  auto result = system.spawn<order_gate>(client, strategy);
  close_with(result, client);
  return result;
}

monitoring_actor spawn_watch_gate(caf::actor_system& system,
                                  const execution_client_actor& client) {
  auto result = system.spawn<watch_gate>(client);
  close_with(result, client);
  return result;
}

} // namespace hlx
