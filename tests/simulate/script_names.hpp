// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/ids.hpp"
#include "hlx/messages/wire/json.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace hlx::simulate {

/// Names that a script uses for what it does not know in advance:
/// `$cloid(ID)` and `$account`.
class script_names {
public:
  explicit script_names(const address& account);

  /// The text with each name replaced. Throws bad_field when `$cloid(` is not
  /// closed.
  std::string expand(std::string_view text) const;

  /// The value as JSON text, with the names in every string replaced.
  std::string expand(const wire::json& value) const;

  /// The key as an order status table has it: an oid without leading zeros,
  /// a cloid in lower case; nothing when it is neither.
  static std::optional<std::string> order_status_key(std::string_view text);

private:
  std::string account_;
};

} // namespace hlx::simulate
