// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/reception/reception.hpp"

#include "hlx/actors/gate.hpp"
#include "hlx/actors/order_gate/order_gate.hpp"

#include <caf/actor_system.hpp>

#include <algorithm>
#include <map>
#include <string>

namespace hlx {

namespace {

/// Most strategies that get a handle where any may come.
constexpr std::size_t gates_max = 1'000;

class reception : public gate<reception_actor> {
public:
  reception(caf::actor_config& config, const gated_client_actor& client,
            std::vector<strategy_id> strategies,
            std::vector<strategy_id> reserved)
    : gate(config, client),
      strategies_(std::move(strategies)),
      reserved_(std::move(reserved)) {}

  const char* name() const override { return "hlx.reception"; }

  behavior_type make_behavior() override {
    return {
      [this](
        const order_entry_request& x) -> caf::result<strategy_entry_actor> {
        if (auto complaint = objection(x.strategy); !complaint.empty())
          return caf::make_error(caf::sec::invalid_argument,
                                 std::move(complaint));
        auto& entry = order_gates_[x.strategy];
        if (!entry)
          entry = spawn_order_gate(home_system(), client(), x.strategy);
        return entry;
      },
      [this](const order_watch_request&) -> caf::result<monitoring_actor> {
        if (!watch_gate_)
          watch_gate_ = spawn_watch_gate(home_system(), client());
        return watch_gate_;
      },
      [this](close_gate) { quit(caf::exit_reason::user_shutdown); },
    };
  }

  void on_exit() override {
    order_gates_.clear();
    watch_gate_ = nullptr;
  }

private:
  std::string objection(const strategy_id& strategy) const {
    if (strategy.value.empty() || strategy.value.size() > strategy_name_max)
      return "the name of a strategy has 1 to "
             + std::to_string(strategy_name_max) + " bytes";
    if (std::ranges::find(reserved_, strategy) != reserved_.end())
      return "strategy " + strategy.value
             + " is one of the execution client's own process";
    if (strategies_.empty()) {
      if (order_gates_.size() < gates_max || order_gates_.contains(strategy))
        return {};
      return "there are " + std::to_string(gates_max) + " strategies already";
    }
    if (std::ranges::find(strategies_, strategy) != strategies_.end())
      return {};
    std::string known;
    for (const auto& x : strategies_)
      known.append(known.empty() ? "" : ", ").append(x.value);
    return "there is no strategy " + strategy.value + " here; there are "
           + known;
  }

  std::vector<strategy_id> strategies_;
  std::vector<strategy_id> reserved_;
  std::map<strategy_id, strategy_entry_actor> order_gates_;
  monitoring_actor watch_gate_;
};

} // namespace

reception_actor spawn_reception(caf::actor_system& system,
                                const execution_client_actor& client,
                                std::vector<strategy_id> strategies,
                                std::vector<strategy_id> reserved) {
  auto result =
    system.spawn<reception>(client, std::move(strategies), std::move(reserved));
  close_with(result, client);
  return result;
}

} // namespace hlx
