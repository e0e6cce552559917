// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/order_book.hpp"

#include "hlx/messages/assert.hpp"

#include <algorithm>

namespace hlx::venue {

void order_book::add(order_side side, price limit, venue_order_id oid) {
  auto& chosen = side == order_side::buy ? bids_ : asks_;
  chosen[key_of(side, limit)].push_back(oid);
}

void order_book::remove(order_side side, price limit, venue_order_id oid) {
  auto& chosen = side == order_side::buy ? bids_ : asks_;
  const auto level = chosen.find(key_of(side, limit));
  HLX_ASSERT(level != chosen.end());
  const auto found = std::find(level->second.begin(), level->second.end(), oid);
  HLX_ASSERT(found != level->second.end());
  level->second.erase(found);
  if (level->second.empty())
    chosen.erase(level);
}

std::optional<price> order_book::best(order_side x) const {
  const auto& chosen = side(x);
  if (chosen.empty())
    return std::nullopt;
  return price_of(x, chosen.begin()->first);
}

std::optional<venue_order_id> order_book::front(order_side x) const {
  const auto& chosen = side(x);
  if (chosen.empty())
    return std::nullopt;
  return chosen.begin()->second.front();
}

bool order_book::crosses(order_side x, price limit) const {
  const auto other = best(opposite(x));
  if (!other)
    return false;
  return x == order_side::buy ? *other <= limit : *other >= limit;
}

price order_book::price_of(order_side side, std::int64_t key) {
  return {side == order_side::buy ? -key : key};
}

const order_book::levels& order_book::side(order_side x) const {
  return x == order_side::buy ? bids_ : asks_;
}

std::int64_t order_book::key_of(order_side side, price limit) {
  return side == order_side::buy ? -limit.raw : limit.raw;
}

} // namespace hlx::venue
