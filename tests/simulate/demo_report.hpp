// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/simulate/demo_ledger.hpp"

#include <string>
#include <vector>

/// What the demo prints.
namespace hlx::simulate {

/// One strategy's ledger beside the venue's books.
struct ledger_comparison {
  std::string strategy;
  ledger_sum own;
  ledger_sum venue;

  bool equal() const { return own == venue; }
};

/// One event as a line of text, without its end.
std::string event_text(const order_event& event);

/// One event as a JSON line, without its end.
std::string event_json(const order_event& event);

/// The last JSON line: {"ledgers":[..],"equal":true}
std::string ledgers_json(const std::vector<ledger_comparison>& ledgers,
                         bool equal);

/// The same as a table.
std::string ledgers_text(const std::vector<ledger_comparison>& ledgers,
                         bool equal);

} // namespace hlx::simulate
