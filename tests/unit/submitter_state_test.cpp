// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/http_submitter/submitter_state.hpp"
#include "hlx/messages/signing/eip712.hpp"
#include "hlx/messages/signing/recover.hpp"
#include "hlx/messages/wire/decode_request.hpp"
#include "tests/kit/scripted_actors.hpp"
#include "tests/kit/take.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;

namespace {

constexpr std::int64_t start_ms = 1'700'000'000'000;
constexpr std::string_view resting =
  R"({"status":"ok","response":{"type":"order","data":{"statuses":[)"
  R"({"resting":{"oid":77}}]}}})";

exchange_request order(std::uint64_t id,
                       std::int64_t deadline_ms = start_ms + 5'000) {
  order_action action;
  action.orders.emplace_back();
  return {{id}, action, deadline_ms, deadline_ms};
}

exchange_request cancel(std::uint64_t id) {
  cancel_action action;
  action.cancels.emplace_back();
  return {{id}, action, std::nullopt, start_ms + 5'000};
}

info_query mids(std::uint64_t id) {
  return {{id}, mids_query{}};
}

struct submitter_fixture {
  submitter_options options;
  std::optional<submitter_state> made;
  submitter_outputs out;

  submitter_fixture() {
    options.action_slots = 3;
    options.cancel_slots = 1;
    options.query_slots = 1;
    options.queued_max = 2;
    options.queries_max = 2;
  }

  submitter_state& state() {
    if (!made)
      made.emplace(options, kit::test_signer());
    return *made;
  }

  template <class T>
  std::vector<T> take() {
    return kit::take<T>(out);
  }

  /// The numbers of the requests and queries that left.
  std::vector<std::uint64_t> left() {
    std::vector<std::uint64_t> result;
    for (const auto& x : take<transmission>())
      result.push_back(std::holds_alternative<info_query>(x.content)
                         ? std::get<info_query>(x.content).query.value
                         : std::get<exchange_request>(x.content).request.value);
    return result;
  }

  void answer(transmission_id id, std::string_view body, int status = 200,
              std::int64_t now_ms = start_ms) {
    state().apply(
      transmission_result{id, true, true, status, std::string{body}, {}},
      now_ms, out);
  }

  void fail(transmission_id id, bool written, std::int64_t now_ms = start_ms) {
    state().apply(transmission_result{id, false, written, 0, {}, "broken"},
                  now_ms, out);
  }

  request_outcome only_outcome() {
    auto all = take<request_outcome>();
    BOOST_REQUIRE_EQUAL(all.size(), 1u);
    return all[0];
  }
};

using numbers = std::vector<std::uint64_t>;

} // namespace

BOOST_FIXTURE_TEST_SUITE(submitter_state_suite, submitter_fixture)

BOOST_AUTO_TEST_CASE(a_request_leaves_signed_by_the_key) {
  options.vault = address{{1, 2, 3}};
  state().apply(order(1), start_ms, out);
  const auto sent = take<transmission>();
  BOOST_REQUIRE_EQUAL(sent.size(), 1u);
  BOOST_TEST(sent[0].path == std::string_view{"/exchange"});
  BOOST_TEST(sent[0].nonce == static_cast<std::uint64_t>(start_ms));
  auto decoded = wire::decode_exchange_request(sent[0].body);
  BOOST_REQUIRE_MESSAGE(decoded.ok(), sent[0].body);
  BOOST_TEST(decoded->terms.nonce == sent[0].nonce);
  BOOST_CHECK(decoded->terms.vault == options.vault);
  BOOST_CHECK(decoded->terms.expires_after_ms
              == static_cast<std::uint64_t>(start_ms + 5'000));
  wire::byte_buffer scratch;
  const auto& action = std::get<l1_action>(decoded->action);
  const auto digest = signing::agent_digest(
    signing::network::testnet,
    signing::action_hash(scratch, action, decoded->terms));
  BOOST_CHECK(signing::recover(digest, decoded->signature)
              == kit::test_signer()->signer_address());
}

BOOST_AUTO_TEST_CASE(nonces_grow_within_one_millisecond) {
  state().apply(order(1), start_ms, out);
  state().apply(order(2), start_ms, out);
  const auto sent = take<transmission>();
  BOOST_REQUIRE_EQUAL(sent.size(), 2u);
  BOOST_TEST(sent[1].nonce == sent[0].nonce + 1);
}

BOOST_AUTO_TEST_CASE(a_successor_does_not_use_a_nonce_again) {
  state().continue_after(start_ms + 100);
  state().apply(order(1), start_ms, out);
  BOOST_TEST(take<transmission>().at(0).nonce
             == static_cast<std::uint64_t>(start_ms + 101));
}

BOOST_AUTO_TEST_CASE(cancels_overtake_orders_and_have_a_slot_of_their_own) {
  for (std::uint64_t id : numbers{1, 2, 3, 4})
    state().apply(order(id), start_ms, out);
  state().apply(cancel(5), start_ms, out);
  state().apply(cancel(6), start_ms, out);
  BOOST_TEST(left() == (numbers{1, 2, 5}), boost::test_tools::per_element());
  answer(1, resting);
  BOOST_TEST(left() == (numbers{6}), boost::test_tools::per_element());
  answer(2, resting);
  BOOST_TEST(left() == (numbers{3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_full_queue_answers_not_sent) {
  for (std::uint64_t id : numbers{1, 2, 3, 4})
    state().apply(order(id), start_ms, out);
  BOOST_TEST(take<request_outcome>().empty());
  state().apply(order(5), start_ms, out);
  const auto outcome = only_outcome();
  BOOST_TEST(outcome.request.value == 5u);
  BOOST_CHECK(outcome.delivery == request_delivery::not_sent);
  BOOST_TEST(outcome.failure == "too many requests are waiting, at most 2");
  state().apply(cancel(6), start_ms, out);
  BOOST_TEST(left() == (numbers{1, 2, 6}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_readable_reply_is_an_answer) {
  state().apply(order(1), start_ms, out);
  answer(1, resting);
  const auto outcome = only_outcome();
  BOOST_CHECK(outcome.delivery == request_delivery::answered);
  BOOST_CHECK(outcome.reply.kind == reply_kind::statuses);
  BOOST_TEST(outcome.reply.elements.at(0).oid.value == 77u);
  BOOST_TEST(!outcome.late);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_leaves_the_outcome_unknown) {
  for (const auto& [status, body] :
       {std::pair{503, "<html>"}, {429, "null"}, {200, "{\"status\":"}}) {
    const auto id = status + static_cast<int>(body[0]);
    state().apply(order(static_cast<std::uint64_t>(id)), start_ms, out);
    answer(take<transmission>().at(0).id, body, status);
    BOOST_CHECK(only_outcome().delivery == request_delivery::unknown);
  }
}

BOOST_AUTO_TEST_CASE(a_failure_tells_whether_the_request_was_written) {
  state().apply(order(1), start_ms, out);
  state().apply(order(2), start_ms, out);
  fail(1, false);
  const auto first = only_outcome();
  BOOST_CHECK(first.delivery == request_delivery::not_sent);
  BOOST_TEST(first.failure == "broken");
  fail(2, true);
  BOOST_CHECK(only_outcome().delivery == request_delivery::unknown);
}

BOOST_AUTO_TEST_CASE(silence_is_unknown_at_the_deadline_and_frees_the_slot) {
  for (std::uint64_t id : numbers{1, 2})
    state().apply(order(id), start_ms, out);
  state().apply(order(3, start_ms + 60'000), start_ms, out);
  BOOST_TEST(left() == (numbers{1, 2}), boost::test_tools::per_element());
  BOOST_CHECK(state().next_deadline_ms() == start_ms + 5'000);
  state().timers_due(start_ms + 4'999, out);
  BOOST_TEST(out.empty());
  state().timers_due(start_ms + 5'000, out);
  const auto outcomes = take<request_outcome>();
  BOOST_REQUIRE_EQUAL(outcomes.size(), 2u);
  BOOST_CHECK(outcomes[0].delivery == request_delivery::unknown);
  BOOST_TEST(outcomes[0].failure == "no answer in time");
  BOOST_TEST(left() == (numbers{3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_reply_after_the_deadline_is_told_once_as_late) {
  state().apply(order(1), start_ms, out);
  state().timers_due(start_ms + 5'000, out);
  out.clear();
  answer(1, resting, 200, start_ms + 6'000);
  const auto outcome = only_outcome();
  BOOST_TEST(outcome.late);
  BOOST_CHECK(outcome.delivery == request_delivery::answered);
  answer(1, resting, 200, start_ms + 7'000);
  BOOST_TEST(out.empty());
}

BOOST_AUTO_TEST_CASE(late_replies_are_waited_for_in_bounds) {
  options.late_replies_max = 1;
  state().apply(order(1), start_ms, out);
  state().apply(order(2), start_ms, out);
  state().timers_due(start_ms + 5'000, out);
  const auto first = take<abandoned_transmission>();
  BOOST_REQUIRE_EQUAL(first.size(), 1u);
  BOOST_TEST(first[0].id == 1u);
  state().timers_due(start_ms + 35'000, out);
  const auto second = take<abandoned_transmission>();
  BOOST_REQUIRE_EQUAL(second.size(), 1u);
  BOOST_TEST(second[0].id == 2u);
  BOOST_CHECK(!state().next_deadline_ms());
}

BOOST_AUTO_TEST_CASE(a_request_that_waited_too_long_never_leaves) {
  options.action_slots = 2;
  state().apply(order(1, start_ms + 60'000), start_ms, out);
  state().apply(order(2), start_ms, out);
  BOOST_CHECK(state().next_deadline_ms() == start_ms + 5'000);
  BOOST_TEST(left() == (numbers{1}), boost::test_tools::per_element());
  state().timers_due(start_ms + 5'000, out);
  const auto outcome = only_outcome();
  BOOST_TEST(outcome.request.value == 2u);
  BOOST_CHECK(outcome.delivery == request_delivery::not_sent);
}

BOOST_AUTO_TEST_CASE(queries_have_slots_and_bounds_of_their_own) {
  for (std::uint64_t id : numbers{1, 2, 3, 4})
    state().apply(mids(id), start_ms, out);
  const auto refused = take<info_answer>();
  BOOST_REQUIRE_EQUAL(refused.size(), 1u);
  BOOST_TEST(refused[0].query.value == 4u);
  state().apply(order(9), start_ms, out);
  BOOST_TEST(left() == (numbers{1, 9}), boost::test_tools::per_element());
  answer(1, R"({"BTC":"60000"})");
  const auto answers = take<info_answer>();
  BOOST_REQUIRE_EQUAL(answers.size(), 1u);
  BOOST_TEST(answers[0].query.value == 1u);
  BOOST_CHECK(std::holds_alternative<mids_answer>(answers[0].body));
  BOOST_TEST(left() == (numbers{2}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_query_ends_in_one_answer_whatever_happens) {
  state().apply(mids(1), start_ms, out);
  fail(1, true);
  state().apply(mids(2), start_ms, out);
  state().timers_due(start_ms + 5'000, out);
  answer(2, "{}", 200, start_ms + 6'000);
  const auto answers = take<info_answer>();
  BOOST_REQUIRE_EQUAL(answers.size(), 2u);
  BOOST_TEST(std::get<failed_answer>(answers[0].body).reason == "broken");
  BOOST_TEST(std::get<failed_answer>(answers[1].body).reason
             == "no answer in time");
}

BOOST_AUTO_TEST_CASE(a_stop_answers_everything) {
  for (std::uint64_t id : numbers{1, 2, 3})
    state().apply(order(id), start_ms, out);
  for (std::uint64_t id : numbers{4, 5})
    state().apply(mids(id), start_ms, out);
  out.clear();
  state().stop(out);
  const auto outcomes = take<request_outcome>();
  BOOST_REQUIRE_EQUAL(outcomes.size(), 3u);
  BOOST_CHECK(outcomes[0].delivery == request_delivery::unknown);
  BOOST_CHECK(outcomes[1].delivery == request_delivery::unknown);
  BOOST_CHECK(outcomes[2].delivery == request_delivery::not_sent);
  BOOST_TEST(take<info_answer>().size() == 2u);
  BOOST_TEST(state().status().on_the_wire == 0u);
  BOOST_TEST(state().status().queued == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
