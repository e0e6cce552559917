// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/actions.hpp"
#include "hlx/messages/decimal.hpp"
#include "hlx/messages/ids.hpp"
#include "hlx/messages/orders.hpp"
#include "hlx/messages/reports.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What goes into the simulated venue and what comes out of it, as values.
/// The JSON surface is built on these.
namespace hlx::venue {

/// An exchange action with its envelope, decoded, its signer recovered.
struct exchange_submission {
  std::variant<l1_action, user_signed_action> action;
  std::uint64_t nonce = 0;
  std::optional<address> vault;
  std::optional<std::uint64_t> expires_after_ms; ///< Unix ms.
  address signer;

  friend bool operator==(const exchange_submission&,
                         const exchange_submission&) = default;
};

/// Names one accepted submission until its reply; from 1.
using ticket = number_id<struct ticket_tag>;

/// The `type` of an ok response.
enum class response_type : std::uint8_t {
  none,
  order,
  cancel,
  twap_order,
  twap_cancel,
};

/// The word of the response: "default", "order", "cancel", ...
std::string_view to_string(response_type x);

/// The result of an action. `body.kind` is one of
/// - refused: {"status":"err","response":body.text}
/// - done: {"status":"ok","response":{"type":"default"}}
/// - statuses: {"status":"ok","response":{"type":type,"data":{"statuses":..}}}
/// Errors that answer a whole batch are `statuses` with one element.
/// - statuses of a TWAP: {..,"data":{"status":..}} of its one element.
struct action_reply {
  response_type type = response_type::none;
  exchange_reply body;
  std::uint64_t twap_id = 0; ///< Of a TWAP that was started.

  friend bool operator==(const action_reply&, const action_reply&) = default;
};

/// The venue's `orderType`.
enum class record_type : std::uint8_t {
  limit,
  market,
  stop_market,
  stop_limit,
  take_profit_market,
  take_profit_limit,
  twap_slice,
};

/// The venue's word: "Limit", "Stop Market", ...
std::string_view to_string(record_type x);

/// An order as the venue shows it, with a status and its time. All but
/// `parent` and `user` are fields of the venue's FrontendOpenOrder.
struct order_record {
  address user;
  asset_id asset = 0;
  std::string coin;
  order_side side = order_side::buy;
  price limit_price;
  quantity remaining; ///< `sz`: 0 while position-tied with size 0.
  quantity original;  ///< `origSz`.
  venue_order_id oid;
  std::optional<hlx::cloid> cloid;
  std::int64_t placed_ms = 0; ///< `timestamp`: block time of placement.
  bool reduce_only = false;
  bool is_trigger = false;
  price trigger_price;           ///< 0 without a trigger.
  std::string trigger_condition; ///< "N/A", "Price above 61000", "Triggered".
  bool is_position_tpsl = false;
  record_type type = record_type::limit;
  std::optional<wire_time_in_force> tif; ///< None for triggers.
  std::vector<venue_order_id> children;  ///< Waiting for this order to fill.
  std::optional<venue_order_id> parent;  ///< While it waits for its parent.
  std::string status;                    ///< The venue's word.
  std::int64_t status_ms = 0; ///< `statusTimestamp`: block time of the status.

  friend bool operator==(const order_record&, const order_record&) = default;
};

/// The liquidation part of a fill.
struct fill_liquidation {
  address liquidated_user;
  price mark;
  std::string method; ///< "market" or "backstop".

  friend bool operator==(const fill_liquidation&,
                         const fill_liquidation&) = default;
};

/// One side of one trade. Both sides share trade id, hash and time.
struct fill_record {
  address user;
  asset_id asset = 0;
  std::string coin;
  price trade_price;
  quantity size;
  order_side side = order_side::buy; ///< Own side.
  std::int64_t time_ms = 0;
  amount start_position; ///< Signed, before the trade; spot: the balance.
  std::string direction; ///< `dir`: "Open Long", "Long > Short", "Buy", ...
  amount closed_pnl;     ///< Gross of the fee.
  bytes32 hash;
  venue_order_id oid;
  bool crossed = false; ///< Taker.
  amount fee;           ///< Negative: rebate. Includes `builder_fee`.
  std::string fee_token;
  trade_id tid;
  std::optional<hlx::cloid> cloid;
  std::optional<amount> builder_fee;
  std::optional<fill_liquidation> liquidation;
  std::optional<std::uint64_t> twap_id; ///< Of a slice.

  friend bool operator==(const fill_record&, const fill_record&) = default;
};

/// A TWAP: the venue's TwapState with its id.
struct twap_record {
  std::uint64_t id = 0;
  address user;
  asset_id asset = 0;
  std::string coin;
  order_side side = order_side::buy;
  quantity size;
  quantity executed;
  amount executed_notional;
  std::uint64_t minutes = 0;
  bool reduce_only = false;
  bool randomize = false;
  std::int64_t started_ms = 0;         ///< `timestamp`.
  std::optional<price> stop_price;     ///< `stopPx`.
  std::optional<twap_trigger> trigger; ///< What starts it.

  friend bool operator==(const twap_record&, const twap_record&) = default;
};

/// A change of a TWAP's status.
struct twap_event {
  std::int64_t time_ms = 0;
  twap_record state;
  std::string status; ///< "activated", "finished", "terminated", ...

  friend bool operator==(const twap_event&, const twap_event&) = default;
};

/// Funding of one position.
struct funding_record {
  address user;
  std::int64_t time_ms = 0;
  bytes32 hash;
  std::string coin;
  amount usdc; ///< Negative: paid.
  amount size; ///< Signed size of the position.
  amount rate;

  friend bool operator==(const funding_record&,
                         const funding_record&) = default;
};

/// A movement of money that no trade caused.
struct ledger_record {
  address user;
  std::int64_t time_ms = 0;
  bytes32 hash;
  std::string kind; ///< The venue's word for the delta: "deposit", ...
  amount sum;       ///< USDC, or of `token`.
  std::string token;
  bool to_perp = false;        ///< Of accountClassTransfer.
  address from;                ///< Of transfers.
  address to;                  ///< Of transfers.
  std::string source_dex;      ///< Of "send"; "spot" is none of perps.
  std::string destination_dex; ///< Of "send".
  std::uint64_t nonce = 0;     ///< Of "send".
  amount value; ///< In USDC: what was sent, or the positions of "liquidation".

  friend bool operator==(const ledger_record&, const ledger_record&) = default;
};

/// A trade as the public sees it.
struct trade_record {
  asset_id asset = 0;
  std::string coin;
  order_side aggressor = order_side::buy;
  price trade_price;
  quantity size;
  std::int64_t time_ms = 0;
  bytes32 hash;
  trade_id tid;
  address buyer;
  address seller;

  friend bool operator==(const trade_record&, const trade_record&) = default;
};

/// What was traded of a coin in one span of time.
struct candle {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0; ///< Its last millisecond.
  price first;
  price last;
  price high;
  price low;
  quantity volume;
  amount notional; ///< What was paid for the volume.
  std::uint64_t trades = 0;

  friend bool operator==(const candle&, const candle&) = default;
};

/// What was traded of a coin in the 24 hours before a time.
struct day_summary {
  std::optional<price> previous; ///< The last before; none: no trade is known.
  quantity volume;
  amount notional;

  friend bool operator==(const day_summary&, const day_summary&) = default;
};

/// A rate at which funding was settled.
struct funding_rate {
  std::int64_t time_ms = 0;
  amount rate;

  friend bool operator==(const funding_rate&, const funding_rate&) = default;
};

/// An order that the venue canceled by itself (`nonUserCancel`).
struct venue_cancel {
  address user;
  std::string coin;
  venue_order_id oid;

  friend bool operator==(const venue_cancel&, const venue_cancel&) = default;
};

/// The reply to one submission.
struct ticket_reply {
  hlx::venue::ticket ticket;
  action_reply reply;

  friend bool operator==(const ticket_reply&, const ticket_reply&) = default;
};

/// What one block did. All its events carry `time_ms`. Everything is in the
/// order of execution; `user` says to whom an order or a fill belongs.
struct block_output {
  std::uint64_t height = 0;
  std::int64_t time_ms = 0; ///< Unix ms.
  std::vector<order_record> orders;
  std::vector<fill_record> fills;
  std::vector<venue_cancel> venue_cancels;
  std::vector<trade_record> trades;
  std::vector<twap_event> twaps;
  std::vector<funding_record> fundings;
  std::vector<ledger_record> ledger;
  std::vector<asset_id> changed_books; ///< Ascending, each once.
  std::vector<asset_id> changed_marks; ///< Ascending, each once.
  /// Accounts whose orders, positions or balances changed; ascending.
  std::vector<address> changed_accounts;
  std::vector<ticket_reply> replies;

  friend bool operator==(const block_output&, const block_output&) = default;
};

/// One price of a book.
struct book_level {
  price level_price;
  quantity size;
  std::uint32_t orders = 0;

  friend bool operator==(const book_level&, const book_level&) = default;
};

/// Both sides of a book, best first.
struct book_view {
  std::vector<book_level> bids;
  std::vector<book_level> asks;

  friend bool operator==(const book_view&, const book_view&) = default;
};

/// The venue's marginSummary.
struct margin_summary {
  amount account_value;
  amount total_notional;
  amount total_raw_usd;
  amount total_margin_used;

  friend bool operator==(const margin_summary&,
                         const margin_summary&) = default;
};

/// One position with what is derived from the mark.
struct position_view {
  asset_id asset = 0;
  std::string coin;
  amount size; ///< Signed; never 0.
  bool is_cross = true;
  int leverage = 1;
  int max_leverage = 1;
  amount isolated_raw_usd; ///< Isolated only.
  price entry_price;       ///< Average, to the nearest 1e-8.
  amount value;            ///< |size| * mark.
  amount unrealized_pnl;
  amount margin_used;
  std::optional<price> liquidation_price;
  amount funding_paid;        ///< Since it was opened.
  amount funding_paid_in_all; ///< In this coin, for ever.

  friend bool operator==(const position_view&, const position_view&) = default;
};

/// The venue's clearinghouseState.
struct clearinghouse_view {
  margin_summary total;
  margin_summary cross;
  amount cross_maintenance_margin_used;
  amount withdrawable;
  std::vector<position_view> positions; ///< By asset, ascending.

  friend bool operator==(const clearinghouse_view&,
                         const clearinghouse_view&) = default;
};

/// What an account could trade of a perp on one side.
struct trade_room {
  quantity size;
  amount margin; ///< In USDC.

  friend bool operator==(const trade_room&, const trade_room&) = default;
};

/// One balance of the venue's spotClearinghouseState.
struct spot_balance_view {
  std::string coin;
  std::optional<std::uint32_t> token; ///< None: of an outcome.
  amount total;
  amount hold; ///< Locked by resting orders.
  amount entry_notional;

  friend bool operator==(const spot_balance_view&,
                         const spot_balance_view&) = default;
};

/// The venue's userRateLimit.
struct rate_limit_view {
  amount cumulative_volume;
  std::uint64_t requests_used = 0;
  std::uint64_t requests_cap = 0;

  friend bool operator==(const rate_limit_view&,
                         const rate_limit_view&) = default;
};

enum class account_role : std::uint8_t {
  missing,
  user,
  agent,
  sub_account,
  vault
};

/// The venue's word: "missing", "user", "agent", "subAccount", "vault".
std::string_view to_string(account_role x);

/// What an address is, and whose it is.
struct role_view {
  account_role role = account_role::missing;
  address master; ///< With agent and sub_account; a vault's leader.

  friend bool operator==(const role_view&, const role_view&) = default;
};

/// An approved agent.
struct agent_view {
  address agent;
  std::string name; ///< Empty: the unnamed one.
  std::optional<std::int64_t> valid_until_ms;

  friend bool operator==(const agent_view&, const agent_view&) = default;
};

} // namespace hlx::venue
