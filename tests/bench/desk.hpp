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
  request_outcome placed;           ///< The submit's reply; the number is open.
  order_status_report open;         ///< Of the first leg.
  std::vector<fill_report> fills;   ///< Three; together the whole quantity.
  modify_order modify;              ///< To another price.
  order_status_report old_canceled; ///< What the modify does to that leg.
  order_status_report replacement;  ///< The leg that comes instead.
  order_status_report canceled;     ///< The end of the replacement.
};

/// A strategy's desk: a dispatch state that is reconciled, and a venue that
/// agrees with everything.
class desk {
public:
  desk();

  /// Time passes with every order; due timers have run.
  std::int64_t now_ms() const { return now_ms_; }

  dispatch_state& state() { return state_; }

  effects& out() { return out_; }

  /// The next orders, with ids of 20 characters that are never used again.
  std::vector<scripted_order> script(std::size_t count);

  /// Submits the order; the venue's reply says that it rests.
  void place(scripted_order& order);

  /// Also reports it open.
  void open(scripted_order& order);

  /// Asks for the modify; nothing has answered it yet.
  void modify(const scripted_order& order);

  /// Fills it to its end.
  void fill(const scripted_order& order);

  /// Reports a status, and forgets what it caused.
  void report(const order_status_report& x);

  /// Reports a trade, and forgets what it caused.
  void report(const fill_report& x);

  /// Opens so many orders that nothing more happens to.
  void fill_book(std::size_t count);

  /// Throws std::logic_error unless exactly so many orders are open: what was
  /// measured was the work that was meant.
  void expect_open(std::size_t count) const;

private:
  void advance();

  std::int64_t now_ms_;
  std::uint64_t next_order_ = 1;
  dispatch_state state_;
  effects out_;
};

/// The venue's text for a status change.
std::string frame_text(const order_status_report& x);

/// The venue's text for a trade.
std::string frame_text(const fill_report& x);

} // namespace hlx::bench
