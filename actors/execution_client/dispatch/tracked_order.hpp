// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/orders.hpp"
#include "hlx/messages/reports.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hlx {

/// One trade of one venue order; with the coin, unique for ever.
struct trade_key {
  std::uint32_t instrument = 0; ///< Position in the instrument table.
  std::int64_t time_ms = 0;
  std::uint64_t trade = 0;
  std::uint64_t oid = 0;

  friend bool operator==(const trade_key&, const trade_key&) = default;
};

struct trade_key_hash {
  std::size_t operator()(const trade_key& x) const noexcept {
    // The trade id is a hash itself; the rest tells apart what shares it.
    auto h = x.trade * 0x9e3779b97f4a7c15ULL;
    h ^= (x.oid + static_cast<std::uint64_t>(x.time_ms) * 31 + x.instrument)
         * 0xc2b2ae3d27d4eb4fULL;
    return static_cast<std::size_t>(h ^ (h >> 29));
  }
};

/// What is known of one venue order.
enum class leg_state : std::uint8_t {
  live,     ///< Rests, waits for its trigger, or is about to match.
  replaced, ///< Gave way to a newer leg; its own end may not be seen yet.
  filled,
  canceled,
  rejected,
};

constexpr bool is_dead(leg_state x) {
  return x == leg_state::filled || x == leg_state::canceled
         || x == leg_state::rejected;
}

/// One venue order that carried, or carries, a tracked order.
struct order_leg {
  venue_order_id oid; ///< 0: the slot is unused.
  quantity size;      ///< As placed; 0: not known yet.
  quantity filled;    ///< Sum of the trades that were emitted.
  /// Filled according to a status or a reply; at least that much must come.
  quantity promised;
  std::int64_t status_ms = 0; ///< Venue's time of the last status applied.
  leg_state state = leg_state::live;
  bool promise_is_reply = false; ///< An immediate order's reply outranks.
  bool without_cloid = false;    ///< Reported without a cloid.
  bool fired = false; ///< Of a trigger order: it is a plain order by now.

  quantity counted() const { return filled > promised ? filled : promised; }
  quantity left() const {
    return size > counted() ? size - counted() : quantity{};
  }
};

enum class order_phase : std::uint8_t {
  pricing,   ///< Waits for a reference price; nothing sent.
  held,      ///< Waits for the stream; nothing sent.
  submitted, ///< Left for the venue; nothing has proved it placed.
  accepted,  ///< Proved placed.
  ended,
};

/// How an order ended.
enum class order_end : std::uint8_t {
  none,
  filled,
  canceled,
  rejected,
  never_placed, ///< Rejected because the venue never knew it.
};

/// Where the submit request is.
enum class submit_state : std::uint8_t { none, on_wire, unknown, answered };

/// A timer of one order. At most one of each kind is armed.
enum class order_timer : std::uint8_t {
  reference,  ///< No reference price in time.
  expiry,     ///< The order's own end time.
  resolve,    ///< An unknown outcome can be asked about.
  fills,      ///< Promised fills have not come.
  gone_leg,   ///< The end of the old leg of a refused replacement.
  held_fills, ///< A fill of a leg that nothing explains.
  cancel,     ///< The cancel that no end has followed.
  status,     ///< A query for the status failed.
};

inline constexpr std::size_t order_timer_count = 8;
inline constexpr std::int64_t never_ms =
  std::numeric_limits<std::int64_t>::max();

/// A modify that left, until it is resolved.
struct pending_modify {
  request_id request;
  venue_order_id old_oid;
  quantity target;    ///< The order's total once it is proved.
  quantity sent_size; ///< What the replacement was placed with.
  hlx::price price;
  std::int64_t expires_ms = 0;
  bool corrective = false; ///< hlx's own.
  bool fired = false;      ///< What it places is a plain order.
  bool unknown = false;    ///< Its outcome has to be asked for.
  bool retried = false;
};

/// What a strategy asked for, before it is sent.
struct waiting_modify {
  std::optional<hlx::quantity> quantity;
  std::optional<hlx::price> price;       ///< As asked for.
  std::optional<hlx::price> legal_price; ///< On the venue's grid.
};

/// A `canceled` of the binding that may be the modify's own doing.
struct parked_cancel {
  std::int64_t status_ms = 0;
};

/// The order is over but for fills that must be emitted first.
struct closing_order {
  std::string reason;
  std::optional<std::int64_t> venue_time_ms;
  std::int64_t since_ms = 0;
  int failed_queries = 0;
  bool settled = false; ///< An answered query settles it, whatever it brought.
};

/// A replacement was refused when the old leg was already gone.
struct refused_replacement {
  std::string reason;
};

/// What asks the venue about an unknown outcome or a doubtful refusal.
struct resolution {
  enum class subject : std::uint8_t {
    submit,
    modify,
    refusal,
    followup,
    child
  };
  subject about = subject::submit;
  bool by_oid = false;            ///< Asking for the old leg by its number.
  int unknown_answers = 0;        ///< Answers that did not know the id.
  int failed_answers = 0;         ///< Without news, for the back-off.
  query_id query;                 ///< The last status query of it.
  std::string reason;             ///< Of the refusal in doubt.
  bool clock_asked = false;       ///< The venue's, for not_before_ms.
  bool open_list_seen = false;    ///< An open-orders list did not have it.
  bool old_leg_was_open = false;  ///< Said open once; counts a second later.
  std::int64_t not_before_ms = 0; ///< Venue's time at which it cannot land.
};

/// The intent to end the order, and its cancel requests.
struct cancel_work {
  enum class phase : std::uint8_t {
    idle,          ///< Nothing sent yet.
    on_wire,       ///< Sent, unanswered.
    refused_early, ///< Refused while the submit or modify was open.
    unwritten,     ///< Never sent; leaves again at its time.
    succeeded,     ///< The venue said success; the end is to follow.
    unknown,       ///< No usable answer.
  };
  phase state = phase::idle;
  bool by_strategy = false; ///< A strategy asked for it, not hlx alone.
  bool early = false;       ///< Left while the submit or modify was open.
  bool by_oid = false;      ///< It names its leg, not the cloid.
  bool repeats = false;     ///< Left for a new leg after another's success.
  request_id request;
  venue_order_id last_leg; ///< The binding when it was last sent.
  std::int64_t sent_ms = 0;
  int attempts = 0;
  int unwritten = 0; ///< Times it could not be written.
  int checks = 0;    ///< Status queries without a usable answer, in a row.
  int unknown_answers = 0; ///< Status queries that did not know the order.
  bool list_asked = false; ///< The open orders are to tell whether it lives.
};

/// What is going on with an order beside resting. Most open orders have none.
struct order_work {
  std::optional<pending_modify> modify;
  std::optional<waiting_modify> waiting;
  std::optional<parked_cancel> parked;
  std::optional<closing_order> closing;
  std::optional<refused_replacement> refused;
  std::optional<resolution> resolving;
  std::optional<cancel_work> cancel;
  std::vector<fill_report> held_fills;
  bool held_asked = false; ///< A query about the first of them is unanswered.
  int held_unknown_answers = 0;
  int held_failed_answers = 0; ///< In a row, for the back-off.
  venue_order_id status_oid;   ///< What the status timer asks about.
  int status_tries = 0;        ///< How often that has failed.
  int failed_correctives = 0;
  int fills_queries = 0;      ///< Answered without all fills, for the back-off.
  bool fills_asked = false;   ///< A query for fills is unanswered.
  bool rest_lapses = false;   ///< An answered query ends what is left.
  bool book_is_empty = false; ///< No reference from the book; the mid serves.
  std::optional<price> mid;   ///< The mid price, while the book is awaited.
  bool expiry_cancel = false; ///< hlx cancels it at its end time.
  std::array<std::int64_t, order_timer_count> timers;

  order_work() { timers.fill(never_ms); }

  bool is_idle() const;
};

/// An order submitted through this client: its identity, its legs, and what
/// has been emitted of it.
struct tracked_order {
  hlx::client_order_id client_order_id;
  hlx::cloid cloid;
  std::uint32_t slot = 0;    ///< Where the order table keeps it.
  std::uint32_t id_hash = 0; ///< Of the client order id, for the table.
  std::uint32_t serial = 0;  ///< Changes when the slot is reused.
  std::uint32_t strategy = 0;
  std::uint32_t instrument = 0;
  order_side side = order_side::buy;
  order_type type = order_type::limit;
  hlx::time_in_force time_in_force = time_in_force::gtc;
  bool post_only : 1 = false;
  bool reduce_only : 1 = false;
  bool trigger_told : 1 = false;   ///< That a leg of it has fired.
  bool foreign_target : 1 = false; ///< Replaced by somebody else last.
  bool child_waits : 1 = false;    ///< A child that has no oid yet.
  bool has_children : 1 = false;   ///< Take-profit, stop-loss wait for it.
  bool parent_over : 1 = false;    ///< A child's parent ended unfilled.
  order_phase phase = order_phase::submitted;
  order_end end = order_end::none;
  submit_state submit = submit_state::none;
  quantity target;
  quantity cumulative;
  hlx::price price;              ///< 0: none.
  hlx::price trigger_price;      ///< 0: none.
  std::int64_t expire_at_ms = 0; ///< 0: none.
  std::int64_t submitted_ms = 0;
  order_leg binding; ///< The leg believed to carry the order now.
  std::vector<order_leg> earlier_legs;
  std::vector<trade_key> trades; ///< Emitted, while the order is live.
  std::unique_ptr<order_work> work;

  bool has_binding() const { return binding.oid.value != 0; }
  bool has_ended() const { return phase == order_phase::ended; }

  /// Takes what the market gives and never rests: for these `filled` is over.
  bool is_immediate() const {
    return type == order_type::market
           || (type == order_type::limit && time_in_force == time_in_force::ioc)
           || (is_market(type) && binding.fired);
  }

  /// A trigger order whose leg still waits for its price.
  bool waits_for_trigger() const { return has_trigger(type) && !binding.fired; }

  /// Tied to a whole position, whatever its size: there is no target until the
  /// last fill shows what that was.
  bool is_sizeless() const { return target.raw == 0; }

  /// What does not match is dropped, or the order shrinks with the position:
  /// `filled` means over, and the venue's size is no proof of fills.
  bool may_drop_its_rest() const { return is_immediate() || reduce_only; }

  order_leg* find_leg(venue_order_id oid) {
    return const_cast<order_leg*>(std::as_const(*this).find_leg(oid));
  }
  const order_leg* find_leg(venue_order_id oid) const {
    if (oid.value == 0)
      return nullptr;
    return binding.oid == oid ? &binding : find_earlier_leg(oid);
  }
  const order_leg* find_earlier_leg(venue_order_id oid) const; ///< Or nullptr.

  /// A leg with something left to trade, the binding first; or nullptr.
  order_leg* living_leg();

  /// Whether the venue order may be the binding's replacement: it is above it,
  /// and nothing but fills has named it yet.
  bool may_replace(venue_order_id oid);

  /// Filled according to all evidence, emitted or promised.
  quantity counted() const;

  /// Whether a leg promised more than was emitted of it. A sizeless order that
  /// is called filled, and whose report says nothing, promises all there is.
  bool fills_missing() const;

  order_work& working() {
    if (!work)
      work = std::make_unique<order_work>();
    return *work;
  }

  bool is_closing() const { return work && (work->closing || work->refused); }
};

} // namespace hlx
