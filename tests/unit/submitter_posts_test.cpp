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
constexpr auto resting =
  R"({"status":"ok","response":{"type":"order","data":{"statuses":[)"
  R"({"resting":{"oid":77}}]}}})";

exchange_request order(std::uint64_t id) {
  order_action action;
  action.orders.emplace_back();
  return {{id}, action, start_ms + 5'000, start_ms + 5'000};
}

exchange_request cancel(std::uint64_t id) {
  cancel_action action;
  action.cancels.emplace_back();
  return {{id}, action, std::nullopt, start_ms + 5'000};
}

/// Two slots for posts besides that for cancels, one by HTTP.
struct posts_fixture {
  submitter_state state{options(), kit::test_signer()};
  submitter_outputs out;

  static submitter_options options() {
    submitter_options result;
    result.path = submit_path::websocket;
    result.post_slots = 3;
    result.post_cancel_slots = 1;
    result.action_slots = 2;
    result.cancel_slots = 1;
    return result;
  }

  template <class T>
  std::vector<T> take() {
    return kit::take<T>(out);
  }

  void submit(const exchange_request& x) { state.apply(x, start_ms, out); }

  void answer(std::uint64_t id, const char* text,
              wire::post_payload payload = wire::post_payload::action) {
    state.apply(wire::post_answer{id, payload, text}, start_ms, out);
  }

  request_outcome only_outcome() {
    auto all = take<request_outcome>();
    BOOST_REQUIRE_EQUAL(all.size(), 1u);
    return all[0];
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(submitter_posts_suite, posts_fixture)

BOOST_AUTO_TEST_CASE(an_action_goes_by_http_until_the_socket_is_up) {
  submit(order(1));
  auto sent = take<transmission>();
  BOOST_REQUIRE_EQUAL(sent.size(), 1u);
  BOOST_TEST(!sent[0].by_post);
  BOOST_TEST(sent[0].body.starts_with(R"({"action":)"));
  state.posts_up(start_ms, out);
  submit(order(2));
  sent = take<transmission>();
  BOOST_REQUIRE_EQUAL(sent.size(), 1u);
  BOOST_TEST(sent[0].by_post);
  BOOST_TEST(
    sent[0].body.starts_with(
      R"({"method":"post","id":2,"request":{"type":"action","payload":{"action":)"),
    sent[0].body);
  BOOST_TEST(state.status().posted == 1u);
  BOOST_TEST(state.status().post_up);
}

BOOST_AUTO_TEST_CASE(queries_always_go_by_http) {
  state.posts_up(start_ms, out);
  state.apply(info_query{{1}, mids_query{}}, start_ms, out);
  const auto sent = take<transmission>();
  BOOST_REQUIRE_EQUAL(sent.size(), 1u);
  BOOST_TEST(!sent[0].by_post);
}

BOOST_AUTO_TEST_CASE(replies_come_in_any_order) {
  state.posts_up(start_ms, out);
  submit(order(11));
  submit(order(12));
  answer(2, resting);
  const auto second = only_outcome();
  BOOST_TEST(second.request.value == 12u);
  BOOST_CHECK(second.delivery == request_delivery::answered);
  BOOST_TEST(second.reply.elements.at(0).oid.value == 77u);
  answer(1, resting);
  BOOST_TEST(only_outcome().request.value == 11u);
  // A repeated one says nothing new.
  answer(1, resting);
  BOOST_TEST(take<request_outcome>().empty());
}

BOOST_AUTO_TEST_CASE(posts_have_slots_of_their_own_and_one_for_cancels) {
  state.posts_up(start_ms, out);
  for (std::uint64_t id = 1; id <= 3; ++id)
    submit(order(id));
  BOOST_TEST(take<transmission>().size() == 2u);
  submit(cancel(4));
  submit(cancel(5));
  const auto sent = take<transmission>();
  BOOST_REQUIRE_EQUAL(sent.size(), 1u);
  BOOST_TEST(std::get<exchange_request>(sent[0].content).request.value == 4u);
  answer(1, resting);
  BOOST_TEST(
    std::get<exchange_request>(take<transmission>().at(0).content).request.value
    == 5u);
}

BOOST_AUTO_TEST_CASE(an_error_means_what_its_http_status_means) {
  state.posts_up(start_ms, out);
  submit(order(1));
  answer(1, "422 Unprocessable Entity: Failed to deserialize",
         wire::post_payload::error);
  auto x = only_outcome();
  BOOST_CHECK(x.reply.kind == reply_kind::http_refused);
  submit(order(2));
  answer(2, "503 Service Unavailable", wire::post_payload::error);
  x = only_outcome();
  BOOST_CHECK(x.delivery == request_delivery::unknown);
  BOOST_TEST(!x.throttled);
  submit(order(3));
  answer(3, "429 Too Many Requests: null", wire::post_payload::error);
  x = only_outcome();
  BOOST_CHECK(x.delivery == request_delivery::unknown);
  BOOST_TEST(x.throttled);
}

BOOST_AUTO_TEST_CASE(one_post_too_many_was_not_executed) {
  state.posts_up(start_ms, out);
  submit(order(11));
  BOOST_TEST(
    state.complaint("too many pending post requests id=1", start_ms, out));
  const auto x = only_outcome();
  BOOST_TEST(x.request.value == 11u);
  BOOST_CHECK(x.delivery == request_delivery::not_sent);
  BOOST_TEST(
    !state.complaint("too many pending post requests id=1", start_ms, out));
  BOOST_TEST(!state.complaint("Invalid subscription {}", start_ms, out));
}

BOOST_AUTO_TEST_CASE(a_socket_that_goes_takes_the_replies_along) {
  submit(order(10));
  state.posts_up(start_ms, out);
  submit(order(11));
  submit(cancel(12));
  take<transmission>();
  state.posts_down("closed", {3}, start_ms, out);
  const auto all = take<request_outcome>();
  BOOST_REQUIRE_EQUAL(all.size(), 2u);
  BOOST_TEST(all[0].request.value == 11u);
  BOOST_CHECK(all[0].delivery == request_delivery::unknown);
  BOOST_TEST(all[0].failure == "the socket for posts: closed");
  BOOST_TEST(all[1].request.value == 12u);
  BOOST_CHECK(all[1].delivery == request_delivery::not_sent);
  // That by HTTP is still waited for; the next one goes there as well.
  submit(cancel(13));
  BOOST_TEST(!take<transmission>().at(0).by_post);
  state.apply(transmission_result{1, true, true, 200, resting, {}}, start_ms,
              out);
  BOOST_TEST(only_outcome().request.value == 10u);
}

BOOST_AUTO_TEST_CASE(a_late_reply_to_a_post_is_told_as_late) {
  state.posts_up(start_ms, out);
  submit(order(1));
  state.timers_due(start_ms + 5'000, out);
  BOOST_CHECK(only_outcome().delivery == request_delivery::unknown);
  answer(1, resting);
  const auto x = only_outcome();
  BOOST_TEST(x.late);
  BOOST_CHECK(x.delivery == request_delivery::answered);
}

BOOST_AUTO_TEST_CASE(what_the_account_signs_itself_carries_nonce_and_network) {
  approve_agent_action action;
  action.agent = address{{0xcc}};
  state.apply(user_signed_request{{7}, action, start_ms + 5'000}, start_ms,
              out);
  const auto sent = take<transmission>();
  BOOST_REQUIRE_EQUAL(sent.size(), 1u);
  auto decoded = wire::decode_exchange_request(sent[0].body);
  BOOST_REQUIRE_MESSAGE(decoded.ok(), sent[0].body);
  const auto& own = std::get<user_signed_action>(decoded->action);
  const auto& approval = std::get<approve_agent_action>(own);
  BOOST_TEST(approval.nonce == static_cast<std::uint64_t>(start_ms));
  BOOST_TEST(approval.domain.hyperliquid_chain == "Testnet");
  BOOST_CHECK(
    signing::recover(signing::user_signed_digest(own), decoded->signature)
    == kit::test_signer()->signer_address());
  state.apply(transmission_result{1,
                                  true,
                                  true,
                                  200,
                                  R"({"status":"ok","response":)"
                                  R"({"type":"default"}})",
                                  {}},
              start_ms, out);
  const auto x = only_outcome();
  BOOST_TEST(x.request.value == 7u);
  BOOST_CHECK(x.reply.kind == reply_kind::done);
}

BOOST_AUTO_TEST_SUITE_END()
