// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/remote_execution_client/remote_execution_client.hpp"

#include "hlx/actors/dialer/dialer.hpp"
#include "hlx/actors/event_stream/stream_receiver.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/sec.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <utility>
#include <variant>

namespace hlx {

namespace {

/// Longer than any connector tries: it always answers.
constexpr std::chrono::minutes connect_max{5};

/// Thirty days.
constexpr std::int64_t hold_max_ms_max = 2'592'000'000;

/// How long the published actor may take to answer.
constexpr std::chrono::seconds entry_max{2};

/// Which option of this side is to blame.
std::string option_of(stream_end why) {
  switch (why) {
    case stream_end::future_number:
    case stream_end::forgotten_number:
      return "last_handled: ";
    case stream_end::unknown_strategy:
      return "receiver.strategy: ";
    case stream_end::wrong_network:
      return "receiver.network: ";
    case stream_end::wrong_account:
      return "receiver.account: ";
    case stream_end::bad_request:
      return "receiver: ";
    case stream_end::taken_over:
    case stream_end::log_full:
      return {};
  }
  return {};
}

/// As its own actor sees it.
using self_actor = remote_client_actor::extend_with<
  event_receiver_actor>::extend<caf::reacts_to<timer_due>>;

class remote_client : public self_actor::base {
public:
  remote_client(caf::actor_config& config, remote_client_options options,
                remote_client_dependencies dependencies)
    : self_actor::base(config),
      options_(std::move(options)),
      connector_(std::move(dependencies.connector)),
      clock_(dependencies.clock),
      stream_(options_.receiver, options_.last_handled),
      plan_(options_.plan) {
    set_down_handler([this](caf::down_msg& x) { on_down(x); });
  }

  const char* name() const override { return "hlx.remote-execution-client"; }

  void on_exit() override {
    connector_ = nullptr;
    gate_ = nullptr;
    strategy_ = nullptr;
  }

  behavior_type make_behavior() override {
    return {
      [this](caf::subscribe_atom, const linked_strategy_actor& strategy) {
        subscribe(strategy);
      },
      [this](submit_order& x) { command(std::move(x)); },
      [this](submit_list& x) { command(std::move(x)); },
      [this](modify_order& x) { command(std::move(x)); },
      [this](cancel_order& x) { command(std::move(x)); },
      [this](cancel_orders& x) { command(std::move(x)); },
      [this](cancel_all& x) { command(std::move(x)); },
      [this](query_order& x) { command(std::move(x)); },
      [this](const acknowledge_events& x) {
        stream_.handled(x.last_handled, now_ms(), out_);
        flush();
      },
      [this](const status_request&) { return status(); },
      [this](const event_stream_opened& x) { from_client(x); },
      [this](const event_batch& x) { from_client(x); },
      [this](const event_stream_ended& x) { from_client(x); },
      [this](const command_answer& x) { from_client(x); },
      [this](const stream_changed& x) {
        if (!told_up_)
          return;
        told_ready_ = x.up;
        if (strategy_)
          send(strategy_, x);
      },
      [this](const timer_due& x) { on_timer(x); },
    };
  }

private:
  std::int64_t now_ms() { return clock_.now_ms(clock()); }

  link_status status() const {
    return {.up = told_up_,
            .attempts = plan_.attempts(),
            .links = links_,
            .last_failure = last_failure_};
  }

  void subscribe(const linked_strategy_actor& strategy) {
    if (strategy_ == strategy)
      return;
    if (strategy_) {
      demonitor(strategy_.address());
      send(strategy_, superseded());
    }
    strategy_ = strategy;
    monitor(strategy_);
    quit_by_ms_.reset();
    if (told_up_)
      tell_up(told_ready_, stream_.last_handled());
    stream_.start_over(now_ms(), out_);
    flush();
    plan_.start(now_ms());
    connect_if_due();
    arm();
  }

  event_stream_ended superseded() const {
    event_stream_ended result;
    result.strategy = options_.receiver.strategy;
    result.why = stream_end::taken_over;
    result.reason = "another actor has subscribed for strategy "
                    + options_.receiver.strategy.value + " in the same process";
    return result;
  }

  template <class Command>
  void command(Command&& x) {
    if (x.strategy.value.empty())
      x.strategy = options_.receiver.strategy;
    stream_.command(std::forward<Command>(x), now_ms(), out_);
    flush();
  }

  template <class Message>
  void from_client(const Message& x) {
    stream_.apply(x, now_ms(), out_);
    flush();
    quit_if_over();
  }

  void on_timer(const timer_due& x) {
    if (armed_ms_ == x.deadline_ms)
      armed_ms_.reset();
    if (plan_.is_overdue(now_ms()))
      tell_down(cannot_reach("no answer yet"));
    connect_if_due();
    stream_.timers_due(now_ms(), out_);
    flush();
    quit_if_over();
  }

  /// Its cancels are still to reach the client.
  void strategy_ended() {
    strategy_ = nullptr;
    stream_.strategy_ended();
    quit_by_ms_ = now_ms() + options_.linger_ms;
    quit_if_over();
    arm();
  }

  void quit_if_over() {
    if (quit_by_ms_
        && (stream_.open_commands() == 0 || stream_.has_ended()
            || *quit_by_ms_ <= now_ms()))
      quit(caf::exit_reason::user_shutdown);
  }

  // The link.

  /// At most one request waits at the connector: it may be blocked for minutes
  /// by a host that is silent.
  void connect_if_due() {
    if (!plan_.is_due(now_ms()))
      return;
    const auto attempt = plan_.begin(now_ms());
    request(connector_, connect_max, caf::connect_atom_v, options_.at.host,
            options_.at.port)
      .then(
        [=, this](const caf::node_id&, const caf::strong_actor_ptr& published,
                  const std::set<std::string>& spoken) {
          if (plan_.is_current(attempt))
            enter(attempt, published, spoken);
        },
        [=, this](const caf::error& e) {
          failed(attempt, cannot_reach(reason(e)));
        });
  }

  /// Also a probe: what CAF remembers of an earlier connection may be dead.
  void enter(std::uint64_t attempt, const caf::strong_actor_ptr& published,
             const std::set<std::string>& spoken) {
    const auto wanted =
      system().message_types(caf::detail::type_list<reception_actor>{});
    if (!published || !std::ranges::includes(spoken, wanted))
      return failed(attempt,
                    cannot_reach("what is published there is something else"));
    request(caf::actor_cast<reception_actor>(published), entry_max,
            order_entry_request{options_.receiver.strategy})
      .then(
        [=, this](const strategy_entry_actor& gate) {
          if (plan_.is_current(attempt))
            go_up(gate);
        },
        [=, this](const caf::error& e) {
          failed(attempt, e == caf::sec::invalid_argument
                            ? "receiver.strategy: " + reason(e)
                            : cannot_reach(reason(e)));
        });
  }

  void go_up(const strategy_entry_actor& gate) {
    gate_ = gate;
    monitor(gate_);
    plan_.up(now_ms());
    stream_.link_up(now_ms(), out_);
    flush();
  }

  void failed(std::uint64_t attempt, const std::string& why) {
    if (!plan_.is_current(attempt))
      return;
    gate_ = nullptr;
    if (stream_.has_ended()) {
      plan_.stop();
      return;
    }
    plan_.down(now_ms());
    stream_.link_down(now_ms(), out_);
    flush();
    tell_down(why);
  }

  void tell_up(bool ready, std::uint64_t last_event) {
    if (!strategy_)
      return;
    send(strategy_, link_up{now_ms(), last_event});
    send(strategy_, stream_changed{ready, now_ms()});
  }

  /// Once for each reason in a row.
  void tell_down(const std::string& why) {
    if (strategy_ && (told_up_ || why != last_failure_))
      send(strategy_, link_down{now_ms(), why});
    told_up_ = false;
    last_failure_ = why;
  }

  void on_down(const caf::down_msg& x) {
    if (strategy_ && x.source == strategy_.address())
      strategy_ended();
    else if (gate_ && x.source == gate_.address())
      failed(plan_.attempts(), "the link to the execution client at "
                                 + to_string(options_.at)
                                 + " is lost: " + reason(x.reason));
  }

  std::string cannot_reach(const std::string& why) const {
    return "at: the execution client at " + to_string(options_.at)
           + " cannot be reached: " + why;
  }

  std::string reason(const caf::error& e) const {
    const auto& context = e.context();
    if (context.match_elements<std::string>())
      return context.get_as<std::string>(0);
    if (e == caf::sec::connection_timeout)
      return "it has accepted the connection, and is silent";
    if (e == caf::sec::disconnect_during_handshake)
      return "it has accepted the connection, and closed it at once";
    if (e == caf::sec::request_timeout)
      return "no answer in time";
    if (e == caf::exit_reason::remote_link_unreachable)
      return "the other process has ended, is silent, or closed the connection";
    return system().config().render(e);
  }

  // What leaves.

  void leave(const open_event_stream& x) {
    if (gate_)
      send(gate_, x, event_receiver_actor{this});
  }
  void leave(const acknowledge_events& x) {
    if (gate_)
      send(gate_, x);
  }
  void leave(const numbered_command& x) {
    if (gate_)
      send(gate_, x);
  }
  void leave(const order_event& x) {
    if (strategy_)
      std::visit([this](const auto& event) { send(strategy_, event); }, x);
    if (strategy_ && !options_.strategy_acknowledges)
      last_sent_ = header_of(x).sequence;
  }
  /// Opened anew without a loss of the link when an event is missing.
  void leave(const event_stream_opened& x) {
    if (!told_up_)
      tell_up(x.ready, x.last_event);
    else if (strategy_ && told_ready_ != x.ready)
      send(strategy_, stream_changed{x.ready, now_ms()});
    links_ += told_up_ ? 0 : 1;
    told_up_ = true;
    told_ready_ = x.ready;
  }
  void leave(event_stream_ended x) {
    x.reason = option_of(x.why) + x.reason;
    told_up_ = false;
    last_failure_ = x.reason;
    if (strategy_)
      send(strategy_, std::move(x));
  }
  void leave(const failed_command& x) {
    if (strategy_)
      send(strategy_, x);
  }

  void leave_all() {
    for (const auto& effect : std::exchange(out_, {}))
      std::visit([this](const auto& x) { leave(x); }, effect);
  }

  void flush() {
    leave_all();
    if (const auto sent = std::exchange(last_sent_, 0); sent > 0) {
      stream_.handled(sent, now_ms(), out_);
      leave_all();
    }
    arm();
  }

  void arm() {
    auto earliest = stream_.next_deadline_ms();
    if (const auto due = plan_.next_deadline_ms();
        due && (!earliest || *due < *earliest))
      earliest = due;
    if (quit_by_ms_ && (!earliest || *quit_by_ms_ < *earliest))
      earliest = quit_by_ms_;
    if (!earliest || (armed_ms_ && *armed_ms_ <= *earliest))
      return;
    armed_ms_ = earliest;
    scheduled_send(this, clock_.time_point(*earliest), timer_due{*earliest});
  }

  remote_client_options options_;
  connector_actor connector_;
  wall_clock clock_;
  stream_receiver stream_;
  link_plan plan_;
  receiver_effects out_;
  linked_strategy_actor strategy_;
  strategy_entry_actor gate_;
  std::optional<std::int64_t> armed_ms_;
  std::optional<std::int64_t> quit_by_ms_; ///< The strategy has ended.
  std::uint64_t last_sent_ = 0; ///< To the strategy, to be acknowledged.
  std::uint64_t links_ = 0;
  bool told_up_ = false;
  bool told_ready_ = false;
  std::string last_failure_;
};

std::string objection_to(const remote_client_options& options) {
  const auto& security = options.security;
  if (auto what = objection_to(security, options.at.host); !what.empty())
    return what;
  if (options.receiver.strategy.value.empty())
    return "receiver.strategy: missing";
  if (options.receiver.strategy.value.size() > strategy_name_max)
    return "receiver.strategy: longer than " + std::to_string(strategy_name_max)
           + " bytes";
  if (options.receiver.window == 0)
    return "receiver.window: must be above 0";
  if (options.receiver.hold_max_ms < 0
      || options.receiver.hold_max_ms > hold_max_ms_max)
    return "receiver.hold_max_ms: must be 0 to "
           + std::to_string(hold_max_ms_max);
  const auto& plan = options.plan;
  if (plan.retry_delay_min_ms <= 0
      || plan.retry_delay_max_ms < plan.retry_delay_min_ms)
    return "plan.retry_delay_min_ms: must be above 0 and at most "
           "retry_delay_max_ms";
  if (options.dial_ms <= 0)
    return "dial_ms: must be above 0";
  if (options.linger_ms < 0)
    return "linger_ms: must not be below 0";
  if (plan.patience_ms <= 0)
    return "plan.patience_ms: must be above 0";
  if (options.at.port == 0)
    return "at: " + to_string(options.at) + " has no port";
  return {};
}

} // namespace

caf::expected<remote_client_actor> remote_execution_client(
  caf::actor_system& system, const remote_client_options& options) {
  if (auto what = objection_to(options); !what.empty())
    return caf::make_error(caf::sec::invalid_argument, std::move(what));
  auto connector = spawn_dialer(system, options.security,
                                std::chrono::milliseconds{options.dial_ms});
  if (!connector)
    return connector.error();
  const auto clock = wall_clock::measure();
  auto known = options;
  // Many that lose their links together do not come back together.
  known.plan.seed += static_cast<std::uint64_t>(clock.unix_offset.count());
  return spawn_remote_client(system, known, {*connector, clock});
}

remote_client_actor spawn_remote_client(
  caf::actor_system& system, const remote_client_options& options,
  const remote_client_dependencies& dependencies) {
  return remote_client_actor{
    system.spawn<remote_client>(options, dependencies)};
}

} // namespace hlx
