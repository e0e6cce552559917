// SPDX-License-Identifier: BSD-3-Clause
#include "tests/bench/benches.hpp"
#include "tests/bench/frozen_peer.hpp"
#include "tests/bench/memory.hpp"
#include "tests/bench/paired_runs.hpp"

#include <benchmark/benchmark.h>

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace {

constexpr const char* usage =
  R"(usage: hlx_bench [--json] [--only TEXT] [--rounds N]

Runs the benchmarks of hlx and prints a table, or one JSON object a line.
Times are medians of several runs, in ns. `signatures` is the time divided by
that of one libsecp256k1 recoverable signature, which is measured before and
after each run: the median of these pairs. `low` and `high` are the fastest and
the slowest run, to show how noisy the machine was.

  --json       JSON lines instead of a table
  --only TEXT  only the benchmarks whose name contains TEXT
  --rounds N   the runs of each benchmark, 1 to 1000; 9 by default. 1 is a
               quick look that proves nothing
)";

struct options {
  bool json = false;
  std::string only;
  int rounds = 9;
};

void print_json(const hlx::bench::result& x) {
  std::printf(R"({"name":"%s","ns":%.1f,"signatures":%.5f,"ns_low":%.1f,)"
              R"("ns_high":%.1f)",
              x.name.c_str(), x.ns, x.signatures, x.ns_low, x.ns_high);
  for (const auto& [key, value] : x.counters)
    std::printf(R"(,"%s":%.1f)", key.c_str(), value);
  std::printf("}\n");
  std::fflush(stdout);
}

void print_row(const hlx::bench::result& x) {
  std::printf("%-28s %12.1f %12.5f %12.1f %12.1f", x.name.c_str(), x.ns,
              x.signatures, x.ns_low, x.ns_high);
  for (const auto& [key, value] : x.counters)
    std::printf("  %s %.1f", key.c_str(), value);
  std::printf("\n");
  std::fflush(stdout);
}

void print_bytes(const options& opts, const char* name, double bytes) {
  if (std::string_view{name}.find(opts.only) == std::string_view::npos)
    return;
  std::printf(opts.json ? "{\"name\":\"%s\",\"bytes\":%.1f}\n"
                        : "%-28s %12.1f bytes\n",
              name, bytes);
}

bool parse_rounds(std::string_view text, int& out) {
  const auto* end = text.data() + text.size();
  const auto [last, error] = std::from_chars(text.data(), end, out);
  return error == std::errc{} && last == end && out >= 1 && out <= 1000;
}

/// Whether a benchmark has started this program as its peer.
bool is_peer(char** argv, std::uint16_t& port) {
  const std::string_view text = argv[2];
  const auto* end = text.data() + text.size();
  return std::string_view{argv[1]} == hlx::bench::peer_option
         && std::from_chars(text.data(), end, port).ptr == end;
}

/// Returns false when the call was wrong.
bool parse(int argc, char** argv, options& out) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--json") {
      out.json = true;
    } else if (word == "--only" && i + 1 < argc) {
      out.only = argv[++i];
    } else if (word == "--rounds" && i + 1 < argc
               && parse_rounds(argv[i + 1], out.rounds)) {
      ++i;
    } else {
      std::fprintf(stderr, "hlx_bench: not understood: %s\n%s", argv[i], usage);
      return false;
    }
  }
  return true;
}

void run(const options& opts) {
  std::vector<std::string> names;
  for (auto* group :
       {hlx::bench::register_signature, hlx::bench::register_dispatch,
        hlx::bench::register_decode, hlx::bench::register_frames,
        hlx::bench::register_order_to_signed, hlx::bench::register_wake,
        hlx::bench::register_post, hlx::bench::register_remote}) {
    const auto added = group();
    names.insert(names.end(), added.begin(), added.end());
  }
  if (!opts.json)
    std::printf("%-28s %12s %12s %12s %12s\n", "name", "ns", "signatures",
                "low", "high");
  for (const auto& name : names) {
    if (name.find(opts.only) == std::string::npos)
      continue;
    const auto x = hlx::bench::run_paired(name, opts.rounds);
    opts.json ? print_json(x) : print_row(x);
  }
  if (opts.only.empty() || opts.only.find("bytes") == 0) {
    const auto memory = hlx::bench::measure_memory();
    print_bytes(opts, "bytes_per_open_order", memory.bytes_per_open_order);
    print_bytes(opts, "bytes_grown_by_ended_orders",
                memory.bytes_grown_by_ended_orders);
  }
}

} // namespace

int main(int argc, char** argv) {
  options opts;
  if (argc == 2 && std::string_view{argv[1]} == "--help") {
    std::fputs(usage, stdout);
    return 0;
  }
  if (std::uint16_t port = 0; argc == 3 && is_peer(argv, port))
    return hlx::bench::subscribe_and_wait(port);
  if (!parse(argc, argv, opts))
    return 2;
  char program[] = "hlx_bench";
  char thorough[] = "--benchmark_min_time=0.03";
  char quick[] = "--benchmark_min_time=0.003";
  char* arguments[] = {program, opts.rounds > 1 ? thorough : quick, nullptr};
  int count = 2;
  benchmark::Initialize(&count, arguments);
  try {
    run(opts);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hlx_bench: %s\n", error.what());
    return 1;
  }
  return 0;
}
