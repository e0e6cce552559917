// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/account.hpp"

#include "hlx/actors/daemon/credentials.hpp"
#include "hlx/actors/daemon/subcommands.hpp"
#include "hlx/actors/topology.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <stdexcept>

namespace hlx::daemon {

namespace {

struct verb {
  std::string_view name;
  const char* usage;
};

constexpr std::array verbs{
  verb{"leverage", R"(usage: hlx leverage INSTRUMENT LEVERAGE [cross|isolated]

Sets how much may be borrowed in one perpetual, and whether its margin is the
account's (cross, the default) or its own.
)"},
  verb{"margin", R"(usage: hlx margin INSTRUMENT SUM

Moves USDC into an isolated position; a negative SUM takes some out.
)"},
  verb{"transfer", R"(usage: hlx transfer to-perp|to-spot SUM
       hlx transfer to-sub-account|from-sub-account ADDRESS SUM
       hlx transfer to-vault|from-vault ADDRESS SUM
       hlx transfer to-account ADDRESS SUM

Moves USDC: between the account's own wallets, its sub-accounts, a vault, or
to another account. The first and the last take the account's own key.
)"},
  verb{"approve-agent", R"(usage: hlx approve-agent ADDRESS [NAME]

Lets the key of ADDRESS sign orders for the account. An agent of the same name
is replaced; NAME may have 16 characters and an end: "bot valid_until MS". Takes
the account's own key.
)"},
  verb{"approve-builder-fee", R"(usage: hlx approve-builder-fee ADDRESS PERCENT

Lets the builder ADDRESS take at most PERCENT, like 0.001, of orders that name
it. Takes the account's own key.
)"},
};

constexpr char options_help[] = R"(
  --url=U              the venue's address; default testnet
  --ca_file=F          certificates (PEM) to trust beside the system's
  --key_file=F         holds the private key: the account's, or an agent's
  --key_environment=V  or the environment variable that does
  --account=A          the account, sub-account or vault; default the key's
  --mainnet            with real money
  --help               this text
Prints done, and exits with 0, when the venue did it; 1 when it did not, or when
that is not known; 2 when the call was wrong.
)";

/// Longer than the submitter waits for an answer.
constexpr std::chrono::seconds answer_max{20};

struct account_call {
  bool help = false;
  raw_options raw;
  std::vector<std::string> arguments;
};

account_call read_call(int argc, char** argv) {
  account_call result;
  auto& raw = result.raw;
  const std::array<std::pair<std::string_view, std::string*>, 5> texts{
    {{"--url", &raw.url},
     {"--ca_file", &raw.ca_file},
     {"--key_file", &raw.key_file},
     {"--key_environment", &raw.key_environment},
     {"--account", &raw.account}}};
  for (int i = 1; i < argc; ++i) {
    const std::string_view text{argv[i]};
    if (text == "--help" || text == "-h") {
      result.help = true;
    } else if (text == "--mainnet") {
      raw.mainnet = true;
    } else if (text.starts_with("--")) {
      const auto equals = text.find('=');
      const auto name = text.substr(0, equals);
      std::string* target = nullptr;
      for (const auto& [known, value] : texts)
        if (known == name)
          target = value;
      if (target == nullptr)
        throw usage_error{"no option " + wire::quoted(name) + " is known"};
      if (equals != std::string_view::npos)
        *target = text.substr(equals + 1);
      else if (++i < argc)
        *target = argv[i];
      if (i == argc || target->empty())
        throw usage_error{std::string{name} + " needs a value"};
    } else {
      result.arguments.emplace_back(text);
    }
  }
  return result;
}

client_options options_of(const raw_options& raw) {
  auto checked = validate(raw);
  if (!checked)
    throw usage_error{checked.error().text};
  client_options result;
  result.url = to_string(checked->venue);
  result.ca_file = checked->venue.ca_file;
  result.network = checked->net;
  result.key = read_credentials(*checked);
  result.account = checked->account;
  return result;
}

/// The dex of a builder's perpetual, which is not listed unless asked for.
std::vector<std::string> dexes_of(const account_command& command) {
  const auto* leverage = std::get_if<set_leverage>(&command.body);
  const auto* margin = std::get_if<move_isolated_margin>(&command.body);
  const auto name = leverage != nullptr ? leverage->instrument
                    : margin != nullptr ? margin->instrument
                                        : std::string{};
  const auto colon = name.find(':');
  if (colon == std::string::npos)
    return {};
  return {name.substr(0, colon)};
}

account_result execute(client_options options, const account_command& command) {
  caf::actor_system_config config;
  hlx::add_message_types(config);
  config.set("scheduler.policy", caf::atom("sharing"));
  caf::actor_system system{config};
  options.dexes = dexes_of(command);
  auto client = spawn_execution_client(system, std::move(options));
  if (!client)
    throw std::runtime_error{text_of(client.error())};
  account_result result;
  {
    caf::scoped_actor self{system};
    self->request(*client, answer_max, command)
      .receive([&](account_result& x) { result = std::move(x); },
               [&](const caf::error& error) {
                 result.reason = "no answer: " + caf::to_string(error);
               });
  }
  if (!stop(system, *client))
    std::fputs("the actors did not end in time\n", stderr);
  return result;
}

int call(const verb& chosen, int argc, char** argv) {
  const auto parsed = read_call(argc, argv);
  if (parsed.help) {
    std::printf("%s%s", chosen.usage, options_help);
    return 0;
  }
  const auto command = read_account_command(chosen.name, parsed.arguments);
  if (!command)
    throw usage_error{command.error().text};
  const auto result = execute(options_of(parsed.raw), *command);
  if (result.outcome == account_outcome::done) {
    std::puts("done");
    return 0;
  }
  auto what = std::string{to_string(result.outcome)} + ": " + result.reason;
  if (const auto hint = hint_about(result.reason); !hint.empty())
    what.append(" ").append(hint);
  throw std::runtime_error{what};
}

} // namespace

int account_main(int argc, char** argv) {
  const std::string_view name{argv[0]};
  const auto* const chosen = std::find_if(
    verbs.begin(), verbs.end(), [&](const verb& x) { return x.name == name; });
  if (chosen == verbs.end())
    throw usage_error{"no such subcommand"};
  try {
    return call(*chosen, argc, argv);
  } catch (const usage_error& e) {
    throw usage_error{std::string{e.what()} + "\n(--help tells the arguments)"};
  }
}

} // namespace hlx::daemon
