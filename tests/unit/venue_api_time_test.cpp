// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_api_fixture.hpp"
#include "tests/venue/api/control.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using namespace hlx::venue;

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t day_ms = 24 * hour_ms;

struct time_fixture : api_fixture {
  std::string command(const std::string& body) {
    return control(api, body, now_ms).body;
  }

  void advance(std::int64_t ms) {
    BOOST_TEST(command(R"({"advance":{"ms":)" + std::to_string(ms) + "}}")
               == R"({"ok":true})");
  }

  /// What the WebSocket heard, in one piece.
  std::string all(session_id id) {
    std::string result;
    for (const auto& frame : heard(id))
      result += frame + '\n';
    return result;
  }

  std::string bid() {
    return act(alice, order_json(limit_fields(0, true, "50000", "1", "Gtc")));
  }
};

std::string time_member(std::string_view name, std::int64_t ms) {
  return '"' + std::string{name} + "\":" + std::to_string(ms);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_api_time_suite, time_fixture)

BOOST_AUTO_TEST_CASE(a_scheduled_cancel_comes_when_time_is_advanced_to_it) {
  const auto id = listen_to(alice);
  command(R"({"schedule_cancel_volume":0})");
  BOOST_TEST(bid() == statuses(resting(1001)));
  const auto at_ms = (now_ms / minute_ms + 60) * minute_ms;
  act(alice,
      R"({"type":"scheduleCancel","time":)" + std::to_string(at_ms) + "}");
  heard(id);
  advance(at_ms - now_ms - 1);
  BOOST_TEST(all(id) == "");
  BOOST_TEST(api.next_due_ms().value() == now_ms + 1);
  advance(1);
  const auto told = all(id);
  BOOST_TEST(contains(told, R"("status":"scheduledCancel",)"
                              + time_member("statusTimestamp", at_ms)));
}

BOOST_AUTO_TEST_CASE(a_twap_runs_to_its_end_when_time_is_advanced) {
  command(R"({"book":{"coin":"BTC","side":"sell","px":"60010","sz":"10"}})");
  act(alice, R"({"type":"twapOrder","twap":{"a":0,"b":true,"s":"0.1",)"
             R"("r":false,"m":5,"t":false}})");
  const auto id = listen_to(alice);
  advance(5 * minute_ms);
  const auto told = all(id);
  std::size_t fills = 0;
  for (auto at = told.find(R"("twapId":1)"); at != std::string::npos;
       at = told.find(R"("twapId":1)", at + 1))
    ++fills;
  BOOST_TEST(fills == 9U); // One came before.
  BOOST_TEST(
    contains(info(R"({"type":"twapHistory","user":")" + alice.user() + R"("})"),
             R"("status":{"status":"finished"})"));
}

BOOST_AUTO_TEST_CASE(an_agent_expires_when_time_is_advanced) {
  const trader agent{'3'};
  const auto nonce = ++last_nonce;
  api.books().submit(
    {.action = user_signed_action{approve_agent_action{
       .agent = agent.key.signer_address(),
       .agent_name = "bot valid_until " + std::to_string(now_ms + day_ms),
       .nonce = nonce}},
     .nonce = nonce,
     .signer = alice.key.signer_address()},
    now_ms);
  run(200);
  const auto order = order_json(limit_fields(0, true, "50000", "1", "Gtc"));
  BOOST_TEST(act(agent, order) == statuses(resting(1001)));
  advance(day_ms);
  const auto id = post("/exchange", envelope(agent, order));
  run(200);
  BOOST_TEST(contains(replies[id].text, "does not exist."));
}

BOOST_AUTO_TEST_CASE(what_was_signed_before_is_old_when_time_is_advanced) {
  const auto until_ms = static_cast<std::uint64_t>(now_ms + hour_ms);
  advance(hour_ms + 1);
  BOOST_TEST(act(alice, R"({"type":"noop"})", {.expires_after_ms = until_ms})
             == refused("Action already expired"));
  BOOST_TEST(act(alice, R"({"type":"noop"})")
             == R"({"status":"ok","response":{"type":"default"}})");
  advance(2 * day_ms);
  BOOST_TEST(
    contains(act(alice, R"({"type":"noop"})"), "Invalid nonce: nonce too low"));
  const auto fresh = static_cast<std::uint64_t>(api.books_ms());
  BOOST_TEST(act(alice, R"({"type":"noop"})", {.nonce = fresh})
             == R"({"status":"ok","response":{"type":"default"}})");
}

BOOST_AUTO_TEST_CASE(every_answer_tells_the_time_that_was_advanced_to) {
  const auto id = listen({R"({"type":"l2Book","coin":"BTC"})"});
  advance(hour_ms);
  const auto then_ms = now_ms + hour_ms;
  BOOST_TEST(contains(info(R"({"type":"exchangeStatus"})"),
                      time_member("time", then_ms)));
  BOOST_TEST(
    contains(command(R"({"counters":true})"), time_member("time", then_ms)));
  bid();
  BOOST_TEST(
    contains(info(R"({"type":"openOrders","user":")" + alice.user() + R"("})"),
             time_member("timestamp", api.books().last_block_ms())));
  BOOST_TEST(api.books().last_block_ms() >= then_ms);
  run(book_interval_ms);
  BOOST_TEST(
    contains(all(id), R"({"coin":"BTC",)"
                        + time_member("time", then_ms + book_interval_ms)));
  run(minute_ms / 2);
  BOOST_TEST(api.books_ms() == now_ms + hour_ms);
}

BOOST_AUTO_TEST_CASE(connections_and_delays_keep_to_the_callers_time) {
  const auto id = listen({});
  api.faults().script(fault::info_delay, 1);
  auto rates = calm();
  rates.reply_delay_ms_max = 1000;
  api.faults().set_rates(rates);
  const auto late = post("/info", R"({"type":"exchangeStatus"})");
  advance(hour_ms);
  run(0);
  BOOST_TEST(others.empty());
  BOOST_TEST(replies.count(late) == 0U);
  run(1000);
  BOOST_TEST(replies.count(late) == 1U);
  run(idle_close_ms - 1001);
  BOOST_TEST(others.empty());
  run(1);
  BOOST_REQUIRE(others.size() == 1U);
  BOOST_TEST(others[0].target == id);
}

BOOST_AUTO_TEST_CASE(the_weight_of_a_minute_does_not_come_back_sooner) {
  run(minute_ms - now_ms % minute_ms);
  api.set_limits({.weight = 2});
  info(R"({"type":"exchangeStatus"})");
  advance(hour_ms);
  const auto id = post("/info", R"({"type":"exchangeStatus"})");
  BOOST_TEST(replies[id].status == 429);
}

BOOST_AUTO_TEST_CASE(time_is_not_advanced_by_more_than_can_be_counted) {
  for (const auto* const wrong :
       {R"({"advance":{"ms":-1}})", R"({"advance":{"ms":"1"}})",
        R"({"advance":1})", R"({"advance":{"ms":9000000000000000000}})",
        R"({"advance":{"ms":315360000001}})"})
    BOOST_TEST(contains(command(wrong), R"({"error":)"));
  BOOST_TEST(api.books_ms() == now_ms);
  advance(venue_api::skip_max_ms);
  BOOST_TEST(contains(command(R"({"advance":{"ms":1}})"), "ten years"));
}

BOOST_AUTO_TEST_SUITE_END()
