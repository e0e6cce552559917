// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/reports.hpp"
#include "hlx/messages/requests.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace hlx {

/// What the venue does with the strategy's own modify.
enum class modify_fate : std::uint8_t {
  applied,
  invalid,         ///< The old leg is untouched.
  over_budget,     ///< The action as a whole is refused.
  gone,            ///< The replacement is refused; the text says so.
  gone_unsaid,     ///< The same with a text that does not.
  applied_unheard, ///< Applied; the reply is lost.
  refused_unheard, ///< The replacement is refused; the reply is lost.
  never_arrived,   ///< Not applied; no reply.
};

/// What the venue does with the submit.
enum class submit_fate : std::uint8_t {
  placed,
  refused,        ///< By the engine: a record, a status word.
  static_refused, ///< Before it: neither.
  placed_unheard, ///< Placed; the reply is lost.
  never_arrived,
};

/// The truth about one order at the venue, and what it says about it: by the
/// replies, the order updates, the fills and the answers to queries. Each is
/// a queue of its own; nothing says which arrives first.
class one_order_venue {
public:
  using message = std::variant<request_outcome, order_status_report,
                               fill_report, info_answer>;

  enum channel : std::size_t { replies, updates, fills, answers };
  static constexpr std::size_t channel_count = 4;

  submit_fate submit = submit_fate::placed;
  modify_fate modify = modify_fate::applied;
  /// What of the submit matches at once.
  quantity matched_at_once;
  bool old_leg_ends_first = true;
  /// Whether a filled status of an immediate order shows what was dropped.
  bool filled_shows_rest = false;
  /// How long orderStatus by cloid does not know a new venue order.
  std::int64_t index_lag_ms = 0;

  std::array<std::deque<message>, channel_count> out;

  /// Passes time; the venue's clock is ours.
  void set_time(std::int64_t now_ms);

  void handle(const exchange_request& request);
  void handle(const info_query& query);

  /// A trade of the live leg; nothing when there is none or too little left.
  void trade(quantity size);

  /// The trigger of the live leg fires. A market order takes this much and
  /// drops the rest; it is refused when there is nothing.
  void fire(quantity market_size);

  /// The venue itself cancels the live leg.
  void cancel_by_venue(const char* word);

  bool is_live() const { return live() != nullptr; }
  quantity left() const;
  quantity filled() const;
  std::size_t trades() const { return all_fills_.size(); }

private:
  struct leg {
    venue_order_id oid;
    price limit;
    quantity size;
    quantity filled;
    std::int64_t placed_ms = 0;
    std::int64_t status_ms = 0;
    std::string word;
    quantity shown_left; ///< `sz` of the last status.
  };

  const leg* live() const;
  leg* live();
  std::int64_t tick();
  order_status_report report_of(const leg& x) const;
  void say(leg& x, const char* word);
  leg& place(const wire_order& order, const char* word);
  void answer(request_id request, element_outcome element);
  void refuse_whole(request_id request, const char* text);
  void lose(request_id request);
  void on_submit(request_id request, const wire_order& order);
  void on_modify(request_id request, const wire_modify& entry);
  void replace(request_id request, leg& old, const wire_order& order,
               modify_fate fate);
  void on_cancel(request_id request, std::optional<venue_order_id> oid);

  hlx::cloid cloid_;
  bool immediate_ = false;
  bool market_trigger_ = false;
  bool modified_ = false;
  std::int64_t now_ms_ = 0;
  std::uint64_t next_oid_ = 100;
  std::uint64_t next_trade_ = 1;
  std::deque<leg> legs_;
  std::vector<fill_report> all_fills_;
};

} // namespace hlx
