// SPDX-License-Identifier: BSD-3-Clause
#include "tests/scenario/script_lines.hpp"
#include "tests/simulate/replay_run.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace hlx::scenario;
using hlx::simulate::replay;

namespace {

std::string output_of(const std::vector<std::string>& lines) {
  std::string script;
  for (const auto& line : lines)
    script += line + '\n';
  const auto result = replay(script);
  BOOST_REQUIRE(result.error_count == 0U);
  return result.output;
}

std::string warning_of(const std::vector<std::string>& lines) {
  for (const auto& line : run(lines))
    if (const auto* warning = line.find("warning"))
      return warning->text();
  return {};
}

std::size_t times(const std::string& text, std::string_view part) {
  std::size_t result = 0;
  for (auto i = text.find(part); i != std::string::npos;
       i = text.find(part, i + 1))
    ++result;
  return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(replay_run_suite)

BOOST_AUTO_TEST_CASE(the_start_up_prints_nothing) {
  BOOST_TEST(output_of({at(0, advance()), at(60'000, advance())}) == "");
}

BOOST_AUTO_TEST_CASE(a_timer_due_at_a_lines_time_runs_before_the_line) {
  // At its deadline the request is unknown, and the reply is a late one: the
  // venue is asked two seconds later only if no reply came at all.
  const auto out = run({at(0, submit()), at(5000, reply(1, resting(1001))),
                        at(60'000, advance())});
  BOOST_TEST(events(out).back() == "accepted 1001");
  BOOST_TEST(count(out, "info") == 0U);
  const auto refused = events_of(
    {at(0, submit()), at(5000, failure(1, "timeout")), at(60'000, advance())});
  BOOST_TEST(refused.back().starts_with("rejected never placed"));
}

BOOST_AUTO_TEST_CASE(a_request_times_out_after_the_time_of_the_config) {
  const auto out = run({at(0, R"("config":{"action_timeout_ms":700})"),
                        at(0, submit()), at(60'000, advance())});
  for (const auto& line : out)
    if (line.find("info") != nullptr) {
      BOOST_TEST(line.find("at")->text() == std::to_string(start_ms + 2700));
      break;
    }
  BOOST_TEST(count(out, "info") > 0U);
}

BOOST_AUTO_TEST_CASE(a_line_about_a_request_that_never_left_is_ignored_aloud) {
  BOOST_TEST(warning_of({at(0, reply(1, resting(1001)))})
             == "the script's line about request 1 was ignored: no such "
                "request has left");
  BOOST_TEST(
    warning_of({at(0, submit()), at(1, reply(1, resting(1001))),
                at(2, reply(1, resting(1002)))})
    == "the script's line about request 1 was ignored: its outcome is known "
       "already");
  BOOST_TEST(warning_of({at(0, submit()), at(1, failure(1, "timeout")),
                         at(2, failure(1, "not_sent"))})
             == "the script's line about request 1 was ignored: it has failed "
                "already");
}

BOOST_AUTO_TEST_CASE(the_answer_after_a_failure_counts) {
  for (const auto* word : {"timeout", "closed_after_send"}) {
    const auto got =
      events_of({at(0, submit()), at(100, failure(1, word)),
                 at(200, reply(1, resting(1001))), at(60'000, advance())});
    BOOST_TEST(got.back() == "accepted 1001", word);
  }
}

BOOST_AUTO_TEST_CASE(what_the_stream_cannot_do_is_ignored_aloud) {
  BOOST_TEST(warning_of({at(0, stream("connected"))})
             == "the script's line about the stream was ignored: it is "
                "connected already");
  BOOST_TEST(warning_of({at(0, stream("disconnected")),
                         at(1, statuses({{.word = "open"}}))})
             == "the script's frame was ignored: the stream is down");
}

BOOST_AUTO_TEST_CASE(the_streams_state_is_one_line_for_all_strategies) {
  auto second = submit();
  for (const std::string name : {"S-1", "O-1"})
    second.replace(second.find(name), name.size(), name + "b");
  const auto out =
    output_of({at(0, submit()), at(0, second), at(10, stream("disconnected")),
               at(20'000, advance()), at(40'000, stream("connected"))});
  BOOST_TEST(times(out, R"("stream":"down")") == 1U);
  BOOST_TEST(times(out, R"("stream":"up")") == 1U);
}

BOOST_AUTO_TEST_CASE(a_query_without_an_answer_fails_in_time) {
  const auto market = std::string{submit()}.replace(
    submit().find(R"("type":"limit","price":"65000")"),
    std::string_view{R"("type":"limit","price":"65000")"}.size(),
    R"("type":"market")");
  const auto got = events_of({at(0, market), at(60'000, advance())});
  BOOST_REQUIRE(got.size() == 1U);
  BOOST_TEST(got[0].starts_with("denied no reference price"));
}

BOOST_AUTO_TEST_CASE(an_answer_line_answers_a_query_once) {
  const std::string query = R"("command":"query","strategy":"S-1",)"
                            R"("client_order_id":"O-1")";
  const std::string book =
    R"("answer":1,"status":200,"body":{"coin":"BTC","time":1790000000000,"levels":)"
    R"([[{"px":"64999.0","sz":"1.0","n":1}],[{"px":"65000.0","sz":"1.0",)"
    R"("n":1}]]})";
  const auto market = std::string{submit()}.replace(
    submit().find(R"("type":"limit","price":"65000")"),
    std::string_view{R"("type":"limit","price":"65000")"}.size(),
    R"("type":"market")");
  const auto out = run({at(0, market), at(10, book), at(11, book)});
  BOOST_TEST(events(out).front() == "submitted");
  BOOST_TEST(out.back().find("warning")->text()
             == "the script's line about query 1 was ignored: it has its "
                "answer already");
  // The table's answer is the only one.
  BOOST_TEST(
    warning_of({at(0, submit()), at(1, query), at(2, book)})
    == "the script's line about query 1 was ignored: it has its answer "
       "already");
  BOOST_TEST(warning_of({at(0, book)})
             == "the script's line about query 1 was ignored: no such query "
                "has left");
}

BOOST_AUTO_TEST_CASE(a_record_says_everything_itself) {
  const std::string config = R"("config":{"recorded":true})";
  const auto answer = [](int query, std::string_view body) {
    return R"("answer":)" + std::to_string(query) + R"(,"status":200,"body":)"
           + std::string{body};
  };
  // Nothing is up, asked or answered before the record says so.
  const auto start = run({at(0, config), at(0, stream("connected"))});
  BOOST_TEST(count(start, "info") == 4U);
  BOOST_TEST(count(start, "stream") == 0U);
  const std::vector<std::string> begun{
    at(0, config),
    at(0, stream("connected")),
    at(1, answer(1, R"({"time":1790000000000,"specialStatuses":null})")),
    at(1, answer(2, "[]")),
    at(1, answer(3, "[]")),
    at(1, answer(4, R"({"marginSummary":{"accountValue":"0.0"},)"
                    R"("assetPositions":[],"time":1})")),
  };
  BOOST_TEST(count(run(begun), "stream") == 1U);
  // An order whose reply never comes is unknown when the record says that it
  // was, and the client's timers come with its lines.
  auto lines = begun;
  lines.push_back(at(10, submit()));
  lines.push_back(at(90'000, statuses({})));
  BOOST_TEST(count(run(lines), "info") == 4U);
  lines.push_back(at(90'000, failure(1, "timeout")));
  lines.push_back(at(95'000, statuses({})));
  BOOST_TEST(count(run(lines), "info") == 4U);
  lines.push_back(at(95'000, advance()));
  BOOST_TEST(count(run(lines), "info") > 4U);
}

BOOST_AUTO_TEST_CASE(nonces_follow_the_clock) {
  std::vector<std::string> nonces;
  auto second = submit();
  second.replace(second.find("O-1"), 3, "O-2");
  for (const auto& line :
       run({at(0, submit()), at(0, cancel()), at(1, second)}))
    if (const auto* nonce = line.find("nonce"))
      nonces.push_back(nonce->text());
  const std::vector<std::string> expected{"1790000000000", "1790000000001",
                                          "1790000000002"};
  BOOST_TEST(nonces == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_meta_that_cannot_be_read_stops_the_run) {
  const auto result = replay("{\"at\":1,\"advance\":true}\n"
                             "{\"at\":2,\"meta\":{\"universe\":7}}\n");
  BOOST_REQUIRE(result.errors.size() == 1U);
  BOOST_TEST(result.errors[0].line == 2U);
  BOOST_TEST(result.errors[0].text.starts_with("meta: "));
  BOOST_TEST(result.output == "");
}

BOOST_AUTO_TEST_CASE(a_meta_in_the_middle_refreshes_the_instruments) {
  const auto got = events_of(
    {at(0, R"("meta":{"universe":[{"name":"BTC","szDecimals":5,)"
           R"("maxLeverage":40}]})"),
     at(1, submit()),
     at(2, R"("meta":{"universe":[{"name":"BTC","szDecimals":5,)"
           R"("maxLeverage":40,"isDelisted":true}]})"),
     at(3, std::string{submit()}.replace(submit().find("O-1"), 3, "O-2"))});
  BOOST_REQUIRE(got.size() == 2U);
  BOOST_TEST(got[0] == "submitted");
  BOOST_TEST(got[1].starts_with("denied "));
}

BOOST_AUTO_TEST_CASE(a_coin_that_nobody_knows_is_looked_up_in_the_list) {
  const auto in = [](std::string_view coin, std::string_view id) {
    return R"("command":"submit","strategy":"S-1","order":{)"
           R"("client_order_id":")"
           + std::string{id} + R"(","instrument":")" + std::string{coin}
           + R"(","side":"buy","type":"limit","quantity":"1","price":"20"})";
  };
  const std::string foo =
    R"({"universe":[{"name":"FOO","szDecimals":1,"maxLeverage":3}]})";
  // The script's answer; nothing new in the default one.
  const auto known = run({at(0, info(R"("meta":)" + foo)),
                          at(1, in("FOO", "A")), at(2, in("FOO", "B"))});
  BOOST_TEST(count(known, "info") == 1U);
  BOOST_TEST(known[1].find("info")->dump() == R"({"type":"meta"})");
  const auto got = events(known);
  BOOST_REQUIRE(got.size() == 2U);
  BOOST_TEST(got[0] == "denied unknown instrument FOO");
  BOOST_TEST(got[1] == "submitted");
  BOOST_TEST(events_of({at(0, in("FOO", "A")), at(1, in("FOO", "B"))}).back()
             == "denied unknown instrument FOO");
  // Each kind has its list, and the script's lines about them are such lists.
  for (const auto& [coin, type] :
       {std::pair{"A/USDC", "spotMeta"}, std::pair{"#10", "outcomeMeta"}}) {
    const auto out = run({at(0, in(coin, "A"))});
    BOOST_REQUIRE(count(out, "info") == 1U);
    BOOST_TEST(out[1].find("info")->find("type")->text() == type);
    BOOST_TEST(count(out, "warning") == 0U);
  }
  const auto later =
    run({at(0, in("BAR", "A")), at(60'000, in("FOO", "B")),
         at(60'000, R"("meta":)" + foo), at(60'000, in("FOO", "C"))});
  BOOST_TEST(count(later, "info") == 2U);
  BOOST_TEST(events(later).back() == "submitted");
}

BOOST_AUTO_TEST_CASE(a_builders_coin_is_looked_up_in_its_dex) {
  const auto* submits = R"("command":"submit","strategy":"S-1","order":{)"
                        R"("client_order_id":"O-1","instrument":"xyz:BTC",)"
                        R"("side":"buy","type":"limit","quantity":"1",)"
                        R"("price":"20"})";
  BOOST_TEST(warning_of({at(0, submits)})
             == "the venue has no dex named 'xyz'");
  const auto* dexes = R"("perpDexs":[null,{"name":"xyz"}])";
  const auto again = std::string{submits}.replace(
    std::string_view{submits}.find("O-1"), 3, "O-2");
  // The list of the venue's own dex is no answer.
  const auto unlisted =
    run({at(0, info(dexes)), at(0, submits), at(50'000, again)});
  BOOST_TEST(count(unlisted, "info") == 2U);
  BOOST_TEST(events(unlisted).back() == "denied unknown instrument xyz:BTC");
  const auto listed = run(
    {at(0, info(std::string{dexes}
                + R"(,"meta":{"universe":[{"name":"xyz:BTC","szDecimals":1,)"
                  R"("maxLeverage":3}]})")),
     at(0, submits), at(50'000, again)});
  BOOST_TEST(listed[2].find("info")->dump()
             == R"({"type":"meta","dex":"xyz"})");
  BOOST_TEST(events(listed).back() == "submitted");
  BOOST_TEST(listed.back().dump().find(R"("a":110000)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_record_answers_the_lookups_itself) {
  const auto* submits = R"("command":"submit","strategy":"S-1","order":{)"
                        R"("client_order_id":"O-1","instrument":"FOO",)"
                        R"("side":"buy","type":"limit","quantity":"1",)"
                        R"("price":"20"})";
  const auto* answer =
    R"("answer":1,"status":200,"body":{"universe":[{"name":"FOO",)"
    R"("szDecimals":1,"maxLeverage":3}]})";
  const auto out =
    run({at(0, R"("config":{"recorded":true})"), at(0, submits), at(1, answer),
         at(2, std::string{submits}.replace(
                 std::string_view{submits}.find("O-1"), 3, "O-2"))});
  BOOST_TEST(count(out, "warning") == 0U);
  BOOST_TEST(count(out, "info") == 1U);
  // The second one waits for the stream.
  BOOST_TEST(count(out, "event") == 1U);
}

BOOST_AUTO_TEST_CASE(requests_by_http_may_be_unanswered_in_any_number) {
  std::vector<std::string> lines{at(0, R"("config":{"limits":true})")};
  for (int i = 0; i < 120; ++i)
    lines.push_back(
      at(i, std::string{submit()}.replace(submit().find("O-1"), 3,
                                          "N-" + std::to_string(i))));
  const auto out = run(lines);
  BOOST_TEST(count(out, "request") == 120U);
}

BOOST_AUTO_TEST_SUITE_END()
