// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/signing/keccak.hpp"
#include "tests/kit/scripted_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;

namespace {

constexpr std::string_view resting =
  R"({"status":"ok","response":{"type":"order","data":{"statuses":[)"
  R"({"resting":{"oid":77}}]}}})";

/// The client with the values of production on both sides of it; the venue is
/// a script.
struct scripted_fixture : kit::deterministic_system, kit::scripted_client {
  std::shared_ptr<kit::heard> log = std::make_shared<kit::heard>();

  scripted_fixture()
    : scripted_client(static_cast<deterministic_system&>(*this)) {
    const auto strategy = own(sys.spawn(kit::recording_strategy, log));
    const auto listener = own(sys.spawn(kit::recording_listener, log));
    self->send(client, caf::subscribe_atom_v, strategy_id{"S-1"}, strategy);
    self->send(client, caf::subscribe_atom_v, listener);
    run();
  }

  void submit(const std::string& id) {
    submit_order command{{"S-1"}, {}};
    command.order.client_order_id.value = id;
    command.order.instrument = "BTC";
    command.order.quantity = *parse<quantity>("0.01");
    command.order.price = *parse<price>("50000");
    self->send(client, command);
    run();
  }

  void reply(std::uint64_t number, std::string_view body) {
    self->send(submitter, kit::scripted_reply{number,
                                              {.complete = true,
                                               .written = true,
                                               .status = 200,
                                               .body = std::string{body}}});
    run();
  }

  void fail(std::uint64_t number, bool written) {
    self->send(submitter, kit::scripted_reply{
                            number, {.written = written, .failure = "broken"}});
    run();
  }

  void frame(std::string text) {
    self->send(reader, kit::scripted_frame{std::move(text)});
    run();
  }

  void link(bool connected) {
    self->send(reader, kit::scripted_link{connected, "gone"});
    run();
  }

  std::string fill(const std::string& id) const {
    return R"({"channel":"userFills","data":{"fills":[{"coin":"BTC",)"
           R"("px":"50000.0","sz":"0.01","side":"B","time":)"
           + std::to_string(1'700'000'000'500)
           + R"(,"startPosition":"0.0","dir":"Open Long","closedPnl":"0.0",)"
             R"("hash":"0x00","oid":77,"crossed":false,"fee":"0.1","tid":5,)"
             R"("cloid":")"
           + to_string(signing::cloid_of({id})) + R"(","feeToken":"USDC"}]}})";
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(scripted_topology_suite, scripted_fixture)

BOOST_AUTO_TEST_CASE(an_order_is_submitted_accepted_and_filled) {
  submit("O-1");
  reply(1, resting);
  frame(fill("O-1"));
  BOOST_TEST(log->event_names()
             == "order_submitted order_accepted order_filled");
  BOOST_TEST(log->warnings.empty());
}

BOOST_AUTO_TEST_CASE(a_request_without_an_answer_times_out_by_the_clock) {
  submit("O-1");
  advance(4'999);
  BOOST_TEST(log->event_names() == "order_submitted");
  // Unknown at 5 s; it can still land until 7 s; then nobody knows of it, three
  // times a second apart.
  advance(10'000);
  BOOST_TEST(log->event_names() == "order_submitted order_rejected");
}

BOOST_AUTO_TEST_CASE(a_late_reply_still_counts) {
  submit("O-1");
  advance(6'000);
  reply(1, resting);
  BOOST_TEST(log->event_names() == "order_submitted order_accepted");
  advance(10'000);
  BOOST_TEST(log->event_names() == "order_submitted order_accepted");
}

BOOST_AUTO_TEST_CASE(what_was_never_written_is_sent_once_more) {
  submit("O-1");
  fail(1, false);
  BOOST_REQUIRE_EQUAL(sent.size(), 2u);
  BOOST_TEST(sent[1].nonce > sent[0].nonce);
  fail(2, false);
  BOOST_TEST(sent.size() == 2u);
  BOOST_TEST(log->event_names() == "order_submitted order_rejected");
}

BOOST_AUTO_TEST_CASE(submits_wait_for_the_stream) {
  log->streams.clear();
  link(false);
  submit("O-1");
  BOOST_TEST(sent.empty());
  advance(60'000);
  BOOST_TEST(sent.empty());
  link(true);
  BOOST_TEST(sent.size() == 1u);
  BOOST_REQUIRE_EQUAL(log->streams.size(), 2u);
  BOOST_TEST(!log->streams[0].up);
  BOOST_TEST(log->streams[1].up);
}

BOOST_AUTO_TEST_CASE(a_quiet_stream_stays_up) {
  log->streams.clear();
  advance(120'000);
  BOOST_TEST(log->streams.empty());
  BOOST_TEST(log->warnings.empty());
}

BOOST_AUTO_TEST_CASE(the_transcript_has_everything_in_order) {
  submit("O-1");
  frame("nonsense");
  reply(1, resting);
  const auto& text = log->transcript;
  const auto submitted = text.find(R"("event":"order_submitted")");
  const auto warned = text.find(R"("warning":)");
  const auto accepted = text.find(R"("event":"order_accepted")");
  BOOST_TEST(submitted < warned);
  BOOST_TEST(warned < accepted);
  BOOST_TEST(accepted < text.size());
}

BOOST_AUTO_TEST_SUITE_END()
