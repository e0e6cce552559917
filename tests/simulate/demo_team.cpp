// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/demo_team.hpp"

#include "tests/simulate/demo_market.hpp"

#include <array>
#include <utility>

namespace hlx::simulate {

namespace {

// Far apart, so that no life trades as the member beside it.
constexpr std::uint64_t seeds_between_lives = 1'000'003;

class local_team : public demo_team {
public:
  local_team(caf::actor_system& system, const order_entry_actor& client,
             const demo_options& options, const std::string& run,
             const event_printer& print)
    : self_(system) {
    for (std::size_t i = 0; i < size; ++i)
      members_.push_back(
        self_->spawn(demo_strategy, client,
                     demo_trader{team_member(i, run, options.seed)}, print));
  }

  ~local_team() override { stop_all(); }

  void look(const team_look& x) override {
    for (std::size_t i = 0; i < size; ++i)
      self_->send(members_[i], market_look{x.best_bid, x.best_ask,
                                           share_of(x.orders_due, i)});
  }

  void close() override {
    for (const auto& x : members_)
      self_->send(x, caf::close_atom_v);
  }

  std::vector<strategy_status> statuses() override {
    std::vector<strategy_status> result;
    for (const auto& x : members_)
      result.push_back(status_of<strategy_status>(self_, x));
    return result;
  }

  std::vector<std::string> stop() override {
    stop_all();
    return {};
  }

private:
  void stop_all() {
    for (const auto& x : members_)
      self_->send_exit(x, caf::exit_reason::user_shutdown);
  }

  caf::scoped_actor self_;
  std::vector<demo_strategy_actor> members_;
};

struct member {
  const char* name;
  char letter;
  trading_style style;
};

constexpr std::array<member, demo_team::size> members{{
  {"maker", 'M', trading_style::maker},
  {"taker", 'T', trading_style::taker},
}};

} // namespace

trader_settings team_member(std::size_t index, const std::string& run,
                            std::uint64_t seed,
                            std::optional<std::uint64_t> life) {
  const auto& who = members.at(index);
  trader_settings result{.strategy = {who.name},
                         .instrument = demo_market::instrument,
                         .style = who.style,
                         .id_prefix = {who.letter, '-'},
                         .seed = seed + index + 1};
  result.id_prefix.append(run).append("-");
  if (life) {
    result.id_prefix.append(std::to_string(*life)).append("-");
    result.seed += *life * seeds_between_lives;
  }
  return result;
}

std::uint64_t share_of(std::uint64_t orders_due, std::size_t index) {
  return (orders_due + index) / demo_team::size;
}

std::unique_ptr<demo_team> make_local_team(caf::actor_system& system,
                                           const order_entry_actor& client,
                                           const demo_options& options,
                                           const std::string& run,
                                           const event_printer& print) {
  return std::make_unique<local_team>(system, client, options, run, print);
}

} // namespace hlx::simulate
