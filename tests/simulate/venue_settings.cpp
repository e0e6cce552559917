// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/venue_settings.hpp"

namespace hlx::simulate {

venue::venue_server_options venue_settings(std::uint64_t seed, bool chaos) {
  venue::venue_server_options result;
  result.api.seed = seed;
  result.venue.seed = seed;
  if (chaos) {
    result.api.faults = venue::chaos();
    result.venue.oid_gap_max = 5;
    result.venue.cloid_visibility_delay_ms = 500;
    result.venue.canceled_before_open_permille = 300;
    result.venue.batch_modify_error_prefix = seed % 2 == 0;
    result.venue.partial_ioc_reports_zero = seed / 2 % 2 == 0;
  }
  return result;
}

void add_limits(venue::venue_server_options& options) {
  options.api.limits = venue::venue_ip_limits;
  options.venue.address_budget = venue_address_budget;
}

} // namespace hlx::simulate
