// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/info_answers.hpp"

#include "hlx/actors/execution_client/dispatch/cancel_order.hpp"
#include "hlx/actors/execution_client/dispatch/fill_reports.hpp"
#include "hlx/actors/execution_client/dispatch/listings.hpp"
#include "hlx/actors/execution_client/dispatch/order_admission.hpp"
#include "hlx/actors/execution_client/dispatch/order_endings.hpp"
#include "hlx/actors/execution_client/dispatch/reconciliation.hpp"
#include "hlx/actors/execution_client/dispatch/status_reports.hpp"
#include "hlx/actors/execution_client/dispatch/unknown_outcomes.hpp"
#include "hlx/messages/assert.hpp"

#include <algorithm>
#include <utility>

namespace hlx {

namespace {

using subject = query_record::subject;

bool is_reconciling(subject x) {
  return x == subject::reconcile_clock || x == subject::reconcile_orders
         || x == subject::reconcile_fills || x == subject::reconcile_positions
         || x == subject::reconcile_status;
}

/// A book from longer ago, by the venue's clock, says nothing about now.
constexpr std::int64_t book_age_ms_max = 60'000;

/// A failed query that no other work depends on is repeated so often.
constexpr int status_queries_repeated = 3;

void on_fills(context& c, const query_record& record,
              const fills_answer* answer) {
  if (answer != nullptr) {
    for (const auto& text : answer->warnings)
      warn(c, text);
    for (const auto& report : answer->fills)
      on_fill_report(c, report, report_source::answer);
    if (!answer->fills.empty()
        && answer->fills.size() + answer->warnings.size() >= fills_page
        && answer->fills.back().time_ms > record.start_ms) {
      auto next_page = record;
      next_page.start_ms = answer->fills.back().time_ms;
      const fills_query query{next_page.start_ms, std::nullopt};
      ask(c, query, std::move(next_page));
      return;
    }
  }
  const auto tell = [&](order_ref ref) {
    auto* order = c.state.orders.find(ref);
    if (order == nullptr)
      return;
    if (answer != nullptr)
      on_fills_answered(c, *order, record.sent_ms);
    else
      on_fills_query_failed(c, *order);
  };
  tell(record.order);
  for (const auto ref : record.more)
    tell(ref);
}

/// Why the book is no reference for the order; empty when it is one.
std::string book_refusal(const context& c, const tracked_order& order,
                         const book_answer& book) {
  if (c.state.instruments.index_of(book.instrument) != order.instrument)
    return "the venue answered with the book of " + book.instrument;
  if (!book.time_ms)
    return {};
  const auto age_ms = c.venue_now_ms() - *book.time_ms;
  if (age_ms <= book_age_ms_max)
    return {};
  return "the book is " + std::to_string(age_ms) + " ms old, at most "
         + std::to_string(book_age_ms_max) + " are allowed";
}

void on_reference_book(context& c, tracked_order& order,
                       const book_answer* answer) {
  if (order.phase != order_phase::pricing)
    return;
  if (answer != nullptr) {
    if (const auto why = book_refusal(c, order, *answer); !why.empty()) {
      warn(c, "order " + order.client_order_id.value + " in "
                + c.instrument_of(order).name + ": " + why
                + "; the mid price serves instead");
      answer = nullptr;
    }
  }
  auto best = answer == nullptr               ? std::nullopt
              : order.side == order_side::buy ? answer->best_ask
                                              : answer->best_bid;
  auto& work = order.working();
  work.book_is_empty = !best;
  if (!best)
    best = work.mid;
  if (best)
    on_reference(c, order, best);
}

void on_reference_mids(context& c, tracked_order& order,
                       const mids_answer* answer) {
  if (answer == nullptr || order.phase != order_phase::pricing)
    return;
  const auto& name = c.instrument_of(order).name;
  const auto found =
    std::find_if(answer->mids.begin(), answer->mids.end(),
                 [&](const auto& entry) { return entry.first == name; });
  if (found == answer->mids.end())
    return;
  auto& work = order.working();
  work.mid = found->second;
  if (work.book_is_empty)
    on_reference(c, order, work.mid);
}

void on_plain_status_failed(context& c, tracked_order& order,
                            const query_record& record) {
  if (record.tries >= status_queries_repeated) {
    warn(c, "order " + order.client_order_id.value
              + ": its status could not be asked for");
    return;
  }
  auto& work = order.working();
  work.status_oid = record.oid;
  work.status_tries = record.tries + 1;
  arm(c, order, order_timer::status, c.now_ms + backoff_ms(record.tries));
}

/// Applies the record that an answer brought. When one by cloid does not tell
/// what became of the leg believed live, that is asked for by its number, for
/// the same purpose: then it returns true.
bool apply_answer(context& c, tracked_order& order, const query_record& record,
                  const order_status_report* report) {
  const bool hides = record.oid.value == 0
                     && (report == nullptr || hides_binding(order, *report));
  if (report != nullptr)
    on_status_report(c, *report, report_source::answer);
  if (!hides || !is_in_question(order))
    return false;
  ask_status(c, order, record.about, order.binding.oid);
  return true;
}

cancel_check check_of(const order_status_answer* answer,
                      const order_status_report* report) {
  if (answer == nullptr)
    return cancel_check::no_answer;
  if (report == nullptr)
    return cancel_check::not_known;
  return report->status == venue_order_status::open
             || report->status == venue_order_status::triggered
           ? cancel_check::open
           : cancel_check::not_open;
}

/// A status that was asked for one order: applied, then told to who asked.
void on_status(context& c, tracked_order& order, const query_record& record,
               const order_status_answer* answer) {
  const auto* report = answer && answer->order ? &*answer->order : nullptr;
  // An earlier use of the cloid is no answer about this order.
  if (report != nullptr && !is_about(c, order, *report))
    report = nullptr;
  switch (record.about) {
    case subject::resolve_status:
      if (answer != nullptr)
        on_resolution_status(c, order, record, report);
      else
        on_resolution_failed(c, order, record);
      return;
    case subject::cancel_status: {
      if (answer != nullptr && apply_answer(c, order, record, report))
        return;
      on_cancel_checked(c, order, check_of(answer, report));
      return;
    }
    case subject::held_status:
      apply_answer(c, order, record, report);
      on_held_leg_answered(c, order, record.oid, answer != nullptr);
      return;
    case subject::status:
      if (answer == nullptr)
        on_plain_status_failed(c, order, record);
      else
        apply_answer(c, order, record, report);
      return;
    case subject::clock:
    case subject::reconcile_clock:
    case subject::reconcile_orders:
    case subject::reconcile_fills:
    case subject::reconcile_positions:
    case subject::reconcile_status:
    case subject::resolve_orders:
    case subject::fills:
    case subject::reference_book:
    case subject::reference_mid:
    case subject::budget:
    case subject::dexes:
    case subject::listing:
      HLX_ASSERT(false); // They ask for something else.
  }
}

/// The reconciliation speaks for itself.
void warn_of_unreadable(context& c, const query_record& record,
                        const info_answer_body& body) {
  const auto* failed = std::get_if<failed_answer>(&body);
  if (failed != nullptr && failed->not_understood
      && !is_reconciling(record.about))
    warn(c, "the answer to query " + to_string(record.id)
              + " is not understood: " + failed->reason);
}

} // namespace

void on_info_answer(context& c, const info_answer& answer) {
  const auto found = c.state.queries.find(answer.query.value);
  if (found == c.state.queries.end()) {
    warn(c, "an answer to the unknown query " + to_string(answer.query));
    return;
  }
  const auto record = std::move(found->second);
  c.state.queries.erase(found);
  const auto& body = answer.body;
  if (c.state.budget.enabled()) {
    c.state.budget.answered(body, record.sent_ms, c.now_ms);
    release_deferred(c);
  }
  warn_of_unreadable(c, record, body);
  auto* order = c.state.orders.find(record.order);
  switch (record.about) {
    case subject::reconcile_clock:
    case subject::reconcile_orders:
    case subject::reconcile_fills:
    case subject::reconcile_positions:
    case subject::reconcile_status:
      on_reconciliation_answer(c, record, body);
      return;
    case subject::clock:
      if (const auto* clock = std::get_if<exchange_status_answer>(&body))
        note_venue_time(c, clock->time_ms);
      on_clock_answer(c, record,
                      std::holds_alternative<exchange_status_answer>(body));
      return;
    case subject::resolve_orders:
      on_resolution_open_orders(c, record,
                                std::get_if<open_orders_answer>(&body));
      return;
    case subject::fills:
      on_fills(c, record, std::get_if<fills_answer>(&body));
      return;
    case subject::reference_book:
      if (order != nullptr)
        on_reference_book(c, *order, std::get_if<book_answer>(&body));
      return;
    case subject::reference_mid:
      if (order != nullptr)
        on_reference_mids(c, *order, std::get_if<mids_answer>(&body));
      return;
    case subject::budget:
      return;
    case subject::dexes:
      on_dexes_answer(c, record, std::get_if<dex_names_answer>(&body));
      return;
    case subject::listing:
      on_listing_answer(c, std::get_if<listing_answer>(&body));
      return;
    case subject::resolve_status:
    case subject::cancel_status:
    case subject::held_status:
    case subject::status:
      if (order != nullptr)
        on_status(c, *order, record, std::get_if<order_status_answer>(&body));
      return;
  }
}

} // namespace hlx
