// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/execution_client.hpp"
#include "hlx/actors/http_submitter/http_submitter.hpp"
#include "hlx/actors/own_thread.hpp"
#include "hlx/actors/strategy.hpp"
#include "hlx/actors/transport/ws_session.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/stub_venue.hpp"
#include "tests/bench/wake_parts.hpp"
#include "tests/kit/certificates.hpp"

#include <caf/actor_system.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include <benchmark/benchmark.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace hlx::bench {

namespace {

std::shared_ptr<const signing::signer> signer() {
  auto key = signing::secret_key::from_hex(std::string(64, '1'));
  return std::make_shared<const signing::signer>(std::move(*key));
}

/// A text there and back on a socket of its own, on this thread's own loop.
class bare_round_trip {
public:
  explicit bare_round_trip(const transport::endpoint& to) {
    loop_.open();
    session_ = std::make_unique<transport::ws_session>(
      loop_, to, "/ws",
      transport::ws_session_callbacks{
        [] {}, [this](std::string&) { received_ns_ = now_ns(); }, [] {},
        [](const std::string& reason) { throw std::runtime_error(reason); }});
    session_->connect();
    while (!session_->is_open())
      turn();
  }

  std::int64_t measure() {
    received_ns_ = 0;
    const auto sent_ns = now_ns();
    session_->send(text_);
    while (received_ns_ == 0)
      turn();
    return received_ns_ - sent_ns;
  }

private:
  void turn() {
    loop_.service(true);
    if (auto failure = loop_.take_failure())
      std::rethrow_exception(failure);
  }

  /// As long as an order, as the server answers nothing shorter.
  std::string text_ = std::string(420, 'x');
  std::int64_t received_ns_ = 0;
  transport::event_loop loop_;
  std::unique_ptr<transport::ws_session> session_;
};

/// The real client and submitter, and a strategy that looks at its watch.
class posting_topology {
public:
  explicit posting_topology(const two_processors& where)
    : where_(where), venue_([&] {
        const on_processor place{where.there};
        return spawn_stub_venue(system_, certificates_.certificate_file(),
                                certificates_.key_file());
      }()) {
    self_->request(venue_, wait_max, caf::get_atom_v)
      .receive([this](std::uint16_t port) { port_ = port; },
               [](const caf::error& x) {
                 throw std::runtime_error(caf::to_string(x));
               });
    start();
  }

  posting_topology(const posting_topology&) = delete;
  posting_topology& operator=(const posting_topology&) = delete;

  ~posting_topology() {
    for (const auto& x : {caf::actor_cast<caf::actor>(client_),
                          caf::actor_cast<caf::actor>(strategy_),
                          caf::actor_cast<caf::actor>(venue_)}) {
      self_->send_exit(x, caf::exit_reason::user_shutdown);
      self_->wait_for(x);
    }
  }

  transport::endpoint endpoint() const {
    return {"localhost", port_, true, certificates_.ca_file()};
  }

  /// The strategy sends an order; until its order_accepted is handled.
  std::int64_t measure() {
    const auto done_ns = accepted_.wait(
      1, [this] { caf::anon_send(strategy_, stream_changed{}); });
    return done_ns - sent_ns_;
  }

private:
  void start() {
    http_submitter_settings submitter;
    submitter.options.path = submit_path::websocket;
    submitter.venue = {"localhost", port_, true, certificates_.ca_file()};
    submitter.key = signer();
    submitter.clock = clock_;
    execution_client_settings settings;
    settings.instruments = default_instruments();
    settings.clock = clock_;
    execution_client_dependencies dependencies{
      .submitter =
        [this, submitter](caf::actor_system& system,
                          venue_report_actor client) {
          const on_processor place{where_.here};
          submitter_ =
            spawn_http_submitter(system, std::move(client), submitter);
          return submitter_;
        },
      .reader =
        [](caf::actor_system& system, const venue_report_actor& client) {
          caf::anon_send(client, stream_up{});
          return system.spawn([]() -> websocket_reader_actor::behavior_type {
            return {[](const status_request&) { return reader_status{}; }};
          });
        }};
    {
      const on_processor place{where_.there};
      client_ =
        spawn_on_own_thread(system_, execution_client, std::move(settings),
                            std::move(dependencies));
    }
    strategy_ = spawn_on_own_thread(system_, [this](strategy_actor::pointer x) {
      return on_events([this, x](const stream_changed&) { submit(x); },
                       [this](const order_accepted&) { accepted_.hear(); });
    });
    pace beat;
    while (!is_ready())
      beat.wait();
    self_->send(client_, caf::subscribe_atom_v, strategy_id{"S-1"}, strategy_);
  }

  void submit(strategy_actor::pointer self) {
    submit_order command{{"S-1"}, {}};
    auto& order = command.order;
    order.client_order_id.value = "post-" + std::to_string(++submitted_);
    order.instrument = "BTC";
    order.quantity = *parse<quantity>("0.001");
    order.price = *parse<price>("50000");
    sent_ns_ = now_ns();
    self->send(client_, std::move(command));
  }

  bool is_ready() {
    bool ready = false;
    self_->request(client_, wait_max, status_request{})
      .receive([&](const client_status& x) { ready = x.ready; },
               [](const caf::error&) {});
    if (!ready)
      return false;
    self_->request(submitter_, wait_max, status_request{})
      .receive([&](const submitter_status& x) { ready = x.post_up; },
               [](const caf::error&) {});
    return ready;
  }

  two_processors where_;
  kit::test_certificates certificates_;
  actors_config config_;
  caf::actor_system system_{config_};
  caf::scoped_actor self_{system_};
  wall_clock clock_ = wall_clock::measure();
  stub_venue_actor venue_;
  std::uint16_t port_ = 0;
  http_submitter_actor submitter_;
  execution_client_actor client_;
  strategy_actor strategy_;
  std::uint64_t submitted_ = 0; ///< Of the strategy's thread.
  std::int64_t sent_ns_ = 0;    ///< The same, until it is accepted.
  hearing accepted_;
};

/// One signature, as the actors sign.
class bare_signature {
public:
  std::int64_t measure() {
    const auto before = now_ns();
    benchmark::DoNotOptimize(key_->sign(bytes32{}));
    return now_ns() - before;
  }

private:
  std::shared_ptr<const signing::signer> key_ = signer();
};

/// A strategy's order -> post over TLS -> the answer -> its event. What it is
/// made of at least is measured in turn with it.
void post_round_trip(benchmark::State& state) {
  const auto where = two_processors::pick();
  const on_processor place{where.here};
  posting_topology actors{where};
  bare_round_trip round_trip{actors.endpoint()};
  bare_hops hop{1, where};
  bare_signature signature;
  while (state.KeepRunning()) {
    const auto ns = medians_in_turn(
      {[&] { return actors.measure(); }, [&] { return round_trip.measure(); },
       [&] { return hop.measure(); }, [&] { return signature.measure(); }});
    state.SetIterationTime(ns[0] * 1e-9);
    state.counters["bare_trip_ns"] = ns[1];
    state.counters["bare_hop_ns"] = ns[2];
    state.counters["bare_signature_ns"] = ns[3];
    state.counters["bare_sums"] = ns[0] / (ns[1] + 4 * ns[2] + ns[3]);
  }
}

} // namespace

std::vector<std::string> register_post() {
  benchmark::RegisterBenchmark("post_round_trip", post_round_trip)
    ->UseManualTime()
    ->Iterations(1);
  return {"post_round_trip"};
}

} // namespace hlx::bench
