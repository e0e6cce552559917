// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/dispatch_state.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hlx::bench {

/// Everything that happens to one order, made beforehand, so that what is
/// measured is what the dispatch state does with it.
struct scripted_order {
  submit_order submit;
  hlx::cloid cloid;
  request_outcome placed;         ///< The submit's reply; the number is open.
  order_status_report open;       ///< Of the first leg.
  std::vector<fill_report> fills; ///< Three; together the whole quantity.
  modify_order modify;            ///< To another price.
  request_outcome modified;       ///< The modify\'s reply; the number is open.
  order_status_report old_canceled; ///< What the modify does to that leg.
  order_status_report replacement;  ///< The leg that comes instead.
  order_status_report canceled;     ///< The end of the replacement.
};

/// The order with this number; its id is never given twice. The venue's times
/// are `at_ms`, Unix ms.
scripted_order make_order(std::uint64_t number, std::int64_t at_ms);

/// A strategy's desk: a dispatch state that is reconciled, and a venue that
/// agrees with everything.
class desk {
public:
  desk();

  /// Time passes with every order; due timers have run.
  std::int64_t now_ms() const { return now_ms_; }

  /// The next orders, with ids of 20 characters that are never used again.
  std::vector<scripted_order> script(std::size_t count);

  /// Submits the order, whose cloid is derived already: that counts as
  /// signing. Nothing has answered it yet.
  void submit(scripted_order& order);

  /// A reply: `placed` or `modified` of an order.
  void reply(const request_outcome& x);

  /// Submits it, reports it open and replies.
  void open(scripted_order& order);

  /// Asks for the modify; nothing has answered it yet.
  void modify(scripted_order& order);

  /// Fills it to its end.
  void fill(const scripted_order& order);

  // What the user stream says.
  void report(const user_stream_update& x);
  void report(const order_status_report& x);
  void report(const fill_report& x);

  /// Events, requests and the like that have left so far.
  std::size_t effects_left() const { return effects_left_; }

  /// Opens so many orders that nothing more happens to.
  void fill_book(std::size_t count);

  /// Throws std::logic_error unless exactly so many orders are open: what was
  /// measured was the work that was meant.
  void expect_open(std::size_t count) const;

private:
  void advance();
  void note_request(request_outcome& answer);
  void forget_effects();

  std::int64_t now_ms_;
  std::uint64_t next_order_ = 1;
  dispatch_state state_;
  effects out_;
  std::size_t effects_left_ = 0;
};

/// The venue's text for a status change.
std::string frame_text(const order_status_report& x);

/// The venue's text for a trade.
std::string frame_text(const fill_report& x);

} // namespace hlx::bench
