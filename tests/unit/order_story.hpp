// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/orders.hpp"
#include "tests/unit/one_order_venue.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hlx {

/// Sizes of stories: thousandths. An order has ten of them.
constexpr quantity units(std::int64_t n) {
  return {n * 100'000};
}

/// What happens, in the venue's own order.
struct story {
  submit_fate submit = submit_fate::placed;
  modify_fate fate = modify_fate::applied;
  order_type type = order_type::limit; ///< Or a stop, that fires at the end.
  std::int64_t fired_size = 0;         ///< What a stop-market order gets.
  time_in_force tif = time_in_force::gtc;
  bool old_leg_ends_first = true;
  bool filled_shows_rest = false;
  bool buffer = false;
  std::int64_t matched_at_once = 0;
  std::vector<std::int64_t> first_trades; ///< Before any other command.
  std::optional<std::int64_t> modify_to;  ///< Of 10; a price change when 10.
  bool cancel = false;
  bool cancel_overtakes = false; ///< The venue gets the cancel first.
  bool hurry = false; ///< Commands follow the first sign of life at once.
  std::vector<std::int64_t> race_trades; ///< Before the modify arrives.
  std::vector<std::int64_t> last_trades; ///< After the commands.
  bool venue_cancels = false;            ///< At the end, by margin.
  bool index_lags = false;
  bool gap = false; ///< Frames are lost; the stream is interrupted after that.
};

std::string text_of(const story& x);

/// The story of a seed. Its history at the venue does not depend on the order
/// in which the client hears of it.
story draw_story(std::uint64_t seed);

} // namespace hlx
