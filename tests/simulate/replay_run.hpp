// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/instruments.hpp"
#include "tests/simulate/replay_script.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace hlx::simulate {

/// What can be traded in a run: the script's metas, or BTC, ETH and SOL.
/// Nothing, and why in `errors`, when a meta cannot be read.
std::optional<instrument_table> instruments_of(
  const script& x, std::vector<script_error>& errors);

/// Runs the execution client on the script, under the deterministic scheduler
/// and a virtual clock. Hands the lines to `print` as they come. Same script,
/// same bytes.
void run_replay(const script& x, instrument_table instruments,
                const std::function<void(std::string_view)>& print);

/// Reads and runs a script's text. Returns the output, or an error with the
/// line numbers.
struct replay_result {
  std::string output;
  std::vector<script_error> errors;
  std::size_t error_count = 0;
};

replay_result replay(std::string_view script_text);

} // namespace hlx::simulate
