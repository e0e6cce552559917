// SPDX-License-Identifier: BSD-3-Clause
#include "tests/bench/paired_runs.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <stdexcept>

namespace hlx::bench {

namespace {

/// Keeps what a run reports instead of printing it.
class collector : public benchmark::BenchmarkReporter {
public:
  bool ReportContext(const Context&) override { return true; }

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const auto& run : runs) {
      if (run.error_occurred)
        error = run.error_message;
      reported = run;
    }
  }

  std::string error;
  Run reported;
};

struct sample {
  double ns = 0;
  std::map<std::string, double> counters;
};

sample run_once(const std::string& name) {
  collector reporter;
  if (benchmark::RunSpecifiedBenchmarks(&reporter, "^" + name + "(/.*)?$") != 1)
    throw std::runtime_error("no benchmark is called " + name);
  if (!reporter.error.empty())
    throw std::runtime_error(name + ": " + reporter.error);
  sample x;
  // Manual time is reported as real time; all else is measured in CPU time,
  // which other processes disturb less.
  const bool manual =
    reporter.reported.benchmark_name().find("manual_time") != std::string::npos;
  x.ns = manual ? reporter.reported.GetAdjustedRealTime()
                : reporter.reported.GetAdjustedCPUTime();
  for (const auto& [key, counter] : reporter.reported.counters)
    x.counters[key] = counter.value;
  return x;
}

} // namespace

double median(std::vector<double> values) {
  if (values.empty())
    return 0;
  std::sort(values.begin(), values.end());
  const auto half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half]
                                : (values[half - 1] + values[half]) / 2;
}

result run_paired(const std::string& name, int rounds) {
  std::vector<double> times;
  std::vector<double> ratios;
  std::map<std::string, std::vector<double>> counters;
  auto before = run_once("signature").ns;
  for (int i = 0; i < rounds; ++i) {
    const auto x = run_once(name);
    const auto after = run_once("signature").ns;
    times.push_back(x.ns);
    ratios.push_back(x.ns / ((before + after) / 2));
    for (const auto& [key, value] : x.counters)
      counters[key].push_back(value);
    before = after;
  }
  result y;
  y.name = name;
  y.ns = median(times);
  y.ns_low = *std::min_element(times.begin(), times.end());
  y.ns_high = *std::max_element(times.begin(), times.end());
  y.signatures = median(ratios);
  for (const auto& [key, values] : counters)
    y.counters[key] = median(values);
  return y;
}

} // namespace hlx::bench
