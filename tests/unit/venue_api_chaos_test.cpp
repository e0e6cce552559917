// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_api_fixture.hpp"
#include "tests/venue/api/control.hpp"

#include <algorithm>

using namespace hlx;
using namespace hlx::venue;

namespace {

const std::string rests =
  order_json(limit_fields(0, true, "55000", "0.01", "Gtc"));

std::string openly(api_fixture& f) {
  return f.info(R"({"type":"openOrders","user":")" + f.alice.user() + R"("})");
}

// Everything that a minute of trading under chaos lets out.
std::vector<std::string> chaotic_run(std::uint64_t seed) {
  api_fixture f{{.seed = seed, .faults = chaos()}, {.seed = seed}};
  f.listen_to(f.alice);
  f.listen_to(f.bob);
  for (int i = 0; i < 100; ++i) {
    f.post("/exchange", f.envelope(i % 2 == 0 ? f.alice : f.bob,
                                   order_json(limit_fields(
                                     0, i % 2 == 0, "60000", "0.01", "Gtc"))));
    f.run(137);
  }
  f.run(10'000);
  std::vector<std::string> result;
  for (const auto& [id, reply] : f.replies)
    result.push_back(std::to_string(id) + std::to_string(reply.status)
                     + reply.text);
  for (const auto& [id, told] : f.frames)
    result.insert(result.end(), told.begin(), told.end());
  return result;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_api_chaos, api_fixture)

BOOST_AUTO_TEST_CASE(a_request_that_fails_before_is_not_executed) {
  for (const auto& [kind, status] : {std::pair{fault::reply_429_before, 429},
                                     std::pair{fault::reply_500_before, 500},
                                     std::pair{fault::reply_502_before, 502}}) {
    api.faults().script(kind, 1);
    const auto id = post("/exchange", envelope(alice, rests));
    run(200);
    BOOST_TEST(replies[id].status == status);
    BOOST_TEST(openly(*this) == "[]");
  }
  api.faults().script(fault::close_before, 1);
  const auto id = post("/exchange", envelope(alice, rests));
  run(200);
  BOOST_TEST(replies.count(id) == 0u);
  BOOST_REQUIRE(others.size() == 1);
  BOOST_TEST((others[0].kind == output_kind::http_drop));
  BOOST_TEST(openly(*this) == "[]");
}

BOOST_AUTO_TEST_CASE(a_503_and_a_lost_connection_can_have_landed) {
  api.faults().script(fault::reply_503_after, 1);
  const auto id = post("/exchange", envelope(alice, rests));
  run(200);
  BOOST_TEST(replies[id].status == 503);
  BOOST_TEST(wire::parse_json(openly(*this)).value->items().size() == 1u);
  api.faults().script(fault::close_after, 1);
  post("/exchange", envelope(alice, rests));
  run(200);
  BOOST_TEST(others.size() == 1u);
  BOOST_TEST(wire::parse_json(openly(*this)).value->items().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_dropped_reply_leaves_the_connection_silent) {
  api.faults().script(fault::reply_drop, 1);
  const auto id = post("/exchange", envelope(alice, rests));
  run(59'000);
  BOOST_TEST(replies.count(id) == 0u);
  BOOST_TEST(others.empty());
  BOOST_TEST(wire::parse_json(openly(*this)).value->items().size() == 1u);
  run(2000);
  BOOST_REQUIRE(others.size() == 1);
  BOOST_TEST((others[0].kind == output_kind::http_drop));
}

BOOST_AUTO_TEST_CASE(a_dropped_fill_is_found_by_queries) {
  act(alice, rests);
  const auto session = listen_to(alice);
  api.faults().script(fault::frame_drop, 2);
  act(bob, order_json(limit_fields(0, false, "55000", "0.01", "Ioc")));
  BOOST_TEST(heard(session).empty());
  BOOST_TEST(
    contains(info(R"({"type":"userFills","user":")" + alice.user() + R"("})"),
             R"("oid":1001)"));
  BOOST_TEST(contains(info(R"({"type":"orderStatus","user":")" + alice.user()
                           + R"(","oid":1001})"),
                      R"("status":"filled")"));
}

BOOST_AUTO_TEST_CASE(frames_are_doubled_delayed_and_late) {
  const auto session = listen_to(alice);
  api.faults().script(fault::frame_duplicate, 1);
  act(alice, rests);
  auto told = heard(session);
  BOOST_REQUIRE(told.size() == 2);
  BOOST_TEST(told[0] == told[1]);
  api.faults().script(fault::frame_late, 1);
  act(alice, rests);
  act(alice, rests);
  run(1000);
  told = heard(session);
  BOOST_REQUIRE(told.size() == 2);
  // One lag for the channel keeps the order, a late frame does not have to.
  api.faults().script(fault::frame_delay, 1);
  act(alice, rests);
  act(alice, rests);
  run(1000);
  told = heard(session);
  BOOST_REQUIRE(told.size() == 2);
  BOOST_TEST(contains(told[0], R"("oid":1004)"));
  BOOST_TEST(contains(told[1], R"("oid":1005)"));
}

BOOST_AUTO_TEST_CASE(a_permuted_block_has_the_same_frames) {
  act(bob, order_json(limit_fields(0, false, "60000", "9", "Gtc")));
  const auto session = listen_to(alice);
  std::vector<std::string> orders;
  for (int i = 0; i < 20; ++i) {
    api.faults().script(fault::block_permute, 1);
    act(alice, order_json(limit_fields(0, true, "60000", "0.01", "Ioc")));
    const auto told = heard(session);
    BOOST_REQUIRE(told.size() == 2);
    orders.push_back(told[0].substr(0, 25));
  }
  std::sort(orders.begin(), orders.end());
  orders.erase(std::unique(orders.begin(), orders.end()), orders.end());
  BOOST_TEST(orders.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_closed_session_hears_no_more) {
  const auto session = listen_to(alice);
  api.faults().script(fault::session_close, 1);
  act(alice, rests);
  BOOST_TEST(heard(session).empty());
  BOOST_REQUIRE(others.size() == 1);
  BOOST_TEST((others[0].kind == output_kind::ws_drop));
  BOOST_TEST(api.open_sessions() == 0u);
  act(alice, rests);
  BOOST_TEST(heard(session).empty());
}

BOOST_AUTO_TEST_CASE(the_same_seed_lets_out_the_same_bytes) {
  const auto first = chaotic_run(42);
  BOOST_TEST(first.size() > 100u);
  BOOST_TEST((first == chaotic_run(42)));
  BOOST_TEST((first != chaotic_run(43)));
}

BOOST_AUTO_TEST_CASE(the_control_port_says_what_it_does_not_take) {
  const auto answer = [&](std::string_view body) {
    const auto x = control(api, body, now_ms);
    return std::to_string(x.status) + x.body;
  };
  BOOST_TEST(answer(R"({"mark":{"coin":"BTC","px":"61000"}})")
             == R"(200{"ok":true})");
  BOOST_TEST(
    answer(R"({"book":{"coin":"BTC","side":"sell","px":"61000","sz":"1"}})")
    == R"(200{"ok":true})");
  BOOST_TEST(contains(info(R"({"type":"l2Book","coin":"BTC"})"), "61000.0"));
  BOOST_TEST(
    contains(answer(R"({"counters":true})"), R"("faults":{"block_permute":0)"));
  BOOST_TEST(
    answer(R"({"fund":{"user":"0x12","usdc":"1"}})")
    == R"(400{"error":"fund.user: must be an address: 0x and 40 hex digits"})");
  BOOST_TEST(
    answer(R"({"mark":{"coin":"NOPE","px":"1"}})")
    == R"(400{"error":"mark: no such coin, or not a price that the venue can )"
       R"(take"})");
  BOOST_TEST(contains(answer(R"({"fault":{"name":"meteor","count":1}})"),
                      "no such fault; there are block_permute,"));
  BOOST_TEST(contains(answer(R"({"nonsense":1})"), "is not one of counters"));
  BOOST_TEST(contains(answer("{"), R"(400{"error":"not JSON)"));
  BOOST_TEST(contains(answer("[]"), "one member"));
  BOOST_TEST(
    contains(answer(R"({"mark":{"coin":"BTC","px":"99999999999999999999"}})"),
             "mark.px: must be a decimal"));
  // A number is a decimal too, but nothing else is.
  BOOST_TEST(answer(R"({"mark":{"coin":"BTC","px":61000}})")
             == R"(200{"ok":true})");
  BOOST_TEST(contains(answer(R"({"mark":{"coin":"BTC","px":true}})"),
                      "mark.px: must be a decimal as a string or a number"));
}

BOOST_AUTO_TEST_CASE(a_query_with_a_known_field_twice_has_the_wrong_shape) {
  const auto status = [&](std::string_view query) {
    const auto id = post("/info", query);
    run(0);
    return replies.at(id).status;
  };
  BOOST_TEST(status(R"({"type":"meta","type":"meta"})") == 422);
  BOOST_TEST(status(R"({"type":"l2Book","coin":"BTC","coin":"BTC"})") == 422);
  BOOST_TEST(status(R"({"type":"meta","x":1,"x":2})") == 200);
}

BOOST_AUTO_TEST_CASE(the_control_port_takes_nothing_that_it_does_not_know) {
  const auto error = [&](std::string_view body) {
    const auto x = control(api, body, now_ms);
    BOOST_TEST(x.status == 400);
    return x.body;
  };
  const auto fund = [&](const std::string& members) {
    return R"({"fund":{"user":")" + alice.user() + '"' + members + "}}";
  };
  BOOST_TEST(error(fund(R"(,"usdc":"5","z":1)"))
             == R"({"error":"fund.z: is unknown; fund has the members )"
                R"(user,usdc"})");
  BOOST_TEST(error(fund(R"(,"usdc":"5","usdc":"6")"))
             == R"({"error":"fund.usdc: comes twice"})");
  BOOST_TEST(error(fund("")) == R"({"error":"fund.usdc: is missing"})");
  BOOST_TEST(error(R"({"fund":5})")
             == R"({"error":"fund: must be an object, which has the members )"
                R"(user,usdc"})");
  BOOST_TEST(error(R"({"delist":{"coin":5}})")
             == R"({"error":"delist.coin: must be a string"})");
  BOOST_TEST(error(R"({"counters":1})")
             == R"({"error":"counters: must be true"})");
  BOOST_TEST(error(R"({"chaos":"yes"})")
             == R"({"error":"chaos: must be true or false"})");
  BOOST_TEST(error(R"({"budget":-1})")
             == R"({"error":"budget: must be a whole number, not negative"})");
  BOOST_TEST(contains(error(R"({"arrival_delay_ms":{"modfy":1}})"),
                      "arrival_delay_ms has the members order,cancel,modify"));
  BOOST_TEST(
    contains(error(R"({"book":{"coin":"BTC","side":"up","px":"1","sz":"1"}})"),
             "book.side: must be"));
  BOOST_TEST(
    contains(error(R"({"vault":{"user":"0x1","name":"v"}})"), "vault.user: "));
}

BOOST_AUTO_TEST_SUITE_END()
