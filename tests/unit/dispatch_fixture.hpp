// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/dispatch_state.hpp"
#include "hlx/messages/signing/keccak.hpp"
#include "hlx/messages/wire/status_words.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace hlx {

/// When the tests of dispatch begin, Unix ms.
inline constexpr std::int64_t dispatch_start_ms = 1'000'000;

template <class Decimal>
Decimal dec(const char* text) {
  const auto result = parse<Decimal>(text);
  BOOST_REQUIRE_MESSAGE(result.has_value(), text << " is not a decimal");
  return *result;
}

/// Drives a dispatch state by literals and keeps what left it. Orders are
/// buys of BTC at 50000 by strategy S-1 when nothing else is said.
struct dispatch_fixture {
  dispatch_state state;
  std::int64_t now_ms = dispatch_start_ms;
  effects out;
  std::vector<exchange_request> requests; ///< All; number N stands at N - 1.
  std::vector<info_query> queries;        ///< Those not answered yet.
  std::vector<order_event> events;
  std::vector<std::string> warnings;
  std::vector<std::string> stream; ///< "up", "down"
  std::vector<order_status_report> external_statuses;
  std::set<cloid> sells; ///< Orders that sell.
  std::vector<fill_report> external_fills;

  explicit dispatch_fixture(dispatch_options options = {})
    : state(options, default_instruments()) {
    connect();
    answer_nothing();
    BOOST_REQUIRE(state.is_ready());
    stream.clear();
  }

  template <class Input>
  void apply(const Input& input) {
    note_sides(input);
    state.apply(input, now_ms, out);
    take();
  }

  void note_sides(const auto&) {}
  void note_sides(const submit_order& x) {
    if (x.order.side == order_side::sell)
      sells.insert(wire_id(x.order.client_order_id.value));
  }
  void note_sides(const submit_list& x) {
    for (const auto& order : x.orders)
      note_sides(submit_order{x.strategy, order});
  }

  order_side side_of(const std::string& id) const {
    return sells.contains(wire_id(id)) ? order_side::sell : order_side::buy;
  }

  void take() {
    for (auto& item : out) {
      if (auto* event = std::get_if<order_event>(&item))
        events.push_back(*event);
      else if (auto* request = std::get_if<exchange_request>(&item))
        requests.push_back(*request);
      else if (auto* query = std::get_if<info_query>(&item))
        queries.push_back(*query);
      else if (auto* text = std::get_if<client_warning>(&item))
        warnings.push_back(text->text);
      else if (auto* news = std::get_if<stream_changed>(&item))
        stream.push_back(news->up ? "up" : "down");
      else if (auto* status = std::get_if<order_status_report>(&item))
        external_statuses.push_back(*status);
      else if (auto* trade = std::get_if<fill_report>(&item))
        external_fills.push_back(*trade);
    }
    out.clear();
  }

  void advance(std::int64_t ms) {
    const auto until = now_ms + ms;
    for (;;) {
      const auto due = state.next_deadline_ms();
      if (!due || *due > until)
        break;
      now_ms = std::max(now_ms, *due);
      state.timers_due(now_ms, out);
      take();
    }
    now_ms = until;
  }

  // Commands.

  static cloid wire_id(const std::string& id) {
    return signing::cloid_of(client_order_id{id});
  }

  static order_terms terms(const std::string& id, const char* size = "0.01") {
    order_terms result;
    result.client_order_id.value = id;
    result.instrument = "BTC";
    result.quantity = dec<quantity>(size);
    result.price = dec<price>("50000");
    return result;
  }

  void submit(order_terms order) {
    apply(submit_order{{"S-1"}, std::move(order)});
  }

  void submit(const std::string& id, const char* size = "0.01",
              time_in_force tif = time_in_force::gtc) {
    auto order = terms(id, size);
    order.time_in_force = tif;
    submit(std::move(order));
  }

  void modify(const std::string& id, const char* size, const char* at) {
    modify_order command;
    command.client_order_id.value = id;
    if (size)
      command.quantity = dec<quantity>(size);
    if (at)
      command.price = dec<price>(at);
    apply(command);
  }

  void cancel(const std::string& id) {
    cancel_order command;
    command.client_order_id.value = id;
    apply(command);
  }

  /// An order that rests: submitted as request N, open and answered.
  void place(const std::string& id, std::uint64_t oid,
             const char* size = "0.01") {
    submit(id, size);
    open(id, oid, size);
    resting(requests.size(), oid);
  }

  // What the venue says by frames. `left` and `size` as in the report.

  order_status_report record(const std::string& id, std::uint64_t oid,
                             const char* word, const char* left = "0.01",
                             const char* size = "0.01") const {
    order_status_report report;
    report.instrument = "BTC";
    report.side = side_of(id);
    report.oid.value = oid;
    report.cloid = wire_id(id);
    report.limit_price = dec<price>("50000");
    report.remaining_quantity = dec<quantity>(left);
    report.original_quantity = dec<quantity>(size);
    report.placed_ms = now_ms;
    report.status_ms = now_ms;
    report.status = wire::classify_status(word);
    report.status_word = word;
    return report;
  }

  void frame(const order_status_report& report) {
    user_stream_update update;
    update.orders.push_back(report);
    apply(update);
  }

  void status(const std::string& id, std::uint64_t oid, const char* word,
              const char* left = "0.01", const char* size = "0.01") {
    frame(record(id, oid, word, left, size));
  }

  void open(const std::string& id, std::uint64_t oid,
            const char* size = "0.01") {
    status(id, oid, "open", size, size);
  }

  void canceled(const std::string& id, std::uint64_t oid,
                const char* left = "0.01", const char* size = "0.01") {
    status(id, oid, "canceled", left, size);
  }

  fill_report trade(const std::string& id, std::uint64_t oid,
                    std::uint64_t number, const char* size) const {
    fill_report report;
    report.instrument = "BTC";
    report.side = side_of(id);
    report.oid.value = oid;
    report.cloid = wire_id(id);
    report.trade_id.value = number;
    report.last_price = dec<price>("50000");
    report.last_quantity = dec<quantity>(size);
    report.commission_currency = "USDC";
    report.time_ms = now_ms;
    return report;
  }

  void frame(const fill_report& report, bool snapshot = false) {
    user_stream_update update;
    update.fills.push_back(report);
    update.snapshot = snapshot;
    apply(update);
  }

  void fill(const std::string& id, std::uint64_t oid, std::uint64_t number,
            const char* size) {
    frame(trade(id, oid, number, size));
  }

  // What comes back for requests.

  void reply(std::uint64_t request, element_outcome element,
             bool late = false) {
    request_outcome outcome;
    outcome.request.value = request;
    outcome.delivery = request_delivery::answered;
    outcome.reply.kind = reply_kind::statuses;
    outcome.reply.elements.push_back(std::move(element));
    outcome.late = late;
    apply(outcome);
  }

  void reply(std::uint64_t request, std::vector<element_outcome> elements) {
    request_outcome outcome;
    outcome.request.value = request;
    outcome.delivery = request_delivery::answered;
    outcome.reply.kind = reply_kind::statuses;
    outcome.reply.elements = std::move(elements);
    apply(outcome);
  }

  void resting(std::uint64_t request, std::uint64_t oid, bool late = false) {
    reply(request, {.status = element_status::resting, .oid = {oid}}, late);
  }

  void filled(std::uint64_t request, std::uint64_t oid, const char* total,
              bool late = false) {
    reply(request,
          {.status = element_status::filled,
           .oid = {oid},
           .total_quantity = dec<quantity>(total)},
          late);
  }

  void success(std::uint64_t request) {
    reply(request, {.status = element_status::success});
  }

  void refused(std::uint64_t request, const char* text, bool late = false) {
    reply(request, {.status = element_status::error, .error = text}, late);
  }

  /// Top-level err, or an HTTP status that says as much.
  void refused_whole(std::uint64_t request, const char* text,
                     reply_kind kind = reply_kind::refused) {
    request_outcome outcome;
    outcome.request.value = request;
    outcome.delivery = request_delivery::answered;
    outcome.reply.kind = kind;
    outcome.reply.text = text;
    apply(outcome);
  }

  void lost(std::uint64_t request) {
    request_outcome outcome;
    outcome.request.value = request;
    outcome.delivery = request_delivery::unknown;
    outcome.failure = "timeout";
    apply(outcome);
  }

  void not_sent(std::uint64_t request) {
    request_outcome outcome;
    outcome.request.value = request;
    outcome.delivery = request_delivery::not_sent;
    outcome.failure = "no connection";
    apply(outcome);
  }

  // The stream and the answers to queries.

  void connect() { apply(stream_up{now_ms}); }
  void disconnect() { apply(stream_down{now_ms, "closed"}); }

  /// The gap ends, and nothing was missed in it.
  void reconnect_after(std::int64_t ms) {
    queries.clear();
    now_ms += ms;
    connect();
    answer_open_orders();
    answer_fills();
  }

  void answer(const info_query& query, info_answer_body body) {
    apply(info_answer{query.query, std::move(body)});
  }

  /// Takes the oldest unanswered query of this kind; fails without one.
  template <class Query>
  info_query next() {
    const auto found =
      std::find_if(queries.begin(), queries.end(), [](const auto& query) {
        return std::holds_alternative<Query>(query.body);
      });
    BOOST_REQUIRE_MESSAGE(found != queries.end(), "no such query: " << asked());
    auto result = *found;
    queries.erase(found);
    return result;
  }

  void answer_status(std::optional<order_status_report> report = {}) {
    answer(next<order_status_query>(), order_status_answer{std::move(report)});
  }

  /// The venue does not know the order, three times, a second apart.
  void answer_unknown_thrice() {
    answer_status();
    for (int i = 0; i < 2; ++i) {
      advance(1'000);
      answer_status();
    }
  }

  void answer_fills(std::vector<fill_report> fills = {}) {
    answer(next<fills_query>(), fills_answer{std::move(fills)});
  }

  /// And that the account is flat, when that is asked for too.
  void answer_open_orders(std::vector<order_status_report> orders = {}) {
    answer(next<open_orders_query>(), open_orders_answer{std::move(orders)});
    const auto is_about_positions = [](const info_query& query) {
      return std::holds_alternative<positions_query>(query.body);
    };
    if (std::any_of(queries.begin(), queries.end(), is_about_positions))
      answer_positions({});
  }

  void answer_positions(positions_answer positions) {
    answer(next<positions_query>(), std::move(positions));
  }

  void answer_clock() {
    answer(next<exchange_status_query>(), exchange_status_answer{now_ms});
  }

  template <class Query>
  void fail() {
    answer(next<Query>(), failed_answer{"HTTP 502"});
  }

  /// The venue knows no order and no fill, but the time.
  void answer_nothing() {
    while (!queries.empty())
      for (const auto& query : std::exchange(queries, {})) {
        if (std::holds_alternative<exchange_status_query>(query.body))
          answer(query, exchange_status_answer{now_ms});
        else if (std::holds_alternative<open_orders_query>(query.body))
          answer(query, open_orders_answer{});
        else if (std::holds_alternative<fills_query>(query.body))
          answer(query, fills_answer{});
        else if (std::holds_alternative<positions_query>(query.body))
          answer(query, positions_answer{});
        else
          answer(query, order_status_answer{});
      }
  }

  // What left.

  /// The names of the events so far, e.g. "submitted accepted".
  std::string heard() const {
    std::string result;
    for (const auto& event : events) {
      if (!result.empty())
        result += ' ';
      result += std::string{name_of(event)}.substr(6);
    }
    return result;
  }

  /// The unanswered queries: "status by oid 7", "status by cloid", "fills
  /// from 940000", "open orders", "positions", "clock", "book", "mids"; comma
  /// between.
  std::string asked() const {
    std::string result;
    for (const auto& query : queries) {
      if (!result.empty())
        result += ", ";
      if (const auto* status = std::get_if<order_status_query>(&query.body)) {
        const auto* oid = std::get_if<venue_order_id>(&status->target);
        result += oid ? "status by oid " + to_string(*oid) : "status by cloid";
      } else if (const auto* fills = std::get_if<fills_query>(&query.body)) {
        result += "fills from " + std::to_string(fills->start_ms);
      } else if (std::holds_alternative<open_orders_query>(query.body)) {
        result += "open orders";
      } else if (std::holds_alternative<positions_query>(query.body)) {
        result += "positions";
      } else if (std::holds_alternative<exchange_status_query>(query.body)) {
        result += "clock";
      } else if (std::holds_alternative<book_query>(query.body)) {
        result += "book";
      } else {
        result += "mids";
      }
    }
    return result;
  }

  /// What a request asks of the venue: "order 0.01@50000", "modify 7 to
  /// 0.02@50000", "cancel by cloid", "cancel 7"; " + " between orders.
  std::string sent(std::size_t number) const {
    BOOST_REQUIRE_MESSAGE(number > 0 && number <= requests.size(),
                          "no request " << number);
    std::string result;
    const auto add = [&](const std::string& text) {
      result += (result.empty() ? "" : " + ") + text;
    };
    const auto order_text = [](const wire_order& order) {
      return to_string(order.size) + '@' + to_string(order.limit_price);
    };
    const auto& action = requests[number - 1].action;
    if (const auto* orders = std::get_if<order_action>(&action))
      for (const auto& order : orders->orders)
        add("order " + order_text(order));
    else if (const auto* modify = std::get_if<batch_modify_action>(&action))
      for (const auto& entry : modify->modifies)
        add("modify " + to_string(std::get<venue_order_id>(entry.target))
            + " to " + order_text(entry.order));
    else if (const auto* cancels = std::get_if<cancel_action>(&action))
      for (const auto& entry : cancels->cancels)
        add("cancel " + to_string(entry.oid));
    else if (const auto* named = std::get_if<cancel_by_cloid_action>(&action))
      for (std::size_t i = 0; i < named->cancels.size(); ++i)
        add("cancel by cloid");
    else if (const auto* later = std::get_if<schedule_cancel_action>(&action))
      add("cancel all at " + std::to_string(later->time_ms.value_or(0)));
    return result;
  }

  template <class Event>
  const Event& last() const {
    BOOST_REQUIRE(!events.empty());
    const auto* event = std::get_if<Event>(&events.back());
    BOOST_REQUIRE_MESSAGE(event, "the last event is another: " << heard());
    return *event;
  }
};

/// The same with a dead-man switch of a minute.
struct dead_man_fixture : dispatch_fixture {
  explicit dead_man_fixture(dispatch_options options = {})
    : dispatch_fixture(with_switch(std::move(options))) {
    // nop
  }

  static dispatch_options with_switch(dispatch_options options) {
    options.dead_man_switch_ms = 60'000;
    return options;
  }

  void done(std::uint64_t request) {
    request_outcome outcome;
    outcome.request.value = request;
    outcome.delivery = request_delivery::answered;
    outcome.reply.kind = reply_kind::done;
    apply(outcome);
  }
};

/// The same with fills of unannounced legs held.
struct buffering_fixture : dispatch_fixture {
  buffering_fixture()
    : dispatch_fixture({.unseen_leg_fill = unseen_leg_fill_policy::buffer}) {
    // nop
  }
};

} // namespace hlx
