// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/reports.hpp"
#include "hlx/messages/wire/status_words.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

/// Reports from the members of JSON objects, one value at a time, so that the
/// hot frames and the answers to queries are read by the same rules. Internal
/// to wire/.
namespace hlx::wire {

/// The members that a report is made of, by the venue's names.
enum class element_field : std::uint8_t {
  none, ///< Any other: ignored.
  coin,
  side,
  limit_px,
  sz,
  oid,
  timestamp,
  orig_sz,
  cloid,
  reduce_only,
  is_trigger,
  order,
  status,
  status_timestamp,
  px,
  time,
  crossed,
  fee,
  fee_token,
  tid,
  start_position,
  closed_pnl,
};

/// The member's name as the venue spells it.
std::string_view to_string(element_field x);

/// Longest text of one member, in bytes.
inline constexpr std::size_t field_text_max = 256;

/// What order and fill have in common: which members were seen, what is wrong
/// with the first bad one, which numbers had to be rounded.
class element_state {
public:
  /// What is wrong with the element; empty when nothing is.
  std::string_view problem() const { return problem_; }
  element_field bad_field() const { return bad_field_; }

  /// The numbers that were rounded, as a set of bits.
  std::uint32_t rounded() const { return rounded_; }

  static constexpr std::uint32_t bit(element_field x) {
    return 1U << static_cast<unsigned>(x);
  }

  void fail(element_field field, std::string_view problem) {
    if (!problem_.empty())
      return;
    bad_field_ = field;
    problem_ = problem;
  }

  void wrong_type(element_field field) {
    if (field != element_field::none)
      fail(field, "has the wrong type");
  }

protected:
  static element_field match(std::string_view key, std::string_view name,
                             element_field field,
                             element_field otherwise = element_field::none) {
    return key == name ? field : otherwise;
  }

  void restart() {
    seen_ = 0;
    rounded_ = 0;
    problem_ = {};
  }

  void mark(element_field field) { seen_ |= bit(field); }

  bool complete(std::uint32_t required) {
    if (const auto missing = required & ~seen_; missing != 0)
      fail(first_of(missing), "is missing");
    return problem_.empty();
  }

  void read_text(element_field field, std::string_view text, std::string& out) {
    if (text.empty())
      return fail(field, "is empty");
    if (text.size() > field_text_max)
      return fail(field, "is too long");
    out.assign(text);
    mark(field);
  }

  void read_side(std::string_view text, order_side& out) {
    if (text != "B" && text != "A")
      return fail(element_field::side, "is neither B nor A");
    out = text == "B" ? order_side::buy : order_side::sell;
    mark(element_field::side);
  }

  void read_cloid(std::string_view text, std::optional<hlx::cloid>& out) {
    out = parse_bytes<hlx::cloid>(text);
    if (!out)
      fail(element_field::cloid, "is not 0x and 32 hex digits");
  }

  /// Reads a number that may not be negative.
  template <class Decimal>
  void read_unsigned(element_field field, std::string_view text,
                     venue_number<Decimal>& out) {
    read_decimal(field, text, decimal_rounding::nearest, out);
    if (out.value.raw < 0)
      fail(field, "is negative");
  }

  template <class Decimal>
  void read_decimal(element_field field, std::string_view text,
                    decimal_rounding rounding, venue_number<Decimal>& out) {
    const auto error = read_rounded(field, text, rounding, out);
    if (error != decimal_error::none)
      fail(field, error == decimal_error::malformed ? "is not a plain decimal"
                                                    : "is out of range");
  }

  /// Reads a number that is only told, never counted with: one that does not
  /// fit becomes the nearest that does.
  void read_informative(element_field field, std::string_view text,
                        venue_number<amount>& out) {
    const auto error =
      read_rounded(field, text, decimal_rounding::nearest, out);
    if (error == decimal_error::malformed)
      return fail(field, "is not a plain decimal");
    if (error == decimal_error::none)
      return;
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    out.value.raw = text.front() == '-' ? -most : most;
    out.text.assign(text);
    rounded_ |= bit(field);
    mark(field);
  }

  void read_time(element_field field, std::uint64_t number, std::int64_t& out) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    if (number > static_cast<std::uint64_t>(most))
      return fail(field, "is out of range");
    out = static_cast<std::int64_t>(number);
    mark(field);
  }

  void read_oid(std::uint64_t number, venue_order_id& out) {
    if (number == 0)
      return fail(element_field::oid, "is 0");
    out.value = number;
    mark(element_field::oid);
  }

private:
  static element_field first_of(std::uint32_t bits);

  template <class Decimal>
  decimal_error read_rounded(element_field field, std::string_view text,
                             decimal_rounding rounding,
                             venue_number<Decimal>& out) {
    if (text.size() > field_text_max)
      return decimal_error::out_of_range;
    bool exact = true;
    const auto error =
      parse_decimal_rounded(text, rounding, out.value.raw, exact);
    if (error != decimal_error::none)
      return error;
    if (!exact) {
      out.text.assign(text);
      rounded_ |= bit(field);
    }
    mark(field);
    return error;
  }

  std::uint32_t seen_ = 0;
  std::uint32_t rounded_ = 0;
  element_field bad_field_ = element_field::none;
  std::string_view problem_;
};

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
      default:
        wrong_type(field);
    }
  }

  void integer(element_field field, std::uint64_t x) {
    switch (field) {
      case element_field::none:
        return;
      case element_field::oid:
        return read_oid(x, out_->oid);
      case element_field::timestamp:
        return read_time(field, x, out_->placed_ms);
      case element_field::status_timestamp:
        return read_time(field, x, out_->status_ms);
      default:
        wrong_type(field);
    }
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
    constexpr auto optional = bit(element_field::cloid)
                              | bit(element_field::reduce_only)
                              | bit(element_field::is_trigger);
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
      default:
        wrong_type(field);
    }
  }

  void integer(element_field field, std::uint64_t x) {
    switch (field) {
      case element_field::none:
        return;
      case element_field::oid:
        return read_oid(x, out_->oid);
      case element_field::tid:
        out_->trade_id.value = x;
        return mark(field);
      case element_field::time:
        return read_time(field, x, out_->time_ms);
      default:
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
