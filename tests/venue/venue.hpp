// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/records.hpp"
#include "tests/venue/venue_config.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hlx::venue {

struct venue_state;

/// The simulated venue: accounts, books and blocks. A value driven by calls:
/// no clock, no sockets; randomness from the seed alone. Times never decrease
/// from call to call.
class venue {
public:
  explicit venue(venue_config config = {});
  venue(venue&&) noexcept;
  venue& operator=(venue&&) noexcept;
  ~venue();

  // -- actions ----------------------------------------------------------------

  /// Takes a decoded, recovered action at `now_ms`. Refusals that need no
  /// block come back at once; otherwise the reply with the ticket is part of
  /// a later block. `delay_ms` is the connection's own way to the proposer.
  std::variant<action_reply, ticket> submit(exchange_submission submission,
                                            std::int64_t now_ms,
                                            std::int64_t delay_ms = 0);

  /// Runs every block due until `now_ms`. Empty blocks are left out. What
  /// control operations did comes first, as blocks of their own.
  std::vector<block_output> advance(std::int64_t now_ms);

  /// When the next block that does something is due; none: nothing waits.
  std::optional<std::int64_t> next_block_ms() const;

  // -- control: never part of the venue's surface -----------------------------
  // They act at once; their events come out of the next advance().

  /// Most that control operations bring in, of each token.
  static constexpr amount funding_max{1'000'000'000 * decimal_scale};

  /// Largest mark.
  static constexpr price mark_max{10'000'000 * decimal_scale};

  /// Credits perp USDC; creates the account. False: not positive, or more than
  /// funding_max in all.
  bool fund(const address& user, amount usdc, std::int64_t now_ms);

  /// Credits a spot token by name; creates the account. False: no such token,
  /// not positive, or more than funding_max in all.
  bool fund_spot(const address& user, std::string_view token, amount total,
                 std::int64_t now_ms);

  /// Sets mark and oracle; triggers fire. False: no such coin, not positive,
  /// above mark_max, not below 1 for an outcome, or what is held would be worth
  /// more than can be counted.
  bool set_mark(std::string_view coin, price mark, std::int64_t now_ms);

  /// Sets the oracle of a perp, which limits are compared with and funding is
  /// paid by, until the next mark. False: no such perp, or set_mark would
  /// refuse the price.
  bool set_oracle(std::string_view coin, price oracle, std::int64_t now_ms);

  /// Largest rate of one funding, either way: 4 %.
  static constexpr amount funding_rate_max{4 * decimal_scale / 100};

  /// Settles funding on every position of a perp: long pays short when the
  /// rate is positive. False: no such perp, or more than funding_rate_max.
  bool settle_funding(std::string_view coin, amount rate, std::int64_t now_ms);

  /// Places a GTC order of the venue's own market maker. False: the coin is
  /// unknown or the order is not legal.
  bool add_book_order(std::string_view coin, order_side side, price limit,
                      quantity size, std::int64_t now_ms);

  /// Makes a sub-account of a user and returns its address.
  address create_sub_account(const address& master, std::string_view name,
                             std::int64_t now_ms);

  /// Makes a vault that a user leads and returns its address.
  address create_vault(const address& leader, std::string_view name,
                       std::int64_t now_ms);

  /// Approves an agent as approveAgent would, unsigned and unlimited.
  void approve_agent(const address& master, const address& agent,
                     std::string_view name);

  /// Removes an agent; false when it was none.
  bool revoke_agent(const address& agent);

  /// Takes perp USDC away, down to `usdc`; nothing when there is less.
  void drop_margin(const address& user, amount usdc, std::int64_t now_ms);

  /// Closes all positions at the mark against the market maker.
  void liquidate(const address& user, std::int64_t now_ms);

  /// Lists a perp under the next asset id of its dex: the venue's own, or that
  /// of a builder for a coin like "xyz:AAPL"; a dex begins with its first
  /// perp. All dexes of an account share its margin. False: the coin is there
  /// already or has no name, size decimals beyond 5, a leverage that is not
  /// from 1 to 50, or no price that could be a mark.
  bool list_perp(std::string_view coin, int size_decimals, int max_leverage,
                 price mark, std::int64_t now_ms);

  /// What may be held of a perp in all, on each side; orders that would open
  /// more are refused. False: no such perp.
  bool cap_open_interest(std::string_view coin, quantity most);

  /// Cancels all orders of a coin and takes no new ones.
  bool delist(std::string_view coin, std::int64_t now_ms);

  /// Settles an outcome for one of its sides: orders are canceled, each token
  /// of the side that won pays one of the quote, and the outcome is listed no
  /// more. False: no such outcome or side, or it was settled.
  bool settle_outcome(std::uint32_t outcome, std::uint32_t won_side,
                      std::int64_t now_ms);

  void set_halted(bool halted);       ///< Orders: "Trading is halted."
  void set_post_only(bool post_only); ///< As after a network upgrade.
  void set_arrival_delay(action_class which, std::int64_t delay_ms);
  void set_address_budget(std::uint64_t requests);

  /// The configuration; may change while it runs, but for the instruments, the
  /// seed and the block interval.
  venue_config& config();
  const venue_config& config() const;

  // -- queries ----------------------------------------------------------------
  // Unknown users have empty answers.

  std::int64_t last_block_ms() const;

  role_view role(const address& any) const;
  std::vector<agent_view> agents(const address& user) const;

  /// Sub-accounts of a master, with their names, in order of creation.
  std::vector<std::pair<address, std::string>> sub_accounts(
    const address& master) const;

  /// What a vault is called; nothing for other addresses.
  std::optional<std::string> vault_name(const address& vault) const;

  /// The vaults that a user leads, with their names; by address.
  std::vector<std::pair<address, std::string>> led_vaults(
    const address& user) const;

  /// Who put money into a vault, and what it is worth; by address.
  std::vector<std::pair<address, amount>> vault_followers(
    const address& vault) const;

  /// The vaults that a user put money into, and what it is worth; by address.
  std::vector<std::pair<address, amount>> vault_equities(
    const address& user) const;

  /// Live orders with their live sizes, oldest first. Children that wait for
  /// their parent are listed flat, with `parent` set.
  std::vector<order_record> open_orders(const address& user) const;

  /// The record of an order of this user, frozen at its last status.
  std::optional<order_record> order_status(const address& user,
                                           venue_order_id oid) const;

  /// The newest order with the cloid that is visible at `now_ms`.
  std::optional<order_record> order_status(const address& user, const cloid& id,
                                           std::int64_t now_ms) const;

  /// At most 2000 records, newest order first.
  std::vector<order_record> order_history(const address& user) const;

  /// At most 10,000 fills, oldest first.
  std::vector<fill_record> fills(const address& user) const;

  /// TWAPs that run or wait for their price, oldest first.
  std::vector<twap_record> twaps(const address& user) const;

  // At most 2000 each, oldest first.
  std::vector<twap_event> twap_history(const address& user) const;
  std::vector<funding_record> fundings(const address& user) const;
  std::vector<ledger_record> ledger(const address& user) const;

  /// The venue's word: "default", "unifiedAccount", ...
  std::string abstraction(const address& user) const;

  clearinghouse_view clearinghouse(const address& user) const;
  std::vector<spot_balance_view> spot_balances(const address& user) const;
  rate_limit_view rate_limit(const address& user) const;

  /// Leverage of a coin: its value, and whether it is cross.
  std::pair<int, bool> leverage(const address& user, asset_id asset) const;

  /// What could be traded of a perp at its mark by an order of the side.
  trade_room room_to_trade(const address& user, asset_id asset,
                           order_side side) const;

  /// Approved builder fee in tenths of a basis point; 0: not approved.
  std::uint64_t max_builder_fee(const address& user,
                                const address& builder) const;

  const instrument_table& instruments() const;
  price mark(asset_id asset) const;
  price oracle(asset_id asset) const;

  /// Middle of best bid and ask; the mark while one of them is missing.
  price mid(asset_id asset) const;

  /// At most `depth` levels of each side.
  book_view book(asset_id asset, std::size_t depth) const;

  /// At most 100 trades, oldest first.
  std::vector<trade_record> recent_trades(asset_id asset) const;

  /// The candles of a length, by its position in candle_intervals, that two
  /// times or what is between them are in: at most 5000, oldest first.
  std::vector<candle> candles(asset_id asset, std::size_t interval,
                              std::int64_t from_ms,
                              std::int64_t until_ms) const;

  /// What was traded in the 24 hours before the last block.
  day_summary day(asset_id asset) const;

  /// At most 2000 rates at which funding was settled, oldest first.
  std::vector<funding_rate> funding_rates(asset_id asset) const;

  /// What is held of a perp in all, on each side.
  quantity open_interest(asset_id asset) const;

  /// Whether as much is held of a perp as may be.
  bool is_at_open_interest_cap(asset_id asset) const;

  /// The account that owns what add_book_order places.
  static address market_maker();

  /// Ends the process when money, positions or books do not add up.
  void check_invariants() const;

private:
  std::unique_ptr<venue_state> state_;
};

} // namespace hlx::venue
