// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/standard_streams.hpp"
#include "hlx/messages/signing/without_keys.hpp"
#include "tests/simulate/options.hpp"
#include "tests/simulate/subcommands.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <string_view>

namespace {

struct subcommand {
  std::string_view name;
  const char* summary; ///< Null: not for users.
  int (*run)(int argc, char** argv);
};

int explore_main(int argc, char** argv) {
  if (argc > 1 && std::string_view{argv[1]} == "--help") {
    std::puts("hlx-sim explore: tries orders of messages, timers and faults.\n"
              "Not yet part of this build.");
    return 0;
  }
  std::fputs("hlx-sim explore: not yet\n", stderr);
  return 2;
}

constexpr std::array<subcommand, 5> subcommands{{
  {"demo", "two strategies trade on the simulated venue; books are compared",
   hlx::simulate::demo_main},
  {"venue", "the simulated venue alone, for any Hyperliquid client",
   hlx::simulate::venue_main},
  {"replay", "the execution client on a script and a virtual clock",
   hlx::simulate::replay_main},
  {"explore", "every order of messages, timers and faults (not yet)",
   explore_main},
  {hlx::simulate::strategies_subcommand, nullptr,
   hlx::simulate::strategies_main},
}};

void print_usage(std::FILE* out) {
  std::fputs("usage: hlx-sim SUBCOMMAND [OPTION]...\n\n", out);
  for (const auto& x : subcommands)
    if (x.summary)
      std::fprintf(out, "  %-8s %s\n", std::string{x.name}.c_str(), x.summary);
  std::fputs("\nhlx-sim SUBCOMMAND --help tells the options.\n", out);
}

/// Says why the call ends; what was typed may be a key.
int fail(const std::string& who, std::string_view why, int status) {
  std::fprintf(stderr, "%s: %s\n", who.c_str(),
               hlx::signing::without_keys(why).c_str());
  return status;
}

/// Results that are printed although standard output was closed are lost, so
/// that is an error of the stream, not a success of /dev/null.
void open_missing_streams() {
  const bool has_output = ::fcntl(STDOUT_FILENO, F_GETFD) >= 0;
  hlx::daemon::open_missing_standard_streams();
  if (!has_output && !std::freopen("/dev/null", "r", stdout))
    std::_Exit(EXIT_FAILURE);
}

} // namespace

int main(int argc, char** argv) {
  open_missing_streams();
  hlx::daemon::raise_descriptor_limit();
  if (argc < 2) {
    print_usage(stderr);
    return 2;
  }
  const std::string_view name{argv[1]};
  if (name == "--help" || name == "-h" || name == "help") {
    print_usage(stdout);
    return 0;
  }
  for (const auto& x : subcommands) {
    if (x.name != name)
      continue;
    const auto who = "hlx-sim " + std::string{x.name};
    try {
      return x.run(argc - 1, argv + 1);
    } catch (const hlx::simulate::usage_error& e) {
      return fail(who, e.what(), 2);
    } catch (const std::exception& e) {
      return fail(who, e.what(), 1);
    }
  }
  fail("hlx-sim", "no subcommand \"" + std::string{name} + "\"\n", 2);
  print_usage(stderr);
  return 2;
}
