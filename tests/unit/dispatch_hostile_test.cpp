// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/dispatch_state.hpp"
#include "hlx/messages/signing/keccak.hpp"
#include "hlx/messages/wire/status_words.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>

/// A venue and strategies that say anything in any order. Whatever comes, what
/// strategies hear is legal.
using namespace hlx;

namespace {

constexpr std::array ids{"a", "b", "c", "d", "e", "f"};

constexpr std::array words{"open",
                           "open",
                           "open",
                           "filled",
                           "canceled",
                           "canceled",
                           "triggered",
                           "marginCanceled",
                           "reduceOnlyCanceled",
                           "perpMarginRejected",
                           "badAloPxRejected",
                           "iocCancelRejected",
                           "scheduledCancel",
                           "pondering"};

constexpr std::array texts{
  "Order was never placed, already canceled, or filled. asset=0",
  "Cannot modify canceled or filled order",
  "Attempted to modify to invalid new order",
  "Error placing new order during modify: Post only order would have "
  "immediately matched, bbo was 1@2",
  "Post only order would have immediately matched, bbo was 1@2. asset=0",
  "Insufficient margin to place order. asset=0",
  "Order has invalid price.",
  "Too many cumulative requests sent (2 > 1)",
  "Invalid nonce: duplicate nonce 5",
  "",
  "what?"};

/// What was heard of one order since its submission.
struct life {
  bool submitted = false;
  bool accepted = false;
  bool rejected = false;
  bool ended = false;
  bool triggered = false;
  quantity cumulative;
  std::set<std::tuple<std::uint64_t, std::uint64_t, std::int64_t>> trades;
};

class chaos {
public:
  explicit chaos(std::uint64_t seed)
    : rng_(seed),
      state_({.unseen_leg_fill = seed % 2 ? unseen_leg_fill_policy::buffer
                                          : unseen_leg_fill_policy::promote,
              .trade_window = 10'000,
              .ended_orders = 1 + seed % 5},
             default_instruments()) {
    apply(stream_up{now_ms_});
  }

  void step() {
    now_ms_ += pick({0, 0, 0, 1, 10, 300, 1'000, 6'000});
    state_.timers_due(now_ms_, out_);
    take();
    const auto next = state_.next_deadline_ms();
    expect(!next || *next > now_ms_, "a timer that is due did not run");
    switch (below(12)) {
      case 0:
      case 1:
        submit();
        break;
      case 2:
        modify();
        break;
      case 3:
        cancel();
        break;
      case 4:
      case 5:
        apply_update(true);
        break;
      case 6:
        apply_update(false);
        break;
      case 7:
      case 8:
        reply();
        break;
      case 9:
      case 10:
        answer();
        break;
      default:
        disturb();
        break;
    }
  }

  const std::string& violation() const { return violation_; }

private:
  std::int64_t below(std::int64_t n) {
    return static_cast<std::int64_t>(rng_() % static_cast<std::uint64_t>(n));
  }

  bool one_in(std::int64_t n) { return below(n) == 0; }

  std::int64_t pick(std::initializer_list<std::int64_t> values) {
    return values.begin()[below(static_cast<std::int64_t>(values.size()))];
  }

  template <class List>
  const auto& any_of(const List& list) {
    return list[static_cast<std::size_t>(
      below(static_cast<std::int64_t>(list.size())))];
  }

  void expect(bool holds, const std::string& what) {
    if (!holds && violation_.empty())
      violation_ = what;
  }

  template <class Input>
  void apply(const Input& input) {
    state_.apply(input, now_ms_, out_);
    take();
  }

  std::string any_id() { return any_of(ids); }

  quantity any_size() {
    if (one_in(100))
      return {std::numeric_limits<std::int64_t>::max() - below(3)};
    return {below(12) * 100'000};
  }

  price any_price() {
    if (one_in(100))
      return {std::numeric_limits<std::int64_t>::max() - below(3)};
    return {(49'990 + below(20)) * decimal_scale};
  }

  void submit() {
    order_terms order;
    order.client_order_id.value = any_id();
    order.instrument = "BTC";
    order.quantity = {(1 + below(10)) * 100'000};
    order.price = any_price();
    order.reduce_only = one_in(5);
    order.post_only = one_in(8);
    const auto kind = below(8);
    if (kind == 0)
      order.time_in_force = time_in_force::ioc;
    if (kind == 1) {
      order.time_in_force = time_in_force::gtd;
      order.expire_at_ms = now_ms_ + below(20'000);
    }
    if (kind == 2) {
      order.type = one_in(2) ? order_type::stop_limit : order_type::stop_market;
      order.trigger_price = order.price;
    }
    if (kind == 3)
      order.type = order_type::market;
    if (is_market(order.type))
      order.price.reset();
    if (one_in(4)) {
      auto other = order;
      other.client_order_id.value = any_id();
      apply(submit_list{{"S"}, {order, other}});
    } else {
      apply(submit_order{{"S"}, order});
    }
  }

  void modify() {
    modify_order command;
    command.client_order_id.value = any_id();
    if (!one_in(3))
      command.quantity = any_size();
    if (!one_in(3))
      command.price = any_price();
    apply(command);
  }

  void cancel() {
    if (one_in(6))
      apply(cancel_all{{"S"}, {}});
    else if (one_in(6))
      apply(query_order{{}, {any_id()}});
    else
      apply(cancel_order{{}, {any_id()}});
  }

  /// Numbers of venue orders mostly grow.
  venue_order_id any_oid() {
    if (one_in(3))
      ++newest_oid_;
    return {newest_oid_
            - std::min<std::uint64_t>(newest_oid_ - 1,
                                      static_cast<std::uint64_t>(below(8)))};
  }

  order_status_report any_status() {
    order_status_report report;
    report.instrument = "BTC";
    report.oid = any_oid();
    if (!one_in(8))
      report.cloid = signing::cloid_of(client_order_id{any_id()});
    report.limit_price = any_price();
    report.original_quantity = any_size();
    report.remaining_quantity = any_size();
    report.status_ms = now_ms_ - pick({0, 0, 0, 5, 2'000});
    report.placed_ms = report.status_ms - pick({0, 0, 10, 100'000});
    report.status_word = any_of(words);
    report.status = wire::classify_status(report.status_word);
    return report;
  }

  fill_report any_fill() {
    fill_report report;
    report.instrument = "BTC";
    report.oid = any_oid();
    if (!one_in(8))
      report.cloid = signing::cloid_of(client_order_id{any_id()});
    report.trade_id.value = static_cast<std::uint64_t>(below(50));
    report.last_price = any_price();
    report.last_quantity =
      one_in(3) ? any_size() : quantity{(1 + below(5)) * 100'000};
    report.time_ms = now_ms_ - pick({0, 0, 0, 5, 100'000});
    return report;
  }

  void apply_update(bool of_orders) {
    user_stream_update update;
    update.snapshot = one_in(10);
    for (auto n = 1 + below(3); n > 0; --n)
      if (of_orders)
        update.orders.push_back(any_status());
      else
        update.fills.push_back(any_fill());
    apply(update);
    if (one_in(4))
      apply(update);
  }

  element_outcome any_element() {
    element_outcome element;
    element.status = static_cast<element_status>(below(7));
    element.oid = any_oid();
    element.total_quantity = any_size();
    element.error = any_of(texts);
    return element;
  }

  void reply() {
    request_outcome outcome;
    outcome.request.value =
      last_request_
      - std::min<std::uint64_t>(last_request_,
                                static_cast<std::uint64_t>(below(6)));
    outcome.delivery = static_cast<request_delivery>(below(3));
    outcome.late = one_in(5);
    outcome.reply.kind =
      one_in(2) ? reply_kind::statuses : static_cast<reply_kind>(below(5));
    outcome.reply.text = any_of(texts);
    for (auto n = pick({0, 1, 1, 1, 1, 2, 3}); n > 0; --n)
      outcome.reply.elements.push_back(any_element());
    apply(outcome);
  }

  info_answer_body any_answer(const info_query_body& asked) {
    if (one_in(5))
      return failed_answer{"HTTP 502"};
    if (one_in(20))
      return positions_answer{};
    if (std::holds_alternative<exchange_status_query>(asked))
      return exchange_status_answer{now_ms_ + pick({0, 0, -10, 10, 50'000})};
    if (std::holds_alternative<fills_query>(asked)) {
      fills_answer result;
      for (auto n = below(4); n > 0; --n)
        result.fills.push_back(any_fill());
      return result;
    }
    if (std::holds_alternative<open_orders_query>(asked)) {
      open_orders_answer result;
      for (auto n = below(4); n > 0; --n) {
        result.orders.push_back(any_status());
        result.orders.back().status = venue_order_status::open;
        result.orders.back().status_word = "open";
      }
      return result;
    }
    if (std::holds_alternative<book_query>(asked))
      return book_answer{one_in(4) ? "ETH" : "BTC", any_price(), any_price(),
                         now_ms_ - below(90'000)};
    if (std::holds_alternative<mids_query>(asked))
      return mids_answer{{{"BTC", any_price()}}, {}};
    order_status_answer result;
    if (!one_in(3))
      result.order = any_status();
    return result;
  }

  void answer() {
    if (queries_.empty())
      return;
    const auto index = static_cast<std::size_t>(
      below(static_cast<std::int64_t>(queries_.size())));
    const auto query = queries_[index];
    queries_.erase(queries_.begin() + static_cast<std::ptrdiff_t>(index));
    apply(info_answer{query.query, any_answer(query.body)});
  }

  void disturb() {
    if (!one_in(4)) {
      answer();
    } else if (one_in(2)) {
      apply(stream_down{now_ms_, "closed"});
    } else {
      apply(stream_up{now_ms_});
    }
  }

  void take() {
    for (auto& item : out_) {
      if (auto* event = std::get_if<order_event>(&item))
        hear(*event);
      else if (auto* request = std::get_if<exchange_request>(&item))
        last_request_ = request->request.value;
      else if (auto* query = std::get_if<info_query>(&item))
        queries_.push_back(*query);
    }
    expect(out_.size() < 1'000, "one input, a thousand effects");
    out_.clear();
  }

  void hear(const order_event& event) {
    const auto& header = header_of(event);
    const std::string name{name_of(event)};
    const std::string id{header.client_order_id.value};
    const auto at = name + " of " + id;
    expect(header.sequence == ++sequence_, "a gap in the numbers: " + at);
    auto& order = lives_[id];
    if (name == "order_denied" || name == "order_modify_rejected"
        || name == "order_cancel_rejected")
      return;
    if (name == "order_submitted") {
      expect(!order.submitted || order.ended, "submitted twice: " + at);
      order = life{.submitted = true};
      return;
    }
    expect(order.submitted, "before submitted: " + at);
    if (const auto* filled = std::get_if<order_filled>(&event)) {
      expect(order.accepted || order.rejected, "before accepted: " + at);
      order.cumulative += filled->last_quantity;
      expect(order.cumulative == filled->cum_quantity, "not the sum: " + at);
      expect(order.trades
               .emplace(filled->trade_id.value, filled->venue_order_id.value,
                        filled->header.venue_time_ms.value_or(0))
               .second,
             "a trade twice: " + at);
      order.ended = order.ended || is_terminal(event);
      return;
    }
    expect(!order.ended, "after the end: " + at);
    if (name == "order_accepted") {
      expect(!order.accepted, "twice: " + at);
      order.accepted = true;
    } else if (name == "order_rejected") {
      expect(!order.accepted, "after accepted: " + at);
      order.rejected = true;
    } else {
      expect(order.accepted, "before accepted: " + at);
    }
    if (name == "order_triggered") {
      expect(!order.triggered, "twice: " + at);
      order.triggered = true;
    }
    order.ended = is_terminal(event);
  }

  std::mt19937_64 rng_;
  dispatch_state state_;
  std::int64_t now_ms_ = 1'000'000;
  effects out_;
  std::vector<info_query> queries_;
  std::uint64_t last_request_ = 0;
  std::uint64_t newest_oid_ = 1;
  std::uint64_t sequence_ = 0;
  std::map<std::string, life> lives_;
  std::string violation_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(dispatch_hostile_suite)

// Arguments after "--" say which runs: the first seed and how many.
BOOST_AUTO_TEST_CASE(whatever_comes_strategies_hear_what_is_legal) {
  const auto& suite = boost::unit_test::framework::master_test_suite();
  const std::uint64_t first = suite.argc > 1 ? std::stoull(suite.argv[1]) : 1;
  const std::uint64_t runs = suite.argc > 2 ? std::stoull(suite.argv[2]) : 300;
  BOOST_TEST_MESSAGE("seeds from " << first);
  for (auto seed = first; seed < first + runs; ++seed) {
    chaos one{seed};
    for (int step = 0; step < 500 && one.violation().empty(); ++step)
      one.step();
    BOOST_TEST(one.violation() == "",
               "seed " << seed << ": " << one.violation());
  }
}

BOOST_AUTO_TEST_SUITE_END()
