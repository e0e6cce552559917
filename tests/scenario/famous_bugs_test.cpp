// SPDX-License-Identifier: BSD-3-Clause
#include "tests/scenario/script_lines.hpp"

#include <boost/test/unit_test.hpp>

/// What users of other clients of this venue complain about, one case each:
/// the real client actor on a scripted venue.
using namespace hlx::scenario;

namespace {

using lines = std::vector<std::string>;
using texts = std::vector<std::string>;

/// An order that rests as 1001.
lines resting_order() {
  return {at(0, submit()), at(400, reply(1, resting(1001))),
          at(410, statuses({{.word = "open", .at_ms = 390}}))};
}

texts after_accepted(const lines& script) {
  auto all = events_of(script);
  BOOST_REQUIRE(all.size() >= 2U);
  BOOST_TEST(all[0] == "submitted");
  BOOST_TEST(all[1] == "accepted 1001");
  all.erase(all.begin(), all.begin() + 2);
  return all;
}

void append(lines& script, const lines& more) {
  script.insert(script.end(), more.begin(), more.end());
}

#define CHECK_EVENTS(got, ...) \
  do { \
    const texts& events_got = got; \
    const texts events_expected __VA_ARGS__; \
    BOOST_CHECK_EQUAL_COLLECTIONS(events_got.begin(), events_got.end(), \
                                  events_expected.begin(), \
                                  events_expected.end()); \
  } while (false)

} // namespace

BOOST_AUTO_TEST_SUITE(famous_bugs_suite)

// The venue cancels the old order and places a new one; the old order's
// canceled comes before the new one's open.
BOOST_AUTO_TEST_CASE(a_modify_is_not_seen_as_a_cancel) {
  auto script = resting_order();
  append(
    script,
    {at(1000, modify("65010")),
     at(1400, statuses({{.word = "canceled", .at_ms = 1390}})),
     at(1410,
        statuses(
          {{.oid = 1010, .word = "open", .price = "65010.0", .at_ms = 1390}})),
     at(1420, reply(2, resting(1010))), at(60'000, advance())});
  CHECK_EVENTS(after_accepted(script), {"updated 1010 0.02 65010"});
}

// The other order of the same: canceled comes last, and must not end the
// order that lives on under its new oid.
BOOST_AUTO_TEST_CASE(a_late_canceled_of_the_old_leg_does_not_end_the_order) {
  auto script = resting_order();
  append(
    script,
    {at(1000, modify("65010")), at(1400, reply(2, resting(1010))),
     at(1410,
        statuses(
          {{.oid = 1010, .word = "open", .price = "65010.0", .at_ms = 1390}})),
     at(9000, statuses({{.word = "canceled", .at_ms = 1390}})),
     at(10'000, fills({{.oid = 1010, .quantity = "0.02"}}))});
  CHECK_EVENTS(after_accepted(script),
               {"updated 1010 0.02 65010", "filled 1010 0.02"});
}

BOOST_AUTO_TEST_CASE(a_fill_before_the_reply_comes_after_accepted) {
  CHECK_EVENTS(
    events_of({at(0, submit()), at(300, fills({{.quantity = "0.005"}})),
               at(310, statuses({{.word = "open", .at_ms = 300}})),
               at(400, reply(1, filled(1001, "0.005")))}),
    {"submitted", "accepted 1001", "filled 1001 0.005"});
}

// The replacement trades before anything has named it.
BOOST_AUTO_TEST_CASE(a_fill_between_cancel_and_replacement_is_not_lost) {
  auto script = resting_order();
  append(
    script,
    {at(1000, modify("65010")),
     at(1400, statuses({{.word = "canceled", .at_ms = 1390}})),
     at(1410, fills({{.oid = 1010, .quantity = "0.005"}})),
     at(1420,
        statuses(
          {{.oid = 1010, .word = "open", .price = "65010.0", .at_ms = 1390}})),
     at(1430, reply(2, resting(1010)))});
  CHECK_EVENTS(after_accepted(script),
               {"updated 1010 0.02 65010", "filled 1010 0.005"});
}

// A trade that hit the old order while the modify was on its way would be
// bought twice if nobody took it off the new one.
BOOST_AUTO_TEST_CASE(a_fill_that_raced_a_modify_does_not_overfill) {
  auto script = resting_order();
  append(script, {at(1000, modify("65010")),
                  at(1300, fills({{.quantity = "0.005", .at_ms = 1250}})),
                  at(1400, reply(2, resting(1010)))});
  const auto out = run(script);
  BOOST_REQUIRE(count(out, "request") == 3U);
  const auto& action = *out.back().find("action");
  const auto& order = *action.find("modifies")->items().at(0).find("order");
  BOOST_TEST(action.find("modifies")->items().at(0).find("oid")->text()
             == "1010");
  BOOST_TEST(order.find("s")->text() == "0.015");
}

BOOST_AUTO_TEST_CASE(a_replacement_that_was_refused_leaves_no_ghost_order) {
  auto script = resting_order();
  append(script,
         {at(1000, modify("65010")),
          at(1400, reply(2, error("Error placing new order during modify: "
                                  "Post only order would have immediately "
                                  "matched, bbo was 64999.0@65000.0"))),
          at(1410, statuses({{.word = "canceled", .at_ms = 1390}}))});
  const std::string reason = "Error placing new order during modify: Post only "
                             "order would have immediately matched, bbo was "
                             "64999.0@65000.0";
  CHECK_EVENTS(after_accepted(script),
               {"modify_rejected " + reason, "canceled 1001 " + reason});
}

BOOST_AUTO_TEST_CASE(a_fill_is_booked_once_over_a_reconnect) {
  const trade_entry known{.quantity = "0.005", .at_ms = 1000};
  const trade_entry missed{.trade = 2, .quantity = "0.006", .at_ms = 2500};
  auto script = resting_order();
  append(script,
         {at(1000, fills({known})), at(2000, stream("disconnected")),
          at(5000, stream("connected")), at(5010, fills({known, missed}, true)),
          at(6000, fills({known})), at(6010, fills({missed}))});
  CHECK_EVENTS(after_accepted(script),
               {"filled 1001 0.005", "filled 1001 0.006"});
}

BOOST_AUTO_TEST_CASE(an_order_that_ended_while_the_stream_was_away_ends) {
  auto script = resting_order();
  append(
    script,
    {at(2000, stream("disconnected")),
     at(2500, info(R"("orderStatus":)"
                   + order_status({.word = "marginCanceled", .at_ms = 2400}))),
     at(5000, stream("connected"))});
  CHECK_EVENTS(after_accepted(script), {"canceled 1001 marginCanceled"});
}

BOOST_AUTO_TEST_CASE(a_503_that_landed_is_one_order) {
  const auto out =
    run({at(0, submit()), at(300, http_reply(1, 503, "no backend")),
         at(900, statuses({{.word = "open", .at_ms = 250}})),
         at(60'000, advance())});
  CHECK_EVENTS(events(out), {"submitted", "accepted 1001"});
  BOOST_TEST(count(out, "request") == 1U);
}

BOOST_AUTO_TEST_CASE(a_timeout_that_never_landed_is_found_out) {
  const auto out = run({at(0, submit()), at(60'000, advance())});
  const auto got = events(out);
  BOOST_REQUIRE(got.size() == 2U);
  BOOST_TEST(got[1].starts_with("rejected never placed"));
  BOOST_TEST(count(out, "request") == 1U);
}

BOOST_AUTO_TEST_CASE(a_cancel_that_overtakes_its_order_is_sent_again) {
  const std::string never = "Order was never placed, already canceled, or "
                            "filled. asset=0";
  const auto out =
    run({at(0, submit()), at(50, cancel()), at(400, reply(2, error(never))),
         at(500, reply(1, resting(1001))), at(900, reply(3, R"("success")")),
         at(940, statuses({{.word = "canceled", .at_ms = 890}}))});
  CHECK_EVENTS(events(out),
               {"submitted", "accepted 1001", "canceled 1001 canceled"});
  BOOST_TEST(count(out, "request") == 3U);
}

BOOST_AUTO_TEST_CASE(two_orders_in_one_millisecond_have_two_nonces) {
  auto second = submit();
  const std::string id = "O-1";
  second.replace(second.find(id), id.size(), "O-2");
  std::vector<std::string> nonces;
  for (const auto& line : run({at(0, submit()), at(0, second)}))
    if (const auto* nonce = line.find("nonce"))
      nonces.push_back(nonce->text());
  CHECK_EVENTS(nonces, {"1790000000000", "1790000000001"});
}

BOOST_AUTO_TEST_CASE(an_unknown_word_is_not_taken_for_another) {
  auto script = resting_order();
  append(script, {at(1000, statuses({{.word = "partlyAsleep", .at_ms = 990}})),
                  at(2000, fills({{.quantity = "0.02", .at_ms = 1990}}))});
  const auto out = run(script);
  BOOST_TEST(count(out, "warning") >= 1U);
  BOOST_TEST(events(out).back() == "filled 1001 0.02");
}

BOOST_AUTO_TEST_CASE(a_size_that_the_venue_would_refuse_is_denied) {
  const auto out = run({at(0, submit("0.000001"))});
  BOOST_TEST(count(out, "request") == 0U);
  BOOST_TEST(events(out).at(0).starts_with("denied "));
}

BOOST_AUTO_TEST_SUITE_END()
