// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/topology.hpp"

#include "hlx/actors/execution_client/execution_client.hpp"
#include "hlx/actors/http_submitter/http_submitter.hpp"
#include "hlx/actors/own_thread.hpp"
#include "hlx/actors/start_up.hpp"
#include "hlx/actors/transport/http_lane.hpp"
#include "hlx/actors/websocket_reader/websocket_reader.hpp"

#include <caf/actor_system.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/sec.hpp>
#include <caf/send.hpp>

#include <atomic>
#include <stdexcept>
#include <utility>

namespace hlx {

namespace {

/// Asks one question after the other on a loop of this thread.
class start_up_run {
public:
  start_up_run(const venue_address& venue, start_up_options options,
               const wall_clock& clock, std::int64_t timeout_ms)
    : venue_(venue),
      state_(std::move(options)),
      clock_(clock),
      timeout_ms_(timeout_ms) {
    loop_.open();
    lane_ = std::make_unique<transport::http_lane>(
      loop_,
      transport::endpoint{venue.host, venue.port, venue.tls, venue.ca_file},
      "start-up", [this](transport::http_result x) { result_ = std::move(x); });
  }

  /// Throws std::runtime_error with the sentence for the user.
  start_up_result operator()() {
    while (auto query = state_.next_query()) {
      const auto asked_ms = now_ms();
      const auto result = post(*query);
      if (may_pass(result) && now_ms() - asked_ms < timeout_ms_ / 2
          && ++failures_in_a_row_ < tries_max)
        continue;
      failures_in_a_row_ = 0;
      if (!result.complete)
        throw std::runtime_error("the venue at " + to_string(venue_)
                                 + " cannot be reached: " + result.failure);
      state_.answer(result.status, result.body, asked_ms, now_ms());
    }
    if (!state_.error().empty())
      throw std::runtime_error(state_.error());
    return state_.take_result();
  }

private:
  /// How often a question is asked that the venue fails to answer.
  static constexpr int tries_max = 4;

  // The venue is there and has a bad moment.
  static bool may_pass(const transport::http_result& x) {
    return x.complete ? x.status == 429 || x.status >= 500 : x.written;
  }

  std::int64_t now_ms() const {
    return clock_.unix_ms(caf::actor_clock::clock_type::now());
  }

  transport::http_result post(const std::string& query) {
    result_.reset();
    lane_->post(1, "/info", query, timeout_ms_);
    while (!result_) {
      if (!loop_.service(true))
        throw std::runtime_error("the event loop failed");
      if (auto failure = loop_.take_failure())
        std::rethrow_exception(failure);
    }
    return std::move(*result_);
  }

  venue_address venue_;
  start_up_state state_;
  wall_clock clock_;
  std::int64_t timeout_ms_;
  int failures_in_a_row_ = 0;
  transport::event_loop loop_;
  std::unique_ptr<transport::http_lane> lane_;
  std::optional<transport::http_result> result_;
};

venue_address venue_of(const client_options& options) {
  auto parsed = parse_url(options.url);
  if (!parsed.ok())
    throw std::runtime_error(parsed.error().text);
  parsed->ca_file = options.ca_file;
  return std::move(*parsed);
}

void check(const client_options& options) {
  if (!options.key)
    throw std::runtime_error("there is no key to sign with");
  const auto& submitter = options.submitter;
  if (submitter.cancel_slots >= submitter.action_slots)
    throw std::runtime_error("cancel_slots must be below action_slots");
  if (submitter.post_cancel_slots >= submitter.post_slots)
    throw std::runtime_error("post_cancel_slots must be below post_slots");
  if (submitter.query_slots == 0)
    throw std::runtime_error("query_slots must be at least 1");
  const auto& link = options.link;
  if (link.ping_period_ms <= 0 || link.silence_max_ms <= link.ping_period_ms)
    throw std::runtime_error("silence_max_ms must be above ping_period_ms, and "
                             "that above 0");
  if (link.retry_delay_min_ms <= 1
      || link.retry_delay_max_ms < link.retry_delay_min_ms)
    throw std::runtime_error("retry_delay_min_ms must be above 1 and at most "
                             "retry_delay_max_ms");
  if (auto objection = objection_to(options.threads); !objection.empty())
    throw std::runtime_error(objection);
  const auto& dispatch = options.dispatch;
  if (dispatch.dead_man_switch_ms != 0
      && dispatch.dead_man_switch_ms < dead_man_switch_min_ms)
    throw std::runtime_error("dead_man_switch_ms must be 0 or at least "
                             + std::to_string(dead_man_switch_min_ms));
  if (dispatch.builder && dispatch.builder->fee > builder_fee_max)
    throw std::runtime_error("the builder's fee must be at most "
                             + std::to_string(builder_fee_max)
                             + " tenths of a basis point");
}

execution_client_dependencies make_dependencies(const client_options& options,
                                                const venue_address& venue,
                                                const start_up_result& known,
                                                const wall_clock& clock) {
  http_submitter_settings submitter;
  submitter.options = options.submitter;
  submitter.options.account = known.account;
  submitter.options.vault = known.vault;
  submitter.options.network = options.network;
  submitter.post_link = options.link;
  submitter.venue = venue;
  submitter.key = options.key;
  submitter.last_nonce = std::make_shared<std::atomic<std::uint64_t>>(0);
  submitter.clock = clock;
  submitter.tap = options.tap;
  websocket_reader_settings reader;
  reader.link = options.link;
  reader.link.account = known.account;
  reader.venue = venue;
  reader.clock = clock;
  reader.tap = options.tap;
  execution_client_dependencies result;
  const auto& threads = options.threads;
  result.submitter = [submitter, at = threads.submitter](
                       caf::actor_system& system, venue_report_actor client) {
    const on_processor place{at};
    return spawn_http_submitter(system, std::move(client), submitter);
  };
  result.reader = [reader, at = threads.reader](caf::actor_system& system,
                                                venue_report_actor client) {
    const on_processor place{at};
    return spawn_websocket_reader(system, std::move(client), reader);
  };
  return result;
}

execution_client_actor spawn_checked(caf::actor_system& system,
                                     client_options options) {
  check(options);
  const auto venue = venue_of(options);
  const auto clock = wall_clock::measure();
  // Different from run to run, and no randomness of its own.
  options.link.seed += static_cast<std::uint64_t>(clock.unix_offset.count());
  start_up_options questions;
  questions.account = options.account;
  questions.signer = options.key->signer_address();
  questions.dexes = options.dexes;
  questions.fetch_instruments = options.instruments.empty();
  auto known = start_up_run{venue, std::move(questions), clock,
                            options.start_timeout.count()}();
  for (auto& x : options.instruments)
    known.instruments.add(std::move(x));
  execution_client_settings settings;
  settings.dispatch = options.dispatch;
  settings.streams = options.streams;
  settings.streams.network = options.network;
  settings.streams.account = known.account;
  settings.dispatch.budget.enabled = options.limits;
  settings.dispatch.budget.posts =
    options.submitter.path == submit_path::websocket;
  settings.instruments = std::move(known.instruments);
  settings.holder = {known.account, known.vault, options.key->signer_address(),
                     known.agent_of, known.is_sub_account};
  settings.clock = clock;
  settings.warnings = std::move(known.warnings);
  settings.tap = options.tap;
  auto dependencies = make_dependencies(options, venue, known, clock);
  if (options.own_thread) {
    const on_processor place{options.threads.client};
    return spawn_on_own_thread(system, execution_client, std::move(settings),
                               std::move(dependencies));
  }
  return system.spawn(execution_client, std::move(settings),
                      std::move(dependencies));
}

} // namespace

caf::expected<execution_client_actor> spawn_execution_client(
  caf::actor_system& system, client_options options) {
  try {
    return spawn_checked(system, std::move(options));
  } catch (const std::exception& failure) {
    return caf::make_error(caf::sec::runtime_error,
                           std::string{failure.what()});
  }
}

bool stop(caf::actor_system& system, const execution_client_actor& client,
          std::chrono::milliseconds timeout) {
  caf::scoped_actor self{system};
  self->monitor(client);
  self->send_exit(client, caf::exit_reason::user_shutdown);
  bool ended = false;
  self->receive([&](const caf::down_msg&) { ended = true; },
                caf::after(timeout) >> [] {});
  return ended;
}

std::string text_of(const caf::error& error) {
  const auto& context = error.context();
  if (context.match_elements<std::string>())
    return context.get_as<std::string>(0);
  return caf::to_string(error);
}

} // namespace hlx
