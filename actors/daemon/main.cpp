// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/credentials.hpp"
#include "hlx/actors/daemon/standard_streams.hpp"
#include "hlx/actors/daemon/subcommands.hpp"
#include "hlx/messages/signing/without_keys.hpp"

#include <array>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

namespace {

struct subcommand {
  const char* name;
  const char* summary;
  int (*run)(int argc, char** argv);
};

constexpr std::array subcommands{
  subcommand{"run", "trades at a venue with an example strategy",
             hlx::daemon::run_main},
  subcommand{"sign", "signs actions from standard input, for checking by hand",
             hlx::daemon::sign_main},
  subcommand{"leverage", "sets the leverage of a perpetual",
             hlx::daemon::account_main},
  subcommand{"margin", "moves margin into an isolated position, or out of it",
             hlx::daemon::account_main},
  subcommand{"transfer", "moves USDC between wallets and accounts",
             hlx::daemon::account_main},
  subcommand{"approve-agent", "lets another key sign for the account",
             hlx::daemon::account_main},
  subcommand{"approve-builder-fee", "lets a builder take a fee",
             hlx::daemon::account_main},
};

void print_usage(std::FILE* out) {
  std::fputs("usage: hlx SUBCOMMAND [OPTION]...\n\n", out);
  for (const auto& x : subcommands)
    std::fprintf(out, "  %-19s %s\n", x.name, x.summary);
  std::fputs("\nhlx SUBCOMMAND --help tells the options.\n", out);
}

/// Says why the call ends; what was typed may be a key.
int fail(const std::string& who, std::string_view why, int status) {
  std::fprintf(stderr, "%s: %s\n", who.c_str(),
               hlx::signing::without_keys(why).c_str());
  return status;
}

} // namespace

int main(int argc, char** argv) {
  hlx::daemon::open_missing_standard_streams();
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
    const auto who = std::string{"hlx "} + x.name;
    try {
      return x.run(argc - 1, argv + 1);
    } catch (const hlx::daemon::usage_error& e) {
      return fail(who, e.what(), 2);
    } catch (const std::exception& e) {
      return fail(who, e.what(), 1);
    }
  }
  fail("hlx", "no subcommand \"" + std::string{name} + "\"\n", 2);
  print_usage(stderr);
  return 2;
}
