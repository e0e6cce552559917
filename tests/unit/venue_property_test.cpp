// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_desk.hpp"

#include <boost/test/unit_test.hpp>

#include <iterator>
#include <map>
#include <random>

using namespace hlx;
using namespace hlx::venue;

namespace {

/// Draws operations of a few accounts in a few markets. The same seed draws
/// the same ones.
class random_trader {
public:
  explicit random_trader(std::uint64_t seed)
    : random_(seed), venue_({.seed = seed, .oid_gap_max = 3}) {
    venue_.config().canceled_before_open_permille = 300;
    venue_.config().partial_ioc_reports_zero = below(2) == 0;
    for (std::uint8_t i = 1; i <= 4; ++i) {
      users_.push_back(address_of(i));
      venue_.fund(users_.back(), decimal<amount>(i == 4 ? "300" : "20000"),
                  now_);
      venue_.fund_spot(users_.back(), "USDC", decimal<amount>("5000"), now_);
      venue_.fund_spot(users_.back(), "PURR", decimal<amount>("9000"), now_);
      venue_.fund_spot(users_.back(), "HFUN", decimal<amount>("2000"), now_);
      venue_.fund_spot(users_.back(), "USDH", decimal<amount>("5000"), now_);
      venue_.fund_spot(users_.back(), "+0", decimal<amount>("4000"), now_);
    }
  }

  void step() {
    switch (below(12)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return send(order_action{.orders = orders()});
      case 4:
        return send(group());
      case 5:
      case 6:
        return send(cancel_action{.cancels = {{some_asset(), known_oid()}}});
      case 7:
        return send(modify_action{.modify = {known_target(), order()},
                                  .always_place = below(3) == 0});
      case 8:
        return send(batch_modify_action{
          .modifies = {{known_target(), order()}, {known_target(), order()}},
          .always_place = below(3) == 0});
      case 9:
        return control();
      case 10:
        return send(
          update_leverage_action{.asset = static_cast<asset_id>(below(3)),
                                 .is_cross = below(2) == 0,
                                 .leverage = 1 + below(20)});
      default:
        now_ += static_cast<std::int64_t>(below(300));
        return collect(venue_.advance(now_));
    }
  }

  void finish() {
    now_ += 1000;
    collect(venue_.advance(now_));
  }

  /// What every block said.
  const std::vector<block_output>& blocks() const { return blocks_; }

private:
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  asset_id some_asset() {
    constexpr asset_id assets[] = {btc, eth, sol, purr, hfun, yes};
    return assets[below(std::size(assets))];
  }

  const address& user() { return users_[below(users_.size())]; }

  price near_mark(asset_id asset) {
    const auto mark = venue_.mark(asset).raw;
    const auto raw =
      mark + mark / 1000 * (static_cast<std::int64_t>(below(21)) - 10);
    const auto& info = *venue_.instruments().find(asset);
    return round_price(info, {raw}, order_side::buy, price_rounding::passive)
      .value_or(price{mark});
  }

  quantity some_size(asset_id asset) {
    const auto mark = venue_.mark(asset).raw;
    const auto dollars = wide_integer{5 + below(4000)};
    const quantity exact{static_cast<std::int64_t>(dollars * decimal_scale
                                                   * decimal_scale / mark)};
    return round_size_down(*venue_.instruments().find(asset), exact);
  }

  wire_order order() {
    const auto asset = some_asset();
    wire_order result{.asset = asset,
                      .is_buy = below(2) == 0,
                      .limit_price = near_mark(asset),
                      .size = some_size(asset),
                      .reduce_only = below(4) == 0,
                      .time_in_force =
                        static_cast<wire_time_in_force>(below(4))};
    if (below(3) == 0)
      result.cloid = cloid_of(static_cast<std::uint8_t>(below(40)));
    if (below(6) == 0)
      result.trigger =
        trigger_terms{.is_market = below(2) == 0,
                      .trigger_price = near_mark(asset),
                      .kind = below(2) == 0 ? trigger_kind::take_profit
                                            : trigger_kind::stop_loss};
    return result;
  }

  std::vector<wire_order> orders() {
    std::vector<wire_order> result;
    for (auto left = 1 + below(3); left > 0; --left)
      result.push_back(order());
    return result;
  }

  order_action group() {
    order_action result{.grouping = below(3) == 0
                                      ? order_grouping::position_tpsl
                                      : order_grouping::normal_tpsl};
    auto parent = order();
    parent.asset = btc;
    parent.limit_price = near_mark(btc);
    parent.size = some_size(btc);
    parent.trigger.reset();
    parent.reduce_only = false;
    auto child = parent;
    child.cloid.reset();
    child.is_buy = !parent.is_buy;
    child.reduce_only = true;
    child.time_in_force = wire_time_in_force::gtc;
    child.trigger = trigger_terms{.is_market = below(2) == 0,
                                  .trigger_price = near_mark(btc)};
    if (result.grouping == order_grouping::normal_tpsl)
      result.orders.push_back(parent);
    else if (below(2) == 0)
      child.size = {};
    result.orders.push_back(child);
    child.trigger->kind = trigger_kind::take_profit;
    child.trigger->trigger_price = near_mark(btc);
    result.orders.push_back(child);
    return result;
  }

  venue_order_id known_oid() {
    const auto open = venue_.open_orders(user());
    if (open.empty())
      return {below(2000)};
    return open[below(open.size())].oid;
  }

  modify_target known_target() {
    if (below(4) == 0)
      return cloid_of(static_cast<std::uint8_t>(below(40)));
    return known_oid();
  }

  void send(l1_action action) {
    // Times of arrival differ, so that actions overtake each other.
    static_cast<void>(venue_.submit(
      {.action = std::move(action), .nonce = ++nonce_, .signer = user()}, now_,
      static_cast<std::int64_t>(below(250))));
  }

  void control() {
    const auto asset = some_asset();
    const auto& coin = venue_.instruments().find(asset)->name;
    switch (below(6)) {
      case 0:
        venue_.drop_margin(users_.back(), decimal<amount>("40"), now_);
        return;
      case 1:
        venue_.fund(user(), decimal<amount>("100"), now_);
        return;
      case 2:
        venue_.add_book_order(
          coin, below(2) == 0 ? order_side::buy : order_side::sell,
          near_mark(asset), some_size(asset), now_);
        return;
      default: {
        const auto mark = venue_.mark(asset).raw;
        const auto moved =
          mark + mark / 500 * (static_cast<std::int64_t>(below(41)) - 20);
        venue_.set_mark(coin, {moved}, now_);
      }
    }
  }

  void collect(std::vector<block_output> more) {
    for (auto& x : more)
      blocks_.push_back(std::move(x));
  }

  std::mt19937_64 random_;
  hlx::venue::venue venue_;
  std::int64_t now_ = 1'700'000'000'000;
  std::uint64_t nonce_ = 1'700'000'000'000;
  std::vector<address> users_;
  std::vector<block_output> blocks_;
};

std::vector<block_output> blocks_of(std::uint64_t seed, int steps) {
  random_trader trader{seed};
  for (int i = 0; i < steps; ++i)
    trader.step();
  trader.finish();
  return trader.blocks();
}

bool is_terminal(const std::string& word) {
  return word != "open" && word != "triggered";
}

/// What the venue said of one order.
struct told {
  bool ended = false;
  std::int64_t filled = 0;
  order_record last;
};

/// No word after the last one, and fills that add up to it.
void check_story(const std::vector<block_output>& blocks) {
  std::map<std::uint64_t, told> orders;
  for (const auto& block : blocks) {
    for (const auto& x : block.fills)
      orders[x.oid.value].filled += x.size.raw;
    for (const auto& x : block.orders) {
      auto& order = orders[x.oid.value];
      BOOST_TEST(!order.ended, "status after the end of order "
                                 << x.oid.value << ": " << x.status);
      BOOST_TEST(x.status_ms == block.time_ms);
      order.ended = is_terminal(x.status);
      order.last = x;
    }
  }
  for (const auto& [oid, order] : orders) {
    if (!order.ended || order.last.reduce_only || order.last.status == "filled")
      continue;
    BOOST_TEST(
      order.filled == order.last.original.raw - order.last.remaining.raw,
      "fills of order " << oid << " that ended as " << order.last.status);
  }
}

} // namespace

BOOST_AUTO_TEST_SUITE(venue_property_suite)

// Every block checks the engine's invariants; a broken one ends the process.
BOOST_AUTO_TEST_CASE(money_positions_and_books_add_up_whatever_is_traded) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      const auto blocks = blocks_of(seed, 1500);
      check_story(blocks);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_same_seed_gives_the_same_blocks) {
  const auto once = blocks_of(7, 1500);
  BOOST_TEST(!once.empty());
  BOOST_TEST((blocks_of(7, 1500) == once));
  BOOST_TEST((blocks_of(8, 1500) != once));
}

BOOST_AUTO_TEST_SUITE_END()
