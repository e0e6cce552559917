// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/trading.hpp"

#include "hlx/actors/daemon/credentials.hpp"
#include "hlx/actors/daemon/info_client.hpp"
#include "hlx/actors/daemon/line_printer.hpp"
#include "hlx/actors/daemon/quoter_actor.hpp"
#include "hlx/actors/daemon/report_printer.hpp"
#include "hlx/actors/nodes.hpp"
#include "hlx/actors/topology.hpp"
#include "hlx/messages/signing/without_keys.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace hlx::daemon {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// How long the user stream may take to come up at the start.
constexpr milliseconds start_max{15'000};

/// How long canceling everything may take at the end.
constexpr milliseconds stop_max{10'000};

/// A second signal within it is taken for the first: some senders repeat it.
constexpr milliseconds repeated_signal{1'000};

/// A cancel that was refused meanwhile is sent again after it.
constexpr milliseconds cancel_period{1'000};

/// How long an actor may take to say how it is, before it counts as gone.
constexpr milliseconds status_max{5'000};

/// The same where a signal has to be noticed meanwhile.
constexpr milliseconds short_status_max{500};

/// Between two looks at what is waited for.
constexpr std::int64_t poll_ms = 50;

/// Looks at the prices that may fail in a row before the quotes are taken away.
constexpr int failed_looks_max = 3;

/// What a run says: events on standard output, the rest on standard error. It
/// waits for no reader.
class console {
public:
  void complain(const std::string& what) {
    errors_.write("hlx run: " + signing::without_keys(what));
  }

  /// Prints events; to be used while this value lives.
  line_sink events() {
    return [this](std::string_view line) { output_.write(line); };
  }

  /// Nothing more is said. False when events could not be written.
  bool finish() {
    const bool result = output_.finish();
    errors_.finish();
    return result;
  }

private:
  line_printer errors_{STDERR_FILENO, "standard error", nullptr};
  line_printer output_{
    STDOUT_FILENO, "standard output",
    [this](std::string_view what) { complain(std::string{what}); }};
};

/// Checks clock, key and account on the way. Throws std::runtime_error.
execution_client_actor spawn_client(caf::actor_system& system,
                                    const trading_plan& plan) {
  client_options options;
  options.url = to_string(plan.options.venue);
  options.ca_file = plan.options.venue.ca_file;
  options.network = plan.options.net;
  options.key = plan.key;
  options.account = plan.options.account;
  options.submitter.path = plan.options.path;
  options.threads = plan.options.threads;
  options.dispatch.builder = plan.options.builder;
  options.dispatch.dead_man_switch_ms = plan.options.dead_man_switch_ms;
  auto client = spawn_execution_client(system, std::move(options));
  if (!client)
    throw std::runtime_error{text_of(client.error())};
  return std::move(*client);
}

/// Lets strategies of other processes in, if they may come. Where they may, or
/// nothing. Throws std::runtime_error.
std::optional<node_address> open_node(caf::actor_system& system,
                                      const execution_client_actor& client,
                                      const run_options& options) {
  if (!options.listen)
    return std::nullopt;
  const auto port = publish(system, client,
                            {.at = *options.listen,
                             .security = options.node.security,
                             .strategies = options.strategies,
                             .reserved = {options.quoter.strategy}});
  if (!port)
    throw std::runtime_error{"node." + text_of(port.error())};
  return node_address{options.listen->host, *port};
}

/// The venue's own mid price is asked for when the book lacks a side. Throws
/// venue_error.
market_prices look_up_prices(info_client& venue,
                             const std::string& instrument) {
  const auto book = std::get<book_answer>(venue.ask(book_query{instrument}));
  market_prices result{book.best_bid, book.best_ask, std::nullopt};
  if (mid_of(result))
    return result;
  const auto all = std::get<mids_answer>(venue.ask(mids_query{}));
  const auto found = std::ranges::find(all.mids, instrument,
                                       &std::pair<std::string, price>::first);
  if (found != all.mids.end())
    result.venue_mid = found->second;
  return result;
}

/// Throws std::runtime_error when the venue has no such instrument, and
/// usage_error when it would refuse every quote.
void check_quotes(info_client& venue, const quoter_settings& settings) {
  const auto meta = venue.ask_instruments();
  const auto& all = meta.instruments;
  const auto found = std::ranges::find_if(
    all, [&](const auto& x) { return x.name == settings.instrument; });
  if (found == all.end())
    throw std::runtime_error{"the venue has no perpetual "
                             + wire::quoted(settings.instrument)};
  const auto mid = mid_of(look_up_prices(venue, settings.instrument));
  if (const auto what = objection_to_size(*found, settings.quote_size, mid);
      !what.empty())
    throw usage_error{what};
}

/// Whose orders are traded. Throws venue_error.
address look_up_account(info_client& venue, const trading_plan& plan) {
  if (const auto& account = plan.options.account)
    return *account;
  const auto signer = plan.key->signer_address();
  const auto role =
    std::get<user_role_answer>(venue.ask(user_role_query{signer}));
  return role.role == "agent" ? role.master.value_or(signer) : signer;
}

/// The quoted instrument's position. Throws venue_error.
amount look_up_position(info_client& venue, const address& account,
                        const std::string& instrument) {
  const auto held =
    std::get<positions_answer>(venue.ask(positions_query{}, account));
  for (const auto& x : held.positions)
    if (x.instrument == instrument)
      return x.size.value;
  return {};
}

/// The actors of one run, seen from the program's main thread.
class session {
public:
  session(caf::actor_system& system, const trading_plan& plan,
          const termination_signals& signals, console& say)
    : system_(system),
      plan_(plan),
      venue_(plan.options.venue),
      signals_(signals),
      console_(say),
      self_(system),
      client_(spawn_client(system, plan)) {}

  ~session() {
    if (quoter_)
      self_->send_exit(quoter_, caf::exit_reason::user_shutdown);
    if (!stop(system_, client_))
      complain("the actors did not end in time");
  }

  session(const session&) = delete;
  session& operator=(const session&) = delete;

  int run() { return plan_.options.quotes ? run_quoter() : serve(); }

private:
  int run_quoter() {
    const auto& settings = plan_.options.quoter;
    check_quotes(venue_, settings);
    const auto account = look_up_account(venue_, plan_);
    const auto held = look_up_position(venue_, account, settings.instrument);
    quoter_ = system_.spawn(quoting, client_, quoter{settings, held},
                            settings.strategy, console_.events());
    let_strategies_in();
    if (!wait_until_ready())
      return 0;
    complain("trading for the account " + to_string(account));
    const bool asked = quote();
    const bool clean = take_all_away();
    sum_up();
    return asked && clean ? 0 : 1;
  }

  /// Strategies elsewhere trade until a signal comes. Their orders are theirs.
  int serve() {
    const auto account = look_up_account(venue_, plan_);
    system_.spawn(report_printer, client_, console_.events());
    let_strategies_in();
    if (!wait_until_ready())
      return 0;
    complain("trading for the account " + to_string(account)
             + " on behalf of strategies elsewhere");
    while (!signals_.wait(poll_ms)) {
      // The actors work.
    }
    return 0;
  }

  void complain(const std::string& what) { console_.complain(what); }

  void let_strategies_in() {
    if (const auto at = open_node(system_, client_, plan_.options))
      complain("listening for strategies at " + to_string(*at));
  }

  /// Nothing when the actor does not answer in time.
  template <class Status, class Handle>
  std::optional<Status> status(const Handle& actor, milliseconds patience) {
    std::optional<Status> result;
    self_->request(actor, patience, status_request{})
      .receive([&result](Status& x) { result = std::move(x); },
               [](const caf::error&) {});
    return result;
  }

  bool is_client_ready() {
    const auto how = status<client_status>(client_, status_max);
    if (!how)
      throw std::runtime_error{"the execution client does not answer"};
    return how->ready;
  }

  /// False when a signal came first.
  bool wait_until_ready() {
    const auto give_up = steady_clock::now() + start_max;
    while (!is_client_ready()) {
      if (steady_clock::now() > give_up)
        throw std::runtime_error{"the user stream is not up after "
                                 + std::to_string(start_max.count()) + " ms"};
      if (signals_.wait(poll_ms))
        return false;
    }
    return true;
  }

  /// Until a signal comes (true) or quoting ends by itself (false).
  bool quote() {
    auto heard = steady_clock::now();
    while (true) {
      look_at_book();
      if (signals_.wait(plan_.options.refresh_ms))
        return true;
      const auto how = status<quoter_status>(quoter_, short_status_max);
      if (how)
        heard = steady_clock::now();
      else if (steady_clock::now() < heard + status_max)
        continue;
      const auto why = how ? how->halt_reason : "the quoter does not answer";
      if (!why.empty()) {
        complain("stops quoting: " + why);
        return false;
      }
      tell_pause(how->pause_reason);
    }
  }

  /// Says once why there are no quotes, and when there are some again.
  void tell_pause(const std::string& reason) {
    if (reason == paused_)
      return;
    paused_ = reason;
    complain(reason.empty() ? "quotes again" : "cannot quote: " + reason);
  }

  void look_at_book() {
    try {
      const auto prices =
        look_up_prices(venue_, plan_.options.quoter.instrument);
      failed_looks_ = 0;
      self_->send(quoter_, prices);
    } catch (const std::exception& e) {
      // Whatever it is: the quotes that are open must not be left alone.
      complain(e.what());
      if (++failed_looks_ == failed_looks_max)
        self_->send(quoter_, market_prices{});
    }
  }

  /// Whether every order has ended in time.
  bool take_all_away() {
    complain("canceling all orders");
    const auto start = steady_clock::now();
    const auto give_up = start + stop_max;
    auto next_try = start;
    while (true) {
      if (steady_clock::now() >= next_try) {
        self_->send(quoter_, caf::close_atom_v);
        next_try += cancel_period;
      }
      const auto how = status<quoter_status>(quoter_, short_status_max);
      if (how && how->idle)
        return true;
      if (!how)
        cancel_without_quoter();
      if (steady_clock::now() > give_up) {
        complain("orders may still be open: their end was not confirmed");
        return false;
      }
      if (signals_.wait(poll_ms)
          && steady_clock::now() > start + repeated_signal) {
        complain("stopped by a second signal: orders may still be open");
        return false;
      }
    }
  }

  /// The quoter is too slow to do it.
  void cancel_without_quoter() {
    self_->send(client_, cancel_all{plan_.options.quoter.strategy});
  }

  void sum_up() {
    if (const auto last = status<quoter_status>(quoter_, status_max))
      complain("fills " + std::to_string(last->fills) + ", position "
               + to_string(last->position) + ", profit "
               + to_string(last->profit));
  }

  caf::actor_system& system_;
  const trading_plan& plan_;
  info_client venue_;
  const termination_signals& signals_;
  console& console_;
  caf::scoped_actor self_;
  execution_client_actor client_;
  quoter_actor quoter_;
  int failed_looks_ = 0;
  std::string paused_; ///< Why there are no quotes, as it was said last.
};

} // namespace

int trade(caf::actor_system_config& config, const trading_plan& plan,
          const termination_signals& signals) {
  add_message_types(config);
  config.add_message_types<caf::id_block::hlx_daemon>();
  console say; // Outlives the actors, who print.
  const auto run = [&] {
    caf::actor_system system{config};
    return session{system, plan, signals, say}.run();
  };
  const int status = run();
  return say.finish() ? status : 1;
}

} // namespace hlx::daemon
