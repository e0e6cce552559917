// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/bounded_dedup.hpp"
#include "hlx/actors/execution_client/dispatch/dispatch_state.hpp"
#include "hlx/actors/execution_client/dispatch/order_table.hpp"
#include "hlx/actors/execution_client/dispatch/timer_queue.hpp"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// The inside of dispatch_state: what it holds, and what the functions of this
/// folder hand to each other. Nothing outside the folder includes it.
namespace hlx {

struct strategy_record {
  strategy_id id;
  std::uint64_t sequence = 0; ///< Of the last event.
};

/// What an exchange request was for.
struct request_record {
  enum class subject : std::uint8_t { submit, modify, cancel, dead_man_switch };
  subject about = subject::submit;
  order_ref order;             ///< The first, mostly the only one.
  std::vector<order_ref> more; ///< The others of a list.
  order_grouping grouping = order_grouping::na;
  std::int64_t expires_ms = 0; ///< Of a submit, by our clock.
  std::int64_t sent_ms = 0;    ///< By our clock.
  bool retried = false;        ///< It could not be written once before.
  std::optional<pending_modify> modify; ///< Of a modify: as it left.
};

/// Orders that leave together.
struct order_group {
  std::vector<order_ref> orders;
  order_grouping grouping = order_grouping::na;
};

/// What an info query was for.
struct query_record {
  enum class subject : std::uint8_t {
    clock,               ///< Whether the venue's time has passed an expiry.
    reconcile_clock,     ///< The offset of the venue's clock, at start.
    reconcile_orders,    ///< Open orders after a gap.
    reconcile_fills,     ///< Fills during a gap.
    reconcile_positions, ///< Positions after a gap.
    reconcile_status,    ///< An order that the open orders lack.
    resolve_status,      ///< An unknown outcome.
    resolve_orders,      ///< The open orders, for all unknown outcomes.
    fills,               ///< Promised fills.
    cancel_status,       ///< What became of a canceled order.
    held_status,         ///< A leg that nothing explains.
    status,              ///< A strategy's query, or an unknown word.
    reference_book,      ///< A reference price.
    reference_mid,
    budget,  ///< What the account may still send.
    dexes,   ///< The dexes, for their instruments.
    listing, ///< Instruments.
  };
  subject about = subject::status;
  order_ref order;
  venue_order_id oid;
  std::int64_t sent_ms = 0;
  std::int64_t start_ms = 0; ///< Of a fills query.
  std::uint64_t round = 0;   ///< Of the reconciliation it belongs to.
  std::string dex;
  std::vector<order_ref> more;
  query_id id;
  int tries = 0; ///< Of a status query: how often it has failed.
};

struct external_status_key {
  std::uint64_t oid = 0;
  std::int64_t status_ms = 0;
  std::size_t word = 0;

  friend bool operator==(const external_status_key&,
                         const external_status_key&) = default;
};

struct external_status_hash {
  std::size_t operator()(const external_status_key& x) const noexcept {
    return (x.oid * 0x9e3779b97f4a7c15ULL)
           ^ static_cast<std::size_t>(x.status_ms) ^ x.word;
  }
};

/// What is known of the position in one instrument.
struct known_position {
  amount size;              ///< Signed; after the newest trade seen.
  std::int64_t time_ms = 0; ///< Venue's, of that; 0: nothing is known.
};

/// Where the stream and its reconciliation with the venue are.
struct stream_record {
  bool up = false;
  bool ready = false;
  bool was_ready = false; ///< Once: strategies hear of later changes.
  bool statuses_asked = false;
  std::uint64_t round = 0; ///< Answers of earlier rounds are stale.
  std::size_t answers_pending = 0;
  int failures = 0; ///< In a row, for the back-off.
  std::int64_t retry_ms = never_ms;
  std::int64_t first_up_ms = 0;  ///< Venue's time: older fills are history.
  std::int64_t last_fill_ms = 0; ///< Venue's time of the last fill seen.
  /// Venue's time from which fills may have been missed; stands until a
  /// reconciliation has succeeded.
  std::optional<std::int64_t> gap_from_ms;
  std::vector<venue_order_id> listed;      ///< Sorted: found open.
  std::vector<positions_answer> positions; ///< Of this round.
  bool fills_asked_again = false; ///< Since the positions said otherwise.
};

/// The dead-man switch at the venue.
struct dead_man_record {
  std::int64_t due_ms = never_ms; ///< When it is put off next.
  request_id request;             ///< The last that put it off.
  int failures = 0;               ///< In a row, for the back-off.
};

/// A query whose answer serves many orders.
struct shared_query {
  std::uint64_t query = 0; ///< The last one; it may be in flight.
  std::int64_t next_ms = std::numeric_limits<std::int64_t>::min();
  std::vector<order_ref> waiting; ///< Came after the last one was answered.
};

// Timers of no order.
inline constexpr order_timer reconcile_timer = order_timer::resolve;
inline constexpr order_timer dead_man_timer = order_timer::expiry;

struct dispatch_state::parts {
  parts(dispatch_options chosen, instrument_table known)
    : options(chosen),
      instruments(std::move(known)),
      orders(options.ended_orders),
      trades(options.trade_window),
      external_statuses(options.trade_window),
      budget(options.budget) {
    // nop
  }

  dispatch_options options;
  instrument_table instruments;
  order_table orders;
  std::vector<strategy_record> strategies;
  absl::flat_hash_map<strategy_id, std::uint32_t, std::hash<strategy_id>>
    strategy_index;
  bounded_dedup<trade_key, trade_key_hash> trades;
  bounded_dedup<external_status_key, external_status_hash> external_statuses;
  absl::flat_hash_map<std::uint64_t, request_record> requests;
  /// When those of account commands left that have no outcome yet.
  absl::flat_hash_map<std::uint64_t, std::int64_t> account_requests;
  std::deque<std::uint64_t> unanswered; ///< Reported unknown; may come late.
  absl::flat_hash_map<std::uint64_t, query_record> queries;
  std::uint64_t last_request = 0;
  std::uint64_t last_query = 0;
  /// For unknown outcomes; lists of open orders by dex.
  absl::flat_hash_map<std::string, shared_query> open_orders_queries;
  shared_query clock_query;
  std::uint64_t fills_query = 0; ///< The last sent for promised fills.
  timer_queue timers;
  stream_record stream;
  rate_budget budget;
  std::deque<info_query> deferred; ///< Queries that wait for the budget.
  std::int64_t ask_again_ms = never_ms;
  /// From when a list of instruments may be asked for: by kind, and of each
  /// dex, by name.
  std::array<std::int64_t, 3> listing_from_ms{};
  absl::flat_hash_map<std::string, std::int64_t> dex_from_ms;
  dead_man_record dead_man;
  std::deque<order_group> held; ///< Submits that wait for the stream.
  /// Take-profit and stop-loss orders that have not left, with their parent if
  /// they have one, by the slot of each: one denied denies all.
  absl::flat_hash_map<std::uint32_t, order_group> groups;
  /// Take-profit and stop-loss orders, by the slot of their open parent.
  absl::flat_hash_map<std::uint32_t, std::vector<order_ref>> children;
  std::vector<known_position> positions; ///< By instrument; may be shorter.
  std::int64_t venue_time_ms = 0;        ///< The latest seen.
  std::int64_t clock_offset_ms = 0;      ///< Venue's time minus ours.
};

/// One input being handled: the state, its time, and where effects go.
struct context {
  dispatch_state::parts& state;
  std::int64_t now_ms;
  effects& out;

  /// The venue's time now, as far as the offset is known.
  std::int64_t venue_now_ms() const { return now_ms + state.clock_offset_ms; }

  const instrument& instrument_of(const tracked_order& order) const {
    return state.instruments.all()[order.instrument];
  }
};

/// How many requests of unknown outcome are remembered for late replies.
inline constexpr std::size_t unanswered_max = 10'000;

/// How many queries may wait for the budget; more leave all the same.
inline constexpr std::size_t deferred_max = 10'000;

/// How many submits may wait for the stream.
inline constexpr std::size_t held_submits_max = 10'000;

/// How long promised fills, the end after a success, and the end of a
/// replaced leg may take before the venue is asked.
inline constexpr std::int64_t evidence_grace_ms = 2'000;

/// The most that the venue takes in one action.
inline constexpr std::size_t action_items_max = 200;

/// Calls `f` with parts that one action may hold.
template <class F>
void for_each_part(std::span<tracked_order* const> orders, F f) {
  while (!orders.empty()) {
    const auto part = orders.first(std::min(orders.size(), action_items_max));
    orders = orders.subspan(part.size());
    f(part);
  }
}

/// The venue's page of fills; a full one may have a successor.
inline constexpr std::size_t fills_page = 2'000;

/// Between two answers that did not know an id.
inline constexpr std::int64_t unknown_answer_gap_ms = 1'000;

/// Answers that do not know an id before that is believed.
inline constexpr int unknown_answers_max = 3;

/// The longest pause of any back-off.
inline constexpr std::int64_t backoff_max_ms = 60'000;

/// 2 s doubling to a minute.
constexpr std::int64_t backoff_ms(int failures) {
  std::int64_t pause = evidence_grace_ms;
  for (int i = 0; i < failures && pause < backoff_max_ms; ++i)
    pause *= 2;
  return pause < backoff_max_ms ? pause : backoff_max_ms;
}

// Timers of orders.

void arm(context& c, tracked_order& order, order_timer kind,
         std::int64_t due_ms);
void disarm(tracked_order& order, order_timer kind);
bool is_armed(const tracked_order& order, order_timer kind);

/// Whether the entry is the one its order waits for.
bool is_current(dispatch_state::parts& state, const timer_queue::entry& entry);

// Requests and queries.

/// `expires_ms`: by our clock; after that the venue refuses the action.
request_id send(context& c, l1_action&& action, request_record&& record,
                std::optional<std::int64_t> expires_ms);
query_id ask(context& c, info_query_body body, query_record record);

/// Lets the queries leave that the budget had held back.
void release_deferred(context& c);

/// Asks for the account's budget when that is due.
void refresh_budget(context& c);

/// Asks orderStatus about one order: by venue order id when one is given, else
/// by cloid, which finds the newest leg.
query_id ask_status(context& c, const tracked_order& order,
                    query_record::subject subject,
                    std::optional<venue_order_id> oid = std::nullopt,
                    int tries = 0);

void note_venue_time(context& c, std::int64_t venue_ms);

} // namespace hlx
