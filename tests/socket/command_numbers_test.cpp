// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/nodes.hpp"
#include "tests/socket/client_process.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/io/middleman.hpp>
#include <caf/scoped_actor.hpp>

#include <chrono>
#include <deque>
#include <memory>

using namespace hlx;
using namespace hlx::test;

namespace {

constexpr std::chrono::milliseconds patience{patience_ms};

/// Strategy S-1 in a system of its own, connected in plaintext. It speaks the
/// protocol itself, and acknowledges nothing.
class bare_receiver {
public:
  explicit bare_receiver(std::uint16_t port) {
    add_message_types(config_);
    BOOST_TEST_REQUIRE(load_nodes(config_, {plaintext()}) == "");
    system_ = std::make_unique<caf::actor_system>(config_);
    self_ = std::make_unique<caf::scoped_actor>(*system_);
    const auto reception =
      system_->middleman().remote_actor<reception_actor>("127.0.0.1", port);
    BOOST_REQUIRE(reception);
    (*self_)
      ->request(*reception, patience, order_entry_request{{"S-1"}})
      .receive([&](const strategy_entry_actor& x) { gate_ = x; },
               [](const caf::error& e) { BOOST_ERROR(caf::to_string(e)); });
    BOOST_REQUIRE(gate_);
  }

  /// Opens the stream; what it is answered.
  event_stream_opened open(std::uint64_t previous_session) {
    open_event_stream request;
    request.strategy.value = "S-1";
    request.attempt = 1;
    request.previous_session = previous_session;
    (*self_)->send(gate_, request,
                   caf::actor_cast<event_receiver_actor>(*self_));
    auto result = take<event_stream_opened>();
    session_ = result.session;
    return result;
  }

  /// Sends a submit_order under the number; what it is answered.
  command_answer submit(std::uint64_t number, const std::string& id) {
    submit_order order;
    order.order.client_order_id.value = id;
    order.order.instrument = "NONE";
    order.order.quantity = *parse<quantity>("1");
    order.order.price = *parse<price>("1");
    return give(number, order);
  }

  command_answer give(std::uint64_t number, const strategy_command& command) {
    (*self_)->send(gate_, numbered_command{{"S-1"}, session_, number, command});
    return take<command_answer>();
  }

  /// The orders whose events came up to the answers above, in order.
  std::vector<std::string> orders;

private:
  /// The next message of that type; events before it are kept.
  template <class T>
  T take() {
    std::optional<T> result;
    bool late = false;
    while (!result && !late)
      (*self_)->receive([&](const T& x) { result = x; },
                        [&](const event_batch& x) {
                          for (const auto& event : x.events)
                            orders.push_back(
                              header_of(event).client_order_id.value);
                        },
                        [](const stream_changed&) {},
                        caf::after(patience) >> [&] { late = true; });
    BOOST_REQUIRE(result);
    return *result;
  }

  caf::actor_system_config config_;
  std::unique_ptr<caf::actor_system> system_;
  std::unique_ptr<caf::scoped_actor> self_;
  strategy_entry_actor gate_;
  std::uint64_t session_ = 0;
};

/// A command of another strategy than the stream's.
cancel_order foreign_command() {
  return {{"S-2"}, {"O-1"}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(command_numbers_suite)

BOOST_AUTO_TEST_CASE(a_repeated_number_is_answered_as_the_first_time) {
  const client_process client{plaintext()};
  bare_receiver strategy{client.port};
  BOOST_TEST(strategy.open(0).last_command == 0u);
  const auto first = strategy.submit(1, "O-1");
  BOOST_CHECK(first.fate == command_fate::executed);
  BOOST_CHECK(strategy.submit(1, "O-1") == first);
  BOOST_CHECK(strategy.submit(1, "another one") == first);
  const auto refused = strategy.give(2, foreign_command());
  BOOST_CHECK(refused.fate == command_fate::refused);
  BOOST_CHECK(strategy.give(2, foreign_command()) == refused);
  const auto gap = strategy.submit(9, "O-9");
  BOOST_CHECK(gap.fate == command_fate::gap);
  BOOST_TEST(gap.next_number == 3u);
  // Events of what was given before come before this one's.
  strategy.submit(3, "O-3");
  strategy.submit(4, "O-4");
  BOOST_TEST(strategy.orders.size() >= 2u);
  BOOST_TEST(strategy.orders[0] == "O-1");
  BOOST_TEST(strategy.orders[1] == "O-3");
}

BOOST_AUTO_TEST_CASE(a_number_is_known_after_its_link_is_gone) {
  const client_process client{plaintext()};
  std::uint64_t session = 0;
  command_answer first;
  {
    bare_receiver strategy{client.port};
    session = strategy.open(0).session;
    first = strategy.submit(1, "O-1");
  }
  bare_receiver strategy{client.port};
  const auto opened = strategy.open(session);
  BOOST_TEST(opened.last_command == 1u);
  auto again = strategy.submit(1, "O-1");
  BOOST_TEST(again.session == opened.session);
  again.session = first.session;
  BOOST_TEST(again.next_number == 2u);
  BOOST_CHECK(again == first);
  strategy.submit(2, "O-2");
  strategy.submit(3, "O-3");
  BOOST_TEST(strategy.orders.size() >= 2u);
  BOOST_TEST(strategy.orders[0] == "O-1");
  BOOST_TEST(strategy.orders[1] == "O-2");
}

BOOST_AUTO_TEST_SUITE_END()
