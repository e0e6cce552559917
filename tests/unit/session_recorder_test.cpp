// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/replay_script.hpp"
#include "tests/simulate/session_recorder.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

using namespace hlx;
using namespace hlx::simulate;

namespace {

/// A record and its lines.
struct record_fixture {
  std::string text;
  session_recorder recorder{{.account = account(),
                             .meta = R"({"universe":[]})",
                             .spot_meta = R"({"universe":[],"tokens":[]})",
                             .outcome_meta = R"({"outcomes":[]})"},
                            [this](std::string_view lines) { text += lines; }};

  static address account() {
    address result;
    result.bytes[19] = 7;
    return result;
  }

  /// What the client's handling of it, at 100, adds.
  template <class Input>
  std::string handled(const Input& x) {
    if (text.empty())
      recorder.handled(std::monostate{}, 100);
    const auto before = text.size();
    recorder.handled(&x, 100);
    return text.substr(before);
  }

  script replayed() const {
    auto parsed = parse_script(text);
    for (const auto& error : parsed.errors)
      BOOST_ERROR("line " << error.line << ": " << error.text);
    return parsed.value;
  }

  /// The command that the record has for one.
  template <class Command>
  Command recorded(const Command& x) {
    handled(x);
    return std::get<Command>(
      std::get<script_command>(replayed().lines.back().step));
  }
};

request_outcome outcome_of(std::uint64_t request, request_delivery delivery,
                           std::string failure = {}) {
  request_outcome result;
  result.request.value = request;
  result.delivery = delivery;
  result.failure = std::move(failure);
  return result;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(session_recorder_suite, record_fixture)

BOOST_AUTO_TEST_CASE(a_record_begins_with_what_the_session_began_with) {
  recorder.handled(std::monostate{}, 100);
  const auto value = replayed();
  BOOST_TEST(value.config.recorded);
  BOOST_TEST(to_string(value.config.account) == to_string(account()));
  BOOST_REQUIRE(value.lines.size() == 3u);
  const auto kind = [&](std::size_t line) {
    return std::get<meta_step>(value.lines[line].step).kind;
  };
  BOOST_TEST((kind(0) == listing_kind::perps));
  BOOST_TEST((kind(1) == listing_kind::spot));
  BOOST_TEST((kind(2) == listing_kind::outcomes));
  BOOST_TEST(value.lines[0].at_ms == 100);
}

BOOST_AUTO_TEST_CASE(every_command_is_read_back_as_it_was) {
  order_terms order;
  order.client_order_id.value = "a \"quoted\" id";
  order.instrument = "BTC";
  order.side = order_side::sell;
  order.type = order_type::stop_limit;
  order.quantity = *parse<quantity>("0.5");
  order.price = *parse<price>("60000.5");
  order.time_in_force = time_in_force::gtd;
  order.post_only = true;
  order.reduce_only = true;
  order.trigger_price = *parse<price>("61000");
  order.expire_at_ms = 1'790'000'000'000;
  const submit_order submit{{"S"}, order};
  BOOST_CHECK(recorded(submit) == submit);
  const submit_list list{{"S"}, {order, {}}, order_grouping::normal_tpsl};
  BOOST_CHECK(recorded(list) == list);
  modify_order modify{{}, {"O"}, *parse<quantity>("2"), std::nullopt};
  BOOST_CHECK(recorded(modify) == modify);
  modify = {{"S"}, {"O"}, std::nullopt, *parse<price>("3")};
  BOOST_CHECK(recorded(modify) == modify);
  const cancel_order cancel{{"S"}, {"O"}};
  BOOST_CHECK(recorded(cancel) == cancel);
  const cancel_orders several{{"S"}, {{"O"}, {"\"P\""}}};
  BOOST_CHECK(recorded(several) == several);
  cancel_all all{{"S"}, "BTC"};
  BOOST_CHECK(recorded(all) == all);
  all.strategy = {};
  BOOST_CHECK(recorded(all) == all);
  all.strategy = {"S"};
  all.instrument.reset();
  BOOST_CHECK(recorded(all) == all);
  const query_order query{{}, {"O"}};
  BOOST_CHECK(recorded(query) == query);
}

BOOST_AUTO_TEST_CASE(frames_are_written_as_they_came_and_when_handled) {
  recorder.update(R"({"channel":"user","data":{}})");
  recorder.update("not \"JSON\"");
  recorder.update("");
  const user_stream_update update;
  BOOST_TEST(handled(update)
             == "{\"at\":100,\"frame\":{\"channel\":\"user\",\"data\":{}}}\n");
  BOOST_TEST(handled(update)
             == R"({"at":100,"frame":"not \"JSON\""})"
                "\n");
  // A warning of the reader's own has no frame.
  BOOST_TEST(handled(update) == "");
  BOOST_TEST(handled(stream_up{}) == "{\"at\":100,\"stream\":\"connected\"}\n");
  BOOST_TEST(
    handled(stream_down{1, "gone"})
    == "{\"at\":100,\"stream\":\"disconnected\",\"reason\":\"gone\"}\n");
  BOOST_TEST(handled(timer_due{}) == "{\"at\":100,\"advance\":true}\n");
}

BOOST_AUTO_TEST_CASE(replies_are_those_of_their_requests) {
  using enum request_delivery;
  const transmission_result bad{1, true, true, 502, "<html>", {}};
  const transmission_result good{2, true, true, 200, R"({"status":"ok"})", {}};
  const transmission_result lost{3, false, true, 0, {}, "closed"};
  const auto first = outcome_of(1, unknown, "HTTP 502");
  const auto second = outcome_of(2, answered);
  const auto third = outcome_of(3, unknown, "closed");
  recorder.outcome(first, &bad);
  recorder.outcome(second, &good);
  recorder.outcome(third, &lost);
  BOOST_TEST(handled(second)
             == "{\"at\":100,\"reply\":2,\"status\":200,\"body\":{\"status\":"
                "\"ok\"}}\n");
  BOOST_TEST(
    handled(first)
    == "{\"at\":100,\"reply\":1,\"status\":502,\"body\":\"<html>\"}\n");
  BOOST_TEST(handled(third)
             == "{\"at\":100,\"reply\":3,\"failure\":\"timeout\",\"reason\":"
                "\"closed\"}\n");
  BOOST_TEST(handled(outcome_of(4, not_sent, "full"))
             == "{\"at\":100,\"reply\":4,\"failure\":\"not_sent\",\"reason\":"
                "\"full\"}\n");
}

BOOST_AUTO_TEST_CASE(a_late_reply_is_not_taken_for_the_failure_before_it) {
  const auto failed = outcome_of(1, request_delivery::unknown, "no answer");
  const auto late = outcome_of(1, request_delivery::answered);
  const transmission_result good{1, true, true, 200, R"({"status":"ok"})", {}};
  recorder.outcome(failed, nullptr);
  recorder.outcome(late, &good);
  BOOST_TEST(handled(failed).find("\"failure\":\"timeout\"")
             != std::string::npos);
  BOOST_TEST(handled(late).find("\"status\":200") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(answers_are_those_of_their_queries) {
  const info_answer failed{{1}, failed_answer{"too late"}};
  const info_answer fine{{2}, exchange_status_answer{}};
  const transmission_result raw{9, true, true, 200, R"({"time":5})", {}};
  recorder.answer(failed, nullptr);
  recorder.answer(fine, &raw);
  BOOST_TEST(handled(fine)
             == "{\"at\":100,\"answer\":2,\"status\":200,\"body\":{\"time\":5}}"
                "\n");
  BOOST_TEST(handled(failed)
             == "{\"at\":100,\"answer\":1,\"failure\":\"too late\"}\n");
}

BOOST_AUTO_TEST_CASE(nothing_is_written_after_the_end) {
  recorder.stop();
  recorder.handled(std::monostate{}, 100);
  BOOST_TEST(text == "");
}

BOOST_AUTO_TEST_SUITE_END()
