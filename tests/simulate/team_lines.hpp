// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/decimal.hpp"
#include "hlx/messages/ids.hpp"
#include "hlx/messages/wire/decode_result.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What the demo and the process of its strategies say to each other, apart
/// from what strategies and execution client say: one line each.
namespace hlx::simulate {

/// DEMO -> STRATEGIES. How the market is, and how many orders all of them
/// together may have submitted by now.
struct team_look {
  price best_bid;
  price best_ask;
  std::uint64_t orders_due = 0;

  friend bool operator==(const team_look&, const team_look&) = default;
};

/// DEMO -> STRATEGIES. Submit no more, and take away what is open.
struct team_close {
  friend bool operator==(const team_close&, const team_close&) = default;
};

using team_request = std::variant<team_look, team_close>;

/// STRATEGIES -> DEMO. The strategy has heard of an event; `text` is to be
/// printed. Events that it did not write down come again after a kill.
struct team_event {
  strategy_id strategy;
  std::uint64_t sequence = 0;
  std::string text;

  friend bool operator==(const team_event&, const team_event&) = default;
};

/// STRATEGIES -> DEMO. The strategy has reached the execution client.
struct team_linked {
  strategy_id strategy;

  friend bool operator==(const team_linked&, const team_linked&) = default;
};

/// STRATEGIES -> DEMO. A diagnostic.
struct team_note {
  std::string text;

  friend bool operator==(const team_note&, const team_note&) = default;
};

using team_report = std::variant<team_event, team_linked, team_note>;

/// As one line, without its end.
std::string encode(const team_request& x);
std::string encode(const team_report& x);

/// Reads it again. The error quotes the line.
wire::decode_result<team_request> decode_request(std::string_view line);
wire::decode_result<team_report> decode_report(std::string_view line);

/// Finds out which of the reported events are new. A value.
class event_numbers {
public:
  /// Whether the event did not come before.
  bool take(const strategy_id& strategy, std::uint64_t sequence);

  /// The newest event of the strategy; 0: none.
  std::uint64_t last(const strategy_id& strategy) const;

  /// Events that are missing; empty: none.
  const std::vector<std::string>& gaps() const { return gaps_; }

private:
  std::map<strategy_id, std::uint64_t> last_;
  std::vector<std::string> gaps_;
};

} // namespace hlx::simulate
