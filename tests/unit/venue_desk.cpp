// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_desk.hpp"

#include "hlx/messages/assert.hpp"

#include <iterator>

namespace hlx::venue {

namespace {

void append(std::string& out, std::string_view separator,
            const std::string& text) {
  if (!out.empty())
    out += separator;
  out += text;
}

std::string text_of(const element_outcome& x) {
  switch (x.status) {
    case element_status::resting:
      return "resting " + to_string(x.oid);
    case element_status::filled:
      return "filled " + to_string(x.total_quantity) + "@"
             + to_string(x.average_price.value()) + " " + to_string(x.oid);
    case element_status::success:
      return "success";
    case element_status::error:
      return "error " + x.error;
    case element_status::waiting_for_fill:
      return "waitingForFill";
    case element_status::waiting_for_trigger:
      return "waitingForTrigger";
    case element_status::unreadable:
      break;
  }
  return {};
}

} // namespace

std::string text_of(const action_reply& reply) {
  if (reply.body.kind == reply_kind::refused)
    return "err " + reply.body.text;
  if (reply.body.kind == reply_kind::done)
    return "done";
  std::string result;
  for (const auto& x : reply.body.elements)
    append(result, "; ", text_of(x));
  return result;
}

desk::desk(venue_config config) : v(std::move(config)) {
  for (const auto& user : {alice, bob})
    HLX_ASSERT(v.fund(user, decimal<amount>("100000"), now));
  run();
}

std::string desk::act(const address& signer, l1_action action) {
  return act({.action = std::move(action), .nonce = ++nonce, .signer = signer});
}

std::string desk::act(const address& signer, user_signed_action action) {
  ++nonce;
  std::visit(
    [&](auto& x) {
      if constexpr (requires { x.nonce; })
        x.nonce = nonce;
      else
        x.time = nonce;
    },
    action);
  return act({.action = std::move(action), .nonce = nonce, .signer = signer});
}

std::string desk::act(exchange_submission submission) {
  const auto submitted = v.submit(std::move(submission), now);
  if (const auto* refused = std::get_if<action_reply>(&submitted)) {
    blocks.clear();
    return text_of(*refused);
  }
  run();
  return reply_of(std::get<ticket>(submitted));
}

std::string desk::place(const address& signer, wire_order order) {
  return place(signer, std::vector<wire_order>{std::move(order)});
}

std::string desk::place(const address& signer, std::vector<wire_order> orders,
                        order_grouping grouping) {
  return act(signer,
             order_action{.orders = std::move(orders), .grouping = grouping});
}

std::string desk::cancel(const address& signer, std::uint64_t oid,
                         asset_id asset) {
  return act(signer, cancel_action{.cancels = {{asset, {oid}}}});
}

std::string desk::cancel_named(const address& signer, std::uint8_t id,
                               asset_id asset) {
  return act(signer,
             cancel_by_cloid_action{.cancels = {{asset, cloid_of(id)}}});
}

std::string desk::modify(const address& signer, modify_target target,
                         wire_order order, bool always_place) {
  return act(signer, modify_action{.modify = {target, std::move(order)},
                                   .always_place = always_place});
}

std::string desk::batch_modify(const address& signer, modify_target target,
                               wire_order order, bool always_place) {
  return act(signer,
             batch_modify_action{.modifies = {{target, std::move(order)}},
                                 .always_place = always_place});
}

void desk::quote(order_side side, std::string_view size, std::string_view at,
                 asset_id asset) {
  const auto& coin = v.instruments().find(asset)->name;
  HLX_ASSERT(v.add_book_order(coin, side, decimal<price>(at),
                              decimal<quantity>(size), now));
  blocks = v.advance(now);
}

void desk::set_mark(std::string_view coin, std::string_view at) {
  HLX_ASSERT(v.set_mark(coin, decimal<price>(at), now));
  blocks = v.advance(now);
}

ticket desk::send(const address& signer, l1_action action) {
  return std::get<ticket>(v.submit(
    {.action = std::move(action), .nonce = ++nonce, .signer = signer}, now));
}

void desk::run(std::int64_t ms) {
  now += ms;
  blocks = v.advance(now);
}

std::string desk::reply_of(ticket which) const {
  for (const auto& block : blocks)
    for (const auto& x : block.replies)
      if (x.ticket == which)
        return text_of(x.reply);
  return {};
}

std::string desk::statuses(const address& user) const {
  std::string result;
  for (const auto& block : blocks)
    for (const auto& x : block.orders)
      if (x.user == user)
        append(result, ", ",
               x.status + " " + to_string(x.oid) + " "
                 + to_string(x.remaining));
  return result;
}

std::string desk::fills(const address& user) const {
  std::string result;
  for (const auto& block : blocks)
    for (const auto& x : block.fills)
      if (x.user == user)
        append(result, ", ",
               to_string(x.oid) + " " + std::string{to_string(x.side)} + " "
                 + to_string(x.size) + "@" + to_string(x.trade_price)
                 + (x.crossed ? " taker fee " : " maker fee ")
                 + to_string(x.fee) + " " + x.direction);
  return result;
}

std::string desk::open(const address& user) const {
  std::string result;
  for (const auto& x : v.open_orders(user))
    append(result, ", ",
           to_string(x.oid) + " " + to_string(x.remaining) + "/"
             + to_string(x.original));
  return result;
}

std::string desk::position(const address& user, asset_id asset) const {
  for (const auto& x : v.clearinghouse(user).positions)
    if (x.asset == asset)
      return to_string(x.size);
  return "0";
}

} // namespace hlx::venue
