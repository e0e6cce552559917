// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace hlx {

/// Prints the broken expectation and ends the process.
[[noreturn]] void assertion_failed(const char* expression, const char* file,
                                   int line) noexcept;

} // namespace hlx

/// A programmer's error ends the process, in every build type.
#define HLX_ASSERT(expression) \
  (static_cast<bool>(expression) \
     ? static_cast<void>(0) \
     : ::hlx::assertion_failed(#expression, __FILE__, __LINE__))
