// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/account_requests.hpp"

namespace hlx {

void on_account_request_sent(context& c, request_id request) {
  if (!c.state.budget.enabled())
    return;
  c.state.budget.sent(budget_use::order, 1, c.now_ms);
  c.state.account_requests.emplace(request.value, c.now_ms);
  refresh_budget(c);
}

void on_account_request_outcome(context& c, const request_outcome& outcome) {
  const auto found = c.state.account_requests.find(outcome.request.value);
  if (found == c.state.account_requests.end())
    return; // A late one, or nothing is counted.
  const auto sent_ms = found->second;
  c.state.account_requests.erase(found);
  c.state.budget.outcome(outcome, 1, sent_ms, c.now_ms);
  release_deferred(c);
}

} // namespace hlx
