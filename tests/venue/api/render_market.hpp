// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/api/json_writer.hpp"
#include "tests/venue/venue.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Instruments, prices and books as the venue's JSON.
namespace hlx::venue {

/// Most levels of each side that a book answer carries.
inline constexpr std::size_t book_depth_max = 20;
inline constexpr std::size_t fast_depth_max = 5;

/// The venue's meta: every perp of the dex in the order of its asset id.
void write_meta(json_writer& out, const venue& books,
                std::string_view dex = {});

/// The venue's perpDexs.
void write_dexes(json_writer& out, const venue& books);

/// One context for each perp, in the same order.
void write_asset_contexts(json_writer& out, const venue& books,
                          std::string_view dex = {});

/// {"ctxs":[[dex,[..]],..]}: the contexts of every dex.
void write_all_asset_contexts(json_writer& out, const venue& books);

void write_asset_context(json_writer& out, const venue& books, asset_id asset);

void write_spot_meta(json_writer& out, const venue& books);

/// The venue's outcomeMeta: the sides of each outcome together.
void write_outcome_meta(json_writer& out, const venue& books);

void write_spot_context(json_writer& out, const venue& books, asset_id asset);

void write_spot_contexts(json_writer& out, const venue& books);

/// {"BTC":"60000.0",..} of one dex; spot pairs belong to the venue's own.
void write_mids(json_writer& out, const venue& books,
                std::string_view dex = {});

/// How the prices of a book are put together.
struct book_aggregation {
  std::optional<int> significant_figures; ///< 2 to 5; none: not at all.
  std::optional<int> mantissa;            ///< 1, 2 or 5, with five figures.
  bool fast = false;                      ///< fast_depth_max levels.
};

/// Whether the venue puts prices together like that.
bool is_offered(const book_aggregation& x);

/// {"coin","time","levels":[[..],[..]]}
void write_book(json_writer& out, const venue& books, const instrument& coin,
                const book_aggregation& aggregation, std::int64_t now_ms);

/// {"t","T","s","i",..} of one candle of a coin.
void write_candle(json_writer& out, const candle& x, std::string_view coin,
                  std::string_view interval);

/// {"coin","time","bbo":[level|null,level|null]}
void write_bbo(json_writer& out, const venue& books, const instrument& coin,
               std::int64_t now_ms);

} // namespace hlx::venue
