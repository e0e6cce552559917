// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/commands.hpp"
#include "hlx/messages/events.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hlx::kit {

/// What a strategy can ask for.
using strategy_command =
  std::variant<submit_order, submit_list, modify_order, cancel_order,
               cancel_orders, cancel_all, query_order>;

/// "submit_order", "submit_list", ...
std::string_view name_of(const strategy_command& command);

/// What happens to a strategy's orders as a test decides it. A value: commands
/// go in, and each function gives the event that it is named after with all
/// that it carries, after those that an execution client sends before it:
/// filled() of a new order gives order_submitted, order_accepted and
/// order_filled. Sequence and times are left to whoever delivers.
///
/// Throws std::invalid_argument for an order that nobody submitted, an event
/// that it cannot have any more, and text that is no decimal.
class order_script {
public:
  using events = std::vector<order_event>;

  void hear(const strategy_command& command);

  events submitted(const std::string& id);
  events denied(const std::string& id, std::string reason);
  events accepted(const std::string& id);
  events rejected(const std::string& id, std::string reason,
                  bool due_post_only = false);
  events triggered(const std::string& id);
  /// As the last modify asked for.
  events updated(const std::string& id);
  /// By one trade of this size at this price.
  events filled(const std::string& id, std::string_view last_quantity,
                std::string_view last_price,
                liquidity_side liquidity = liquidity_side::maker);
  events canceled(const std::string& id, std::string reason = "canceled");
  events expired(const std::string& id);
  /// The last modify.
  events modify_rejected(const std::string& id, std::string reason);
  events cancel_rejected(const std::string& id, std::string reason);

private:
  enum class stage : std::uint8_t { commanded, submitted, accepted, ended };

  struct order {
    strategy_id strategy;
    order_terms terms;
    stage reached = stage::commanded;
    venue_order_id oid;
    quantity filled;
    modify_order modify;
  };

  order& find(const std::string& id);
  order& find_live(const std::string& id);
  static event_header header_of(const order& x);
  static void submit(order& x, events& out);
  void accept(order& x, events& out);

  std::map<client_order_id, order> orders_;
  std::uint64_t last_oid_ = 0;
  std::uint64_t last_trade_ = 0;
};

} // namespace hlx::kit
