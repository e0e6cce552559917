// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <string_view>

namespace hlx::wire {

/// The channels of the venue's frames, as far as hlx tells them apart.
/// Internal to wire/.
enum class frame_channel : std::uint8_t {
  none, ///< Not seen yet.
  order_updates,
  user_fills,
  user,
  post,
  open_orders,
  subscription_response,
  error,
  pong,
  unused,  ///< Known, and of no use to an execution client.
  unknown, ///< Not in the catalogue.
};

frame_channel classify_channel(std::string_view name) noexcept;

/// Whether it is a member of the data of the channel "user" that the venue
/// documents and hlx does not need.
bool is_unused_user_event(std::string_view name) noexcept;

} // namespace hlx::wire
