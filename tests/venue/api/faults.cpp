// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/faults.hpp"

#include <algorithm>
#include <limits>

namespace hlx::venue {

namespace {

constexpr std::array<std::string_view, fault_count> names{
  "block_permute",    "entry_permute",   "frame_drop",       "frame_duplicate",
  "frame_delay",      "frame_late",      "session_close",    "reply_drop",
  "reply_duplicate",  "reply_delay",     "reply_429_before", "reply_500_before",
  "reply_502_before", "reply_503_after", "close_before",     "close_after",
  "action_delay",     "info_429",        "info_500",         "info_delay",
  "info_close",       "unknown_field",   "unknown_status",   "open_late",
  "reply_first",      "double_lap",      "nonce_skew",       "cloid_lag",
  "snapshot_split",   "greeting",
};

std::size_t index_of(fault x) {
  return static_cast<std::size_t>(x);
}

} // namespace

std::string_view to_string(fault x) {
  return names[index_of(x)];
}

std::optional<fault> parse_fault(std::string_view name) {
  const auto* const found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    return std::nullopt;
  return static_cast<fault>(found - names.begin());
}

std::vector<std::string_view> fault_names() {
  return {names.begin(), names.end()};
}

fault_rates calm() {
  return {};
}

fault_rates chaos() {
  fault_rates result;
  result[fault::block_permute] = 1000;
  result[fault::entry_permute] = 300;
  result[fault::frame_drop] = 30;
  result[fault::frame_duplicate] = 60;
  result[fault::frame_delay] = 60;
  result[fault::frame_late] = 30;
  result[fault::session_close] = 3;
  result[fault::reply_drop] = 15;
  result[fault::reply_duplicate] = 50;
  result[fault::reply_delay] = 60;
  result[fault::reply_429_before] = 5;
  result[fault::reply_500_before] = 10;
  result[fault::reply_502_before] = 10;
  result[fault::reply_503_after] = 20;
  result[fault::close_before] = 8;
  result[fault::close_after] = 12;
  result[fault::action_delay] = 60;
  result[fault::info_429] = 5;
  result[fault::info_500] = 20;
  result[fault::info_delay] = 60;
  result[fault::info_close] = 10;
  result[fault::unknown_field] = 50;
  result[fault::unknown_status] = 10;
  result[fault::open_late] = 20;
  result[fault::reply_first] = 100;
  result[fault::double_lap] = 20;
  result[fault::nonce_skew] = 3;
  result[fault::cloid_lag] = 100;
  result[fault::snapshot_split] = 300;
  result[fault::greeting] = 200;
  return result;
}

void fault_plan::script(fault x, std::uint64_t count) {
  auto& scripted = scripted_[index_of(x)];
  const auto room = std::numeric_limits<std::uint64_t>::max() - scripted;
  scripted += std::min(count, room);
}

bool fault_plan::strikes(fault x) {
  auto& scripted = scripted_[index_of(x)];
  if (scripted > 0)
    --scripted;
  else if (rates_[x] == 0 || random_.below(1000) >= rates_[x])
    return false;
  ++struck_[index_of(x)];
  return true;
}

std::int64_t fault_plan::delay_ms(std::int64_t max_ms) {
  if (max_ms <= 1)
    return 1;
  return 1
         + static_cast<std::int64_t>(
           random_.below(static_cast<std::uint64_t>(max_ms)));
}

} // namespace hlx::venue
