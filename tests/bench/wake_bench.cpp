// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/execution_client.hpp"
#include "hlx/actors/own_thread.hpp"
#include "hlx/actors/strategy.hpp"
#include "hlx/actors/topology.hpp"
#include "hlx/actors/websocket_reader/websocket_reader.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/desk.hpp"
#include "tests/bench/frame_source.hpp"
#include "tests/bench/frozen_peer.hpp"
#include "tests/bench/paired_runs.hpp"
#include "tests/bench/wake_parts.hpp"
#include "tests/kit/empty_venue.hpp"

#include <caf/actor_system.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>

#include <benchmark/benchmark.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

std::atomic<std::int64_t> last_received_ns{0};

} // namespace

/// Takes the C library's place in this program, so that the time is known at
/// which libwebsockets has the last byte of a frame.
extern "C" ssize_t recv(int fd, void* buffer, std::size_t size, int flags) {
  const auto n =
    ::syscall(SYS_recvfrom, fd, buffer, size, flags, nullptr, nullptr);
  if (n > 0)
    last_received_ns.store(hlx::bench::now_ns(), std::memory_order_relaxed);
  return n;
}

namespace hlx::bench {

namespace {

constexpr std::size_t frames_per_run = 500;
constexpr std::size_t frames_per_turn = 50;

/// An HTTP SUBMITTER whose venue holds nothing of the account, and whose
/// replies to orders are slower than the frames.
http_submitter_actor::behavior_type slow_submitter(
  http_submitter_actor::pointer self, const venue_report_actor& client,
  wall_clock clock) {
  return {
    [](const exchange_request&) {},
    [](const user_signed_request&) {},
    [=](const info_query& x) {
      const auto now_ms = clock.now_ms(self->clock());
      self->send(client, info_answer{x.query, kit::empty_answer(x, now_ms)});
    },
    [](const status_request&) { return submitter_status{}; },
  };
}

/// Whether another strategy is subscribed, in a process that stands still.
enum class neighbour { none, frozen };

/// Events of the frozen strategy, which are never acknowledged.
constexpr std::size_t frozen_events = 5'000;

/// Other processes may come when there is a neighbour.
struct topology_config : actors_config {
  explicit topology_config(neighbour beside) {
    if (beside == neighbour::none)
      return;
    if (const auto what = load_nodes(*this, patient_nodes()); !what.empty())
      throw std::runtime_error(what);
  }
};

/// The real reader on a real socket, the real execution client, and a strategy
/// that looks at its watch.
class topology {
public:
  topology(std::size_t orders_max, const two_processors& where,
           neighbour beside)
    : where_(where), config_(beside) {
    const auto at_ms = clock_.now_ms(system_.clock());
    for (std::uint64_t i = 1; i <= orders_max; ++i)
      orders_.push_back(make_order(i, at_ms));
    latencies_.reserve(orders_max);
    self_->request(source_, wait_max, caf::get_atom_v)
      .receive([this](std::uint16_t port) { start(port); },
               [](const caf::error& x) {
                 throw std::runtime_error(caf::to_string(x));
               });
    if (beside == neighbour::frozen)
      start_frozen_neighbour();
  }

  topology(const topology&) = delete;
  topology& operator=(const topology&) = delete;

  ~topology() {
    for (const auto& x : {caf::actor_cast<caf::actor>(client_),
                          caf::actor_cast<caf::actor>(strategy_),
                          caf::actor_cast<caf::actor>(source_)}) {
      self_->send_exit(x, caf::exit_reason::user_shutdown);
      self_->wait_for(x);
    }
  }

  /// Submits the next order and waits until that is through.
  void submit() {
    submitted_events_.wait(
      1, [this] { self_->send(client_, orders_[submitted_++].submit); });
  }

  /// Sends the frame that says so of the next order, and waits for the event.
  std::int64_t accept() {
    accepted_events_.wait(1, [this] {
      self_->send(source_, frame_text(orders_[accepted_++].open));
    });
    return latencies_.back();
  }

  std::size_t orders_left() const { return orders_.size() - accepted_; }

private:
  void start(std::uint16_t port) {
    execution_client_settings settings;
    settings.instruments = default_instruments();
    settings.clock = clock_;
    websocket_reader_settings reader;
    reader.venue = {.host = "127.0.0.1", .port = port, .tls = false};
    reader.clock = clock_;
    execution_client_dependencies dependencies{
      .submitter =
        [clock = clock_](caf::actor_system& system, venue_report_actor client) {
          return system.spawn(slow_submitter, std::move(client), clock);
        },
      .reader =
        [this, reader](caf::actor_system& system, venue_report_actor client) {
          const on_processor place{where_.here};
          return spawn_websocket_reader(system, std::move(client), reader);
        }};
    {
      const on_processor place{where_.there};
      client_ =
        spawn_on_own_thread(system_, execution_client, std::move(settings),
                            std::move(dependencies));
    }
    strategy_ = spawn_on_own_thread(system_, [this](strategy_actor::pointer) {
      return on_events(
        [this](const order_submitted&) { submitted_events_.hear(); },
        [this](const order_accepted&) {
          latencies_.push_back(
            now_ns() - last_received_ns.load(std::memory_order_relaxed));
          accepted_events_.hear();
        });
    });
    self_->send(client_, caf::subscribe_atom_v, strategy_id{"S-1"}, strategy_);
    pace beat;
    while (!is_ready())
      beat.wait();
  }

  void start_frozen_neighbour() {
    const auto port =
      publish(system_, client_, {.security = patient_nodes().security});
    if (!port)
      throw std::runtime_error(text_of(port.error()));
    frozen_.emplace(*port).freeze();
    submit_order denied{{"S-2"}, {}};
    denied.order.client_order_id.value = "frozen";
    for (std::size_t i = 0; i < frozen_events; ++i)
      self_->send(client_, denied);
    is_ready(); // All of them are handled.
  }

  bool is_ready() {
    bool ready = false;
    self_->request(client_, wait_max, status_request{})
      .receive([&](const client_status& x) { ready = x.ready; },
               [](const caf::error& x) {
                 throw std::runtime_error(caf::to_string(x));
               });
    return ready;
  }

  two_processors where_;
  topology_config config_;
  caf::actor_system system_{config_};
  caf::scoped_actor self_{system_};
  wall_clock clock_ = wall_clock::measure();
  std::vector<scripted_order> orders_;
  frame_source_actor source_ = spawn_frame_source(system_);
  execution_client_actor client_;
  strategy_actor strategy_;
  std::optional<frozen_peer> frozen_;
  std::vector<std::int64_t> latencies_; ///< Of the strategy's thread.
  hearing submitted_events_;
  hearing accepted_events_;
  std::size_t submitted_ = 0;
  std::size_t accepted_ = 0;
};

/// Last byte of a frame received -> the strategy's handler, one frame a ms;
/// the median. Bare hops are measured in turn with it.
void measure(benchmark::State& state, neighbour beside) {
  const auto where = two_processors::pick();
  const on_processor place{where.here};
  topology actors{frames_per_run + frames_per_turn, where, beside};
  bare_hops bare{2, where};
  std::vector<double> real_ns;
  std::vector<double> bare_ns;
  pace beat;
  while (state.KeepRunning()) {
    while (actors.orders_left() > 0) {
      const bool warm_up = actors.orders_left() > frames_per_run;
      for (std::size_t i = 0; i < frames_per_turn; ++i)
        actors.submit();
      beat.start();
      for (std::size_t i = 0; i < frames_per_turn; ++i) {
        beat.wait();
        const auto ns = actors.accept();
        if (!warm_up)
          real_ns.push_back(static_cast<double>(ns));
      }
      beat.start();
      for (std::size_t i = 0; i < frames_per_turn; ++i) {
        beat.wait();
        bare_ns.push_back(static_cast<double>(bare.measure()));
      }
    }
    state.SetIterationTime(median(real_ns) * 1e-9);
  }
  state.counters["bare_ns"] = median(bare_ns);
  state.counters["bare_hops"] = median(real_ns) / median(bare_ns);
}

void frame_to_strategy(benchmark::State& state) {
  measure(state, neighbour::none);
}

void frame_to_strategy_beside_frozen(benchmark::State& state) {
  measure(state, neighbour::frozen);
}

} // namespace

std::vector<std::string> register_wake() {
  benchmark::RegisterBenchmark("frame_to_strategy", frame_to_strategy)
    ->UseManualTime()
    ->Iterations(1);
  benchmark::RegisterBenchmark("frame_to_strategy_beside_frozen",
                               frame_to_strategy_beside_frozen)
    ->UseManualTime()
    ->Iterations(1);
  return {"frame_to_strategy", "frame_to_strategy_beside_frozen"};
}

} // namespace hlx::bench
