// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/node_team.hpp"

#include "hlx/actors/nodes.hpp"
#include "hlx/actors/topology.hpp"
#include "tests/simulate/kill_plan.hpp"
#include "tests/simulate/strategies_process.hpp"
#include "tests/simulate/strategy_memory.hpp"
#include "tests/simulate/subcommands.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <set>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <variant>

namespace hlx::simulate {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds link_max{20'000};
constexpr milliseconds link_look_max{50};
constexpr milliseconds end_max{10'000};

// So that the moments do not follow what else the seed decides.
constexpr std::uint64_t kill_seed = 0x6b696c6c;

/// A folder that ends with this object.
class scratch_folder {
public:
  scratch_folder() {
    auto name =
      (std::filesystem::temp_directory_path() / "hlx-demo-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw std::system_error{errno, std::generic_category(), name};
    path_ = name;
  }
  ~scratch_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  scratch_folder(const scratch_folder&) = delete;
  scratch_folder& operator=(const scratch_folder&) = delete;

  const std::filesystem::path& path() const { return path_; }

private:
  std::filesystem::path path_;
};

/// Takes what the process says, on any thread.
class report_desk {
public:
  explicit report_desk(const demo_output& output) : output_(output) {}

  void take(std::string_view line) {
    const auto report = decode_report(line);
    if (report)
      std::visit([this](const auto& x) { take(x); }, *report);
    else
      output_.diagnostic("the strategies' process: " + report.error().text);
  }

  /// A new process: its strategies have to reach the client first.
  void expect_links() {
    const std::lock_guard guard{lock_};
    linked_.clear();
  }

  /// Whether all have been linked, now or a little later.
  bool wait_for_links(milliseconds limit) {
    std::unique_lock guard{lock_};
    return changed_.wait_for(
      guard, limit, [this]() { return linked_.size() == demo_team::size; });
  }

  const event_numbers& printed() const { return printed_; }

private:
  void take(const team_event& x) {
    if (printed_.take(x.strategy, x.sequence))
      output_.result(x.text);
  }

  void take(const team_linked& x) {
    const std::lock_guard guard{lock_};
    linked_.insert(x.strategy);
    changed_.notify_all();
  }

  void take(const team_note& x) { output_.diagnostic(x.text); }

  const demo_output& output_;
  event_numbers printed_; ///< Of one thread at a time.
  std::mutex lock_;
  std::condition_variable changed_;
  std::set<strategy_id> linked_;
};

class node_team : public demo_team {
public:
  node_team(caf::actor_system& system, const execution_client_actor& client,
            const node_security& security, const demo_options& options,
            const demo_output& output, const std::string& run)
    : output_(output),
      desk_(output),
      kills_(options.strategy_kills, options.seconds * 1000,
             options.seed ^ kill_seed) {
    publish_options published;
    published.security = security;
    for (std::size_t i = 0; i < size; ++i)
      published.strategies.push_back(team_member(i, run, 0).strategy);
    const auto port = publish(system, client, published);
    if (!port)
      throw std::runtime_error("the client is not published: "
                               + text_of(port.error()));
    command_ = {options.strategies_program,
                strategies_subcommand,
                "--port=" + std::to_string(*port),
                "--folder=" + folder_.path().string(),
                "--certificate=" + security.certificate_file,
                "--key=" + security.key_file,
                "--ca=" + security.ca_file,
                "--run=" + run,
                "--seed=" + std::to_string(options.seed)};
    if (options.json)
      command_.emplace_back("--json");
    start();
    output_.diagnostic("the strategies are process "
                       + std::to_string(process_->id()));
    wait_for_links();
  }

  void look(const team_look& x) override { process_->send(encode(x)); }

  void close() override { process_->send(encode(team_close{})); }

  bool is_linked() override {
    check();
    return desk_.wait_for_links(milliseconds{0});
  }

  std::vector<strategy_status> statuses() override {
    check();
    std::vector<strategy_status> result;
    for (std::size_t i = 0; i < size; ++i) {
      const auto strategy = team_member(i, {}, 0).strategy;
      const auto memory =
        load_memory(memory_file(folder_.path(), strategy), strategy);
      result.push_back(status_of(demo_ledger{memory.ledger}));
    }
    return result;
  }

  std::optional<std::int64_t> next_ms() const override {
    return kills_.next_ms();
  }

  void pass(std::int64_t elapsed_ms) override {
    check();
    while (kills_.take(elapsed_ms)) {
      const auto killed = process_->id();
      process_->kill();
      start();
      output_.diagnostic("kill " + std::to_string(kills_.done()) + " of "
                         + std::to_string(kills_.count()) + ": process "
                         + std::to_string(killed) + " of the strategies, now "
                         + std::to_string(process_->id()));
    }
  }

  std::vector<std::string> stop() override {
    if (!process_)
      return {};
    std::vector<std::string> result;
    if (const auto end = process_->close(end_max); end != "exit status 0")
      result.push_back("the strategies' process ended by " + end);
    for (const auto& gap : desk_.printed().gaps())
      result.push_back("not printed: " + gap);
    process_.reset();
    for (std::size_t i = 0; i < size; ++i) {
      const auto strategy = team_member(i, {}, 0).strategy;
      const auto memory =
        load_memory(memory_file(folder_.path(), strategy), strategy);
      if (memory.ledger.last_sequence > desk_.printed().last(strategy))
        result.push_back("not printed: the last events of strategy "
                         + to_string(strategy));
    }
    return result;
  }

private:
  void start() {
    desk_.expect_links();
    process_.emplace(command_,
                     [this](std::string_view line) { desk_.take(line); });
  }

  void wait_for_links() {
    const auto late = std::chrono::steady_clock::now() + link_max;
    while (!desk_.wait_for_links(link_look_max)) {
      check();
      if (std::chrono::steady_clock::now() > late)
        throw std::runtime_error("the strategies do not reach the client");
    }
  }

  /// Throws when the process has ended by itself.
  void check() {
    if (const auto end = process_->end())
      throw std::runtime_error("the strategies' process ended by " + *end);
  }

  const demo_output& output_;
  report_desk desk_;
  kill_plan kills_;
  scratch_folder folder_;
  std::vector<std::string> command_;
  std::optional<strategies_process> process_; ///< Ends before what it uses.
};

} // namespace

std::unique_ptr<demo_team> make_node_team(caf::actor_system& system,
                                          const execution_client_actor& client,
                                          const node_security& security,
                                          const demo_options& options,
                                          const demo_output& output,
                                          const std::string& run) {
  return std::make_unique<node_team>(system, client, security, options, output,
                                     run);
}

} // namespace hlx::simulate
