// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/wire/element_state.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Reports from the members of JSON objects, one value at a time, so that the
/// hot frames and the answers to queries are read by the same rules. Internal
/// to wire/.
namespace hlx::wire {

/// Builds an order_status_report. Which members there are depends on the form:
/// `wrapped` has the order inside, with status and time beside it; `plain` is
/// the order alone and open.
class order_builder : public element_state {
public:
  enum class form : std::uint8_t { wrapped, plain };

  /// Which member of the object around the order it is.
  static element_field outer_field(std::string_view key) {
    if (key == "order")
      return element_field::order;
    if (key == "status")
      return element_field::status;
    if (key == "statusTimestamp")
      return element_field::status_timestamp;
    return element_field::none;
  }

  /// Which member of the order it is.
  static element_field inner_field(std::string_view key) {
    using enum element_field;
    switch (key.size()) {
      case 2:
        return match(key, "sz", sz);
      case 3:
        return match(key, "oid", oid);
      case 4:
        return match(key, "coin", coin, match(key, "side", side));
      case 5:
        return match(key, "cloid", element_field::cloid);
      case 6:
        return match(key, "origSz", orig_sz);
      case 7:
        return match(key, "limitPx", limit_px);
      case 9:
        return match(key, "timestamp", timestamp,
                     match(key, "isTrigger", is_trigger));
      case 10:
        return match(key, "reduceOnly", reduce_only);
      case 16:
        return match(key, "triggerCondition", trigger_condition);
      default:
        return none;
    }
  }

  /// Begins an element that is built in `out`, which must be new.
  void begin(order_status_report& out) {
    restart();
    out_ = &out;
  }

  void text(element_field field, std::string_view x) {
    switch (field) {
      case element_field::none:
        return;
      case element_field::coin:
        return read_text(field, x, out_->instrument);
      case element_field::side:
        return read_side(x, out_->side);
      case element_field::limit_px:
        return read_unsigned(field, x, out_->limit_price);
      case element_field::sz:
        return read_unsigned(field, x, out_->remaining_quantity);
      case element_field::orig_sz:
        return read_unsigned(field, x, out_->original_quantity);
      case element_field::cloid:
        return read_cloid(x, out_->cloid);
      case element_field::status:
        read_text(field, x, out_->status_word);
        out_->status = classify_status(x);
        return;
      case element_field::trigger_condition:
        out_->trigger_fired = x == "Triggered";
        return;
      case element_field::oid:
      case element_field::timestamp:
      case element_field::reduce_only:
      case element_field::is_trigger:
      case element_field::order:
      case element_field::status_timestamp:
      case element_field::px:
      case element_field::time:
      case element_field::crossed:
      case element_field::fee:
      case element_field::fee_token:
      case element_field::tid:
      case element_field::start_position:
      case element_field::closed_pnl:
        return wrong_type(field);
    }
  }

  void integer(element_field field, std::uint64_t x) {
    if (field == element_field::oid)
      read_oid(x, out_->oid);
    else if (field == element_field::timestamp)
      read_time(field, x, out_->placed_ms);
    else if (field == element_field::status_timestamp)
      read_time(field, x, out_->status_ms);
    else
      wrong_type(field);
  }

  void boolean(element_field field, bool x) {
    if (field == element_field::reduce_only)
      out_->reduce_only = x;
    else if (field == element_field::is_trigger)
      out_->is_trigger = x;
    else
      wrong_type(field);
  }

  void null(element_field field) {
    constexpr auto optional =
      bit(element_field::cloid) | bit(element_field::reduce_only)
      | bit(element_field::is_trigger) | bit(element_field::trigger_condition);
    if ((bit(field) & optional) == 0)
      wrong_type(field);
  }

  /// Ends the element; false when it is broken.
  bool finish(form x) {
    constexpr auto inner = bit(element_field::coin) | bit(element_field::side)
                           | bit(element_field::limit_px)
                           | bit(element_field::sz) | bit(element_field::oid)
                           | bit(element_field::timestamp)
                           | bit(element_field::orig_sz);
    constexpr auto outer =
      bit(element_field::status) | bit(element_field::status_timestamp);
    return complete(x == form::wrapped ? inner | outer : inner);
  }

private:
  order_status_report* out_ = nullptr;
};

/// Builds a fill_report.
class fill_builder : public element_state {
public:
  static element_field field(std::string_view key) {
    using enum element_field;
    switch (key.size()) {
      case 2:
        return match(key, "px", px, match(key, "sz", sz));
      case 3:
        return match(key, "oid", oid,
                     match(key, "fee", fee, match(key, "tid", tid)));
      case 4:
        return match(key, "coin", coin,
                     match(key, "side", side, match(key, "time", time)));
      case 5:
        return match(key, "cloid", element_field::cloid);
      case 7:
        return match(key, "crossed", crossed);
      case 8:
        return match(key, "feeToken", fee_token);
      case 9:
        return match(key, "closedPnl", closed_pnl);
      case 13:
        return match(key, "startPosition", start_position);
      default:
        return none;
    }
  }

  /// Begins an element that is built in `out`, which must be new.
  void begin(fill_report& out) {
    restart();
    out_ = &out;
  }

  void text(element_field field, std::string_view x) {
    switch (field) {
      case element_field::none:
        return;
      case element_field::coin:
        return read_text(field, x, out_->instrument);
      case element_field::side:
        return read_side(x, out_->side);
      case element_field::px:
        return read_unsigned(field, x, out_->last_price);
      case element_field::sz:
        return read_unsigned(field, x, out_->last_quantity);
      case element_field::fee:
        return read_decimal(field, x, decimal_rounding::up, out_->commission);
      case element_field::start_position:
        return read_informative(field, x, out_->start_position);
      case element_field::closed_pnl:
        return read_informative(field, x, out_->closed_pnl);
      case element_field::fee_token:
        return read_text(field, x, out_->commission_currency);
      case element_field::cloid:
        return read_cloid(x, out_->cloid);
      case element_field::limit_px:
      case element_field::oid:
      case element_field::timestamp:
      case element_field::orig_sz:
      case element_field::reduce_only:
      case element_field::is_trigger:
      case element_field::trigger_condition:
      case element_field::order:
      case element_field::status:
      case element_field::status_timestamp:
      case element_field::time:
      case element_field::crossed:
      case element_field::tid:
        return wrong_type(field);
    }
  }

  void integer(element_field field, std::uint64_t x) {
    if (field == element_field::oid) {
      read_oid(x, out_->oid);
    } else if (field == element_field::tid) {
      out_->trade_id.value = x;
      mark(field);
    } else if (field == element_field::time) {
      read_time(field, x, out_->time_ms);
    } else {
      wrong_type(field);
    }
  }

  void boolean(element_field field, bool x) {
    if (field != element_field::crossed)
      return wrong_type(field);
    out_->liquidity = x ? liquidity_side::taker : liquidity_side::maker;
    mark(field);
  }

  void null(element_field field) {
    constexpr auto optional =
      bit(element_field::cloid) | bit(element_field::fee_token)
      | bit(element_field::start_position) | bit(element_field::closed_pnl);
    if ((bit(field) & optional) == 0)
      wrong_type(field);
  }

  /// Ends the element; false when it is broken.
  bool finish() {
    return complete(bit(element_field::coin) | bit(element_field::side)
                    | bit(element_field::px) | bit(element_field::sz)
                    | bit(element_field::oid) | bit(element_field::time)
                    | bit(element_field::crossed) | bit(element_field::fee)
                    | bit(element_field::tid));
  }

private:
  fill_report* out_ = nullptr;
};

/// Where an element stands, for its warnings: "orderUpdates element 2".
struct element_place {
  std::string_view list;
  std::size_t index = 0;
};

/// Appends the warning that says what is wrong with a broken element.
void append_problem(std::vector<std::string>& warnings, element_place place,
                    const element_state& state, std::string_view text);

/// Appends a warning about an element whose value is not even an object.
void append_not_an_object(std::vector<std::string>& warnings,
                          element_place place, std::string_view text);

/// Whether an element that was read needs a warning all the same: numbers that
/// were rounded, a status word that the catalogue lacks, a fee in no currency.
/// Fast for the common case.
inline bool is_odd(const element_state& state, const order_status_report& x) {
  const bool common = x.status == venue_order_status::open
                      || x.status == venue_order_status::filled
                      || x.status == venue_order_status::canceled;
  return state.rounded() != 0 || (!common && !is_known_status(x.status_word));
}

inline bool is_odd(const element_state& state, const fill_report& x) {
  return state.rounded() != 0 || x.commission_currency.empty();
}

/// Appends what is odd about such an element.
void append_oddities(std::vector<std::string>& warnings, element_place place,
                     const element_state& state, const order_status_report& x,
                     std::string_view text);
void append_oddities(std::vector<std::string>& warnings, element_place place,
                     const element_state& state, const fill_report& x,
                     std::string_view text);

} // namespace hlx::wire
