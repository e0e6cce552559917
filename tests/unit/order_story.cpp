// SPDX-License-Identifier: BSD-3-Clause
#include "tests/unit/order_story.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <sstream>

namespace hlx {

namespace {

class storyteller {
public:
  explicit storyteller(std::uint64_t seed) : rng_(seed) {}

  story draw() {
    story x;
    x.buffer = coin();
    x.old_leg_ends_first = coin();
    x.filled_shows_rest = coin();
    x.hurry = coin();
    x.index_lags = one_in(4);
    x.gap = one_in(4);
    if (x.gap)
      x.hurry = false;
    if (one_in(6)) {
      // Nothing is traded before it fires; it cannot be modified.
      x.type = coin() ? order_type::stop_limit : order_type::stop_market;
      x.fired_size = below(11);
      // Nobody can tell that a canceled order had fired when that was lost.
      x.cancel = !x.gap && one_in(4);
      if (x.type == order_type::stop_limit)
        x.last_trades = {1 + below(4), 1 + below(6)};
      return x;
    }
    if (one_in(4)) {
      x.tif = time_in_force::ioc;
      x.matched_at_once = below(11);
    } else if (one_in(4)) {
      x.matched_at_once = below(11);
    }
    if (one_in(3))
      x.submit = static_cast<submit_fate>(below(5));
    std::int64_t left = 10 - x.matched_at_once;
    const auto trades = [&](std::vector<std::int64_t>& list) {
      for (auto n = below(3); n > 0 && left > 0; --n) {
        list.push_back(one_in(6) ? left
                                 : 1 + below(std::min<std::int64_t>(3, left)));
        left -= list.back();
      }
    };
    trades(x.first_trades);
    if (x.tif == time_in_force::ioc)
      return x;
    if (coin()) {
      constexpr std::array<std::int64_t, 4> targets{10, 10, 20, 8};
      x.modify_to = targets[rng_() % targets.size()];
      if (coin())
        x.fate = static_cast<modify_fate>(below(8));
    }
    x.cancel = one_in(3);
    x.cancel_overtakes = x.cancel && coin();
    // A cancel that leaves again meets the venue when it leaves: with nothing
    // to come before that, its history is the same for all orders of arrival.
    if (x.cancel_overtakes)
      return x;
    trades(x.race_trades);
    // What the modify places depends on what was known then: what trades of
    // it fits in any case.
    if (x.modify_to == 8 && left <= 2)
      x.hurry = false;
    if (x.modify_to == 8 && x.hurry)
      left -= 2;
    trades(x.last_trades);
    x.venue_cancels = one_in(6);
    return x;
  }

private:
  std::int64_t below(std::int64_t n) {
    return static_cast<std::int64_t>(rng_() % static_cast<std::uint64_t>(n));
  }
  bool one_in(std::int64_t n) { return below(n) == 0; }
  bool coin() { return one_in(2); }

  std::mt19937_64 rng_;
};

} // namespace

std::string text_of(const story& x) {
  std::ostringstream result;
  const auto list = [&](const char* name,
                        const std::vector<std::int64_t>& trades) {
    result << ' ' << name << '[';
    for (auto size : trades)
      result << size << ' ';
    result << ']';
  };
  result << "submit " << static_cast<int>(x.submit) << " fate "
         << static_cast<int>(x.fate) << " type " << to_string(x.type)
         << " fired " << x.fired_size << " tif " << to_string(x.tif)
         << " old first " << x.old_leg_ends_first << " rest "
         << x.filled_shows_rest << " buffer " << x.buffer << " at once "
         << x.matched_at_once << " to " << x.modify_to.value_or(-1)
         << " cancel " << x.cancel << " overtakes " << x.cancel_overtakes
         << " hurry " << x.hurry << " venue cancels " << x.venue_cancels
         << " lag " << x.index_lags << " gap " << x.gap;
  list("first", x.first_trades);
  list("race", x.race_trades);
  list("last", x.last_trades);
  return result.str();
}

story draw_story(std::uint64_t seed) {
  return storyteller{seed}.draw();
}

} // namespace hlx
