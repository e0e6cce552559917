// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/decimal.hpp"

#include <charconv>
#include <limits>

namespace hlx {

namespace {

constexpr std::uint64_t raw_max =
  static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

constexpr int fraction_digits = 8;

/// The digits of a decimal, cut at the eighth fraction digit.
struct scanned_decimal {
  bool negative = false;
  std::uint64_t magnitude = 0;  ///< Times 1e8.
  int first_dropped_digit = 0;  ///< The ninth fraction digit.
  bool dropped_nonzero = false; ///< Whether any digit past the eighth counts.
};

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Appends a digit; false when the magnitude leaves 64 bits of 1e-8.
bool push_digit(std::uint64_t& magnitude, char c) {
  const auto digit = static_cast<std::uint64_t>(c - '0');
  if (magnitude > (raw_max - digit) / 10)
    return false;
  magnitude = magnitude * 10 + digit;
  return true;
}

/// Moves p behind the digits after the point. False when the value leaves the
/// range.
bool scan_fraction(const char*& p, const char* end, scanned_decimal& out) {
  bool fits = true;
  int digits = 0;
  for (; p != end && is_digit(*p); ++p, ++digits) {
    if (digits < fraction_digits) {
      fits = fits && push_digit(out.magnitude, *p);
    } else {
      if (digits == fraction_digits)
        out.first_dropped_digit = *p - '0';
      out.dropped_nonzero = out.dropped_nonzero || *p != '0';
    }
  }
  for (; digits < fraction_digits; ++digits)
    fits = fits && push_digit(out.magnitude, '0');
  return fits;
}

decimal_error scan(std::string_view text, scanned_decimal& out) {
  const char* p = text.data();
  const char* const end = p + text.size();
  if (p != end && *p == '-') {
    out.negative = true;
    ++p;
  }
  if (p == end || !is_digit(*p))
    return decimal_error::malformed;
  bool fits = true;
  for (; p != end && is_digit(*p); ++p)
    fits = fits && push_digit(out.magnitude, *p);
  if (p != end && *p == '.') {
    ++p;
    if (p == end || !is_digit(*p))
      return decimal_error::malformed;
  }
  fits = scan_fraction(p, end, out) && fits;
  if (p != end)
    return decimal_error::malformed;
  return fits ? decimal_error::none : decimal_error::out_of_range;
}

std::int64_t signed_value(bool negative, std::uint64_t magnitude) {
  const auto value = static_cast<std::int64_t>(magnitude);
  return negative ? -value : value;
}

} // namespace

std::string_view to_string(decimal_error error) {
  switch (error) {
    case decimal_error::none:
      return "no error";
    case decimal_error::malformed:
      return "not a plain decimal";
    case decimal_error::too_many_digits:
      return "more than 8 fraction digits";
    case decimal_error::out_of_range:
      return "out of range";
  }
  return "unknown";
}

decimal_error parse_decimal(std::string_view text, std::int64_t& raw) noexcept {
  scanned_decimal scanned;
  if (auto error = scan(text, scanned); error != decimal_error::none)
    return error;
  if (scanned.dropped_nonzero)
    return decimal_error::too_many_digits;
  raw = signed_value(scanned.negative, scanned.magnitude);
  return decimal_error::none;
}

decimal_error parse_decimal_rounded(std::string_view text,
                                    decimal_rounding rounding,
                                    std::int64_t& raw, bool& exact) noexcept {
  scanned_decimal scanned;
  if (auto error = scan(text, scanned); error != decimal_error::none)
    return error;
  exact = !scanned.dropped_nonzero;
  bool away_from_zero = false;
  if (scanned.dropped_nonzero) {
    if (rounding == decimal_rounding::nearest)
      away_from_zero = scanned.first_dropped_digit >= 5;
    else
      away_from_zero = !scanned.negative;
  }
  if (away_from_zero) {
    if (scanned.magnitude == raw_max)
      return decimal_error::out_of_range;
    ++scanned.magnitude;
  }
  raw = signed_value(scanned.negative, scanned.magnitude);
  return decimal_error::none;
}

char* format_decimal(std::int64_t raw, char* out) noexcept {
  auto magnitude = static_cast<std::uint64_t>(raw);
  if (raw < 0) {
    *out++ = '-';
    magnitude = 0 - magnitude;
  }
  constexpr auto scale = static_cast<std::uint64_t>(decimal_scale);
  out = std::to_chars(out, out + decimal_text_max, magnitude / scale).ptr;
  auto fraction = magnitude % scale;
  if (fraction == 0)
    return out;
  *out++ = '.';
  for (auto unit = scale / 10; fraction != 0; unit /= 10) {
    *out++ = static_cast<char>('0' + fraction / unit);
    fraction %= unit;
  }
  return out;
}

std::string decimal_text(std::int64_t raw) {
  char buffer[decimal_text_max];
  return {buffer, format_decimal(raw, buffer)};
}

} // namespace hlx
