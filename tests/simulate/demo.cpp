// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/demo.hpp"

#include "hlx/actors/daemon/termination_signals.hpp"
#include "hlx/actors/nodes.hpp"
#include "hlx/actors/topology.hpp"
#include "hlx/messages/signing/keccak.hpp"
#include "hlx/messages/wire/json.hpp"
#include "tests/kit/certificates.hpp"
#include "tests/simulate/checked_output.hpp"
#include "tests/simulate/demo_market.hpp"
#include "tests/simulate/demo_report.hpp"
#include "tests/simulate/demo_strategy.hpp"
#include "tests/simulate/demo_team.hpp"
#include "tests/simulate/node_team.hpp"
#include "tests/simulate/options.hpp"
#include "tests/simulate/session_recorder.hpp"
#include "tests/simulate/venue_settings.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace hlx::simulate {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds step_period{100};
constexpr milliseconds ready_max{15'000};
constexpr milliseconds settle_max{30'000};
constexpr milliseconds cancel_period{1'000};
constexpr milliseconds answer_max{10'000};

// A last command may be on its way while ledgers and books are equal.
constexpr int equal_looks_min = 2;

/// Each strategy submits so many in a second when nothing else is asked for.
constexpr std::int64_t orders_per_second = 4;

struct demo_config : caf::actor_system_config {
  demo_config() {
    hlx::add_message_types(*this);
    add_message_types<caf::id_block::hlx_simulate>();
  }
};

std::shared_ptr<const signing::signer> key_of(char digit) {
  auto key = signing::secret_key::from_hex(std::string(64, digit));
  return std::make_shared<const signing::signer>(std::move(*key));
}

// Client order ids are for once in the life of an account.
std::string salt() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::to_string(std::chrono::duration_cast<milliseconds>(now).count()
                        % 100'000'000);
}

class demo_run {
public:
  demo_run(const daemon::termination_signals& signals,
           caf::actor_system& system, const node_security& security,
           const demo_options& options, const demo_output& output,
           checked_output* record)
    : signals_(signals),
      system_(system),
      security_(security),
      options_(options),
      output_(output),
      record_(record),
      self_(system),
      market_(options.seed) {}

  demo_run(const demo_run&) = delete;
  demo_run& operator=(const demo_run&) = delete;

  ~demo_run() { stop_all(); }

  bool operator()() {
    start_venue();
    start_client();
    start_strategies();
    if (!wait_for_signal(milliseconds{0})) {
      output_.diagnostic("trading");
      trade();
    }
    output_.diagnostic("canceling all orders");
    const bool equal = settle();
    finish_record();
    const bool fine = conclude(equal);
    return stop_all() && fine;
  }

private:
  // One control request to the venue; its answer.
  wire::json control(const std::string& body) {
    std::string answer;
    self_->request(server_, answer_max, caf::put_atom_v, body)
      .receive([&](int, const std::string& text) { answer = text; },
               [](const caf::error& e) {
                 throw std::runtime_error("the venue does not answer: "
                                          + caf::to_string(e));
               });
    auto parsed = wire::parse_json(answer);
    if (!parsed.value || !parsed.value->find("ok"))
      throw std::runtime_error("the venue refuses " + body + ": " + answer);
    return std::move(*parsed.value);
  }

  void start_venue() {
    auto settings = venue_settings(options_.seed, options_.chaos);
    settings.api.tallies = true;
    server_ = venue::spawn_simulated_venue(system_, std::move(settings));
    self_->request(server_, answer_max, caf::get_atom_v)
      .receive([&](std::uint16_t port, std::uint16_t) { port_ = port; },
               [](const caf::error& e) {
                 throw std::runtime_error("the venue does not start: "
                                          + caf::to_string(e));
               });
    const auto user = R"("user":")" + to_string(account()) + R"(",)";
    control(R"({"fund":{)" + user + R"("usdc":"1000000"}})");
    control(R"({"agent":{)" + user + R"("agent":")"
            + to_string(agent_->signer_address()) + R"("}})");
    step_market();
  }

  void start_client() {
    client_options wanted;
    wanted.url = "http://127.0.0.1:" + std::to_string(port_);
    wanted.network = signing::network::testnet;
    wanted.key = agent_;
    wanted.account = account();
    start_record(wanted);
    if (options_.posts)
      wanted.submitter.path = submit_path::websocket;
    wanted.limits = false; // The venue of the demo has none.
    auto client = spawn_execution_client(system_, std::move(wanted));
    if (!client)
      throw std::runtime_error("the client does not start: "
                               + text_of(client.error()));
    client_ = *client;
    listener_ = self_->spawn(demo_listener, output_.diagnostic);
    self_->send(client_, caf::subscribe_atom_v, listener_);
    const auto late = steady_clock::now() + ready_max;
    while (!status_of<client_status>(self_, client_).ready) {
      if (steady_clock::now() > late)
        throw std::runtime_error("the user stream does not come up");
      wait_for_signal(milliseconds{20});
    }
  }

  void start_record(client_options& wanted) {
    if (!record_)
      return;
    recorder_ = std::make_shared<session_recorder>(
      recorded_session{.account = account(),
                       .dispatch = wanted.dispatch,
                       .meta = ask(R"({"type":"meta"})"),
                       .spot_meta = ask(R"({"type":"spotMeta"})"),
                       .outcome_meta = ask(R"({"type":"outcomeMeta"})")},
      [record = record_](std::string_view lines) { record->write(lines); });
    wanted.tap = recorder_;
  }

  // What the venue answers to a query, whatever its faults; empty: nothing.
  std::string ask(std::string query) {
    std::string result;
    self_->request(server_, answer_max, caf::get_atom_v, std::move(query))
      .receive([&](const std::string& x) { result = x; },
               [](const caf::error&) {});
    return result;
  }

  // Everything that the strategies have heard is in it.
  void finish_record() {
    if (!recorder_)
      return;
    recorder_->stop();
    if (const auto lost = record_->failure(); !lost.empty())
      throw std::runtime_error(lost);
  }

  void start_strategies() {
    const auto run = salt();
    team_ =
      options_.nodes
        ? make_node_team(system_, client_, security_, options_, output_, run)
        : make_local_team(system_, order_entry_actor{client_}, options_, run,
                          [this](const order_event& event) {
                            output_.result(options_.json ? event_json(event)
                                                         : event_text(event));
                          });
  }

  void trade() {
    const auto begin = steady_clock::now();
    const milliseconds length{options_.seconds * 1000};
    const auto total =
      static_cast<std::uint64_t>(options_.seconds * orders_per_second * 2);
    const auto wanted = options_.orders.value_or(total);
    milliseconds elapsed{0};
    auto next_step = step_period;
    while (elapsed < length) {
      const auto next = std::min(
        next_step, milliseconds{team_->next_ms().value_or(next_step.count())});
      if (wait_for_signal(std::max(milliseconds{0}, next - elapsed)))
        return;
      elapsed = std::min(length, std::chrono::duration_cast<milliseconds>(
                                   steady_clock::now() - begin));
      team_->pass(elapsed.count());
      if (elapsed < std::min(next_step, length))
        continue;
      next_step = elapsed + step_period;
      step_market();
      look(wanted, elapsed, length);
    }
    look_once_more(wanted, length);
  }

  // The last of the strategies' processes may just have started.
  void look_once_more(std::uint64_t wanted, milliseconds length) {
    const auto late = steady_clock::now() + ready_max;
    while (!team_->is_linked() || !look(wanted, length, length)) {
      if (wait_for_signal(step_period) || steady_clock::now() > late)
        return;
      step_market();
    }
    wait_for_signal(step_period);
  }

  void step_market() {
    for (const auto& body : market_.step())
      control(body);
  }

  // Shows the best prices to the strategies, if there are any.
  bool look(std::uint64_t wanted, milliseconds elapsed, milliseconds length) {
    const auto book =
      wire::parse_json(ask(R"({"type":"l2Book","coin":"BTC"})"));
    const auto* levels = book.value ? book.value->find("levels") : nullptr;
    if (!levels || levels->items().size() != 2
        || levels->items()[0].items().empty()
        || levels->items()[1].items().empty())
      return false;
    const auto best = [&](std::size_t side) {
      const auto* px = levels->items()[side].items().front().find("px");
      return parse<price>(px->text()).value_or(price{});
    };
    const auto due = wanted * static_cast<std::uint64_t>(elapsed.count())
                     / static_cast<std::uint64_t>(length.count());
    team_->look({best(0), best(1), due});
    return true;
  }

  // Cancels everything and waits until the ledgers equal the books.
  bool settle() {
    const auto late = steady_clock::now() + settle_max;
    auto next_cancel = steady_clock::now();
    int equal_looks = 0;
    for (;;) {
      if (steady_clock::now() >= next_cancel) {
        team_->close();
        next_cancel += cancel_period;
      }
      compare();
      const bool at_rest = team_->is_linked() && settled_ && equal_;
      equal_looks = at_rest ? equal_looks + 1 : 0;
      if (equal_looks == equal_looks_min)
        return true;
      if (steady_clock::now() > late)
        return false;
      wait_for_signal(step_period);
    }
  }

  void compare() {
    ledgers_.clear();
    settled_ = true;
    equal_ = true;
    amount position;
    statuses_ = team_->statuses();
    for (std::size_t i = 0; i < statuses_.size(); ++i) {
      const auto& status = statuses_[i];
      ledger_comparison x{name_of(i), status.sum, venue_sum(status.ids)};
      settled_ &= x.own.open_orders == 0 && status.undecided == 0;
      equal_ &= x.equal();
      position += x.venue.position;
      ledgers_.push_back(std::move(x));
    }
    equal_ &= position == account_position();
  }

  static std::string name_of(std::size_t i) {
    return to_string(team_member(i, {}, 0).strategy);
  }

  ledger_sum venue_sum(const std::vector<client_order_id>& ids) {
    std::string cloids;
    for (const auto& id : ids)
      cloids.append(cloids.empty() ? "\"" : ",\"")
        .append(to_string(signing::cloid_of(id)))
        .append("\"");
    const auto answer = control(R"({"tally":{"user":")" + to_string(account())
                                + R"(","cloids":[)" + cloids + "]}}");
    const auto number = [&](const char* name) {
      return answer.find(name)->as_u64().value_or(0);
    };
    const auto sum = [&](const char* name) {
      return parse<amount>(answer.find(name)->text()).value_or(amount{});
    };
    const auto bought = sum("bought");
    const auto sold = sum("sold");
    return {.orders = number("orders"),
            .filled = {(bought + sold).raw},
            .open_orders = number("open_orders"),
            .position = bought - sold};
  }

  // What the venue says that the account holds.
  amount account_position() {
    const auto state =
      wire::parse_json(ask(R"({"type":"clearinghouseState","user":")"
                           + to_string(account()) + R"("})"));
    const auto* all =
      state.value ? state.value->find("assetPositions") : nullptr;
    if (!all || all->items().empty())
      return {};
    const auto* size = all->items().front().find("position")->find("szi");
    return parse<amount>(size->text()).value_or(amount{});
  }

  bool conclude(bool equal) {
    bool orderly = true;
    for (const auto& text : team_->stop()) {
      output_.diagnostic(text);
      orderly = false;
    }
    for (std::size_t i = 0; i < statuses_.size(); ++i) {
      for (const auto& text : statuses_[i].violations) {
        output_.diagnostic(name_of(i) + ": " + text);
        orderly = false;
      }
      output_.diagnostic(
        name_of(i) + ": " + std::to_string(statuses_[i].events) + " events, "
        + std::to_string(statuses_[i].submitted) + " orders submitted, "
        + std::to_string(statuses_[i].undecided) + " undecided");
    }
    output_.result(options_.json ? ledgers_json(ledgers_, equal)
                                 : ledgers_text(ledgers_, equal));
    if (!orderly)
      output_.diagnostic("some events were not in order");
    return equal && orderly;
  }

  // Whether the client ended in time. May be repeated.
  bool stop_all() {
    team_.reset();
    const bool stopped = !client_ || stop(system_, client_);
    if (!stopped)
      output_.diagnostic("the client does not stop");
    client_ = nullptr;
    if (listener_)
      self_->send_exit(listener_, caf::exit_reason::user_shutdown);
    if (server_)
      self_->send_exit(server_, caf::exit_reason::user_shutdown);
    return stopped;
  }

  const address& account() const { return master_->signer_address(); }

  // Waits for a signal that ends the trading; whether one has come so far.
  bool wait_for_signal(milliseconds duration) {
    const bool comes = signals_.wait(duration.count());
    is_ended_ |= comes;
    return is_ended_;
  }

  const daemon::termination_signals& signals_;
  caf::actor_system& system_;
  const node_security& security_;
  const demo_options& options_;
  const demo_output& output_;
  checked_output* record_; // Null: none.
  std::shared_ptr<session_recorder> recorder_;
  caf::scoped_actor self_;
  demo_market market_;
  std::shared_ptr<const signing::signer> master_ = key_of('1');
  std::shared_ptr<const signing::signer> agent_ = key_of('2');
  std::uint16_t port_ = 0;
  venue::simulated_venue_actor server_;
  execution_client_actor client_;
  report_listener_actor listener_;
  std::unique_ptr<demo_team> team_; // Prints to output_.
  std::vector<ledger_comparison> ledgers_;
  std::vector<strategy_status> statuses_;
  bool is_ended_ = false;
  bool settled_ = false;
  bool equal_ = false;
};

struct file_closer {
  void operator()(std::FILE* x) const { std::fclose(x); }
};

using file_ptr = std::unique_ptr<std::FILE, file_closer>;

// Null when none is asked for.
file_ptr open_record(const std::string& path) {
  if (path.empty())
    return nullptr;
  file_ptr result{std::fopen(path.c_str(), "wbe")};
  if (!result)
    throw usage_error("--record: cannot write \"" + path
                      + "\": " + std::strerror(errno));
  return result;
}

} // namespace

bool run_demo(const demo_options& options, const demo_output& output) {
  const auto record_file = open_record(options.record_file);
  std::optional<checked_output> record;
  if (record_file)
    record.emplace(record_file.get(), "--record: " + options.record_file);
  // Before there are threads, and before there are files that have to go.
  const daemon::termination_signals signals;
  std::optional<kit::test_certificates> certificates;
  node_security security;
  demo_config config;
  if (options.nodes) {
    certificates.emplace();
    security = {.certificate_file = certificates->certificate_file(),
                .key_file = certificates->key_file(),
                .ca_file = certificates->ca_file()};
    if (auto what = load_nodes(config, {.security = security}); !what.empty())
      throw std::runtime_error(what);
  }
  caf::actor_system system{config};
  return demo_run{signals, system, security,
                  options, output, record ? &*record : nullptr}();
}

} // namespace hlx::simulate
