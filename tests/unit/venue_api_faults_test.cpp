// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/venue_api_fixture.hpp"

using namespace hlx;
using namespace hlx::venue;

namespace {

const std::string rests =
  order_json(limit_fields(0, true, "55000", "0.01", "Gtc"));

constexpr std::string_view cloid_x = "0x000000000000000000000000000000aa";

const std::string rests_named =
  order_json(limit_fields(0, true, "55000", "0.01", "Gtc") + R"(,"c":")"
             + std::string{cloid_x} + '"');

struct faults_fixture : api_fixture {
  std::size_t index_of(const std::vector<std::string>& told,
                       std::string_view part) {
    for (std::size_t i = 0; i < told.size(); ++i)
      if (contains(told[i], part))
        return i;
    BOOST_ERROR("no frame has " << part);
    return told.size();
  }

  std::string by_cloid() {
    return info(R"({"type":"orderStatus","user":")" + alice.user()
                + R"(","oid":")" + std::string{cloid_x} + R"("})");
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(venue_api_faults, faults_fixture)

BOOST_AUTO_TEST_CASE(a_word_that_no_list_has_keeps_its_ending) {
  const auto session = listen_to(alice);
  api.faults().script(fault::unknown_status, 2);
  act(alice, rests_named);
  auto told = heard(session);
  BOOST_TEST(contains(told.at(0), R"("status":"simulatedStatus")"));
  act(alice, R"({"type":"cancelByCloid","cancels":[{"asset":0,"cloid":")"
               + std::string{cloid_x} + R"("}]})");
  told = heard(session);
  BOOST_TEST(contains(told.at(0), R"("status":"simulatedCanceled")"));
  BOOST_TEST(contains(by_cloid(), R"("status":"canceled")"));
}

BOOST_AUTO_TEST_CASE(an_open_may_come_after_the_end) {
  act(bob, order_json(limit_fields(0, false, "60000", "0.01", "Gtc")));
  const auto session = listen_to(alice);
  api.faults().script(fault::open_late, 1);
  act(alice, order_json(limit_fields(0, true, "60000", "0.01", "Ioc")));
  run(1000);
  const auto told = heard(session);
  BOOST_REQUIRE(told.size() == 3u);
  BOOST_TEST(index_of(told, R"("status":"open")")
             > index_of(told, R"("status":"filled")"));
}

BOOST_AUTO_TEST_CASE(a_reply_may_come_before_the_frames_of_its_block) {
  const auto session = listen_to(alice);
  const auto envelope_of = [&] {
    return R"({"method":"post","id":7,"request":{"type":"action","payload":)"
           + envelope(alice, rests) + "}}";
  };
  const auto order_of_frames = [&] {
    say(session, envelope_of());
    run(200);
    const auto told = heard(session);
    return index_of(told, R"("channel":"post")")
           < index_of(told, R"("channel":"orderUpdates")");
  };
  BOOST_TEST(!order_of_frames());
  api.faults().script(fault::reply_first, 1);
  BOOST_TEST(order_of_frames());
  BOOST_TEST(!order_of_frames());
}

BOOST_AUTO_TEST_CASE(a_cancel_overtakes_the_order_before_it) {
  api.faults().script(fault::double_lap, 1);
  const auto order = post("/exchange", envelope(alice, rests_named));
  const auto cancel = post(
    "/exchange",
    envelope(alice, R"({"type":"cancelByCloid","cancels":[{"asset":0,"cloid":")"
                      + std::string{cloid_x} + R"("}]})"));
  run(1000);
  BOOST_TEST(contains(replies[cancel].text, "never placed"));
  BOOST_TEST(contains(replies[order].text, "resting"));
}

BOOST_AUTO_TEST_CASE(a_nonce_is_refused_when_the_clocks_differ) {
  api.faults().script(fault::nonce_skew, 1);
  BOOST_TEST(act(alice, rests, {.nonce = 1'700'000'000'555})
             == refused("Invalid nonce: nonce too high 1700000000555 > "
                        "1700000000554"));
  BOOST_TEST(act(alice, rests, {.nonce = 1'700'000'000'555})
             == statuses(resting(1001)));
}

BOOST_AUTO_TEST_CASE(a_young_cloid_may_not_be_found_yet) {
  act(alice, rests_named);
  api.faults().script(fault::cloid_lag, 1);
  BOOST_TEST(by_cloid() == R"({"status":"unknownOid"})");
  BOOST_TEST(contains(by_cloid(), R"("status":"open")"));
  run(2000);
  api.faults().script(fault::cloid_lag, 1);
  BOOST_TEST(contains(by_cloid(), R"("status":"open")"));
}

BOOST_AUTO_TEST_CASE(a_snapshot_may_come_in_two_frames) {
  act(bob, order_json(limit_fields(0, false, "60000", "1", "Gtc")));
  for (int i = 0; i < 3; ++i)
    act(alice, order_json(limit_fields(0, true, "60000", "0.01", "Ioc")));
  api.faults().script(fault::snapshot_split, 1);
  const auto session = listen({});
  const auto told =
    say(session, R"({"method":"subscribe","subscription":{"type":"userFills",)"
                 R"("user":")"
                   + alice.user() + R"("}})");
  BOOST_REQUIRE(told.size() == 3u);
  std::size_t fills = 0;
  for (std::size_t i = 1; i < told.size(); ++i) {
    const auto frame = wire::parse_json(told[i]).value.value();
    BOOST_TEST(frame.find("data")->find("isSnapshot")->is_true());
    fills += frame.find("data")->find("fills")->items().size();
  }
  BOOST_TEST(fills == 3u);
}

BOOST_AUTO_TEST_CASE(a_socket_may_begin_with_a_greeting) {
  api.faults().script(fault::greeting, 1);
  api.ws_open(1, now_ms);
  run(0);
  const std::vector<std::string> expected{"Websocket connection established."};
  BOOST_TEST(heard(1) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
