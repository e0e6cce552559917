// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/wire/json.hpp"
#include "tests/venue/venue.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hlx::venue {

/// Thrown by the readers below: the query has the wrong shape (422).
struct wrong_shape {};

/// Thrown for arguments that the venue cannot make sense of (500).
struct bad_argument {};

/// One query being answered, and typed access to its fields.
struct info_query_context {
  const venue& books;
  const wire::json& query;
  std::int64_t now_ms = 0;

  // Required fields throw wrong_shape when absent or of another type;
  // optional ones only when of another type. null equals absent.
  address user(std::string_view name = "user") const;
  std::string text(std::string_view name) const;
  std::string dex() const; ///< "" when absent.
  std::optional<std::int64_t> time(std::string_view name) const;
  std::optional<int> small(std::string_view name) const;
  bool flag(std::string_view name) const;

  /// The instrument under "coin", or nullptr when the venue has none such.
  const instrument* coin() const;

  /// The field, or nullptr when it is absent or null.
  const wire::json* field(std::string_view name) const;
};

/// Rows of most answers that weigh one more.
inline constexpr std::int64_t rows_each = 20;

using info_handler = std::string (*)(const info_query_context&);

/// One type of query.
struct info_type {
  std::string_view name;
  int weight = 20;
  std::string_view positional; ///< Names of the fields, by comma.
  info_handler answer = nullptr;
  std::int64_t rows_per_weight = 0; ///< One more for so many rows; 0: none.
};

/// The type with that name, or nullptr. One function for each family.
const info_type* find_account_query(std::string_view name);
const info_type* find_market_query(std::string_view name);
const info_type* find_order_query(std::string_view name);

} // namespace hlx::venue
