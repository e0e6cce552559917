// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/blocks.hpp"

#include "hlx/messages/assert.hpp"
#include "tests/venue/engine/account_actions.hpp"
#include "tests/venue/engine/admission.hpp"
#include "tests/venue/engine/agents.hpp"
#include "tests/venue/engine/invariants.hpp"
#include "tests/venue/engine/order_actions.hpp"
#include "tests/venue/engine/triggers.hpp"
#include "tests/venue/engine/twap.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace hlx::venue {

namespace {

constexpr std::uint64_t expired_charge = 5;
constexpr std::int64_t day_ms = 86'400'000;

/// The first slot at or after `time_ms` that has not been run.
std::int64_t slot_of(const venue_state& state, std::int64_t time_ms) {
  const auto interval = state.config.block_interval_ms;
  const auto up = (time_ms + interval - 1) / interval * interval;
  return std::max(up, state.last_slot_ms + interval);
}

struct l1_dispatcher {
  venue_state& state;
  account& owner;

  action_reply operator()(const order_action& x) {
    if (auto error = static_error(state, x))
      return batch_error(std::move(*error));
    return execute_orders(state, owner, x);
  }

  action_reply operator()(const batch_modify_action& x) {
    if (auto error = static_error(state, x))
      return batch_error(std::move(*error));
    return execute_modifies(state, owner, x);
  }

  action_reply operator()(const modify_action& x) {
    if (auto error = static_error(state, x))
      return refused_reply(std::move(*error));
    return execute_modify(state, owner, x);
  }

  action_reply operator()(const cancel_action& x) {
    return execute_cancels(state, owner, x);
  }

  action_reply operator()(const cancel_by_cloid_action& x) {
    return execute_cancels(state, owner, x);
  }

  template <class Other>
  action_reply operator()(const Other& x) {
    return execute_account_action(state, owner, l1_action{x});
  }
};

action_reply execute(venue_state& state,
                     const exchange_submission& submission) {
  // What was true on arrival may have ended since.
  const auto signer = resolve_signer(state, submission, state.now_ms());
  if (signer.owner == nullptr)
    return refused_reply(signer.refusal);
  auto& owner = *signer.owner;
  if (auto error = consume_nonce(state, submission.signer, submission.nonce,
                                 state.now_ms()))
    return refused_reply(std::move(*error));
  const auto items = count_items(submission);
  if (submission.expires_after_ms
      && *submission.expires_after_ms
           < static_cast<std::uint64_t>(state.now_ms())) {
    charge_requests(state, owner, expired_charge * items, state.now_ms());
    return refused_reply("Action already expired");
  }
  charge_requests(state, owner, items, state.now_ms());
  begin_transaction(state);
  if (const auto* l1 = std::get_if<l1_action>(&submission.action))
    return std::visit(l1_dispatcher{state, owner}, *l1);
  return execute_account_action(
    state, owner, std::get<user_signed_action>(submission.action));
}

/// Takes what has arrived out of the queue, in the order of execution.
std::vector<pending_action> take_arrived(venue_state& state,
                                         std::int64_t time_ms) {
  auto& queue = state.queue;
  const auto arrived =
    std::stable_partition(queue.begin(), queue.end(), [&](const auto& x) {
      return x.arrival_ms > time_ms;
    });
  std::vector<pending_action> result(std::make_move_iterator(arrived),
                                     std::make_move_iterator(queue.end()));
  queue.erase(arrived, queue.end());
  const auto rank = [](const pending_action& x) {
    return std::make_tuple(block_category(x.submission),
                           ~priority_of(x.submission), x.arrival_ms,
                           x.ticket.value);
  };
  std::sort(result.begin(), result.end(),
            [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return result;
}

void run_scheduled_cancels(venue_state& state) {
  for (auto& [user, owner] : state.accounts) {
    if (!owner.cancel_all_ms || *owner.cancel_all_ms > state.now_ms())
      continue;
    owner.cancel_all_ms.reset();
    const auto today = state.now_ms() / day_ms;
    if (owner.cancel_all_day != today)
      owner.cancel_all_count = 0;
    owner.cancel_all_day = today;
    ++owner.cancel_all_count;
    cancel_all_orders(state, owner, "scheduledCancel");
  }
}

} // namespace

void begin_block(venue_state& state, std::int64_t time_ms) {
  HLX_ASSERT(time_ms >= state.last_block_ms);
  state.out = block_output{.height = ++state.height, .time_ms = time_ms};
  state.last_block_ms = time_ms;
  begin_transaction(state);
}

void end_block(venue_state& state) {
  auto& out = state.out;
  out.changed_accounts.assign(state.touched.begin(), state.touched.end());
  out.changed_books.assign(state.touched_books.begin(),
                           state.touched_books.end());
  out.changed_marks.assign(state.touched_marks.begin(),
                           state.touched_marks.end());
  state.touched.clear();
  state.touched_books.clear();
  state.touched_marks.clear();
  check_block(state);
  const auto time_ms = out.time_ms;
  state.finished.push_back(std::exchange(out, {}));
  state.out.time_ms = time_ms;
}

std::optional<std::int64_t> next_due_ms(const venue_state& state) {
  std::optional<std::int64_t> result;
  const auto consider = [&](std::int64_t time_ms) {
    const auto slot = slot_of(state, time_ms);
    result = std::min(result.value_or(slot), slot);
  };
  for (const auto& x : state.queue)
    consider(x.arrival_ms);
  for (const auto& [user, owner] : state.accounts) {
    if (owner.cancel_all_ms)
      consider(*owner.cancel_all_ms);
    if (const auto slice = next_slice_ms(owner))
      consider(*slice);
  }
  return result;
}

void run_block(venue_state& state, std::int64_t time_ms) {
  begin_block(state, time_ms);
  run_scheduled_cancels(state);
  run_twaps(state);
  for (const auto& x : take_arrived(state, time_ms)) {
    auto reply = execute(state, x.submission);
    state.out.replies.push_back(
      {.ticket = x.ticket, .reply = std::move(reply)});
  }
  state.last_slot_ms = time_ms;
  end_block(state);
}

} // namespace hlx::venue
