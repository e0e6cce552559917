// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/execution_client.hpp"
#include "hlx/actors/nodes.hpp"
#include "hlx/actors/own_thread.hpp"
#include "hlx/actors/remote_execution_client/remote_execution_client.hpp"
#include "hlx/actors/strategy.hpp"
#include "hlx/actors/topology.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/paired_runs.hpp"
#include "tests/bench/wake_parts.hpp"
#include "tests/kit/scripted_actors.hpp"

#include <caf/actor_system.hpp>
#include <caf/io/middleman.hpp>
#include <caf/send.hpp>

#include <benchmark/benchmark.h>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace hlx::bench {

namespace {

constexpr std::size_t flood = 20'000;

/// When the execution client begins to handle orders.
class order_watch : public session_tap {
public:
  void update(std::string_view) override {}
  void outcome(const request_outcome&, const transmission_result*) override {}
  void answer(const info_answer&, const transmission_result*) override {}
  void handled(const client_input& x, std::int64_t) override {
    if (std::holds_alternative<const submit_order*>(x))
      heard.hear();
  }

  hearing heard;
};

/// What the bare hops carry and nobody answers.
using bare_event_actor = caf::typed_actor<caf::reacts_to<event_batch>>;
using bare_command_actor = caf::typed_actor<caf::reacts_to<numbered_command>>;
/// Sends a number of bare events as soon as it wakes.
using bare_sender_actor = caf::typed_actor<caf::reacts_to<std::uint64_t>>;

/// One of the two processes of a link, as an actor system of its own. All of
/// its threads are on one processor.
struct node {
  explicit node(std::optional<unsigned> processor) {
    add_message_types(config);
    config.set("scheduler.policy", caf::atom("sharing"));
    const node_security security{.plaintext = true};
    if (const auto what = load_nodes(config, {security}); !what.empty())
      throw std::runtime_error(what);
    const on_processor place{processor};
    system = std::make_unique<caf::actor_system>(config);
  }

  caf::actor_system_config config;
  std::unique_ptr<caf::actor_system> system;
};

template <class T>
T require(caf::expected<T> x) {
  if (!x)
    throw std::runtime_error(text_of(x.error()));
  return std::move(*x);
}

/// An order that the client denies: one event, and no request.
submit_order denied_order() {
  submit_order result{{"S-1"}, {}};
  result.order.client_order_id.value = "remote-1";
  result.order.instrument = "NONE";
  result.order.quantity = *parse<quantity>("1");
  result.order.price = *parse<price>("1");
  return result;
}

/// An execution client there and a strategy here, by plaintext BASP on
/// loopback sockets, and bare actors of both sides beside them, by the same.
class link {
public:
  explicit link(const two_processors& where)
    : client_node_(where.there), strategy_node_(where.here) {
    start_client(where.there);
    start_strategy();
    start_bare(where.there);
  }

  link(const link&) = delete;
  link& operator=(const link&) = delete;

  ~link() {
    caf::anon_send_exit(strategy_, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(bare_events_, caf::exit_reason::user_shutdown);
    stop(*client_node_.system, client_);
    caf::anon_send_exit(bare_commands_, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(bare_sender_, caf::exit_reason::user_shutdown);
  }

  /// From the execution client's order in hand to the strategy's handler.
  std::int64_t event() {
    std::int64_t handled_ns = 0;
    const auto heard_ns = strategy_hears_.wait(1, [&] {
      handled_ns =
        watch_->heard.wait(1, [&] { caf::anon_send(client_, denied_order()); });
    });
    return heard_ns - handled_ns;
  }

  std::int64_t bare_event() {
    const auto heard_ns = bare_event_heard_.wait(
      1, [&] { caf::anon_send(bare_sender_, std::uint64_t{1}); });
    return heard_ns - bare_sent_ns_.load();
  }

  /// From the strategy's side to the execution client.
  std::int64_t command() {
    std::int64_t sent_ns = 0;
    std::int64_t handled_ns = 0;
    strategy_hears_.wait(1, [&] {
      handled_ns = watch_->heard.wait(1, [&] {
        sent_ns = now_ns();
        caf::anon_send(remote_client_, denied_order());
      });
    });
    return handled_ns - sent_ns;
  }

  std::int64_t bare_command() {
    std::int64_t sent_ns = 0;
    const auto heard_ns = bare_command_heard_.wait(1, [&] {
      sent_ns = now_ns();
      caf::anon_send(bare_commands_from_here_,
                     numbered_command{{"S-1"}, 1, 1, denied_order()});
    });
    return heard_ns - sent_ns;
  }

  /// How long so many events take that happen as fast as the client can.
  std::int64_t events(std::size_t count) {
    const auto start_ns = now_ns();
    return strategy_hears_.wait(count, [&] {
      for (std::size_t i = 0; i < count; ++i)
        caf::anon_send(client_, denied_order());
    }) - start_ns;
  }

  std::int64_t bare_events(std::size_t count) {
    const auto start_ns = now_ns();
    return bare_event_heard_.wait(count, [&] {
      caf::anon_send(bare_sender_, std::uint64_t{count});
    }) - start_ns;
  }

private:
  void start_client(std::optional<unsigned> processor) {
    execution_client_settings settings;
    settings.instruments = default_instruments();
    settings.clock = wall_clock::measure();
    settings.tap = watch_;
    const on_processor place{processor};
    client_ = spawn_on_own_thread(
      *client_node_.system, execution_client, std::move(settings),
      execution_client_dependencies{
        [log = std::make_shared<kit::heard>()](caf::actor_system& x,
                                               const venue_report_actor&) {
          return x.spawn(kit::recording_submitter, log);
        },
        [](caf::actor_system& x, const venue_report_actor&) {
          return x.spawn(kit::mute_reader);
        }});
  }

  void start_strategy() {
    const node_security plaintext{.plaintext = true};
    publish_options published;
    published.security = plaintext;
    const auto port =
      require(publish(*client_node_.system, client_, published));
    remote_client_options options;
    options.at = {"127.0.0.1", port};
    options.security = plaintext;
    options.receiver.strategy.value = "S-1";
    remote_client_ =
      require(remote_execution_client(*strategy_node_.system, options));
    strategy_ = strategy_node_.system->spawn([this]() {
      return handlers_of<linked_strategy_actor>(
        [this](const order_denied&) { strategy_hears_.hear(); },
        [this](const link_up&) { strategy_hears_.hear(); });
    });
    strategy_hears_.wait(1, [&] {
      caf::anon_send(remote_client_, caf::subscribe_atom_v, strategy_);
    });
  }

  void start_bare(std::optional<unsigned> processor) {
    auto& here = *strategy_node_.system;
    auto& there = *client_node_.system;
    bare_events_ = here.spawn([this]() -> bare_event_actor::behavior_type {
      return {[this](const event_batch&) { bare_event_heard_.hear(); }};
    });
    bare_commands_ = there.spawn([this]() -> bare_command_actor::behavior_type {
      return {[this](const numbered_command&) { bare_command_heard_.hear(); }};
    });
    const auto events_port =
      require(here.middleman().publish(bare_events_, 0, "127.0.0.1"));
    const auto commands_port =
      require(there.middleman().publish(bare_commands_, 0, "127.0.0.1"));
    const auto to = require(there.middleman().remote_actor<bare_event_actor>(
      "127.0.0.1", events_port));
    bare_commands_from_here_ =
      require(here.middleman().remote_actor<bare_command_actor>("127.0.0.1",
                                                                commands_port));
    event_batch batch{{"S-1"}, 1, 1, {}};
    order_denied event;
    event.header.strategy.value = "S-1";
    event.header.client_order_id.value = "remote-1";
    event.reason = "instrument \"NONE\" is unknown";
    batch.events.emplace_back(event);
    const on_processor place{processor};
    bare_sender_ = spawn_on_own_thread(
      there, [this, to, batch](bare_sender_actor::pointer self) {
        return bare_sender_actor::behavior_type{[=, this](std::uint64_t count) {
          bare_sent_ns_ = now_ns();
          for (std::uint64_t i = 0; i < count; ++i)
            self->send(to, batch);
        }};
      });
  }

  node client_node_;
  node strategy_node_;
  std::shared_ptr<order_watch> watch_ = std::make_shared<order_watch>();
  hearing strategy_hears_;
  hearing bare_event_heard_;
  hearing bare_command_heard_;
  std::atomic<std::int64_t> bare_sent_ns_{0};
  execution_client_actor client_;
  remote_client_actor remote_client_;
  linked_strategy_actor strategy_;
  bare_event_actor bare_events_;
  bare_command_actor bare_commands_;
  bare_command_actor bare_commands_from_here_;
  bare_sender_actor bare_sender_;
};

void measure(benchmark::State& state, std::int64_t (link::*real)(),
             std::int64_t (link::*bare)()) {
  const auto where = two_processors::pick();
  const on_processor place{where.here};
  link subject{where};
  while (state.KeepRunning()) {
    const auto ns = medians_in_turn(
      {[&] { return (subject.*real)(); }, [&] { return (subject.*bare)(); }});
    state.SetIterationTime(ns[0] * 1e-9);
    state.counters["bare_ns"] = ns[1];
    state.counters["bare_hops"] = ns[0] / ns[1];
  }
}

void remote_event(benchmark::State& state) {
  measure(state, &link::event, &link::bare_event);
}

void remote_command(benchmark::State& state) {
  measure(state, &link::command, &link::bare_command);
}

void remote_events_per_second(benchmark::State& state) {
  const auto where = two_processors::pick();
  const on_processor place{where.here};
  link subject{where};
  std::vector<double> real_ns;
  std::vector<double> bare_ns;
  while (state.KeepRunning()) {
    for (std::size_t i = 0; i < 3; ++i) {
      real_ns.push_back(static_cast<double>(subject.events(flood)) / flood);
      bare_ns.push_back(static_cast<double>(subject.bare_events(flood))
                        / flood);
    }
    state.SetIterationTime(median(real_ns) * 1e-9);
  }
  state.counters["rate"] = 1e9 / median(real_ns);
  state.counters["bare_rate"] = 1e9 / median(bare_ns);
}

} // namespace

std::vector<std::string> register_remote() {
  const std::vector<std::pair<std::string, void (*)(benchmark::State&)>> all{
    {"remote_event", remote_event},
    {"remote_command", remote_command},
    {"remote_events_per_second", remote_events_per_second}};
  std::vector<std::string> names;
  for (const auto& [name, f] : all) {
    benchmark::RegisterBenchmark(name.c_str(), f)
      ->UseManualTime()
      ->Iterations(1);
    names.push_back(name);
  }
  return names;
}

} // namespace hlx::bench
