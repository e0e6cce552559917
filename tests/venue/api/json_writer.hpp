// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace hlx::venue {

/// A count of 1e-8 as the venue writes it: at least one fraction digit
/// ("83000.0", "0.01").
std::string venue_decimal(std::int64_t raw);

/// Writes compact JSON, keys in the order of the calls. The caller balances
/// open and close; commas are the writer's business.
class json_writer {
public:
  json_writer& open_object() { return open('{'); }
  json_writer& close_object() { return close('}'); }
  json_writer& open_array() { return open('['); }
  json_writer& close_array() { return close(']'); }
  json_writer& key(std::string_view name);

  json_writer& value(std::string_view text);
  json_writer& value(const char* text) { return value(std::string_view{text}); }
  json_writer& value(bool x) { return raw(x ? "true" : "false"); }
  json_writer& value(std::signed_integral auto x) {
    return raw(std::to_string(x));
  }
  json_writer& value(std::unsigned_integral auto x) {
    return raw(std::to_string(x));
  }

  /// A fixed_decimal, in the venue's form.
  template <class Decimal>
  requires requires(Decimal x) { x.raw; }
  json_writer& value(Decimal x) {
    return value(std::string_view{venue_decimal(x.raw)});
  }

  json_writer& null() { return raw("null"); }

  /// Ready JSON, as it is.
  json_writer& raw(std::string_view json);

  template <class T>
  json_writer& member(std::string_view name, const T& x) {
    return key(name).value(x);
  }

  json_writer& null_member(std::string_view name) { return key(name).null(); }

  /// The text so far; the writer is empty afterwards.
  std::string take();

private:
  json_writer& open(char bracket);
  json_writer& close(char bracket);
  void separate();

  std::string text_;
  bool comma_ = false; // The next element needs one.
};

} // namespace hlx::venue
