// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/venue.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Two funded accounts before a venue, with its answers as text.
namespace hlx::venue {

inline constexpr asset_id btc = 0;
inline constexpr asset_id eth = 1;
inline constexpr asset_id sol = 2;
inline constexpr asset_id purr = 10'000;
inline constexpr asset_id hfun = 10'001;
inline constexpr asset_id yes = 100'000'000;
inline constexpr asset_id no = 100'000'001;

/// An address that ends in the byte.
inline address address_of(std::uint8_t byte) {
  address result;
  result.bytes[0] = 0xaa;
  result.bytes[19] = byte;
  return result;
}

inline cloid cloid_of(std::uint8_t byte) {
  cloid result;
  result.bytes[15] = byte;
  return result;
}

template <class Decimal>
Decimal decimal(std::string_view text) {
  return parse<Decimal>(text).value();
}

/// A GTC limit order; change what differs.
inline wire_order limit(order_side side, std::string_view size,
                        std::string_view price_text, asset_id asset = btc) {
  return {.asset = asset,
          .is_buy = side == order_side::buy,
          .limit_price = decimal<price>(price_text),
          .size = decimal<quantity>(size)};
}

inline wire_order buy(std::string_view size, std::string_view price_text,
                      asset_id asset = btc) {
  return limit(order_side::buy, size, price_text, asset);
}

inline wire_order sell(std::string_view size, std::string_view price_text,
                       asset_id asset = btc) {
  return limit(order_side::sell, size, price_text, asset);
}

inline wire_order with_tif(wire_order order, wire_time_in_force tif) {
  order.time_in_force = tif;
  return order;
}

inline wire_order alo(wire_order order) {
  return with_tif(std::move(order), wire_time_in_force::alo);
}

inline wire_order ioc(wire_order order) {
  return with_tif(std::move(order), wire_time_in_force::ioc);
}

inline wire_order named(wire_order order, std::uint8_t id) {
  order.cloid = cloid_of(id);
  return order;
}

inline wire_order reducing(wire_order order) {
  order.reduce_only = true;
  return order;
}

inline wire_order triggered(wire_order order, trigger_kind kind,
                            std::string_view at, bool is_market = true) {
  order.trigger = trigger_terms{
    .is_market = is_market, .trigger_price = decimal<price>(at), .kind = kind};
  return order;
}

/// "resting 1001", "filled 0.01@65001 1002", "error ...", "err ...", "done";
/// elements separated by "; ".
std::string text_of(const action_reply& reply);

class desk {
public:
  explicit desk(venue_config config = {});

  /// Submits, runs until the reply is there, and tells it. What the blocks
  /// said replaces what was there.
  std::string act(const address& signer, l1_action action);
  std::string act(const address& signer, user_signed_action action);
  std::string act(exchange_submission submission);

  std::string place(const address& signer, wire_order order);
  std::string place(const address& signer, std::vector<wire_order> orders,
                    order_grouping grouping = order_grouping::na);
  std::string cancel(const address& signer, std::uint64_t oid,
                     asset_id asset = btc);
  std::string cancel_named(const address& signer, std::uint8_t id,
                           asset_id asset = btc);
  std::string modify(const address& signer, modify_target target,
                     wire_order order, bool always_place = false);
  std::string batch_modify(const address& signer, modify_target target,
                           wire_order order, bool always_place = false);

  /// House liquidity; must be legal.
  void quote(order_side side, std::string_view size, std::string_view at,
             asset_id asset = btc);

  void set_mark(std::string_view coin, std::string_view at);

  /// Submits without running a block; the reply comes out of run().
  ticket send(const address& signer, l1_action action);

  /// Runs the blocks of the next `ms`.
  void run(std::int64_t ms = 100);

  /// The reply of a ticket in the last blocks; "" when there is none.
  std::string reply_of(ticket which) const;

  /// Statuses of a user in the last blocks: "open 1001 0.01, filled 1001 0".
  std::string statuses(const address& user) const;

  /// Fills of a user in the last blocks: "1002 buy 0.01@65001 taker fee 0.29".
  std::string fills(const address& user) const;

  /// Live orders: "1001 0.5/2 " is oid, live size, original size.
  std::string open(const address& user) const;

  /// Signed position of a coin; "0" without one.
  std::string position(const address& user, asset_id asset = btc) const;

  venue v;
  std::int64_t now = 1'700'000'000'000;
  std::uint64_t nonce = 1'700'000'000'000;
  address alice = address_of(1);
  address bob = address_of(2);
  std::vector<block_output> blocks;
};

} // namespace hlx::venue
