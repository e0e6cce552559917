// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <vector>

namespace hlx::bench {

/// What several runs of one benchmark gave.
struct result {
  std::string name;
  double ns = 0;         ///< Median time of one operation.
  double ns_low = 0;     ///< The fastest run.
  double ns_high = 0;    ///< The slowest run.
  double signatures = 0; ///< Median of time / time of a signature then.
  std::map<std::string, double> counters; ///< Medians.
};

/// Runs the registered benchmark `rounds` times, each between two runs of
/// `signature`, and returns the medians. Throws std::runtime_error when the
/// benchmark says that its work failed.
result run_paired(const std::string& name, int rounds);

/// The middle one, or the mean of the two in the middle. 0 for none.
double median(std::vector<double> values);

} // namespace hlx::bench
