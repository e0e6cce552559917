// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/reception/reception.hpp"
#include "hlx/actors/remote_execution_client/remote_execution_client.hpp"
#include "hlx/actors/strategy.hpp"
#include "hlx/messages/signing/keccak.hpp"
#include "tests/examples/remote_bidder.hpp"
#include "tests/kit/scripted_client.hpp"

#include <caf/io/middleman.hpp>
#include <caf/io/network/test_multiplexer.hpp>
#include <caf/io/scribe.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <functional>
#include <iterator>
#include <list>
#include <memory>
#include <string>
#include <vector>

using namespace hlx;

namespace {

constexpr std::uint16_t port = 4242;

void use_test_network(caf::actor_system_config& config) {
  config.load<caf::io::middleman>();
  config.set("middleman.network-backend", caf::atom("testing"));
  config.set("middleman.manual-multiplexing", true);
  config.set("middleman.attach-utility-actors", true);
  config.set("middleman.heartbeat-interval", caf::timespan{0});
  config.set("middleman.workers", std::size_t{0});
}

/// A process whose network is in the hands of the test.
struct node : kit::deterministic_system {
  caf::io::network::test_multiplexer& network =
    dynamic_cast<caf::io::network::test_multiplexer&>(
      sys.middleman().backend());

  node() : deterministic_system(1'700'000'000'000, use_test_network) {}

  /// Lets one actor or broker do something.
  bool work() { return sched.try_run_once() || network.try_exec_runnable(); }

  void tick() { sched.advance_time(std::chrono::milliseconds{1}); }
};

/// The execution client's process. Its venue is the test.
struct client_node : node, kit::scripted_client {
  reception_actor reception = own(spawn_reception(sys, client));

  client_node() : scripted_client(static_cast<deterministic_system&>(*this)) {}

  void reply(std::uint64_t number, const std::string& type,
             const std::string& status) {
    caf::anon_send(
      submitter, kit::scripted_reply{
                   number,
                   {.complete = true,
                    .written = true,
                    .status = 200,
                    .body = R"({"status":"ok","response":{"type":")" + type
                            + R"(","data":{"statuses":[)" + status + "]}}}"}});
  }

  void rest(std::uint64_t number, int oid) {
    reply(number, "order",
          R"({"resting":{"oid":)" + std::to_string(oid) + "}}");
  }

  void frame(const std::string& channel, const std::string& data) {
    caf::anon_send(reader, kit::scripted_frame{R"({"channel":")" + channel
                                               + R"(","data":)" + data + "}"});
  }

  std::string cloid_member(const std::string& id) const {
    return R"("cloid":")" + to_string(signing::cloid_of({id})) + '"';
  }

  void canceled(const std::string& id, int oid) {
    const auto at = std::to_string(now_ms());
    frame("orderUpdates",
          R"([{"order":{"coin":"BTC","side":"B","limitPx":"50010.0",)"
          R"("sz":"0.01","oid":)"
            + std::to_string(oid) + R"(,"timestamp":)" + at
            + R"(,"origSz":"0.01",)" + cloid_member(id)
            + R"(},"status":"canceled","statusTimestamp":)" + at + "}]");
  }

  void filled(const std::string& id, int oid) {
    frame("userFills",
          R"({"fills":[{"coin":"BTC","px":"50000.0","sz":"0.01","side":"B",)"
          R"("time":)"
            + std::to_string(now_ms())
            + R"(,"startPosition":"0.0","dir":"Open Long","closedPnl":"0.0",)"
              R"("hash":"0x00","oid":)"
            + std::to_string(oid) + R"(,"crossed":false,"fee":"0.1","tid":5,)"
            + cloid_member(id) + R"(,"feeToken":"USDC"}]})");
  }
};

struct linked_heard {
  kit::heard orders;
  std::size_t ups = 0;
  std::size_t downs = 0;
  std::vector<std::string> trouble;

  void hear(const link_up&) { ++ups; }
  void hear(const link_down&) { ++downs; }
  void hear(const event_stream_ended& x) { trouble.push_back(x.reason); }
  void hear(const failed_command& x) { trouble.push_back(x.reason); }
  void hear(const stream_changed&) {}
  template <class Event>
  void hear(const Event& x) {
    orders.hear(order_event{x});
  }
};

/// A strategy's process.
struct strategy_node : node {
  std::shared_ptr<linked_heard> log = std::make_shared<linked_heard>();
  remote_client_actor client;

  explicit strategy_node(const std::string& strategy) {
    remote_client_options options;
    options.at = {"client", port};
    options.receiver.strategy.value = strategy;
    connect(options);
    subscribe(log);
  }

  /// A process whose strategy the test starts.
  explicit strategy_node(const remote_client_options& options) {
    connect(options);
  }

  void connect(const remote_client_options& options) {
    client = own(spawn_remote_client(
      sys, options, {sys.middleman().actor_handle(), wall_clock{}}));
  }

  void subscribe(const std::shared_ptr<linked_heard>& heard) {
    const auto strategy = own(linked_strategy_actor{sys.spawn([heard] {
      return handlers_of<linked_strategy_actor>(
        [heard](const auto& x) { heard->hear(x); });
    })});
    caf::anon_send(client, caf::subscribe_atom_v, strategy);
  }

  void submit(const std::string& id) {
    submit_order command;
    command.order.client_order_id.value = id;
    command.order.instrument = "BTC";
    command.order.quantity = *parse<quantity>("0.01");
    command.order.price = *parse<price>("50000");
    caf::anon_send(client, command);
  }

  bool has_heard(const std::string& last) const {
    return log->orders.event_names().ends_with(last);
  }
};

/// The client's process, those of strategies, and links between them that can
/// be cut.
class linked_nodes {
public:
  static constexpr int idle_max_ms = 5'000;

  client_node near;

  explicit linked_nodes(const std::vector<std::string>& strategies = {"S-1"}) {
    near.network.provide_acceptor(port, acceptor_);
    const auto middleman = near.sys.middleman().actor_handle();
    auto request = near.self->request(
      middleman, caf::infinite, caf::publish_atom_v, port,
      caf::actor_cast<caf::strong_actor_ptr>(near.reception),
      near.sys.message_types(near.reception), std::string{}, true);
    while (near.work()) {
      // The port opens.
    }
    request.receive(
      [](std::uint16_t) {},
      [](const caf::error& e) { BOOST_ERROR(caf::to_string(e)); });
    for (const auto& x : strategies)
      add(x);
  }

  ~linked_nodes() {
    for (auto& x : links_)
      cut(x);
    while (work()) {
      // What the cuts cause.
    }
  }

  /// Adds a process; its options or the name of its strategy.
  template <class Settings>
  strategy_node& add(const Settings& settings) {
    auto& x = links_.emplace_back(settings);
    prepare(x);
    return x.far;
  }

  /// One of those processes, in the order of adding.
  strategy_node& far(std::size_t number = 0) {
    return std::next(links_.begin(), static_cast<std::ptrdiff_t>(number))->far;
  }

  /// The first link breaks behind the `number`th piece of a message, from 1.
  void cut_behind(int number) { cut_at_ = number; }

  /// The process is gone, as if it had been killed.
  void kill_first() {
    cut(links_.front());
    links_.pop_front();
  }

  int pieces() const { return pieces_; }

  /// Everything that can happen happens, and time goes on, until it holds.
  void run_until(const std::function<bool()>& holds) {
    for (int idle_ms = 0; idle_ms < idle_max_ms; ++idle_ms) {
      while (step()) {
        // One thing after the other.
      }
      if (holds())
        return;
      near.tick();
      for (auto& x : links_)
        x.far.tick();
    }
    for (auto& x : links_)
      BOOST_TEST_MESSAGE("up " << x.far.log->ups << ", down "
                               << x.far.log->downs << ", heard "
                               << x.far.log->orders.event_names());
    BOOST_FAIL("it never holds");
  }

private:
  struct link {
    template <class Settings>
    explicit link(const Settings& settings) : far(settings) {}

    strategy_node far;
    caf::io::connection_handle near_end;
    caf::io::connection_handle far_end;
  };

  bool work() {
    return near.work()
           || std::any_of(links_.begin(), links_.end(),
                          [](link& x) { return x.far.work(); });
  }

  bool read() {
    return near.network.try_read_data()
           || std::any_of(links_.begin(), links_.end(), [](link& x) {
                return x.far.network.try_read_data();
              });
  }

  bool step() {
    if (work() || near.network.try_accept_connection())
      return true;
    if (!read())
      return false;
    if (++pieces_ == cut_at_) {
      cut(links_.front());
      prepare(links_.front());
    }
    return true;
  }

  /// What is on its way is lost.
  void cut(link& x) {
    const auto break_at = [](node& side, caf::io::connection_handle end) {
      side.network.virtual_network_buffer(end).clear();
      if (auto open = side.network.impl_ptr(end))
        open->io_failure(&side.network, caf::io::network::operation::read);
    };
    break_at(near, x.near_end);
    break_at(x.far, x.far_end);
  }

  void prepare(link& x) {
    x.near_end = caf::io::connection_handle::from_int(++last_handle_);
    x.far_end = caf::io::connection_handle::from_int(++last_handle_);
    near.network.prepare_connection(acceptor_, x.near_end, x.far.network,
                                    "client", port, x.far_end);
  }

  std::int64_t last_handle_ = 1;
  caf::io::accept_handle acceptor_ = caf::io::accept_handle::from_int(1);
  std::list<link> links_;
  int pieces_ = 0;
  int cut_at_ = 0;
};

/// One order of the first strategy is submitted, modified and canceled, another
/// one filled.
void play_session(linked_nodes& nodes) {
  auto& near = nodes.near;
  auto& far = nodes.far();
  const auto before = near.sent.size();
  const auto until_sent = [&](std::size_t count) {
    nodes.run_until(
      [&near, all = before + count] { return near.sent.size() == all; });
  };
  const auto until_heard = [&](const std::string& last) {
    nodes.run_until([&far, last] { return far.has_heard(last); });
  };
  far.submit("O-1");
  until_sent(1);
  near.rest(before + 1, 77);
  until_heard("order_accepted");
  caf::anon_send(far.client,
                 modify_order{{}, {"O-1"}, {}, *parse<price>("50010")});
  until_sent(2);
  near.rest(before + 2, 78);
  until_heard("order_updated");
  caf::anon_send(far.client, cancel_order{{}, {"O-1"}});
  until_sent(3);
  near.reply(before + 3, "cancel", R"("success")");
  near.canceled("O-1", 78);
  until_heard("order_canceled");
  far.submit("O-2");
  until_sent(4);
  near.rest(before + 4, 79);
  near.filled("O-2", 79);
  until_heard("order_filled");
}

/// What the first strategy heard of that session.
void check_session(linked_nodes& nodes) {
  const auto& log = *nodes.far().log;
  BOOST_TEST(log.orders.event_names()
             == "order_submitted order_accepted order_updated order_canceled "
                "order_submitted order_accepted order_filled");
  std::uint64_t number = 0;
  for (const auto& event : log.orders.events)
    BOOST_TEST(header_of(event).sequence == ++number);
  BOOST_TEST(log.trouble.empty());
}

} // namespace

BOOST_AUTO_TEST_SUITE(linked_nodes_suite)

BOOST_AUTO_TEST_CASE(a_session_over_a_link_is_like_a_local_one) {
  linked_nodes nodes;
  play_session(nodes);
  check_session(nodes);
  BOOST_TEST(nodes.near.sent.size() == 4u);
  BOOST_TEST(nodes.far().log->ups == 1u);
  BOOST_TEST(nodes.far().log->downs == 0u);
}

BOOST_AUTO_TEST_CASE(who_subscribes_while_the_link_is_up_hears_that_it_is) {
  linked_nodes nodes;
  nodes.run_until([&] { return nodes.far().log->ups == 1; });
  const auto later = std::make_shared<linked_heard>();
  nodes.far().subscribe(later);
  nodes.run_until([&] { return later->ups == 1; });
  BOOST_TEST(later->downs == 0u);
  BOOST_TEST(nodes.far().log->ups == 1u);
}

BOOST_AUTO_TEST_CASE(a_command_of_another_strategy_fails_and_stops_no_other) {
  linked_nodes nodes;
  auto& far = nodes.far();
  caf::anon_send(far.client, cancel_all{{"S-2"}, {}});
  far.submit("O-1");
  nodes.run_until([&] { return nodes.near.sent.size() == 1; });
  BOOST_REQUIRE(far.log->trouble.size() == 1u);
  BOOST_TEST(far.log->trouble[0]
             == "the command is of another strategy than its stream");
}

BOOST_AUTO_TEST_CASE(wherever_the_link_breaks_no_event_is_lost_or_doubled) {
  int pieces = 0;
  {
    linked_nodes nodes;
    play_session(nodes);
    pieces = nodes.pieces();
  }
  BOOST_REQUIRE(pieces > 20);
  for (int i = 1; i <= pieces; ++i)
    BOOST_TEST_CONTEXT("cut behind piece " << i) {
      linked_nodes nodes;
      nodes.cut_behind(i);
      play_session(nodes);
      // A cut at the end is noticed behind it.
      nodes.run_until([&] { return nodes.far().log->downs > 0; });
      check_session(nodes);
      BOOST_TEST(nodes.near.sent.size() == 4u);
    }
  BOOST_TEST_MESSAGE("cut at " << pieces << " places");
}

BOOST_AUTO_TEST_CASE(a_broken_link_of_one_strategy_is_none_of_another) {
  const auto play = [](linked_nodes& nodes) {
    auto& near = nodes.near;
    auto& other = nodes.far(1);
    other.submit("P-1");
    nodes.run_until([&] { return near.sent.size() == 1; });
    near.rest(1, 70);
    play_session(nodes);
    near.filled("P-1", 70);
    nodes.run_until([&] { return other.has_heard("order_filled"); });
    check_session(nodes);
    BOOST_TEST(near.sent.size() == 5u);
    BOOST_TEST(other.log->orders.event_names()
               == "order_submitted order_accepted order_filled");
    for (const auto& event : other.log->orders.events)
      BOOST_TEST(header_of(event).client_order_id.value == "P-1");
    BOOST_TEST(other.log->trouble.empty());
  };
  int pieces = 0;
  {
    linked_nodes nodes{{"S-1", "S-2"}};
    play(nodes);
    pieces = nodes.pieces();
  }
  for (int i = 1; i <= pieces; ++i)
    BOOST_TEST_CONTEXT("cut behind piece " << i) {
      linked_nodes nodes{{"S-1", "S-2"}};
      nodes.cut_behind(i);
      play(nodes);
      nodes.run_until([&] { return nodes.far(0).log->downs > 0; });
      BOOST_TEST(nodes.far(1).log->ups == 1u);
      BOOST_TEST(nodes.far(1).log->downs == 0u);
    }
}

BOOST_AUTO_TEST_CASE(a_strategy_that_was_killed_goes_on_behind_what_it_wrote) {
  bidder_memory written;
  std::vector<std::uint64_t> handled;
  std::vector<std::string> told;
  const bidder_world world{
    [&](const bidder_memory& x) {
      written = x;
      handled.push_back(x.last_handled);
    },
    [&](const std::string& text) { told.push_back(text); }};
  linked_nodes nodes{{}};
  auto& near = nodes.near;
  const auto start = [&] {
    auto& far = nodes.add(options_of(written, {"client", port}));
    order_terms bid;
    bid.client_order_id.value = "O-1";
    bid.instrument = "BTC";
    bid.quantity = *parse<quantity>("0.01");
    bid.price = *parse<price>("50000");
    far.own(linked_strategy_actor{
      far.sys.spawn(remote_bidder, far.client, bid, written, world)});
  };
  start();
  nodes.run_until([&] { return near.sent.size() == 1; });
  near.rest(1, 77);
  nodes.run_until([&] { return written.last_handled == 2; });
  nodes.kill_first();
  near.filled("O-1", 77);
  start();
  nodes.run_until([&] { return written.filled.raw != 0; });
  BOOST_TEST(to_string(written.filled) == "0.01");
  BOOST_TEST(handled == (std::vector<std::uint64_t>{1, 2, 3}),
             boost::test_tools::per_element());
  BOOST_TEST(near.sent.size() == 1u); // No second bid.
  BOOST_TEST(
    told == (std::vector<std::string>{"the link is up", "the link is up"}),
    boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
