// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/decimal.hpp"
#include "hlx/messages/ids.hpp"
#include "hlx/messages/orders.hpp"

#include <map>
#include <optional>
#include <vector>

namespace hlx::venue {

/// The resting orders of one instrument in price-time priority. Knows ids
/// only; sizes stand in the order table.
class order_book {
public:
  /// Best first, then oldest first.
  using levels = std::map<std::int64_t, std::vector<venue_order_id>>;

  /// Appends to the end of its level.
  void add(order_side side, price limit, venue_order_id oid);

  /// Precondition: the order rests there.
  void remove(order_side side, price limit, venue_order_id oid);

  std::optional<price> best(order_side x) const;

  /// Next to match on side `x`; none: the side is empty.
  std::optional<venue_order_id> front(order_side x) const;

  /// Whether an order of side `x` at `limit` would meet the other side.
  bool crosses(order_side x, price limit) const;

  /// The price of a key of bids() or asks().
  static price price_of(order_side side, std::int64_t key);

  const levels& side(order_side x) const;

private:
  static std::int64_t key_of(order_side side, price limit);

  levels bids_; ///< Keyed by the negated price, so that the best is first.
  levels asks_;
};

} // namespace hlx::venue
