// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/dispatch_state.hpp"
#include "hlx/messages/signing/keccak.hpp"
#include "tests/unit/order_story.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>
#include <set>
#include <string>

/// Reply, order updates, fills and answers of one order arrive in any order.
/// The venue's history is fixed by the story; every order of arrival must end
/// in the same state and say the same, but for the liberties that the rules
/// give: refusals that the end answered, how many correctives it took, and
/// whether an order at or above its target ends by a fill or a cancel.
using namespace hlx;

namespace {

constexpr std::int64_t start_ms = 1'000'000;
/// Which of the waiting channels speaks next: every way in turn.
class schedule {
public:
  std::size_t choose(std::size_t n) {
    if (position_ == taken_.size())
      taken_.push_back({rng_ ? (*rng_)() % n : 0, n});
    return taken_[position_++].first;
  }

  /// Goes to the next way; false when all were tried.
  bool advance() {
    position_ = 0;
    if (rng_) {
      taken_.clear();
      return true;
    }
    while (!taken_.empty() && taken_.back().first + 1 == taken_.back().second)
      taken_.pop_back();
    if (taken_.empty())
      return false;
    ++taken_.back().first;
    return true;
  }

  /// From now on the ways are chosen at random.
  void randomize(std::uint64_t seed) {
    rng_.emplace(seed);
    taken_.clear();
    position_ = 0;
  }

private:
  std::vector<std::pair<std::size_t, std::size_t>> taken_;
  std::size_t position_ = 0;
  std::optional<std::mt19937_64> rng_;
};

/// One run of a story.
struct run {
  const story& plot;
  schedule& ways;
  bool duplicates;
  dispatch_state state;
  one_order_venue venue;
  std::int64_t now_ms = start_ms;
  effects out;
  std::vector<order_event> events;
  std::vector<exchange_request> unsent;
  std::vector<one_order_venue::message> frames; ///< To be said again.
  std::size_t requests = 0;
  std::size_t queries = 0;
  std::size_t external = 0;
  bool is_mended = false;
  std::string violation;
  std::string log; ///< What arrived, for the report of a violation.

  run(const story& plot_, schedule& ways_, bool duplicates_)
    : plot(plot_),
      ways(ways_),
      duplicates(duplicates_),
      state({.unseen_leg_fill = plot_.buffer ? unseen_leg_fill_policy::buffer
                                             : unseen_leg_fill_policy::promote,
             .trade_window = 100,
             .ended_orders = 10},
            default_instruments()) {
    venue.submit = plot.submit;
    venue.modify = plot.fate;
    venue.old_leg_ends_first = plot.old_leg_ends_first;
    venue.filled_shows_rest = plot.filled_shows_rest;
    venue.matched_at_once = units(plot.matched_at_once);
    venue.index_lag_ms = plot.index_lags ? 1'000 : 0;
    venue.set_time(now_ms);
  }

  void expect(bool holds, const std::string& what) {
    if (!holds && violation.empty())
      violation = what;
  }

  bool has_heard(const char* name) const {
    return std::any_of(
      events.begin(), events.end(),
      [&](const order_event& event) { return name_of(event) == name; });
  }

  bool has_ended() const {
    return std::any_of(events.begin(), events.end(), is_terminal);
  }

  void take(bool hold_requests = false) {
    for (auto& item : out) {
      if (auto* event = std::get_if<order_event>(&item)) {
        log += std::string{" <"} + std::string{name_of(*event)} + '>';
        events.push_back(*event);
      } else if (auto* request = std::get_if<exchange_request>(&item)) {
        ++requests;
        log += " (request " + to_string(request->request) + ')';
        if (hold_requests)
          unsent.push_back(*request);
        else
          venue.handle(*request);
      } else if (auto* query = std::get_if<info_query>(&item)) {
        ++queries;
        venue.handle(*query);
      } else if (std::holds_alternative<order_status_report>(item)
                 || std::holds_alternative<fill_report>(item)) {
        ++external;
      }
    }
    out.clear();
    expect(requests < 40 && queries < 200, "it does not come to rest");
  }

  template <class Input>
  void apply(const Input& input) {
    state.apply(input, now_ms, out);
    take();
  }

  void deliver(const one_order_venue::message& message) {
    if (const auto* report = std::get_if<order_status_report>(&message)) {
      log += ' ' + report->status_word + to_string(report->oid);
      user_stream_update update;
      update.orders.push_back(*report);
      apply(update);
    } else if (const auto* fill = std::get_if<fill_report>(&message)) {
      log += " trade" + to_string(fill->oid);
      user_stream_update update;
      update.fills.push_back(*fill);
      apply(update);
    } else if (const auto* outcome = std::get_if<request_outcome>(&message)) {
      log += " reply" + to_string(outcome->request);
      apply(*outcome);
    } else {
      log += " answer";
      apply(std::get<info_answer>(message));
    }
  }

  /// Lets one of the channels speak; false when all are silent.
  bool step() {
    std::vector<std::size_t> waiting;
    for (std::size_t i = 0; i < venue.out.size(); ++i)
      if (!venue.out[i].empty())
        waiting.push_back(i);
    if (waiting.empty())
      return false;
    const auto channel =
      waiting[waiting.size() == 1 ? 0 : ways.choose(waiting.size())];
    const auto message = std::move(venue.out[channel].front());
    venue.out[channel].pop_front();
    const bool is_frame =
      channel == one_order_venue::updates || channel == one_order_venue::fills;
    if (is_frame && plot.gap && !is_mended && ways.choose(2) == 1)
      return true;
    deliver(message);
    if (duplicates && is_frame) {
      deliver(message);
      frames.push_back(message);
    }
    return true;
  }

  /// After frames were lost: the stream comes back, and loses no more.
  void mend() {
    while (step())
      ;
    is_mended = true;
    apply(stream_down{now_ms, "closed"});
    apply(stream_up{now_ms});
  }

  /// Everything arrives, and every timer runs, until nothing is to come.
  void come_to_rest() {
    if (plot.gap)
      mend();
    for (int i = 0; i < 200 && violation.empty(); ++i) {
      while (violation.empty() && step())
        ;
      const auto due = state.next_deadline_ms();
      if (!due || *due > start_ms + 3'600'000)
        return;
      now_ms = std::max(now_ms, *due);
      venue.set_time(now_ms);
      log += " @" + std::to_string(now_ms - start_ms);
      state.timers_due(now_ms, out);
      take();
    }
    expect(false, "timers without an end");
  }

  void command_submit() {
    submit_order command;
    command.strategy.value = "S";
    command.order.client_order_id.value = "o";
    command.order.instrument = "BTC";
    command.order.quantity = units(10);
    command.order.price = price{50'000 * decimal_scale};
    command.order.time_in_force = plot.tif;
    command.order.type = plot.type;
    if (has_trigger(plot.type))
      command.order.trigger_price = command.order.price;
    if (is_market(plot.type))
      command.order.price.reset();
    state.apply(command, now_ms, out);
    take(true);
  }

  void command_modify() {
    modify_order command;
    command.client_order_id.value = "o";
    if (*plot.modify_to == 10)
      command.price = price{50'100 * decimal_scale};
    else
      command.quantity = units(*plot.modify_to);
    state.apply(command, now_ms, out);
    take(true);
  }

  void command_cancel() {
    state.apply(cancel_order{{}, {"o"}}, now_ms, out);
    take(true);
  }

  /// What was commanded reaches the venue.
  void send_held() {
    if (plot.cancel_overtakes)
      std::reverse(unsent.begin(), unsent.end());
    for (const auto& request : std::exchange(unsent, {}))
      venue.handle(request);
  }

  void play() {
    apply(stream_up{now_ms});
    while (step())
      ;
    expect(state.is_ready(), "not ready");
    ++now_ms;
    venue.set_time(now_ms);
    log.clear();
    command_submit();
    if (!plot.modify_to && plot.cancel && plot.hurry)
      command_cancel();
    send_held();
    for (auto size : plot.first_trades)
      venue.trade(units(size));
    if (plot.hurry)
      while (!has_heard("order_accepted") && step())
        ;
    else
      come_to_rest();
    for (auto size : plot.race_trades)
      venue.trade(units(size));
    is_mended = false;
    if (plot.modify_to)
      command_modify();
    if (plot.cancel && (plot.modify_to || !plot.hurry))
      command_cancel();
    if (has_trigger(plot.type))
      venue.fire(units(plot.fired_size));
    send_held();
    for (auto size : plot.last_trades)
      venue.trade(units(size));
    if (plot.venue_cancels)
      venue.cancel_by_venue("marginCanceled");
    come_to_rest();
    if (duplicates) {
      const auto before = events.size();
      for (const auto& message : std::exchange(frames, {}))
        deliver(message);
      come_to_rest();
      expect(events.size() == before, "a repeated frame caused an event");
    }
    check();
  }

  void check() {
    bool accepted = false;
    bool ended = false;
    quantity sum;
    quantity target;
    std::uint64_t sequence = 0;
    std::set<std::uint64_t> trades;
    for (const auto& event : events) {
      expect(header_of(event).sequence == ++sequence, "a gap in the numbers");
      if (const auto* filled = std::get_if<order_filled>(&event)) {
        expect(trades.insert(filled->trade_id.value).second, "a trade twice");
        sum += filled->last_quantity;
        expect(filled->cum_quantity == sum, "cum_quantity is not the sum");
        expect(accepted || has_heard("order_rejected"),
               "filled before accepted");
      } else if (name_of(event) == "order_submitted") {
        expect(sequence == 1, "submitted is not the first");
      } else if (name_of(event) == "order_accepted") {
        expect(!accepted, "accepted twice");
        accepted = true;
      } else {
        expect(!ended || name_of(event) == "order_modify_rejected"
                 || name_of(event) == "order_cancel_rejected",
               "news after the end: " + std::string{name_of(event)});
      }
      if (const auto* updated = std::get_if<order_updated>(&event))
        target = updated->quantity;
      if (const auto* placed = std::get_if<order_accepted>(&event))
        target = placed->quantity;
      if (is_terminal(event)) {
        expect(!ended || std::holds_alternative<order_filled>(event),
               "it ended twice");
        ended = true;
      }
    }
    expect(sum == venue.filled() && trades.size() == venue.trades(),
           "not every trade was told");
    expect(external == 0, "a report was taken for somebody else's");
    expect(ended == (state.open_orders() == 0), "open or not?");
    expect(ended == !venue.is_live(), venue.is_live()
                                        ? "ended, and it lives at the venue"
                                        : "gone at the venue, and open here");
    if (!ended && accepted)
      expect(venue.left() == target - sum,
             "another quantity is left: " + to_string(venue.left()));
    expect(!state.next_deadline_ms(), "a timer runs for nothing");
  }

  /// What every order of arrival must have in common.
  std::string outcome() const {
    std::multiset<std::string> said;
    std::set<std::string> updates;
    quantity target;
    quantity sum;
    std::string end = "open";
    std::size_t refusals = 0;
    for (const auto& event : events) {
      const std::string name{name_of(event)};
      if (const auto* filled = std::get_if<order_filled>(&event)) {
        said.insert("trade " + to_string(filled->trade_id));
        sum = filled->cum_quantity;
      } else if (const auto* updated = std::get_if<order_updated>(&event)) {
        updates.insert("updated " + to_string(updated->quantity));
        target = updated->quantity;
      } else if (name == "order_modify_rejected"
                 || name == "order_cancel_rejected") {
        ++refusals;
        continue;
      } else {
        if (const auto* placed = std::get_if<order_accepted>(&event))
          target = placed->quantity;
        if (!is_terminal(event))
          said.insert(name);
      }
      if (is_terminal(event) && end == "open")
        end = name;
    }
    if (target.raw > 0 && sum >= target && end != "open")
      end = "over";
    std::string result = end;
    if (end == "open")
      result += " refusals " + std::to_string(refusals);
    for (const auto& x : said)
      result += ", " + x;
    for (const auto& x : updates)
      result += ", " + x;
    return result;
  }
};

/// Runs every order of arrival, or many at random when there are too many.
void tell(const story& plot, std::size_t most, std::uint64_t seed,
          std::size_t& runs) {
  schedule ways;
  std::optional<std::string> expected;
  std::string first_log;
  std::size_t tried = 0;
  bool goes_on = true;
  while (goes_on && tried < most) {
    run one{plot, ways, tried % 2 == 1};
    one.play();
    ++tried;
    auto outcome = one.outcome();
    if (!expected) {
      expected = outcome;
      first_log = one.log;
    }
    if (!one.violation.empty() || outcome != *expected) {
      BOOST_ERROR("story: " << text_of(plot) << "\nseed " << seed
                            << "\nviolation: " << one.violation
                            << "\nfirst: " << *expected << "\n  " << first_log
                            << "\nnow: " << outcome << "\n  " << one.log);
      break;
    }
    if (tried == most / 2)
      ways.randomize(seed);
    else
      goes_on = ways.advance();
  }
  runs += tried;
}

} // namespace

BOOST_AUTO_TEST_SUITE(dispatch_orders_of_arrival_suite)

// Arguments after "--" say which stories: the first seed and how many.
BOOST_AUTO_TEST_CASE(every_order_of_arrival_says_the_same) {
  const auto& suite = boost::unit_test::framework::master_test_suite();
  const std::uint64_t first = suite.argc > 1 ? std::stoull(suite.argv[1]) : 1;
  const std::uint64_t stories =
    suite.argc > 2 ? std::stoull(suite.argv[2]) : 1'000;
  BOOST_TEST_MESSAGE("seeds from " << first);
  std::size_t runs = 0;
  for (auto seed = first; seed < first + stories; ++seed)
    tell(draw_story(seed), 200, seed, runs);
  BOOST_TEST_MESSAGE(runs << " orders of arrival");
  BOOST_TEST(runs >= stories);
}

BOOST_AUTO_TEST_SUITE_END()
