// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/subcommands.hpp"

#include <cstdio>

namespace hlx::simulate {

int venue_main(int, char**) {
  std::fputs("hlx-sim venue: not yet\n", stderr);
  return 2;
}

} // namespace hlx::simulate
