// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace hlx {

void assertion_failed(const char* expression, const char* file,
                      int line) noexcept {
  std::fprintf(stderr, "hlx: %s:%d: assertion failed: %s\n", file, line,
               expression);
  std::abort();
}

} // namespace hlx
