// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/events.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace hlx::simulate {

/// One strategy's sums, from its events or from the venue's books.
struct ledger_sum {
  std::uint64_t orders = 0; ///< That the venue accepted.
  quantity filled;
  std::uint64_t open_orders = 0;
  amount position; ///< Bought less sold.

  friend bool operator==(const ledger_sum&, const ledger_sum&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, ledger_sum& x) {
    return inspect_fields(f, "hlx::simulate::ledger_sum",
                          field("orders", x.orders), field("filled", x.filled),
                          field("open_orders", x.open_orders),
                          field("position", x.position));
  }
};

/// Keeps a strategy's orders by its events alone, and checks that the events
/// come numbered without gaps and in a legal order, each once.
class demo_ledger {
public:
  /// Where an order is in its life.
  enum class stage : std::uint8_t { submitted, accepted, ended };

  struct entry {
    stage at = stage::submitted;
    order_side side = order_side::buy;
    hlx::quantity quantity; ///< The target.
    hlx::quantity filled;
    std::optional<hlx::price> price;
    std::uint64_t opened_as = 0; ///< Its place among the strategy's orders.
  };

  void apply(const order_event& event);

  const std::map<client_order_id, entry>& orders() const { return orders_; }

  ledger_sum sum() const;

  /// Orders that are submitted and whose fate is not told yet.
  std::uint64_t undecided() const;

  std::uint64_t events() const { return last_sequence_; }

  /// What was wrong with the events; empty: nothing.
  const std::vector<std::string>& violations() const { return violations_; }

private:
  void check(bool fine, const order_event& event, const char* expected);
  void on_fill(entry& order, const order_filled& fill);
  void on_known(entry& order, const order_event& event);

  std::map<client_order_id, entry> orders_;
  std::set<std::pair<trade_id, venue_order_id>> trades_;
  std::vector<std::string> violations_;
  std::uint64_t last_sequence_ = 0;
  std::uint64_t accepted_ = 0;
  quantity filled_;
  amount position_;
};

} // namespace hlx::simulate
