// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/nodes.hpp"
#include "hlx/actors/remote_execution_client/remote_execution_client.hpp"
#include "hlx/actors/topology.hpp"
#include "tests/simulate/demo_report.hpp"
#include "tests/simulate/demo_team.hpp"
#include "tests/simulate/linked_strategy.hpp"
#include "tests/simulate/options.hpp"
#include "tests/simulate/strategy_memory.hpp"
#include "tests/simulate/subcommands.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/send.hpp>

#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// The strategies of `hlx-sim demo --nodes`. Standard input is a socket of the
/// demo: one team_request a message, and the end of it is the end of this
/// process. Standard output takes one team_report a line. Whenever the process
/// is killed, the next one goes on from what the memory files hold.
namespace hlx::simulate {

namespace {

struct strategies_options {
  std::uint16_t port = 0;
  std::string folder;
  node_security security;
  std::string run;
  std::uint64_t seed = 0;
  bool json = false;
};

bool parse_call(int argc, char** argv, strategies_options& out) {
  return parse_options(
    argc, argv,
    "Started by hlx-sim demo --nodes, which is on its standard input.",
    {
      {"--port", "P", "of the execution client on this machine",
       [&](auto x) {
         out.port = static_cast<std::uint16_t>(
           parse_number(x, 1, std::numeric_limits<std::uint16_t>::max()));
       }},
      {"--folder", "F", "where the strategies write down what they handled",
       [&](auto x) { out.folder = x; }},
      {"--certificate", "F", "PEM",
       [&](auto x) { out.security.certificate_file = x; }},
      {"--key", "F", "PEM", [&](auto x) { out.security.key_file = x; }},
      {"--ca", "F", "PEM", [&](auto x) { out.security.ca_file = x; }},
      {"--run", "TEXT", "a part of every client order id",
       [&](auto x) { out.run = x; }},
      {"--seed", "N", "of the strategies",
       [&](auto x) {
         out.seed =
           parse_number(x, 0, std::numeric_limits<std::uint64_t>::max());
       }},
      {"--json", "", "events as JSON", [&](auto) { out.json = true; }},
    });
}

bool is_socket(int descriptor) {
  int type = 0;
  ::socklen_t size = sizeof type;
  return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0
         && type == SOCK_SEQPACKET;
}

// Lines stay whole, whichever thread they are of.
void write_line(const team_report& report) {
  static std::mutex lock;
  const auto text = encode(report) + "\n";
  const std::lock_guard guard{lock};
  std::string_view rest{text};
  while (!rest.empty()) {
    const auto size = ::write(STDOUT_FILENO, rest.data(), rest.size());
    if (size >= 0)
      rest.remove_prefix(static_cast<std::size_t>(size));
    else if (errno != EINTR)
      std::_Exit(1); // The demo is gone.
  }
}

[[noreturn]] void give_up(const std::string& why) {
  write_line(team_note{why});
  std::_Exit(1);
}

struct team_config : caf::actor_system_config {
  explicit team_config(const node_security& security) {
    hlx::add_message_types(*this);
    add_message_types<caf::id_block::hlx_simulate>();
    if (auto what = load_nodes(*this, {.security = security}); !what.empty())
      throw std::runtime_error(what);
  }
};

/// Begins a new life of member `index`: on the disk before anything is sent.
strategy_memory begin_life(const strategies_options& options,
                           std::size_t index) {
  const auto strategy = team_member(index, options.run, options.seed).strategy;
  const auto file = memory_file(options.folder, strategy);
  auto result = load_memory(file, strategy);
  ++result.life;
  save_memory(file, result);
  return result;
}

linked_demo_strategy_actor start_member(caf::actor_system& system,
                                        const strategies_options& options,
                                        std::size_t index) {
  auto memory = begin_life(options, index);
  remote_client_options wanted;
  wanted.at = {"127.0.0.1", options.port};
  wanted.security = options.security;
  wanted.receiver.strategy = memory.strategy;
  wanted.last_handled = memory.ledger.last_sequence;
  wanted.strategy_acknowledges = true;
  const auto client = remote_execution_client(system, wanted);
  if (!client)
    throw std::runtime_error(text_of(client.error()));
  linked_strategy_world world{.memory_file =
                                memory_file(options.folder, memory.strategy),
                              .text_of = options.json ? event_json : event_text,
                              .report = write_line,
                              .give_up = give_up};
  const auto settings =
    team_member(index, options.run, options.seed, memory.life);
  return system.spawn<caf::detached>(
    linked_demo_strategy, *client,
    demo_trader{settings, std::move(memory.ledger)}, memory.life,
    std::move(world));
}

using team = std::vector<linked_demo_strategy_actor>;

struct request_handler {
  const team& members;

  void operator()(const team_look& x) const {
    for (std::size_t i = 0; i < members.size(); ++i)
      caf::anon_send(members[i], market_look{x.best_bid, x.best_ask,
                                             share_of(x.orders_due, i)});
  }

  void operator()(const team_close&) const {
    for (const auto& x : members)
      caf::anon_send(x, caf::close_atom_v);
  }
};

// Until the demo closes its end, or is gone.
void serve(const team& members) {
  std::array<char, 1024> buffer;
  for (;;) {
    const auto size = ::recv(STDIN_FILENO, buffer.data(), buffer.size(), 0);
    if (size < 0 && errno == EINTR)
      continue;
    if (size <= 0)
      return;
    const auto request = decode_request(
      std::string_view{buffer.data(), static_cast<std::size_t>(size)});
    if (request)
      std::visit(request_handler{members}, *request);
    else
      write_line(team_note{request.error().text});
  }
}

} // namespace

int strategies_main(int argc, char** argv) {
  strategies_options options;
  if (!parse_call(argc, argv, options))
    return 0;
  if (!is_socket(STDIN_FILENO))
    throw usage_error("is started by hlx-sim demo --nodes");
  // The end of the requests says so too; this holds for a process that hangs.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  team_config config{options.security};
  caf::actor_system system{config};
  team members;
  for (std::size_t i = 0; i < demo_team::size; ++i)
    members.push_back(start_member(system, options, i));
  serve(members);
  for (const auto& x : members)
    caf::anon_send_exit(x, caf::exit_reason::user_shutdown);
  return 0;
}

} // namespace hlx::simulate
