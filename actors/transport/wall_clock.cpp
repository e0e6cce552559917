// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/wall_clock.hpp"

namespace hlx {

wall_clock wall_clock::measure() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  const auto steady = caf::actor_clock::clock_type::now().time_since_epoch();
  return {since_epoch - steady};
}

} // namespace hlx
