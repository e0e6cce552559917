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

/// What is known of an element of a frame or an answer while its members are
/// read. Internal to wire/.
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
  trigger_condition,
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

} // namespace hlx::wire
