// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/matching.hpp"

#include "hlx/messages/assert.hpp"
#include "tests/venue/engine/margin.hpp"
#include "tests/venue/engine/trades.hpp"

#include <algorithm>
#include <utility>

namespace hlx::venue {

namespace {

record_type type_of(const wire_order& terms) {
  if (!terms.trigger)
    return terms.time_in_force == wire_time_in_force::frontend_market
             ? record_type::market
             : record_type::limit;
  const bool is_market = terms.trigger->is_market;
  if (terms.trigger->kind == trigger_kind::take_profit)
    return is_market ? record_type::take_profit_market
                     : record_type::take_profit_limit;
  return is_market ? record_type::stop_market : record_type::stop_limit;
}

/// Whether the trigger fires at and above its price.
bool fires_above(trigger_kind kind, order_side side) {
  return (kind == trigger_kind::take_profit) == (side == order_side::sell);
}

element_outcome reject(venue_state& state, live_order& order,
                       const refusal& reason) {
  element_outcome result{.status = element_status::error,
                         .error = with_asset(reason.text, order.record.asset)};
  order.record.children.clear();
  set_status(state, order, reason.word, state.out.orders);
  erase_order(state, order.record.oid);
  return result;
}

/// Volume-weighted, cut to the price grid's decimals.
price average_price(const live_order& order, const instrument& info) {
  const auto exact =
    static_cast<std::int64_t>(order.filled_notional / order.filled.raw);
  std::int64_t unit = decimal_scale;
  for (int i = 0; i < max_price_decimals(info); ++i)
    unit /= 10;
  return {exact - exact % unit};
}

/// One order against the book.
class execution {
public:
  execution(venue_state& state, live_order& order)
    : state_(state),
      order_(order),
      place_(state.markets.at(order.record.asset)),
      owner_(get_account(state, order.record.user)),
      start_(state.out.orders.size()),
      before_(position_size(owner_, order.record.asset)) {
    result_.outcome.oid = order.record.oid;
    result_.outcome.cloid = order.record.cloid;
  }

  placement run() {
    match();
    if (order_.record.remaining.raw == 0)
      finish();
    else if (order_.immediate)
      drop_rest();
    else
      rest();
    return std::move(result_);
  }

private:
  void match() {
    const auto& record = order_.record;
    while (record.remaining.raw > 0
           && place_.book.crosses(record.side, record.limit_price)) {
      auto& maker =
        get_order(state_, *place_.book.front(opposite(record.side)));
      if (maker.record.user == record.user) {
        venue_cancel_order(state_, maker.record.oid, "selfTradeCanceled");
        continue;
      }
      auto size = std::min(record.remaining, maker.record.remaining);
      if (!has_margin(maker, size)) {
        if (maker.filled.raw > 0)
          release_children(state_, maker);
        venue_cancel_order(state_, maker.record.oid, "marginCanceled");
        continue;
      }
      size = std::min(size, affordable(maker.record.limit_price));
      if (size.raw == 0)
        return;
      announce();
      trade(state_, order_, maker, size);
    }
  }

  /// The resting side pays its margin when it trades.
  bool has_margin(const live_order& maker, quantity size) const {
    if (moves_tokens(place_.info))
      return true;
    const auto& owner = get_account(state_, maker.record.user);
    const auto asset = maker.record.asset;
    const auto opened =
      opening_part(position_size(owner, asset), maker.record.side, size);
    return can_open(state_, owner, asset, maker.record.limit_price, opened);
  }

  /// Immediate spot buys are cut to whole lots that the balance can pay.
  quantity affordable(price at) const {
    const auto& record = order_.record;
    if (!moves_tokens(place_.info) || !order_.immediate
        || record.side != order_side::buy || owner_.user == house_address())
      return record.remaining;
    const auto quote = pair_of(state_, place_.info).quote->index;
    const auto free = spot_available(state_, owner_, quote);
    const auto units =
      static_cast<wide_integer>(free.raw) * decimal_scale / at.raw;
    const quantity whole{static_cast<std::int64_t>(
      std::min<wide_integer>(units, record.remaining.raw))};
    return round_size_down(place_.info, whole);
  }

  /// Says `open` once, before everything that the order caused.
  void announce() {
    if (result_.open_at || order_.fired)
      return;
    std::vector<order_record> opened;
    set_status(state_, order_, "open", opened);
    auto& orders = state_.out.orders;
    orders.insert(orders.begin() + static_cast<std::ptrdiff_t>(start_),
                  std::move(opened.front()));
    result_.open_at = start_;
  }

  void report_filled() {
    result_.outcome.status = element_status::filled;
    result_.outcome.total_quantity = order_.filled;
    result_.outcome.average_price = average_price(order_, place_.info);
  }

  void finish() {
    report_filled();
    finish_filled(state_, order_);
    sweep_reduce_only(state_, owner_, place_.info.asset, before_);
  }

  void drop_rest() {
    if (order_.filled.raw == 0) {
      result_.outcome = reject(state_, order_, no_liquidity(order_));
      return;
    }
    report_filled();
    if (state_.config.partial_ioc_reports_zero)
      order_.record.remaining = {};
    finish_filled(state_, order_);
    sweep_reduce_only(state_, owner_, place_.info.asset, before_);
  }

  void rest() {
    auto& record = order_.record;
    announce();
    order_.phase = order_phase::resting;
    place_.book.add(record.side, record.limit_price, record.oid);
    state_.touched_books.insert(record.asset);
    state_.touched.insert(record.user);
    if (order_.filled.raw > 0)
      report_filled();
    else
      result_.outcome.status = element_status::resting;
    sweep_reduce_only(state_, owner_, record.asset, before_);
  }

  venue_state& state_;
  live_order& order_;
  market& place_;
  account& owner_;
  std::size_t start_;
  amount before_;
  placement result_;
};

/// Puts a trigger order to wait for the mark.
placement await_trigger(venue_state& state, live_order& order) {
  placement result;
  result.outcome.status = element_status::resting;
  result.outcome.oid = order.record.oid;
  result.outcome.cloid = order.record.cloid;
  result.open_at = state.out.orders.size();
  order.phase = order_phase::trigger;
  state.markets.at(order.record.asset).triggers.insert(order.record.oid);
  set_status(state, order, "open", state.out.orders);
  return result;
}

/// The reduce-only orders of one side, oldest first.
struct reducing_orders {
  std::vector<venue_order_id> resting;
  std::vector<venue_order_id> triggers;
};

reducing_orders find_reducing(const venue_state& state, const account& owner,
                              asset_id asset, order_side side) {
  reducing_orders result;
  for (const auto oid : owner.open) {
    const auto& order = state.orders.at(oid);
    if (!order.record.reduce_only || order.record.asset != asset
        || order.record.side != side)
      continue;
    if (order.phase == order_phase::resting)
      result.resting.push_back(oid);
    else if (order.phase == order_phase::trigger)
      result.triggers.push_back(oid);
  }
  return result;
}

/// Cuts what rests to `most` in all: the older orders are to go, and the last
/// one left shrinks. Returns those that are to go.
std::vector<venue_order_id> shrink_resting(venue_state& state,
                                           const reducing_orders& orders,
                                           std::int64_t most) {
  std::int64_t total = 0;
  for (const auto oid : orders.resting)
    total += get_order(state, oid).record.remaining.raw;
  std::vector<venue_order_id> result;
  for (const auto oid : orders.resting) {
    if (total <= most)
      break;
    auto& record = get_order(state, oid).record;
    if (most > 0 && oid == orders.resting.back()) {
      record.remaining = {most};
      state.touched_books.insert(record.asset);
      break;
    }
    total -= record.remaining.raw;
    result.push_back(oid);
  }
  return result;
}

} // namespace

live_order make_order(venue_state& state, const account& owner,
                      const wire_order& terms,
                      const std::optional<builder_fee>& builder) {
  const auto& info = state.markets.at(terms.asset).info;
  live_order result;
  auto& record = result.record;
  record.user = owner.user;
  record.asset = terms.asset;
  record.coin = info.name;
  record.side = terms.is_buy ? order_side::buy : order_side::sell;
  record.limit_price = terms.limit_price;
  record.remaining = terms.size;
  record.original = terms.size;
  record.oid = allocate_oid(state);
  record.cloid = terms.cloid;
  record.placed_ms = state.now_ms();
  record.reduce_only = terms.reduce_only;
  record.trigger_condition = "N/A";
  record.type = type_of(terms);
  result.builder = builder;
  if (!terms.trigger) {
    record.tif = terms.time_in_force;
    result.immediate =
      terms.time_in_force == wire_time_in_force::ioc
      || terms.time_in_force == wire_time_in_force::frontend_market;
    return result;
  }
  record.is_trigger = true;
  record.trigger_price = terms.trigger->trigger_price;
  result.kind = terms.trigger->kind;
  result.trigger_is_market = terms.trigger->is_market;
  record.trigger_condition =
    (fires_above(result.kind, record.side) ? "Price above " : "Price below ")
    + to_string(record.trigger_price);
  return result;
}

bool trigger_met(const live_order& order, price mark) {
  return fires_above(order.kind, order.record.side)
           ? mark >= order.record.trigger_price
           : mark <= order.record.trigger_price;
}

placement place_order(venue_state& state, live_order arriving) {
  auto& order = adopt_order(state, std::move(arriving));
  if (const auto refused = refuse_order(state, order))
    return {.outcome = reject(state, order, *refused)};
  if (order.record.is_trigger)
    return await_trigger(state, order);
  return execution{state, order}.run();
}

void execute_triggered(venue_state& state, venue_order_id oid) {
  auto& order = get_order(state, oid);
  HLX_ASSERT(order.phase == order_phase::trigger);
  state.markets.at(order.record.asset).triggers.erase(oid);
  order.phase = order_phase::arriving;
  order.fired = true;
  order.immediate = order.trigger_is_market;
  order.record.trigger_condition = "Triggered";
  set_status(state, order, "triggered", state.out.orders);
  if (const auto refused = refuse_order(state, order)) {
    reject(state, order, *refused);
    return;
  }
  execution{state, order}.run();
}

void sweep_reduce_only(venue_state& state, account& owner, asset_id asset,
                       amount before) {
  if (owner.user == house_address())
    return;
  const auto now = position_size(owner, asset);
  for (const auto side : {order_side::buy, order_side::sell}) {
    const auto sign = side == order_side::sell ? 1 : -1;
    const auto most = std::max<std::int64_t>(0, sign * now.raw);
    auto found = find_reducing(state, owner, asset, side);
    auto pointless = shrink_resting(state, found, most);
    if (most == 0 && sign * before.raw > 0)
      pointless.insert(pointless.end(), found.triggers.begin(),
                       found.triggers.end());
    std::sort(pointless.begin(), pointless.end());
    for (const auto oid : pointless)
      venue_cancel_order(state, oid, "reduceOnlyCanceled");
  }
}

} // namespace hlx::venue
