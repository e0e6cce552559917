// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/api/subscriptions.hpp"
#include "tests/venue/venue.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The texts of the venue's frames. Empty: there is nothing to tell.
namespace hlx::venue {

/// The first frame after the acknowledgement: a snapshot, or the present
/// state. Empty for the streams that start with news.
std::string first_frame(const subscription& x, const venue& books,
                        std::int64_t now_ms);

/// The snapshot of userFills in two frames, each labelled as one.
std::vector<std::string> split_snapshot(const subscription& x,
                                        const venue& books);

/// What the block tells a user stream; `orders` and `fills` are the user's.
std::vector<std::string> user_frames(const subscription& x,
                                     const block_output& block,
                                     std::span<const order_record> orders,
                                     std::span<const fill_record> fills,
                                     const venue& books);

std::string trades_frame(const subscription& x, const block_output& block);
std::string book_frame(const subscription& x, const venue& books,
                       std::int64_t now_ms);
std::string bbo_frame(const subscription& x, const venue& books,
                      std::int64_t now_ms);

/// The forming candle, when the block traded the coin; empty: it did not.
std::string candle_frame(const subscription& x, const block_output& block,
                         const venue& books);

std::string mids_frame(const subscription& x, const venue& books);

} // namespace hlx::venue
