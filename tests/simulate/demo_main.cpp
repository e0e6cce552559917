// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/checked_output.hpp"
#include "tests/simulate/demo.hpp"
#include "tests/simulate/options.hpp"
#include "tests/simulate/subcommands.hpp"

#include <cstdio>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>

namespace hlx::simulate {

namespace {

constexpr std::uint64_t seconds_max = 86'400;
constexpr std::uint64_t orders_max = 1'000'000;
constexpr std::uint64_t kills_max = 1'000;

bool parse_call(int argc, char** argv, demo_options& out) {
  std::optional<std::uint64_t> kills;
  const std::vector<option> options{
    {"--seconds", "N", "of trading (10)",
     [&](auto x) {
       out.seconds = static_cast<std::int64_t>(parse_number(x, 1, seconds_max));
     }},
    {"--orders", "N", "submitted by both strategies together (8 a second)",
     [&](auto x) { out.orders = parse_number(x, 0, orders_max); }},
    {"--seed", "N", "of everything random (1)",
     [&](auto x) {
       out.seed = parse_number(x, 0, std::numeric_limits<std::uint64_t>::max());
     }},
    {"--json", "", "JSON lines instead of text",
     [&](auto) { out.json = true; }},
    {"--chaos", "", "frames and replies get lost, late, doubled; sockets close",
     [&](auto) { out.chaos = true; }},
    {"--posts", "", "requests leave by WebSocket post instead of HTTP",
     [&](auto) { out.posts = true; }},
    {"--record", "FILE", "writes the session down, for hlx-sim replay",
     [&](auto x) { out.record_file = x; }},
    {"--nodes", "", "the strategies in a process of their own, over TLS",
     [&](auto) { out.nodes = true; }},
    {"--kill-strategies", "N", "with --nodes: kills that process N times",
     [&](auto x) { kills = parse_number(x, 0, kills_max); }},
  };
  if (!parse_options(argc, argv,
                     "Two strategies submit, modify, cancel and get filled on "
                     "the simulated venue, by\nreal sockets; then their "
                     "ledgers are compared with the venue's own books.\nExits "
                     "0 only when they are equal.",
                     options))
    return false;
  if (kills && !out.nodes)
    throw usage_error("--kill-strategies needs --nodes");
  out.strategy_kills = kills.value_or(0);
  return true;
}

std::function<void(std::string_view)> printer(checked_output& out,
                                              std::string_view prefix) {
  return [&out, prefix](std::string_view line) {
    out.write(std::string{prefix}.append(line).append("\n"));
  };
}

} // namespace

int demo_main(int argc, char** argv) {
  demo_options options;
  if (!parse_call(argc, argv, options))
    return 0;
  auto results = standard_output();
  checked_output diagnostics{stderr, "standard error"};
  const demo_output output{.result = printer(results, ""),
                           .diagnostic =
                             printer(diagnostics, "hlx-sim demo: ")};
  output.diagnostic("seed " + std::to_string(options.seed));
  const bool fine = run_demo(options, output);
  if (const auto lost = results.failure(); !lost.empty())
    throw std::runtime_error(lost);
  return fine ? 0 : 1;
}

} // namespace hlx::simulate
