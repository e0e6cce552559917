// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/commands.hpp"
#include "hlx/messages/events.hpp"
#include "hlx/messages/inspect.hpp"
#include "hlx/messages/instruments.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The example strategy of `hlx run`: it quotes one perpetual on both sides of
/// the mid price, within a limit on its position and a limit on its loss.
namespace hlx::daemon {

struct quoter_settings {
  strategy_id strategy{"quoter"};
  std::string instrument;
  quantity quote_size;
  quantity position_max;         ///< Of either sign; counts open quotes too.
  amount loss_max;               ///< Quote units since the start.
  std::uint32_t spread_bps = 10; ///< Of a quote from the mid, in 0.01 %.
  std::uint32_t requote_bps = 3; ///< A quote that is off by more is moved.

  /// Starts every client order id; must never be used again for the account.
  std::string id_prefix;
};

/// What is known of the quoted instrument's price.
struct market_prices {
  std::optional<price> best_bid;
  std::optional<price> best_ask;
  /// The venue's own mid price, which it has without a book too.
  std::optional<price> venue_mid;

  friend bool operator==(const market_prices&, const market_prices&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 market_prices& x) {
    return inspect_fields(
      f, "hlx::daemon::market_prices", field("best_bid", x.best_bid),
      field("best_ask", x.best_ask), field("venue_mid", x.venue_mid));
  }
};

/// The middle of the book; the venue's mid price when a side is missing.
std::optional<price> mid_of(const market_prices& x);

/// Why quotes of that size would all be refused, naming the option; empty when
/// they would not. Without a mid price the value is not checked.
std::string objection_to_size(const instrument& traded, quantity quote_size,
                              std::optional<price> mid);

/// What may be wrong when the venue does not know the signer of an action;
/// empty for other refusals.
std::string_view hint_about(std::string_view refusal);

/// What the quoter wants done.
using quoter_command =
  std::variant<submit_order, modify_order, cancel_order, cancel_all>;

/// Decides what to quote. A plain value: prices, events and the end come in,
/// commands come out. At most one order a side.
class quoter {
public:
  /// Refusals in a row, not counting post-only ones, that end the quoting.
  static constexpr std::uint32_t refusals_max = 5;

  /// `position` is what the account holds at the start; its value then counts
  /// as neither profit nor loss.
  quoter(quoter_settings settings, amount position);

  /// The prices changed, or time passed: quotes are placed, moved, or taken
  /// away. Without a mid price all are taken away.
  std::vector<quoter_command> on_prices(const market_prices& prices);

  /// An event of one of its orders.
  std::vector<quoter_command> on_event(const order_event& event);

  /// While the user stream is down no quote is placed or moved.
  void on_stream(bool up) { stream_up_ = up; }

  /// Takes all quotes away for good.
  std::vector<quoter_command> stop();

  /// Whether none of its orders can be open.
  [[nodiscard]] bool idle() const;

  /// Why it quotes no more; empty while it does.
  [[nodiscard]] const std::string& halt_reason() const { return halt_reason_; }

  /// Why it quotes nothing at the moment; empty while it does.
  [[nodiscard]] const std::string& pause_reason() const {
    return pause_reason_;
  }

  [[nodiscard]] amount position() const { return position_; }

  /// Cash, fees and the position at the last mid since the start; nothing
  /// before the first mid. In units of 1e-16.
  [[nodiscard]] std::optional<wide_integer> profit() const;

  [[nodiscard]] std::uint64_t fills() const { return fills_; }

private:
  enum class quote_state : std::uint8_t { none, working, canceling };

  struct quote {
    quote_state state = quote_state::none;
    client_order_id id;
    hlx::price price;       ///< As the venue has it.
    bool modifying = false; ///< Until an event answers.
  };

  quote& side_of(order_side side);
  quote* find(const client_order_id& id);
  void halt(std::string reason);
  void check_loss();
  void take_away(quote& x, std::vector<quoter_command>& out);
  void requote(order_side side, std::vector<quoter_command>& out);
  [[nodiscard]] price target(order_side side) const;
  [[nodiscard]] bool has_room(order_side side) const;
  void on_fill(const order_filled& event);
  void on_quote_event(quote& x, const order_event& event);
  void on_refusal(std::string_view reason);

  quoter_settings settings_;
  std::array<quote, 2> quotes_; // by order_side
  amount position_;
  wide_integer cash_ = 0;
  std::optional<price> mid_;
  bool started_ = false;
  bool stream_up_ = true;
  std::uint64_t next_id_ = 1;
  std::uint64_t fills_ = 0;
  std::uint32_t refusals_ = 0;
  std::string halt_reason_;
  std::string pause_reason_;
};

} // namespace hlx::daemon
