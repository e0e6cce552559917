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

/// Where an order is in its life.
enum class order_stage : std::uint8_t { submitted, accepted, ended };

struct ledger_order {
  order_stage at = order_stage::submitted;
  order_side side = order_side::buy;
  hlx::quantity quantity; ///< The target.
  hlx::quantity filled;
  std::optional<hlx::price> price;
  std::uint64_t opened_as = 0; ///< Its place among the strategy's orders.

  friend bool operator==(const ledger_order&, const ledger_order&) = default;
};

/// What is in a ledger.
struct ledger_content {
  std::map<client_order_id, ledger_order> orders;
  std::set<std::pair<trade_id, venue_order_id>> trades;
  /// What was wrong with the events; empty: nothing.
  std::vector<std::string> violations;
  std::uint64_t last_sequence = 0;
  std::uint64_t accepted = 0; ///< Orders that the venue accepted.
  quantity filled;
  amount position;

  friend bool operator==(const ledger_content&,
                         const ledger_content&) = default;
};

/// Keeps a strategy's orders by its events alone, and checks that the events
/// come numbered without gaps and in a legal order, each once.
class demo_ledger {
public:
  demo_ledger() = default;

  /// Goes on where an earlier one was.
  explicit demo_ledger(ledger_content content) : content_(std::move(content)) {}

  void apply(const order_event& event);

  const ledger_content& content() const { return content_; }

  const std::map<client_order_id, ledger_order>& orders() const {
    return content_.orders;
  }

  ledger_sum sum() const;

  /// Orders that are submitted and whose fate is not told yet.
  std::uint64_t undecided() const;

  std::uint64_t events() const { return content_.last_sequence; }

  const std::vector<std::string>& violations() const {
    return content_.violations;
  }

private:
  void check(bool fine, const order_event& event, const char* expected);
  void on_fill(ledger_order& order, const order_filled& fill);
  void on_known(ledger_order& order, const order_event& event);

  ledger_content content_;
};

} // namespace hlx::simulate
