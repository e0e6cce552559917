// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/dispatch_state.hpp"
#include "hlx/messages/signing/keccak.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <sstream>

using namespace hlx;

namespace {

constexpr std::int64_t start_ms = 1'000'000;

/// Drives the dispatch state by literals and keeps a line for each effect.
struct dispatch_fixture {
  dispatch_state state{dispatch_options{}, default_instruments()};
  std::int64_t now_ms = start_ms;
  effects out;
  std::vector<exchange_request> requests;
  std::vector<info_query> queries;
  std::vector<order_event> events;
  std::vector<std::string> warnings;
  std::size_t external = 0;

  dispatch_fixture() {
    state.apply(stream_up{now_ms}, now_ms, out);
    take();
    answer_nothing();
    BOOST_REQUIRE(state.is_ready());
  }

  template <class Input>
  void apply(const Input& input) {
    state.apply(input, now_ms, out);
    take();
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
      else if (!std::holds_alternative<stream_changed>(item))
        ++external;
    }
    out.clear();
  }

  void answer(const info_query& query, info_answer_body body) {
    apply(info_answer{query.query, std::move(body)});
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
        else
          answer(query, order_status_answer{});
      }
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

  static cloid wire_id(const std::string& id) {
    return signing::cloid_of(client_order_id{id});
  }

  void submit(const std::string& id, const char* size = "0.01",
              time_in_force tif = time_in_force::gtc) {
    submit_order command;
    command.strategy.value = "S-1";
    command.order.client_order_id.value = id;
    command.order.instrument = "BTC";
    command.order.quantity = parse<quantity>(size).value();
    command.order.price = parse<price>("50000").value();
    command.order.time_in_force = tif;
    apply(command);
  }

  void modify(const std::string& id, const char* size, const char* at) {
    modify_order command;
    command.client_order_id.value = id;
    if (size)
      command.quantity = parse<quantity>(size).value();
    if (at)
      command.price = parse<price>(at).value();
    apply(command);
  }

  void cancel(const std::string& id) {
    cancel_order command;
    command.client_order_id.value = id;
    apply(command);
  }

  void status(const std::string& id, std::uint64_t oid, const char* word,
              venue_order_status kind, const char* left = "0.01",
              const char* size = "0.01") {
    user_stream_update update;
    order_status_report report;
    report.instrument = "BTC";
    report.oid.value = oid;
    report.cloid = wire_id(id);
    report.limit_price = parse<price>("50000").value();
    report.remaining_quantity = parse<quantity>(left).value();
    report.original_quantity = parse<quantity>(size).value();
    report.placed_ms = now_ms;
    report.status_ms = now_ms;
    report.status = kind;
    report.status_word = word;
    update.orders.push_back(report);
    apply(update);
  }

  void open(const std::string& id, std::uint64_t oid,
            const char* size = "0.01") {
    status(id, oid, "open", venue_order_status::open, size, size);
  }

  void fill(const std::string& id, std::uint64_t oid, std::uint64_t trade,
            const char* size) {
    user_stream_update update;
    fill_report report;
    report.instrument = "BTC";
    report.oid.value = oid;
    report.cloid = wire_id(id);
    report.trade_id.value = trade;
    report.last_price = parse<price>("50000").value();
    report.last_quantity = parse<quantity>(size).value();
    report.commission_currency = "USDC";
    report.time_ms = now_ms;
    update.fills.push_back(report);
    apply(update);
  }

  void reply(std::uint64_t request, element_outcome element) {
    request_outcome outcome;
    outcome.request.value = request;
    outcome.delivery = request_delivery::answered;
    outcome.reply.kind = reply_kind::statuses;
    outcome.reply.elements.push_back(std::move(element));
    apply(outcome);
  }

  void resting(std::uint64_t request, std::uint64_t oid) {
    reply(request, {.status = element_status::resting, .oid = {oid}});
  }

  void refused(std::uint64_t request, const char* text) {
    reply(request, {.status = element_status::error, .error = text});
  }

  void lost(std::uint64_t request) {
    request_outcome outcome;
    outcome.request.value = request;
    outcome.delivery = request_delivery::unknown;
    outcome.failure = "timeout";
    apply(outcome);
  }

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

  template <class Event>
  const Event& last() const {
    return std::get<Event>(events.back());
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch_suite, dispatch_fixture)

BOOST_AUTO_TEST_CASE(an_order_lives_from_submission_to_its_last_fill) {
  submit("a");
  open("a", 7);
  resting(1, 7);
  fill("a", 7, 1, "0.004");
  fill("a", 7, 1, "0.004");
  fill("a", 7, 2, "0.006");
  BOOST_TEST(heard() == "submitted accepted filled filled");
  BOOST_TEST(is_terminal(events.back()));
  BOOST_TEST(header_of(events.back()).sequence == 4u);
  BOOST_TEST(state.open_orders() == 0u);
}

BOOST_AUTO_TEST_CASE(a_fill_before_the_open_is_preceded_by_accepted) {
  submit("a");
  fill("a", 7, 1, "0.01");
  open("a", 7);
  resting(1, 7);
  BOOST_TEST(heard() == "submitted accepted filled");
}

BOOST_AUTO_TEST_CASE(a_modify_is_an_update_and_its_stale_cancel_is_silent) {
  submit("a");
  open("a", 7);
  resting(1, 7);
  modify("a", "0.02", nullptr);
  status("a", 7, "canceled", venue_order_status::canceled);
  BOOST_TEST(heard() == "submitted accepted");
  open("a", 8, "0.02");
  resting(2, 8);
  BOOST_TEST(heard() == "submitted accepted updated");
  BOOST_TEST(to_string(last<order_updated>().quantity) == "0.02");
}

BOOST_AUTO_TEST_CASE(a_parked_cancel_is_released_when_the_modify_is_refused) {
  submit("a");
  open("a", 7);
  resting(1, 7);
  modify("a", nullptr, "50100");
  status("a", 7, "canceled", venue_order_status::canceled);
  refused(2, "Attempted to modify to invalid new order");
  BOOST_TEST(heard() == "submitted accepted modify_rejected canceled");
}

BOOST_AUTO_TEST_CASE(a_cancel_waits_for_the_fills_that_it_proves) {
  submit("a");
  open("a", 7);
  resting(1, 7);
  cancel("a");
  status("a", 7, "canceled", venue_order_status::canceled, "0.006");
  BOOST_TEST(heard() == "submitted accepted");
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "submitted accepted filled canceled");
}

BOOST_AUTO_TEST_CASE(a_cancel_is_sent_again_when_it_overtook_the_placement) {
  submit("a");
  cancel("a");
  BOOST_TEST(requests.size() == 2u);
  refused(2, "Order was never placed, already canceled, or filled. asset=0");
  open("a", 7);
  BOOST_REQUIRE(requests.size() == 3u);
  reply(3, {.status = element_status::success});
  status("a", 7, "canceled", venue_order_status::canceled);
  BOOST_TEST(heard() == "submitted accepted canceled");
}

BOOST_AUTO_TEST_CASE(a_lost_submit_is_rejected_only_when_the_venue_denies_it) {
  submit("a");
  advance(5000);
  lost(1);
  advance(1999);
  BOOST_TEST(queries.empty());
  advance(1);
  for (int round = 0; round < 3; ++round) {
    BOOST_TEST(heard() == "submitted");
    answer_nothing();
    advance(1000);
  }
  BOOST_TEST(heard() == "submitted rejected");
}

BOOST_AUTO_TEST_CASE(an_ioc_that_matched_in_part_ends_as_canceled) {
  submit("a", "0.01", time_in_force::ioc);
  reply(1, {.status = element_status::filled,
            .oid = {7},
            .total_quantity = parse<quantity>("0.004").value()});
  fill("a", 7, 1, "0.004");
  BOOST_TEST(heard() == "submitted accepted filled canceled");
  BOOST_TEST(last<order_canceled>().reason == "filled");
}

BOOST_AUTO_TEST_CASE(a_fill_that_raced_a_modify_is_corrected) {
  submit("a");
  open("a", 7);
  resting(1, 7);
  modify("a", "0.02", nullptr);
  fill("a", 7, 1, "0.004");
  open("a", 8, "0.02");
  BOOST_REQUIRE(requests.size() == 3u);
  const auto& corrective = std::get<batch_modify_action>(requests[2].action);
  BOOST_TEST(to_string(corrective.modifies[0].order.size) == "0.016");
  open("a", 9, "0.016");
  BOOST_TEST(heard() == "submitted accepted filled updated updated");
}

BOOST_AUTO_TEST_CASE(orders_of_others_are_forwarded_raw_and_once) {
  open("stranger", 70);
  open("stranger", 70);
  fill("stranger", 70, 9, "0.01");
  fill("stranger", 70, 9, "0.01");
  BOOST_TEST(external == 2u);
  BOOST_TEST(events.empty());
}

BOOST_AUTO_TEST_CASE(a_live_or_remembered_id_is_denied) {
  submit("a");
  submit("a");
  BOOST_TEST(heard() == "submitted denied");
  BOOST_TEST(requests.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
