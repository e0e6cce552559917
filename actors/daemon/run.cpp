// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/credentials.hpp"
#include "hlx/actors/daemon/subcommands.hpp"
#include "hlx/actors/daemon/trading.hpp"
#include "hlx/actors/nodes.hpp"
#include "hlx/messages/signing/without_keys.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <caf/actor_system_config.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace hlx::daemon {

namespace {

constexpr char help[] =
  R"(usage: hlx run --config-file F [--mainnet] [OPTION]...

Trades at a real venue address with an example strategy: quotes on both sides
of one perpetual's mid price, with limits on position and loss. Order events
are printed on standard output, one JSON object a line. Ctrl-C, SIGTERM or
SIGHUP cancels all its orders and stops. With --node.listen strategies of other
processes trade through it too, by mutual TLS; with --quoter.off only they do.

  --config-file F   the options; actors/daemon/hlx.conf.example in the sources
                    of hlx explains each, and is a file to start from
  --mainnet         trade with real money; else testnet
  --help            this text
  --SECTION.KEY=V   replaces a key of the file, also CAF's own, for example
                    --quoter.spread_bps=20 or --scheduler.max-threads=2
                    A flag like --quoter.off may also stand without a value.
The exit status is 0 after a clean stop, 1 when something failed or a limit of
the strategy was reached, 2 when the options are wrong.
)";

/// CAF's options and those of hlx.
class run_config : public caf::actor_system_config {
public:
  run_config() {
    // Idle workers wait for work instead of polling: less latency, less load.
    set("scheduler.policy", caf::atom("sharing"));
    opt_group{custom_options_, "global"}.add(raw.mainnet, "mainnet",
                                             "trade with real money");
    opt_group{custom_options_, "hlx"}
      .add(raw.url, "url", "the venue's address")
      .add(raw.ca_file, "ca_file", "certificates to trust beside the system's")
      .add(raw.key_file, "key_file", "holds the private key")
      .add(raw.key_environment, "key_environment", "variable with the key")
      .add(raw.account, "account", "the account to trade for")
      .add(raw.submit, "submit", "http or websocket")
      .add(raw.dead_man_switch_ms, "dead_man_switch_ms",
           "the venue cancels all orders that long after hlx has gone")
      .add(raw.builder, "builder", "address that every order pays a fee")
      .add(raw.builder_fee, "builder_fee", "in tenths of a basis point");
    opt_group{custom_options_, "node"}
      .add(raw.listen, "listen", "where strategies elsewhere connect to")
      .add(raw.certificate_file, "certificate_file", "of this node")
      .add(raw.node_key_file, "key_file", "of its certificate")
      .add(raw.node_ca_file, "ca_file", "vouches for the other nodes")
      .add(raw.plaintext, "plaintext", "no TLS, on this machine only")
      .add(raw.strategies, "strategies", "those that may come")
      .add(raw.heartbeat_ms, "heartbeat_ms", "between signs of life")
      .add(raw.give_up_ms, "give_up_ms", "of silence before a link ends");
    opt_group{custom_options_, "threads"}
      .add(raw.client_processor, "client", "processor of the execution client")
      .add(raw.reader_processor, "reader", "processor of the WebSocket reader")
      .add(raw.submitter_processor, "submitter",
           "processor of the HTTP submitter");
    opt_group{custom_options_, "quoter"}
      .add(raw.quoter_off, "off", "only strategies elsewhere trade")
      .add(raw.instrument, "instrument", "a perpetual")
      .add(raw.quote_size, "quote_size", "size of one quote")
      .add(raw.position_max, "position_max", "largest position")
      .add(raw.loss_max, "loss_max", "largest loss since the start")
      .add(raw.spread_bps, "spread_bps", "distance from the mid, in 0.01 %")
      .add(raw.requote_bps, "requote_bps", "tolerance of a quote, in 0.01 %")
      .add(raw.refresh_ms, "refresh_ms", "time between looks at the book");
  }

  raw_options raw;
};

struct arguments {
  bool help = false;
  std::string config_file;
  std::vector<std::string> rest; ///< For CAF.
};

arguments read_arguments(int argc, char** argv) {
  constexpr std::string_view file_option = "--config-file";
  arguments result;
  for (int i = 1; i < argc; ++i) {
    const std::string_view text{argv[i]};
    if (text == "--help" || text == "-h") {
      result.help = true;
    } else if (text == file_option) {
      if (++i == argc)
        throw usage_error{"--config-file needs a file"};
      result.config_file = argv[i];
    } else if (text.starts_with("--config-file=")) {
      result.config_file = text.substr(file_option.size() + 1);
    } else {
      result.rest.emplace_back(text);
    }
  }
  return result;
}

/// An argument that is true or false.
struct flag {
  std::string name;
  bool raw_options::*member; ///< None for CAF's own.
};

const std::vector<flag>& flags() {
  static const std::vector<flag> result{
    {"--mainnet", &raw_options::mainnet},
    {"--node.plaintext", &raw_options::plaintext},
    {"--quoter.off", &raw_options::quoter_off},
    {"--long-help", nullptr},
    {"--dump-config", nullptr},
  };
  return result;
}

/// CAF's flags take no value: it sees those that are true without one, and the
/// others not at all.
std::vector<std::string> with_bare_flags(std::vector<std::string> arguments) {
  for (const auto& flag : flags()) {
    std::erase(arguments, flag.name + "=false");
    std::replace(arguments.begin(), arguments.end(), flag.name + "=true",
                 flag.name);
  }
  return arguments;
}

/// The last argument about a flag counts, and replaces what the file says.
void set_flags(raw_options& raw, const std::vector<std::string>& arguments) {
  for (const auto& text : arguments)
    for (const auto& flag : flags())
      if (flag.member != nullptr
          && (text == flag.name || text == flag.name + "=true"
              || text == flag.name + "=false"))
        raw.*flag.member = !text.ends_with("=false");
}

std::string read_config_file(const std::string& path) {
  std::ifstream in{path, std::ios::binary};
  std::string text(config_file_max + 1, '\0');
  if (!in.read(text.data(), static_cast<std::streamsize>(text.size()))
      && !in.eof())
    throw usage_error{"cannot read the configuration file " + path};
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (const auto what = objection_to_config(text); !what.empty())
    throw usage_error{path + ": " + what};
  return text;
}

run_options read_options(run_config& config, const arguments& args) {
  if (args.config_file.empty())
    throw usage_error{"--config-file is missing"};
  if (const auto what = objection_to_arguments(args.rest); !what.empty())
    throw usage_error{what};
  std::istringstream text{read_config_file(args.config_file)};
  if (const auto error = config.parse(with_bare_flags(args.rest), text))
    throw usage_error{"a value of CAF's own options is wrong: "
                      + caf::actor_system_config::render(error)};
  if (!config.remainder.empty())
    throw usage_error{"no argument " + wire::quoted(config.remainder.front())
                      + " is known"};
  set_flags(config.raw, args.rest);
  auto options = validate(config.raw);
  if (!options)
    throw usage_error{options.error().text};
  return std::move(*options);
}

std::int64_t wall_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch())
    .count();
}

} // namespace

int run_main(int argc, char** argv) {
  const auto args = read_arguments(argc, argv);
  if (args.help) {
    std::fputs(help, stdout);
    return 0;
  }
  run_config config;
  trading_plan plan;
  plan.options = read_options(config, args);
  if (config.cli_helptext_printed)
    return 0;
  plan.key = read_credentials(plan.options);
  if (plan.options.listen)
    if (const auto what = load_nodes(config, plan.options.node); !what.empty())
      throw usage_error{"node." + what};
  plan.options.quoter.id_prefix = "Q-" + std::to_string(wall_ms()) + "-";
  std::fprintf(stderr, "%ssigner %s\n",
               signing::without_keys(to_text(plan.options)).c_str(),
               to_string(plan.key->signer_address()).c_str());
  const termination_signals signals;
  return trade(config, plan, signals);
}

} // namespace hlx::daemon
