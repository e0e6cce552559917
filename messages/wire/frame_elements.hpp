// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/wire/report_builder.hpp"

#include <string_view>

namespace hlx::wire {

/// The orders or fills of a frame, one at a time, with a warning for each that
/// is broken or odd. `Stream` tells the position in the frame: after the
/// bracket when an object or array begins or ends, before a string or number,
/// after a literal. Internal to wire/.
template <class Stream>
class frame_elements {
public:
  frame_elements(Stream& stream, std::string_view frame,
                 user_stream_update& out)
    : stream_(stream), frame_(frame), out_(out) {}

  order_builder& order() { return order_; }
  fill_builder& fill() { return fill_; }

  /// Begins a list of that name.
  void begin_list(std::string_view name) { place_ = {name}; }

  /// An element begins: its bracket was read.
  void begin() { begin_ = stream_.Tell() - 1; }

  void begin_order() {
    begin();
    order_.begin(out_.orders.emplace_back());
  }

  void begin_fill() {
    begin();
    fill_.begin(out_.fills.emplace_back());
  }

  void end_order() {
    end(out_.orders, order_, order_.finish(order_builder::form::wrapped));
  }

  void end_fill() { end(out_.fills, fill_, fill_.finish()); }

  /// An element that was an array ends.
  void end_array() {
    append_not_an_object(out_.warnings, place_, text());
    ++place_.index;
  }

  /// An element is a scalar: the literal, or what stands here.
  void scalar(std::string_view literal) {
    append_not_an_object(out_.warnings, place_,
                         literal.empty() ? scalar_text() : literal);
    ++place_.index;
  }

  /// What began last and ends here, as it came.
  std::string_view text() const {
    return frame_.substr(begin_, stream_.Tell() - begin_);
  }

private:
  template <class Report>
  void end(std::vector<Report>& reports, const element_state& state,
           bool readable) {
    if (!readable) {
      append_problem(out_.warnings, place_, state, text());
      reports.pop_back();
    } else if (is_odd(state, reports.back())) {
      append_oddities(out_.warnings, place_, state, reports.back(), text());
    }
    ++place_.index;
  }

  std::string_view scalar_text() const {
    const auto rest = frame_.substr(stream_.Tell());
    if (!rest.starts_with('"'))
      return rest.substr(0, rest.find_first_of(",] \t\r\n"));
    std::size_t end = 1;
    while (end < rest.size() && rest[end] != '"')
      end += rest[end] == '\\' ? 2U : 1U;
    return rest.substr(0, end + 1);
  }

  Stream& stream_;
  std::string_view frame_;
  user_stream_update& out_;
  order_builder order_;
  fill_builder fill_;
  element_place place_;
  std::size_t begin_ = 0;
};

} // namespace hlx::wire
