// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/subcommands.hpp"

#include <cstdio>

namespace hlx::simulate {

int replay_main(int, char**) {
  std::fputs("hlx-sim replay: not yet\n", stderr);
  return 2;
}

} // namespace hlx::simulate
