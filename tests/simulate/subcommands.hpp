// SPDX-License-Identifier: BSD-3-Clause
#pragma once

/// The subcommands of hlx-sim. Each gets its own name as argv[0] and its
/// arguments after it, answers `--help`, prints results on stdout and
/// diagnostics on stderr, and returns the exit status: 0 success, 1 the work
/// failed or a check did not hold, 2 the call was wrong.
namespace hlx::simulate {

/// The main job on the embedded venue.
int demo_main(int argc, char** argv);

/// The simulated venue alone, on a loopback port.
int venue_main(int argc, char** argv);

/// The execution client on a script and a virtual clock.
int replay_main(int argc, char** argv);

/// The strategies of the demo in a process of their own: for the demo, not for
/// users. See strategies_main.cpp.
inline constexpr const char* strategies_subcommand = "demo-strategies";
int strategies_main(int argc, char** argv);

} // namespace hlx::simulate
