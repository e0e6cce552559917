// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/replay_run.hpp"

#include "hlx/actors/execution_client/execution_client.hpp"
#include "hlx/actors/interfaces.hpp"
#include "hlx/messages/wire/decode_instruments.hpp"
#include "tests/simulate/replay_world.hpp"

#include <caf/all.hpp>
#include <caf/scheduler/test_coordinator.hpp>

#include <algorithm>
#include <set>
#include <type_traits>

namespace hlx::simulate {

namespace {

constexpr int http_ok = 200;

/// Everything around the client in one mailbox, so that what the client does
/// is heard in the order in which it does it.
using world_actor =
  strategy_actor::extend_with<report_listener_actor>::extend_with<
    http_submitter_actor>::extend<caf::reacts_to<timer_due>>;

struct world_state {
  static inline const char* name = "hlx.replay-world";
};

/// What the actor shares with the run: one thread runs both in turns.
struct stage {
  explicit stage(const script_config& config) : world(config) {}

  replay_world world;
  wall_clock clock;
  execution_client_self client;
  std::optional<std::int64_t> armed_ms;
};

/// Tells the client what has come up, and sees to it that the next deadline
/// of the world is a timer of the actors' clock.
void settle(world_actor::pointer self, stage& x) {
  for (auto& message : x.world.take_messages())
    std::visit([&](auto& content) { self->send(x.client, std::move(content)); },
               message);
  const auto deadline = x.world.next_deadline_ms();
  if (!deadline || (x.armed_ms && *x.armed_ms <= *deadline))
    return;
  x.armed_ms = deadline;
  self->scheduled_send(self, x.clock.time_point(*deadline),
                       timer_due{*deadline});
}

world_actor::behavior_type world(
  world_actor::stateful_pointer<world_state> self, stage* x) {
  const auto now_ms = [self, x] { return x->clock.now_ms(self->clock()); };
  const auto hear = [=](const auto& what) {
    using type = std::decay_t<decltype(what)>;
    if constexpr (std::is_constructible_v<order_event, type>)
      x->world.hear(order_event{what}, now_ms());
    else
      x->world.hear(what, now_ms());
    settle(self, *x);
  };
  return {
    [=](const order_submitted& event) { hear(event); },
    [=](const order_denied& event) { hear(event); },
    [=](const order_accepted& event) { hear(event); },
    [=](const order_rejected& event) { hear(event); },
    [=](const order_triggered& event) { hear(event); },
    [=](const order_updated& event) { hear(event); },
    [=](const order_filled& event) { hear(event); },
    [=](const order_canceled& event) { hear(event); },
    [=](const order_expired& event) { hear(event); },
    [=](const order_modify_rejected& event) { hear(event); },
    [=](const order_cancel_rejected& event) { hear(event); },
    [=](const stream_changed& change) { hear(change); },
    [=](const order_status_report& report) { hear(report); },
    [=](const fill_report& report) { hear(report); },
    [=](const client_warning& warning) { hear(warning); },
    [=](const exchange_request& request) { hear(request); },
    [](const user_signed_request&) {
      // No command of a script asks for one.
    },
    [=](const info_query& query) { hear(query); },
    [](const status_request&) { return submitter_status{}; },
    [=](const timer_due& tick) {
      if (x->armed_ms == tick.deadline_ms)
        x->armed_ms.reset();
      x->world.timers_due(now_ms());
      settle(self, *x);
    },
  };
}

/// Stands where the reader would: the script's frames go straight in.
websocket_reader_actor::behavior_type mute_reader() {
  return {[](const status_request&) { return reader_status{}; }};
}

wire::instruments_answer decoded(const meta_step& step) {
  switch (step.kind) {
    case listing_kind::perps:
      return wire::decode_meta(http_ok, step.body);
    case listing_kind::spot:
      return wire::decode_spot_meta(http_ok, step.body);
    case listing_kind::outcomes:
      break;
  }
  return wire::decode_outcome_meta(http_ok, step.body);
}

const char* name_of(listing_kind kind) {
  switch (kind) {
    case listing_kind::perps:
      return "meta: ";
    case listing_kind::spot:
      return "spotMeta: ";
    case listing_kind::outcomes:
      break;
  }
  return "outcomeMeta: ";
}

struct replay_config : caf::actor_system_config {
  replay_config() {
    hlx::add_message_types(*this);
    set("scheduler.policy", caf::atom("testing"));
  }
};

/// One run: the actors, the clock, and the script's next line.
class replay_run {
public:
  replay_run(const script& x, instrument_table instruments,
             std::function<void(std::string_view)> print)
    : print_(std::move(print)),
      recorded_(x.config.recorded),
      stage_(x.config),
      system_(config_),
      scheduler_(
        dynamic_cast<caf::scheduler::test_coordinator&>(system_.scheduler())) {
    const auto start_ms = x.lines.front().at_ms;
    scheduler_.clock().current_time = stage_.clock.time_point(start_ms);
    world_ = system_.spawn(world, &stage_);
    execution_client_settings settings;
    settings.dispatch = x.config.dispatch;
    settings.dispatch.refresh_instruments = true;
    settings.instruments = std::move(instruments);
    execution_client_dependencies dependencies;
    dependencies.submitter = [this](caf::actor_system&,
                                    const venue_report_actor&) {
      return http_submitter_actor{world_};
    };
    dependencies.reader = [](caf::actor_system& system,
                             const venue_report_actor&) {
      return system.spawn(mute_reader);
    };
    stage_.client = system_.spawn(execution_client, std::move(settings),
                                  std::move(dependencies));
    set_account_budget(x);
    start_up(start_ms);
  }

  ~replay_run() {
    stage_.world.set_silent(true);
    caf::anon_send_exit(stage_.client, caf::exit_reason::user_shutdown);
    run();
    caf::anon_send_exit(world_, caf::exit_reason::kill);
    run();
    stage_.client = nullptr;
    world_ = nullptr;
  }

  /// Runs what is due until the line's time, then the line, then all that it
  /// causes.
  void handle(const script_line& line) {
    const auto at = stage_.clock.time_point(line.at_ms);
    auto& clock = scheduler_.clock();
    while (!recorded_ && !clock.schedule().empty()
           && clock.schedule().begin()->first <= at) {
      clock.trigger_timeout();
      run();
    }
    clock.current_time = at;
    std::visit([this, &line](const auto& step) { apply(step, line.at_ms); },
               line.step);
    run();
  }

private:
  /// It is asked for at the start only, unless it runs low: what the script
  /// says of it before anything happens holds from there on.
  void set_account_budget(const script& x) {
    constexpr auto type = "userRateLimit";
    for (const auto& line : x.lines) {
      if (std::holds_alternative<meta_step>(line.step))
        continue;
      const auto* info = std::get_if<info_step>(&line.step);
      if (info == nullptr)
        return;
      if (const auto found = info->answers.find(type);
          found != info->answers.end())
        stage_.world.apply(info_step{{{type, found->second}}, {}}, line.at_ms);
    }
  }

  void start_up(std::int64_t start_ms) {
    stage_.world.set_silent(true);
    caf::anon_send(stage_.client, caf::subscribe_atom_v,
                   report_listener_actor{world_});
    // Hears what happens before a strategy is named, and what is nobody's.
    introduce({});
    run();
    stage_.world.start(start_ms);
    tell_client();
    run();
    stage_.world.set_silent(false);
  }

  void introduce(const strategy_id& id) {
    if (strategies_.insert(id).second)
      caf::anon_send(stage_.client, caf::subscribe_atom_v, id,
                     strategy_actor{world_});
  }

  void apply(const script_command& command, std::int64_t) {
    std::visit(
      [this](const auto& x) {
        introduce(x.strategy);
        caf::anon_send(stage_.client, x);
      },
      command);
  }

  void apply(const meta_step& step, std::int64_t now_ms) {
    stage_.world.apply(step, now_ms);
    for (auto& x : decoded(step).instruments)
      caf::anon_send(stage_.client, std::move(x));
  }

  void apply(const advance_step&, std::int64_t) {
    if (recorded_)
      caf::anon_send(stage_.client, timer_due{});
  }

  template <class Step>
  void apply(const Step& step, std::int64_t now_ms) {
    stage_.world.apply(step, now_ms);
    tell_client();
    // What the world waits for may have changed.
    caf::anon_send(world_, timer_due{});
  }

  void tell_client() {
    for (auto& message : stage_.world.take_messages())
      std::visit(
        [this](auto& x) { caf::anon_send(stage_.client, std::move(x)); },
        message);
  }

  void run() {
    while (scheduler_.has_job())
      scheduler_.run_once();
    const auto lines = stage_.world.take_output();
    if (!lines.empty())
      print_(lines);
  }

  std::function<void(std::string_view)> print_;
  bool recorded_;
  stage stage_;
  replay_config config_;
  caf::actor_system system_;
  caf::scheduler::test_coordinator& scheduler_;
  world_actor world_;
  std::set<strategy_id> strategies_;
};

} // namespace

std::optional<instrument_table> instruments_of(
  const script& x, std::vector<script_error>& errors) {
  const auto is_perp_meta = [](const script_line& line) {
    const auto* meta = std::get_if<meta_step>(&line.step);
    return meta != nullptr && meta->kind == listing_kind::perps;
  };
  instrument_table result;
  if (std::none_of(x.lines.begin(), x.lines.end(), is_perp_meta))
    result = default_instruments();
  // Metas after the first event of the run are refreshed when they come.
  bool at_start = true;
  for (const auto& line : x.lines) {
    const auto* meta = std::get_if<meta_step>(&line.step);
    if (meta == nullptr) {
      at_start = at_start && std::holds_alternative<info_step>(line.step);
      continue;
    }
    auto answer = decoded(*meta);
    const auto* name = name_of(meta->kind);
    if (!answer.error.empty())
      errors.push_back({line.number, name + answer.error});
    for (const auto& warning : answer.warnings)
      errors.push_back({line.number, name + warning});
    if (at_start)
      for (auto& instrument : answer.instruments)
        result.add(std::move(instrument));
  }
  if (!errors.empty())
    return std::nullopt;
  return result;
}

void run_replay(const script& x, instrument_table instruments,
                const std::function<void(std::string_view)>& print) {
  if (x.lines.empty())
    return;
  replay_run run{x, std::move(instruments), print};
  for (const auto& line : x.lines)
    run.handle(line);
}

replay_result replay(std::string_view script_text) {
  auto parsed = parse_script(script_text);
  replay_result result{{}, std::move(parsed.errors), parsed.error_count};
  if (result.error_count > 0)
    return result;
  auto instruments = instruments_of(parsed.value, result.errors);
  result.error_count = result.errors.size();
  if (instruments)
    run_replay(parsed.value, std::move(*instruments),
               [&result](std::string_view lines) { result.output += lines; });
  return result;
}

} // namespace hlx::simulate
