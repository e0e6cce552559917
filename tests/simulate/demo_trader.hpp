// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/commands.hpp"
#include "tests/simulate/demo_ledger.hpp"
#include "tests/venue/api/faults.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace hlx::simulate {

/// How a demo strategy likes to trade.
enum class trading_style : std::uint8_t {
  maker, ///< Quotes near the best prices, and moves its quotes.
  taker, ///< Takes what is offered; some orders rest a while.
};

struct trader_settings {
  strategy_id strategy;
  std::string instrument = "BTC";
  trading_style style = trading_style::maker;
  std::string id_prefix; ///< Starts every client order id.
  std::uint64_t seed = 1;
};

using trader_command =
  std::variant<submit_order, modify_order, cancel_order, cancel_all>;

/// One strategy of the demo: seeded random orders, modifies and cancels around
/// the best prices. A value: prices and events come in, commands come out.
class demo_trader {
public:
  /// `past`: what an earlier life of the strategy has handled, whose ids had
  /// another prefix.
  explicit demo_trader(trader_settings settings, ledger_content past = {});

  /// Most orders that it lets live at a time; the oldest is canceled.
  static constexpr std::size_t live_max = 12;

  /// Trades; at most until it has submitted `orders_due` orders in all.
  std::vector<trader_command> on_market(price best_bid, price best_ask,
                                        std::uint64_t orders_due);

  void on_event(const order_event& event);

  /// The command will not be executed, or only events tell whether it was.
  void on_failure(const strategy_command& command);

  /// Submits no more and takes away what is open. May be repeated.
  std::vector<trader_command> stop();

  const demo_ledger& ledger() const { return ledger_; }

  const trader_settings& settings() const { return settings_; }

private:
  order_terms new_order(price best_bid, price best_ask);
  void manage(price best_bid, price best_ask, std::vector<trader_command>& out);
  std::vector<client_order_id> live() const;
  modify_order some_modify(const client_order_id& id, price best_bid,
                           price best_ask);
  cancel_order cancel(const client_order_id& id);

  bool one_in(std::uint64_t n) { return random_.below(n) == 0; }
  price offset(price from, std::int64_t low, std::int64_t high);

  trader_settings settings_;
  seeded_random random_;
  demo_ledger ledger_;
  std::set<client_order_id> canceling_;
  std::uint64_t submitted_ = 0; ///< In all lives.
  std::uint64_t ids_ = 0;       ///< In this one.
  bool stopped_ = false;
};

} // namespace hlx::simulate
