// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/trading.hpp"

#include "hlx/actors/daemon/credentials.hpp"
#include "hlx/actors/daemon/info_client.hpp"
#include "hlx/actors/daemon/quoter_actor.hpp"
#include "hlx/actors/nodes.hpp"
#include "hlx/actors/topology.hpp"
#include "hlx/messages/signing/without_keys.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
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

/// How long an actor may take to say how it is.
constexpr milliseconds status_max{5'000};

/// Between two looks at what is waited for.
constexpr std::int64_t poll_ms = 50;

/// Looks at the prices that may fail in a row before the quotes are taken away.
constexpr int failed_looks_max = 3;

void print_line(std::string_view line) {
  std::printf("%.*s\n", static_cast<int>(line.size()), line.data());
  std::fflush(stdout);
}

void complain(const std::string& what) {
  std::fprintf(stderr, "hlx run: %s\n", signing::without_keys(what).c_str());
}

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

/// Lets strategies of other processes in, if they may come. Throws
/// std::runtime_error.
void open_node(caf::actor_system& system, const execution_client_actor& client,
               const run_options& options) {
  if (!options.listen)
    return;
  const auto port = publish(system, client,
                            {.at = *options.listen,
                             .security = options.node.security,
                             .strategies = options.strategies,
                             .reserved = {options.quoter.strategy}});
  if (!port)
    throw std::runtime_error{"node." + text_of(port.error())};
  complain("listening for strategies at "
           + to_string(node_address{options.listen->host, *port}));
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
          const termination_signals& signals)
    : system_(system),
      plan_(plan),
      venue_(plan.options.venue),
      signals_(signals),
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
                            settings.strategy, line_printer{print_line});
    open_node(system_, client_, plan_.options);
    if (!wait_until_ready())
      return 0;
    complain("trading for the account " + to_string(account));
    const bool asked = quote();
    const bool clean = take_all_away();
    const auto last = status<quoter_status>(quoter_);
    complain("fills " + std::to_string(last.fills) + ", position "
             + to_string(last.position) + ", profit " + to_string(last.profit));
    return asked && clean ? 0 : 1;
  }

  /// Strategies elsewhere trade until a signal comes. Their orders are theirs.
  int serve() {
    const auto account = look_up_account(venue_, plan_);
    system_.spawn(report_printer, client_, line_printer{print_line});
    open_node(system_, client_, plan_.options);
    if (!wait_until_ready())
      return 0;
    complain("trading for the account " + to_string(account)
             + " on behalf of strategies elsewhere");
    while (!signals_.wait(poll_ms)) {
      // The actors work.
    }
    return 0;
  }

  template <class Status, class Handle>
  Status status(const Handle& actor) {
    Status result;
    self_->request(actor, status_max, status_request{})
      .receive([&result](Status& x) { result = std::move(x); },
               [](const caf::error& error) {
                 throw std::runtime_error{"an actor does not answer: "
                                          + caf::to_string(error)};
               });
    return result;
  }

  /// False when a signal came first.
  bool wait_until_ready() {
    const auto give_up = steady_clock::now() + start_max;
    while (!status<client_status>(client_).ready) {
      if (steady_clock::now() > give_up)
        throw std::runtime_error{"the user stream is not up after "
                                 + std::to_string(start_max.count()) + " ms"};
      if (signals_.wait(poll_ms))
        return false;
    }
    return true;
  }

  /// Until a signal comes (true) or the quoter ends by itself (false).
  bool quote() {
    while (true) {
      look_at_book();
      if (signals_.wait(plan_.options.refresh_ms))
        return true;
      const auto how = status<quoter_status>(quoter_);
      if (!how.halt_reason.empty()) {
        complain("stops quoting: " + how.halt_reason);
        return false;
      }
      tell_pause(how.pause_reason);
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
    } catch (const venue_error& e) {
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
    do {
      if (steady_clock::now() >= next_try) {
        self_->send(quoter_, caf::close_atom_v);
        next_try += cancel_period;
      }
      if (steady_clock::now() > give_up) {
        complain("orders may still be open: their end was not confirmed");
        return false;
      }
      if (signals_.wait(poll_ms)
          && steady_clock::now() > start + repeated_signal) {
        complain("stopped by a second signal: orders may still be open");
        return false;
      }
    } while (!status<quoter_status>(quoter_).idle);
    return true;
  }

  caf::actor_system& system_;
  const trading_plan& plan_;
  info_client venue_;
  const termination_signals& signals_;
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
  caf::actor_system system{config};
  return session{system, plan, signals}.run();
}

} // namespace hlx::daemon
