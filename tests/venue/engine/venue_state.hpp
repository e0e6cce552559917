// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/engine/account.hpp"
#include "tests/venue/engine/candles.hpp"
#include "tests/venue/engine/order_book.hpp"
#include "tests/venue/records.hpp"
#include "tests/venue/venue_config.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hlx::venue {

/// Largest value and size of one order, in 1e-16 of the quote and 1e-8 units:
/// far from where sums of an account would leave 64 bits.
inline constexpr wide_integer order_value_max =
  static_cast<wide_integer>(300'000'000) * decimal_scale * decimal_scale;
inline constexpr std::int64_t order_size_max = 1'000'000'000 * decimal_scale;

/// Where a live order is.
enum class order_phase : std::uint8_t {
  arriving, ///< Being placed or executed.
  resting,  ///< In the book.
  trigger,  ///< Waits for the mark.
  waiting,  ///< Waits for its parent to be filled.
};

/// An order that is not over. `record` is as it is now, not as reported.
struct live_order {
  order_record record;
  order_phase phase = order_phase::arriving;
  trigger_kind kind = trigger_kind::stop_loss;
  bool trigger_is_market = false;
  bool immediate = false; ///< What does not match at once is dropped.
  bool fired = false;     ///< Its trigger has been met.
  std::vector<venue_order_id> siblings; ///< Go when this one is filled.
  std::optional<builder_fee> builder;
  std::optional<std::uint64_t> twap_id; ///< Of a slice.
  quantity filled;
  wide_integer filled_notional = 0;
};

/// What the venue knows of one instrument.
struct market {
  instrument info;
  price mark;
  price oracle; ///< The mark unless it was set apart.
  bool delisted = false;
  std::optional<quantity> open_interest_max; ///< On each side.
  order_book book;
  std::set<venue_order_id> triggers; ///< Orders in phase trigger.
  std::deque<trade_record> trades;
  candle_series candles;
  std::deque<funding_rate> funding_rates; ///< Oldest first.
};

/// An action that waits for its block.
struct pending_action {
  exchange_submission submission;
  hlx::venue::ticket ticket;
  std::int64_t arrival_ms = 0;
};

/// Everything the venue is. The functions of this folder work on it.
struct venue_state {
  explicit venue_state(venue_config settings);

  venue_config config;
  std::uint64_t random_state = 0;
  std::int64_t last_block_ms = 0; ///< Of the last block or control operation.
  std::int64_t last_slot_ms = 0;  ///< Blocks up to here have been run.
  std::uint64_t height = 0;
  std::uint64_t next_oid = 0;
  std::uint64_t next_ticket = 1;
  std::uint64_t next_twap = 1;
  std::uint64_t transactions = 0; ///< Counts actions, for hashes.
  bool halted = false;
  bool post_only = false;

  std::map<asset_id, market> markets;
  std::vector<spot_token> tokens;
  std::map<address, account> accounts;
  std::map<address, address> agents; ///< Agent to master.
  std::set<address> replaced_agents;
  std::map<address, std::set<std::uint64_t>> nonces; ///< By signer.
  std::unordered_map<venue_order_id, live_order> orders;
  std::vector<pending_action> queue; ///< In the order of submission.

  // Money that left the accounts, and what came in.
  amount deposited;
  amount withdrawn;
  amount fees;
  std::map<std::uint32_t, amount> tokens_minted;
  std::map<std::uint32_t, amount> token_fees;

  // The block being run.
  block_output out;
  bytes32 hash; ///< Of the action being executed.
  std::set<address> touched;
  std::set<asset_id> touched_books;
  std::set<asset_id> touched_marks;
  std::vector<venue_order_id> to_activate; ///< Children of filled parents.
  std::vector<block_output> finished;      ///< Not yet handed out.

  std::int64_t now_ms() const { return out.time_ms; }
};

/// The next pseudo-random number of the venue.
std::uint64_t next_random(venue_state& state);

/// A fresh order id.
venue_order_id allocate_oid(venue_state& state);

/// Starts a transaction: its events share a hash.
void begin_transaction(venue_state& state);

market* find_market(venue_state& state, asset_id asset);
const market* find_market(const venue_state& state, asset_id asset);
market* find_market(venue_state& state, std::string_view coin);

account* find_account(venue_state& state, const address& user);
const account* find_account(const venue_state& state, const address& user);

/// The account of an address; made when there is none.
account& get_account(venue_state& state, const address& user);

/// Precondition: the order is live.
live_order& get_order(venue_state& state, venue_order_id oid);

/// The leverage in force.
leverage_setting leverage_of(const venue_state& state, const account& owner,
                             asset_id asset);

/// Records a change of status: the record of the order is frozen as it is
/// now, and the change is appended to `sink`.
void set_status(venue_state& state, live_order& order, std::string_view word,
                std::vector<order_record>& sink);

/// Enters an order into its account, with its cloid.
live_order& adopt_order(venue_state& state, live_order order);

/// Takes an order out of book, triggers, account and table.
void erase_order(venue_state& state, venue_order_id oid);

/// Ends an order with the word, and its waiting or untriggered children.
void cancel_order(venue_state& state, venue_order_id oid, std::string_view word,
                  std::vector<order_record>& sink);

/// As cancel_order, for cancels that are the venue's own idea.
void venue_cancel_order(venue_state& state, venue_order_id oid,
                        std::string_view word);

/// The newest live order of the account with the cloid.
std::optional<venue_order_id> find_live(const venue_state& state,
                                        const account& owner, const cloid& id);

/// The market maker of add_book_order.
const address& house_address();

/// A price as the venue prints it: "65000.0".
std::string venue_text(std::int64_t raw);

/// A sum that is not negative, cut to two decimals: "12066.75".
std::string dollars_text(amount x);

} // namespace hlx::venue
