// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

/// The benchmarks of hlx. Each function registers its own with Google
/// Benchmark and returns their names, in the order in which they are to run.
namespace hlx::bench {

/// `signature`: one libsecp256k1 recoverable signature, the unit of the
/// others, since machines differ and change pace.
std::vector<std::string> register_signature();

/// `order_to_signed`: a limit order -> signed bytes, ready to send.
std::vector<std::string> register_order_to_signed();

} // namespace hlx::bench
