// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/websocket_reader/link_state.hpp"
#include "tests/kit/take.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>

using namespace hlx;

namespace {

constexpr std::int64_t start_ms = 1'700'000'000'000;

struct link_fixture {
  link_options options;
  std::optional<link_state> made;
  link_outputs out;
  std::int64_t now = start_ms;

  link_fixture() { options.account = address{{0xab}}; }

  link_state& link() {
    if (!made)
      made.emplace(options);
    return *made;
  }

  std::string acknowledgement(std::string_view type) const {
    return R"({"channel":"subscriptionResponse","data":{"method":"subscribe",)"
           R"("subscription":{"type":")"
           + std::string{type} + R"(","user":")" + to_string(options.account)
           + R"("}}})";
  }

  template <class T>
  std::vector<T> take() {
    return kit::take<T>(out);
  }

  /// Lets time pass up to the next deadline, and runs it.
  std::int64_t next_timer() {
    const auto deadline = link().next_deadline_ms();
    BOOST_REQUIRE(deadline.has_value());
    const auto waited = *deadline - now;
    now = *deadline;
    link().timers_due(now, out);
    return waited;
  }

  void bring_up() {
    link().start(now, out);
    link().connected(now, out);
    link().frame(acknowledgement("orderUpdates"), now, out);
    link().frame(acknowledgement("userFills"), now, out);
    BOOST_REQUIRE(link().is_up());
    out.clear();
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(link_state_suite, link_fixture)

BOOST_AUTO_TEST_CASE(it_subscribes_and_is_up_when_all_is_acknowledged) {
  link().start(now, out);
  BOOST_TEST(take<link_connect>().size() == 1u);
  link().connected(now, out);
  const auto sent = take<link_send>();
  BOOST_REQUIRE_EQUAL(sent.size(), 2u);
  BOOST_TEST(
    sent[0].text
    == R"({"method":"subscribe","subscription":{"type":"orderUpdates",)"
       R"("user":"0xab00000000000000000000000000000000000000"}})");
  BOOST_TEST(sent[1].text.find("\"userFills\"") != std::string::npos);
  link().frame(acknowledgement("userFills"), now, out);
  BOOST_TEST(out.empty());
  link().frame(acknowledgement("userFills"), now, out);
  BOOST_TEST(out.empty());
  link().frame(acknowledgement("orderUpdates"), now, out);
  const auto up = take<stream_up>();
  BOOST_REQUIRE_EQUAL(up.size(), 1u);
  BOOST_TEST(up[0].at_ms == now);
}

BOOST_AUTO_TEST_CASE(an_acknowledgement_for_another_user_does_not_count) {
  link().start(now, out);
  link().connected(now, out);
  out.clear();
  link().frame(acknowledgement("userFills"), now, out);
  options.account = address{{0xcd}};
  link().frame(acknowledgement("orderUpdates"), now, out);
  BOOST_TEST(take<stream_up>().empty());
}

BOOST_AUTO_TEST_CASE(already_subscribed_is_as_good_as_acknowledged) {
  link().start(now, out);
  link().connected(now, out);
  link().frame(acknowledgement("userFills"), now, out);
  out.clear();
  link().frame(R"({"channel":"error","data":"Already subscribed: )"
               R"({\"type\":\"orderUpdates\",\"user\":\"0xab\"}"})",
               now, out);
  BOOST_TEST(take<stream_up>().size() == 1u);
  BOOST_TEST(out.empty());
}

BOOST_AUTO_TEST_CASE(another_complaint_is_a_warning) {
  bring_up();
  link().frame(R"({"channel":"error","data":"Invalid subscription {}"})", now,
               out);
  const auto updates = take<user_stream_update>();
  BOOST_REQUIRE_EQUAL(updates.size(), 1u);
  BOOST_TEST(updates[0].warnings.at(0).find("Invalid subscription {}")
             != std::string::npos);
  BOOST_TEST(link().is_up());
}

BOOST_AUTO_TEST_CASE(a_complaint_without_a_text_is_one_warning_that_quotes_it) {
  bring_up();
  const std::string frame = R"({"channel":"error","data":{"code":7}})";
  link().frame(frame, now, out);
  const auto updates = take<user_stream_update>();
  BOOST_REQUIRE_EQUAL(updates.size(), 1u);
  BOOST_REQUIRE_EQUAL(updates[0].warnings.size(), 1u);
  BOOST_TEST(updates[0].warnings[0] == "error without a text: " + frame);
}

BOOST_AUTO_TEST_CASE(each_frame_becomes_one_update) {
  bring_up();
  link().frame(
    R"({"channel":"orderUpdates","data":[{"order":{"coin":"BTC","side":"B",)"
    R"("limitPx":"100.0","sz":"1.0","oid":5,"timestamp":1,"origSz":"1.0"},)"
    R"("status":"open","statusTimestamp":2},{"order":{"coin":"BTC",)"
    R"("side":"B","limitPx":"100.0","sz":"0.0","oid":5,"timestamp":1,)"
    R"("origSz":"1.0"},"status":"filled","statusTimestamp":2}]})",
    now, out);
  const auto updates = take<user_stream_update>();
  BOOST_REQUIRE_EQUAL(updates.size(), 1u);
  BOOST_TEST(updates[0].orders.size() == 2u);
}

BOOST_AUTO_TEST_CASE(frames_that_say_nothing_are_no_updates) {
  bring_up();
  link().frame(R"({"channel":"pong"})", now, out);
  link().frame("Websocket connection established.", now, out);
  link().frame(R"({"channel":"bbo","data":{}})", now, out);
  BOOST_TEST(out.empty());
}

BOOST_AUTO_TEST_CASE(nonsense_is_a_warning_and_no_end) {
  bring_up();
  link().frame("\xff\xfe{[", now, out);
  const auto updates = take<user_stream_update>();
  BOOST_REQUIRE_EQUAL(updates.size(), 1u);
  BOOST_TEST(!updates[0].warnings.empty());
  BOOST_TEST(link().is_up());
}

BOOST_AUTO_TEST_CASE(a_quiet_stream_is_pinged) {
  bring_up();
  BOOST_TEST(next_timer() == 15'000);
  const auto sent = take<link_send>();
  BOOST_REQUIRE_EQUAL(sent.size(), 1u);
  BOOST_TEST(sent[0].text == R"({"method":"ping"})");
  link().frame(R"({"channel":"pong"})", now, out);
  BOOST_TEST(next_timer() == 15'000);
  BOOST_TEST(take<link_send>().size() == 1u);
  BOOST_TEST(link().is_up());
}

BOOST_AUTO_TEST_CASE(a_busy_stream_is_pinged_too) {
  bring_up();
  for (int i = 0; i < 14; ++i) {
    now += 1'000;
    link().frame(R"({"channel":"bbo","data":{}})", now, out);
  }
  BOOST_TEST(next_timer() == 1'000);
  BOOST_TEST(take<link_send>().size() == 1u);
}

BOOST_AUTO_TEST_CASE(silence_is_a_lost_connection) {
  bring_up();
  next_timer();
  BOOST_TEST(next_timer() == 15'000);
  const auto down = take<stream_down>();
  BOOST_REQUIRE_EQUAL(down.size(), 1u);
  BOOST_TEST(down[0].reason == "nothing was heard for 30000 ms");
  BOOST_TEST(take<link_close>().size() == 1u);
  next_timer();
  BOOST_TEST(take<link_connect>().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_pong_of_the_protocol_is_a_sign_of_life) {
  bring_up();
  next_timer();
  now += 14'000;
  link().pong(now);
  next_timer();
  BOOST_TEST(take<stream_down>().empty());
}

BOOST_AUTO_TEST_CASE(a_close_is_told_once_and_followed_by_an_attempt) {
  bring_up();
  link().closed("gone", now, out);
  link().closed("gone", now, out);
  BOOST_TEST(take<stream_down>().size() == 1u);
  const auto delay = next_timer();
  BOOST_TEST(delay >= 250);
  BOOST_TEST(delay <= 500);
  BOOST_TEST(take<link_connect>().size() == 1u);
  BOOST_TEST(link().status().interruptions == 1u);
}

BOOST_AUTO_TEST_CASE(delays_double_within_bounds_and_follow_the_seed) {
  const auto delays = [this](std::uint64_t seed) {
    options.seed = seed;
    made.reset();
    std::vector<std::int64_t> result;
    link().start(now, out);
    for (int i = 0; i < 10; ++i) {
      link().closed("refused", now, out);
      result.push_back(next_timer());
    }
    return result;
  };
  const auto first = delays(1);
  BOOST_CHECK(first == delays(1));
  BOOST_CHECK(first != delays(2));
  std::int64_t full = 500;
  for (const auto delay : first) {
    BOOST_TEST(delay >= full / 2);
    BOOST_TEST(delay <= full);
    full = std::min<std::int64_t>(2 * full, 15'000);
  }
}

BOOST_AUTO_TEST_CASE(a_failed_attempt_is_a_warning_with_its_reason) {
  link().start(now, out);
  link().closed("hostname mismatch", now, out);
  const auto updates = take<user_stream_update>();
  BOOST_REQUIRE_EQUAL(updates.size(), 1u);
  BOOST_TEST(updates[0].warnings.at(0).find("hostname mismatch")
             != std::string::npos);
  BOOST_TEST(take<stream_down>().empty());
}

BOOST_AUTO_TEST_CASE(neither_connecting_nor_subscribing_lasts_for_ever) {
  link().start(now, out);
  BOOST_TEST(next_timer() == 10'000);
  BOOST_TEST(take<link_close>().size() == 1u);
  next_timer();
  link().connected(now, out);
  BOOST_TEST(next_timer() == 10'000);
  BOOST_TEST(take<link_close>().size() == 1u);
  BOOST_TEST(take<stream_down>().empty());
}

BOOST_AUTO_TEST_CASE(a_steady_stream_forgets_earlier_failures) {
  link().start(now, out);
  for (int i = 0; i < 6; ++i) {
    link().closed("refused", now, out);
    next_timer();
  }
  link().connected(now, out);
  link().frame(acknowledgement("orderUpdates"), now, out);
  link().frame(acknowledgement("userFills"), now, out);
  now += 30'000;
  link().closed("gone", now, out);
  BOOST_TEST(next_timer() <= 500);
}

BOOST_AUTO_TEST_CASE(a_socket_for_posts_is_up_when_it_is_open) {
  options.user_stream = false;
  link().start(now, out);
  link().connected(now, out);
  BOOST_TEST(take<link_send>().empty());
  BOOST_TEST(take<stream_up>().size() == 1u);
  BOOST_TEST(link().is_up());
  // It is pinged, and given up when silent, like any other.
  BOOST_TEST(next_timer() == options.ping_period_ms);
  BOOST_TEST(take<link_send>().size() == 1u);
  now += 1'000;
  link().pong(now);
  out.clear();
  while (take<stream_down>().empty())
    next_timer();
  BOOST_TEST(now >= options.ping_period_ms + 1'000 + options.silence_max_ms);
}

BOOST_AUTO_TEST_SUITE_END()
