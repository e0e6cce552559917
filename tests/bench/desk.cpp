// SPDX-License-Identifier: BSD-3-Clause
#include "tests/bench/desk.hpp"

#include "hlx/messages/signing/keccak.hpp"
#include "tests/kit/empty_venue.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <utility>

namespace hlx::bench {

namespace {

constexpr std::int64_t start_ms = 1'764'000'000'000;

order_status_report status(const scripted_order& order, venue_order_id oid,
                           venue_order_status what, std::int64_t at_ms) {
  const auto& terms = order.submit.order;
  order_status_report x;
  x.instrument = terms.instrument;
  x.side = terms.side;
  x.oid = oid;
  x.cloid = order.cloid;
  x.limit_price = *terms.price;
  x.remaining_quantity = terms.quantity;
  x.original_quantity = terms.quantity;
  x.placed_ms = at_ms;
  x.status_ms = at_ms;
  x.status = what;
  x.status_word = what == venue_order_status::open ? "open" : "canceled";
  return x;
}

/// Limits are watched, as in production, but never reached.
dispatch_options watched_limits() {
  constexpr std::int64_t plenty = 1'000'000'000'000;
  dispatch_options x;
  x.budget.enabled = true;
  x.budget.weight_max = plenty;
  x.budget.open_orders = plenty;
  x.budget.open_orders_max = plenty;
  return x;
}

info_answer answer_to(const info_query& query, std::int64_t now_ms) {
  constexpr std::uint64_t plenty = 1'000'000'000'000;
  if (std::holds_alternative<rate_limit_query>(query.body))
    return {query.query, rate_limit_answer{0, plenty}};
  return {query.query, kit::empty_answer(query, now_ms)};
}

request_outcome resting(venue_order_id oid) {
  request_outcome x;
  x.delivery = request_delivery::answered;
  x.reply.kind = reply_kind::statuses;
  x.reply.elements.resize(1);
  x.reply.elements[0].status = element_status::resting;
  x.reply.elements[0].oid = oid;
  return x;
}

} // namespace

scripted_order make_order(std::uint64_t number, std::int64_t at_ms) {
  scripted_order x;
  char id[32];
  std::snprintf(id, sizeof(id), "S-1-20261125-%07llu",
                static_cast<unsigned long long>(number));
  const hlx::client_order_id name{id};
  auto& terms = x.submit.order;
  x.submit.strategy = strategy_id{"S-1"};
  terms.client_order_id = name;
  terms.instrument = "BTC";
  terms.quantity = *parse<quantity>("0.003");
  terms.price = *parse<price>("56730");
  x.cloid = signing::cloid_of(name);
  const venue_order_id oid{300'000'000'000 + 10 * number};
  const venue_order_id next_oid{oid.value + 1};
  x.placed = resting(oid);
  x.modified = resting(next_oid);
  x.open = status(x, oid, venue_order_status::open, at_ms);
  for (std::uint64_t i = 0; i < 3; ++i) {
    fill_report fill;
    fill.instrument = terms.instrument;
    fill.side = terms.side;
    fill.oid = oid;
    fill.cloid = x.cloid;
    fill.trade_id = trade_id{(number * 3 + i) * 0x9e3779b97f4aULL};
    fill.last_price = *terms.price;
    fill.last_quantity = *parse<quantity>("0.001");
    fill.commission = *parse<amount>("0.008509");
    fill.commission_currency = "USDC";
    fill.start_position = *parse<amount>("1.51975");
    fill.time_ms = at_ms;
    x.fills.push_back(std::move(fill));
  }
  x.modify.strategy = x.submit.strategy;
  x.modify.client_order_id = name;
  x.modify.price = *parse<price>("56731");
  x.old_canceled = status(x, oid, venue_order_status::canceled, at_ms);
  x.replacement = status(x, next_oid, venue_order_status::open, at_ms);
  x.replacement.limit_price = *x.modify.price;
  x.canceled = status(x, next_oid, venue_order_status::canceled, at_ms);
  return x;
}

desk::desk()
  : now_ms_(start_ms), state_(watched_limits(), default_instruments()) {
  state_.apply(stream_up{now_ms_}, now_ms_, out_);
  // Every answer may ask more, until the state is reconciled.
  while (!out_.empty()) {
    const auto asked = std::exchange(out_, {});
    for (const auto& effect : asked)
      if (const auto* query = std::get_if<info_query>(&effect))
        state_.apply(answer_to(*query, now_ms_), now_ms_, out_);
  }
  if (!state_.is_ready())
    throw std::logic_error("the dispatch state is not reconciled");
}

std::vector<scripted_order> desk::script(std::size_t count) {
  std::vector<scripted_order> result;
  result.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    result.push_back(make_order(next_order_++, now_ms_));
  return result;
}

void desk::advance() {
  ++now_ms_;
  if (const auto due = state_.next_deadline_ms(); due && *due <= now_ms_)
    state_.timers_due(now_ms_, out_);
}

/// The answer is for the request that leaves now.
void desk::note_request(request_outcome& answer) {
  for (const auto& effect : out_)
    if (const auto* request = std::get_if<exchange_request>(&effect))
      answer.request = request->request;
}

void desk::forget_effects() {
  effects_left_ += out_.size();
  out_.clear();
}

void desk::submit(scripted_order& order) {
  advance();
  state_.apply(order.submit, order.cloid, now_ms_, out_);
  note_request(order.placed);
  forget_effects();
}

void desk::reply(const request_outcome& x) {
  state_.apply(x, now_ms_, out_);
  forget_effects();
}

void desk::open(scripted_order& order) {
  submit(order);
  report(order.open);
  reply(order.placed);
}

void desk::modify(scripted_order& order) {
  state_.apply(order.modify, now_ms_, out_);
  note_request(order.modified);
  forget_effects();
}

void desk::fill(const scripted_order& order) {
  for (const auto& trade : order.fills)
    report(trade);
}

void desk::report(const user_stream_update& x) {
  state_.apply(x, now_ms_, out_);
  forget_effects();
}

void desk::report(const order_status_report& x) {
  dispatch_order_status_report(state_, x, now_ms_, out_);
  forget_effects();
}

void desk::report(const fill_report& x) {
  dispatch_fill_report(state_, x, now_ms_, out_);
  forget_effects();
}

void desk::fill_book(std::size_t count) {
  // In portions: the script of an order is larger than the order.
  constexpr std::size_t portion = 1'000;
  for (std::size_t done = 0; done < count; done += portion)
    for (auto& order : script(std::min(portion, count - done)))
      open(order);
}

void desk::expect_open(std::size_t count) const {
  if (state_.open_orders() != count)
    throw std::logic_error(std::to_string(state_.open_orders())
                           + " orders are open instead of "
                           + std::to_string(count));
}

std::string frame_text(const order_status_report& x) {
  return R"({"channel":"orderUpdates","data":[{"order":{"coin":")"
         + x.instrument + R"(","side":")"
         + (x.side == order_side::buy ? "B" : "A") + R"(","limitPx":")"
         + to_string(x.limit_price) + R"(","sz":")"
         + to_string(x.remaining_quantity) + R"(","oid":)" + to_string(x.oid)
         + R"(,"timestamp":)" + std::to_string(x.placed_ms) + R"(,"origSz":")"
         + to_string(x.original_quantity) + R"(","cloid":")"
         + to_string(*x.cloid) + R"("},"status":")" + x.status_word
         + R"(","statusTimestamp":)" + std::to_string(x.status_ms) + "}]}";
}

std::string frame_text(const fill_report& x) {
  return R"({"channel":"userFills","data":{"user":"0x14791697260e4c9a71f184)"
         R"(84c9f997b308e59325","fills":[{"coin":")"
         + x.instrument + R"(","px":")" + to_string(x.last_price)
         + R"(","sz":")" + to_string(x.last_quantity) + R"(","side":")"
         + (x.side == order_side::buy ? "B" : "A") + R"(","time":)"
         + std::to_string(x.time_ms) + R"(,"startPosition":")"
         + to_string(x.start_position)
         + R"(","dir":"Open Long","closedPnl":"0.0","hash":"0xaa84a5d9e4c6e1)"
           R"(f2a1b9043f23c1d60203d4008e7f9d3c4e4dd3502ba3c6cbdb","oid":)"
         + to_string(x.oid) + R"(,"crossed":false,"fee":")"
         + to_string(x.commission) + R"(","tid":)" + to_string(x.trade_id)
         + R"(,"cloid":")" + to_string(*x.cloid) + R"(","feeToken":")"
         + x.commission_currency + R"(","twapId":null}]}})";
}

} // namespace hlx::bench
