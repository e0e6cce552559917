// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace hlx::simulate {

/// The call itself is wrong: exit status 2. The text says what is allowed.
struct usage_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One option of a subcommand.
struct option {
  std::string_view name;     ///< "--port"
  std::string_view argument; ///< What it takes, for the help; empty: nothing.
  std::string_view help;
  std::function<void(std::string_view)> take; ///< Throws usage_error.
};

/// Takes `--name value` and `--name=value`. Throws usage_error for what is not
/// in the table. Returns false when `--help` was asked for, and prints it;
/// throws std::runtime_error when that is lost.
bool parse_options(int argc, char** argv, std::string_view summary,
                   const std::vector<option>& options);

/// A whole number in [low, high]; throws usage_error.
std::uint64_t parse_number(std::string_view text, std::uint64_t low,
                           std::uint64_t high);

} // namespace hlx::simulate
