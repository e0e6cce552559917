// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/strategy.hpp"
#include "tests/kit/deterministic_system.hpp"
#include "tests/kit/order_script.hpp"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace hlx::kit {

/// A unit test of a STRATEGY: `client` stands for the execution client, and
/// the test decides what happens to the orders. Everything is handled before
/// each function returns. Spawn the strategy by own(sys.spawn(..., client)),
/// then run().
///
///   own(sys.spawn(my_strategy, client));
///   run();
///   const auto order = next<hlx::submit_order>().order;
///   accepted("O-1");
///   filled("O-1", "0.01", "60000");
///   BOOST_TEST(idle());
///
/// Events carry what an execution client's would: numbers without gaps, the
/// clock's time, and before them the events that always come first.
class strategy_fixture : public deterministic_system {
  struct heard_commands {
    std::deque<strategy_command> commands;
    std::map<strategy_id, strategy_actor> strategies;
    order_script orders;
  };

  std::shared_ptr<heard_commands> heard_ = std::make_shared<heard_commands>();

public:
  /// What the strategy is given as its execution client.
  order_entry_actor client = own(sys.spawn(recording_client, heard_));

  /// The strategy's oldest command that was not taken yet, which must be a T.
  template <class T>
  T next(const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    run();
    std::optional<T> result;
    BOOST_TEST_CONTEXT("next at " << file << ':' << line) {
      auto& waiting = heard_->commands;
      BOOST_REQUIRE_MESSAGE(!waiting.empty(), "no command was given");
      BOOST_REQUIRE_MESSAGE(std::holds_alternative<T>(waiting.front()),
                            "the next command is " << name_of(waiting.front()));
      result = std::get<T>(std::move(waiting.front()));
      waiting.pop_front();
    }
    return *result;
  }

  /// Whether every command was taken.
  bool idle() {
    run();
    return heard_->commands.empty();
  }

  // What happens to an order; order_script says what each takes.
  void submitted(const std::string& id) { play(orders().submitted(id)); }
  void denied(const std::string& id, std::string reason) {
    play(orders().denied(id, std::move(reason)));
  }
  void accepted(const std::string& id) { play(orders().accepted(id)); }
  void rejected(const std::string& id, std::string reason,
                bool due_post_only = false) {
    play(orders().rejected(id, std::move(reason), due_post_only));
  }
  void triggered(const std::string& id) { play(orders().triggered(id)); }
  void updated(const std::string& id) { play(orders().updated(id)); }
  void filled(const std::string& id, std::string_view last_quantity,
              std::string_view last_price,
              liquidity_side liquidity = liquidity_side::maker) {
    play(orders().filled(id, last_quantity, last_price, liquidity));
  }
  void canceled(const std::string& id, std::string reason = "canceled") {
    play(orders().canceled(id, std::move(reason)));
  }
  void expired(const std::string& id) { play(orders().expired(id)); }
  void modify_rejected(const std::string& id, std::string reason) {
    play(orders().modify_rejected(id, std::move(reason)));
  }
  void cancel_rejected(const std::string& id, std::string reason) {
    play(orders().cancel_rejected(id, std::move(reason)));
  }

  /// The user stream went down or came back, to every strategy.
  void stream(bool up) {
    run();
    for (const auto& [id, strategy] : heard_->strategies)
      self->send(strategy, stream_changed{up, now_ms()});
    run();
  }

  /// Sends the events to their strategies, numbered and timed.
  void play(order_script::events events) {
    for (auto& event : events)
      std::visit([this](auto& x) { play_one(x); }, event);
    run();
  }

private:
  static order_entry_actor::behavior_type recording_client(
    std::shared_ptr<heard_commands> heard) {
    return handlers_of<order_entry_actor>(
      [heard](caf::subscribe_atom, const strategy_id& id,
              const strategy_actor& strategy) {
        heard->strategies[id] = strategy;
      },
      [heard](const auto& command) {
        heard->orders.hear(command);
        heard->commands.emplace_back(command);
      });
  }

  order_script& orders() {
    run(); // A command that waits comes first.
    return heard_->orders;
  }

  template <class Event>
  void play_one(Event& event) {
    auto& header = event.header;
    header.sequence = ++sequences_[header.strategy];
    header.client_time_ms = now_ms();
    constexpr bool by_client =
      std::is_same_v<Event,
                     order_submitted> || std::is_same_v<Event, order_denied>;
    if constexpr (!by_client)
      header.venue_time_ms = now_ms();
    const auto i = heard_->strategies.find(header.strategy);
    BOOST_REQUIRE_MESSAGE(i != heard_->strategies.end(),
                          "strategy " << header.strategy.value
                                      << " did not subscribe");
    self->send(i->second, event);
  }

  std::map<strategy_id, std::uint64_t> sequences_;
};

} // namespace hlx::kit
