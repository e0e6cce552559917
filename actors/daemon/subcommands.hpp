// SPDX-License-Identifier: BSD-3-Clause
#pragma once

/// The subcommands of hlx. Each gets its own name as argv[0] and its arguments
/// after it, answers `--help`, prints results on stdout and diagnostics on
/// stderr, and returns the exit status: 0 success, 1 the work failed, 2 the
/// call was wrong.
namespace hlx::daemon {

/// Signs the JSON lines of standard input.
int sign_main(int argc, char** argv);

/// leverage, margin, transfer, approve-agent, approve-builder-fee.
int account_main(int argc, char** argv);

/// Trades with the example strategy.
int run_main(int argc, char** argv);

} // namespace hlx::daemon
