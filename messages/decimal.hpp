// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/inspect.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hlx {

/// Units in one: every decimal is an integer count of 1e-8.
inline constexpr std::int64_t decimal_scale = 100'000'000;

/// A decimal number as an integer count of 1e-8. Distinct tags are distinct
/// types: a price cannot be assigned to a quantity. Range +-92,233,720,368.5.
template <class Tag>
struct fixed_decimal {
  /// The number times 1e8.
  std::int64_t raw = 0;

  // clang-tidy 14 takes the rewritten comparison with 0 for a null pointer.
  // NOLINTNEXTLINE(modernize-use-nullptr)
  friend constexpr auto operator<=>(fixed_decimal, fixed_decimal) = default;

  // What a venue may say fits, but sums of it may not: they wrap around
  // rather than being undefined.
  friend constexpr fixed_decimal operator+(fixed_decimal a, fixed_decimal b) {
    return {static_cast<std::int64_t>(static_cast<std::uint64_t>(a.raw)
                                      + static_cast<std::uint64_t>(b.raw))};
  }

  friend constexpr fixed_decimal operator-(fixed_decimal a, fixed_decimal b) {
    return {static_cast<std::int64_t>(static_cast<std::uint64_t>(a.raw)
                                      - static_cast<std::uint64_t>(b.raw))};
  }

  constexpr fixed_decimal operator-() const { return {-raw}; }

  constexpr fixed_decimal& operator+=(fixed_decimal other) {
    return *this = *this + other;
  }

  constexpr fixed_decimal& operator-=(fixed_decimal other) {
    return *this = *this - other;
  }

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 fixed_decimal& x) {
    return f(x.raw);
  }
};

/// Quote units for one base unit.
using price = fixed_decimal<struct price_tag>;

/// Base units. Unsigned by convention: the side tells the direction.
using quantity = fixed_decimal<struct quantity_tag>;

/// A signed sum of money or a signed position.
using amount = fixed_decimal<struct amount_tag>;

/// Why a text is not a decimal.
enum class decimal_error : std::uint8_t {
  none,
  malformed,       ///< Not digits with at most one point and a leading minus.
  too_many_digits, ///< A ninth fraction digit that is not zero.
  out_of_range,    ///< Beyond 64 bits of 1e-8.
};

std::string_view to_string(decimal_error error);

/// Reads `text` as a plain decimal: optional '-', digits, optionally a point
/// and digits. No exponent, no '+', no blanks, a digit on each side of the
/// point. On failure `raw` is untouched.
decimal_error parse_decimal(std::string_view text, std::int64_t& raw) noexcept;

/// Reads a decimal, or nothing when the text is not exactly one.
template <class Decimal>
std::optional<Decimal> parse(std::string_view text) noexcept {
  Decimal result;
  if (parse_decimal(text, result.raw) != decimal_error::none)
    return std::nullopt;
  return result;
}

/// Where digits beyond the eighth go.
enum class decimal_rounding : std::uint8_t { nearest, up };

/// Reads a decimal that may carry more digits than fit; sets `exact` to tell
/// whether rounding changed it. Only `malformed` and `out_of_range` fail.
decimal_error parse_decimal_rounded(std::string_view text,
                                    decimal_rounding rounding,
                                    std::int64_t& raw, bool& exact) noexcept;

/// Longest text that format_decimal writes.
inline constexpr std::size_t decimal_text_max = 21;

/// Writes the number without trailing zeros ("0.01", "-3", "0"); returns the
/// end. `out` has room for decimal_text_max characters.
char* format_decimal(std::int64_t raw, char* out) noexcept;

std::string decimal_text(std::int64_t raw);

template <class Tag>
std::string to_string(fixed_decimal<Tag> x) {
  return decimal_text(x.raw);
}

// Products of two decimals are exact counts of 1e-16.
__extension__ using wide_integer = __int128;

/// price * quantity, exact, in units of 1e-16.
constexpr wide_integer notional(price p, quantity q) {
  return static_cast<wide_integer>(p.raw) * q.raw;
}

/// A number as the venue wrote it: the nearest decimal and, only when that is
/// not exact, the venue's own text.
template <class Decimal>
struct venue_number {
  Decimal value;
  std::string text; ///< Empty when `value` is exact.

  venue_number() = default;
  venue_number(Decimal exact_value) : value(exact_value) {}

  friend bool operator==(const venue_number&, const venue_number&) = default;

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f,
                                                 venue_number& x) {
    return f(x.value, x.text);
  }
};

template <class Decimal>
std::string to_string(const venue_number<Decimal>& x) {
  return x.text.empty() ? decimal_text(x.value.raw) : x.text;
}

} // namespace hlx
